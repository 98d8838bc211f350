"""Tests of `commands/ops/machine/packing`."""
