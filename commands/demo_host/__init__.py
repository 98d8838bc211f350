"""A batch host to try things on: real files, real git, real tools, real processes. Knows nothing of the product."""
