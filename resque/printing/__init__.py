"""Printing: accessible PDF in every script of our languages, with fonts of our own."""
