"""Tests of `commands/ops/machine/files`."""
