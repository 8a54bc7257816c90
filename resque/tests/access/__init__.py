"""The proof of access: one world full of canaries, and what every role reads, opens and writes in it."""
