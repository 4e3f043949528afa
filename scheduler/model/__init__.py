"""The matrix: rules write rows, everything else is done to the matrix."""
