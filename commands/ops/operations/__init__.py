"""What changes something: one file an operation, each a look and its steps."""
