"""One site: its files, its past, and what keeps it from being finished."""
