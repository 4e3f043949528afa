"""Column generation by volunteer: personal rows compiled to automata, a master over whole personal rosters."""
