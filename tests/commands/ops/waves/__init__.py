"""Tests of `commands/ops/waves`."""
