"""Tests of `commands/wording`."""
