"""What a person does in the workspace, and what it makes Slack send to the app."""
