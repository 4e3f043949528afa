"""The command line: a command reads, makes one call, writes, shows."""
