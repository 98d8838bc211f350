"""A wave: which one is meant, who works on it, and its diagnosis."""
