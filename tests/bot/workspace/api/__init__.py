"""Tests of the Web API."""
