"""Tests of `commands/ops/disk`."""
