"""Rules that share load and burden between people."""
