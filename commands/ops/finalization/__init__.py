"""How a batch stands to its finalization, and what earlier ones left behind."""
