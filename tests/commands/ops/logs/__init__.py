"""Tests of `commands/ops/logs`."""
