"""Rules between organisations."""
