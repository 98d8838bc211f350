"""Files read: with care, whole or not at all, and without following links."""
