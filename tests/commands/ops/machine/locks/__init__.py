"""Tests of `commands/ops/machine/locks`."""
