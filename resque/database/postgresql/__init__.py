"""Database engine: Django's PostgreSQL, plus starting the embedded server at the first connection."""
