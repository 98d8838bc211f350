"""The page in a real browser, against a real server and, where it acts, a real Bolt app."""
