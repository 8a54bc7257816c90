"""What this floor writes: reports that are kept."""
