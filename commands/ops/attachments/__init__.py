"""Files that go with an answer: what was gathered at one moment, and how they are kept."""
