"""Tests of the faults, each caused on a real host."""
