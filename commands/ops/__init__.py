"""The shared ops core: one package a concept, and beside them what all stand on; it knows neither Slack nor lines."""
