"""The crash drill: the server that people use, with data of its own, killed while several people write to it.

`bin/test` runs the short form, `bin/drill` the long one (RESQUE_DRILL_ROUNDS).
"""
