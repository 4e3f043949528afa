"""Rules on who may or would like to serve where and when."""
