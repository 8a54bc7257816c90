"""Sheets that a participant takes home or signs: texts in ten languages, and the PDF made of them."""
