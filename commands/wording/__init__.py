"""What lines say: figures, verdicts and headlines in plain words."""
