"""Ways to a roster: construct, exact, neighbourhood search; the only rooms that know a solver."""
