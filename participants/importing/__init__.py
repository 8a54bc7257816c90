"""Reading files of other systems: which columns there are, what a cell may hold, and every fault by its name.

Nothing here writes. `participants/operations/imports.py` stores what this package has read and checked.
"""
