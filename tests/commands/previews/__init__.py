"""Tests of `commands/previews`."""
