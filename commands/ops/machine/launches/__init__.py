"""Tools started so that they outlive us, and what became of them."""
