"""From a Reply to Block Kit, within Slack's limits."""
