"""Tests of `commands/ops/machine/launches`."""
