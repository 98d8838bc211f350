"""The disk: how full it is and of what, and everything that frees space, the safest first."""
