"""Tests of `commands/handover`."""
