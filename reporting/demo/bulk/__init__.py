"""The large demo world: the rows that the operations would have written, loaded in bulk by the owner."""
