"""Local search on the matrix: a compiled kernel that reads rows, never rules."""
