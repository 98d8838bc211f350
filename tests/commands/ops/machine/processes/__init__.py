"""Tests of `commands/ops/machine/processes`."""
