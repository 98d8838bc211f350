"""Tests of the host's own tools."""
