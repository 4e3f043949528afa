"""Advice: why, why not, who instead; the referee's answers in words, without a solver."""
