"""Tests of the Block Kit checker."""
