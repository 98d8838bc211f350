"""Versions of the registry that one can go back to, and what going back would lose."""
