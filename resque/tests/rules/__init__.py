"""House rules that imports cannot express, as functions from source text to a list of findings.

Each is tested twice: on our own files, where it must find nothing, and on a planted fault, which it must find.
"""
