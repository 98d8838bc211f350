"""What the host's logs say, and of which site."""
