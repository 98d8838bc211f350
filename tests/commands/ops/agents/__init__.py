"""Tests of `commands/ops/agents`."""
