"""Processes as the kernel shows them, told apart for good, and ended."""
