"""`wavewarden check`: configuration, tree, tools and permissions as a table; with `--live` also Slack."""
