"""Tests of the long texts and their templates."""
