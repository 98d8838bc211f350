"""Tests of `commands/ops/registry`."""
