"""Files written, replaced and removed, so that nothing is lost and nothing half is seen."""
