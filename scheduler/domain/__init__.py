"""Facts: what a plan says, frozen; no files, no solver, no rules."""
