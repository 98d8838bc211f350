"""Tests of `commands/ops/machine/writing`."""
