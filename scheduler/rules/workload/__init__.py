"""Rules on how much and in what order one volunteer serves."""
