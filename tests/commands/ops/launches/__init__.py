"""Tests of `commands/ops/launches`."""
