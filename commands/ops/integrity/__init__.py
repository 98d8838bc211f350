"""The registry's integrity: what is wrong with it, who may have done it, and which of doubled rows stays."""
