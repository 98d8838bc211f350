"""What the demo host's own tools are made of: standard library only, copied into the host when it is made."""
