"""Tests of `commands/ops/edits`."""
