"""Incidents: what each is about, its timeline, and what alerts are told or kept quiet."""
