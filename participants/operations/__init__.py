"""Every write of the participants floor: verbs, keyword-only, with the actor `by`."""
