"""Tests of `commands/ops/sites`."""
