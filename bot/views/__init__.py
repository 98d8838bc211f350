"""Whole views: forms, and the App Home."""
