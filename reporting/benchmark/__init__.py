"""How long the daily ways take, each beside the plain SQL that answers the same question in the same run."""
