"""Tests of `commands/ops/finalization`."""
