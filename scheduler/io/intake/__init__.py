"""From the sheets and texts of offices into a plan: who, where, when; matched by id, never twice."""
