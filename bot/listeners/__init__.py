"""Listeners: each acks, hands on, returns. One file a kind of request."""
