"""The search over names, as the database makes it."""
