"""Tests of `commands/ops/versions`."""
