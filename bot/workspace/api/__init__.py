"""Slack's Web API: one file a family of methods, one table of all methods.

https://docs.slack.dev/reference/methods
"""
