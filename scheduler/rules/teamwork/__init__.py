"""Rules on who serves with whom."""
