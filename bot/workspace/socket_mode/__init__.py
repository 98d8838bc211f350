"""Socket Mode: how requests and events reach the app over WebSockets.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""
