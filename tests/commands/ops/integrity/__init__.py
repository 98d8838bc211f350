"""Tests of `commands/ops/integrity`."""
