"""The watch: looks at the host again and again, and remembers."""
