"""Batches: which there are, which sites each should have, and which were archived or accepted as they are."""
