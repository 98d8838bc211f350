"""Tests of `commands/ops/plans`."""
