"""What a diagnosis shows in its thread: figures and tables."""
