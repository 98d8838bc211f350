"""The agents: who runs, told from look-alikes, and how they are ended."""
