"""Locks: our own, which everybody can see, and those that others hold."""
