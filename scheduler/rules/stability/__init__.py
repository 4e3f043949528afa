"""Rules that keep what is settled."""
