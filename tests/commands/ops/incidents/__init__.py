"""Tests of `commands/ops/incidents`."""
