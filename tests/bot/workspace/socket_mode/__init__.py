"""Tests of Socket Mode."""
