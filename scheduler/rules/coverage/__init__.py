"""Rules on how posts are staffed."""
