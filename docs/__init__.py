"""What makes the tables and pictures of the documentation."""
