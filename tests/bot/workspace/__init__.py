"""Tests of the local Slack workspace."""
