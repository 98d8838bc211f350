"""Tests of the Slack face."""
