"""The Slack face of Wavewarden."""
