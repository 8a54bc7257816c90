"""Kept reports: what a report says, what was kept of it, and what has changed since."""
