"""Judging uploaded copies of documents: a file is what its bytes say, and only what is needed to see it is kept."""
