"""The shared ops core: one file a concept; it knows neither Slack nor lines."""
