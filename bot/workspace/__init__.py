"""A local Slack: Web API, Socket Mode and a page, for tests, demonstrations and rehearsals."""
