"""Who acts, for the database and the audit log: the request's middleware, and `acting_as` for commands and tasks."""
