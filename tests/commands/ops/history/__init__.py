"""Tests of `commands/ops/history`."""
