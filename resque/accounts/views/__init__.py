"""Pages of partners, accounts and signing in."""
