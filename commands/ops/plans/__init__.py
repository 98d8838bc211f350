"""Plans: asked, approved, claimed, carried out once, and the way back."""
