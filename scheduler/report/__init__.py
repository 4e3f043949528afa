"""Reports: what a roster says, as rows of plain values; drawn by the command line and by files."""
