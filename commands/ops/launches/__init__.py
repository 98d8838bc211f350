"""Launches: what forbids one, what it is for, the host's tool called, and what came of it."""
