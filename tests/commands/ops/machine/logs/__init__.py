"""Tests of `commands/ops/machine/logs`."""
