"""RESQUE: the shared tool of a network that accompanies refugees into work, apprenticeship and school."""

__version__ = "0.2.0"
