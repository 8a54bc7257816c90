"""The shape of input. Nothing here writes."""
