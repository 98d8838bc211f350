"""Tests of `commands/ops`."""
