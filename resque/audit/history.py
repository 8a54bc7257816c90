"""Change history written by database triggers, so that no path around the application escapes it."""

import pghistory


def tracked(**options):
    """Track inserts, updates and deletes of a model (pghistory leaves deletes out by default)."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options)
