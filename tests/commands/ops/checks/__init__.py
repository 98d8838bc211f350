"""Tests of `wavewarden check`, the core's half."""
