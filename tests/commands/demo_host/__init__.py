"""Tests of the demo host: its tools run for real, in a directory of their own."""
