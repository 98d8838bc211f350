"""What was: samples and transitions that the watch wrote down, and what the commits of the registry tell."""
