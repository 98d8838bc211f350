"""Tests of `wavewarden demo`."""
