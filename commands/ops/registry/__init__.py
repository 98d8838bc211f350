"""The registry as it is read: its table, its rows, and what is malformed in it."""
