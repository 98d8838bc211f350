"""An escalation, from its form to the people on call: facts, text, files, and how it is sent."""
