"""Tests of `commands/ops/batches`."""
