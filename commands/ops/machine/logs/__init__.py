"""The ends of logs, what stands in them, and the kernel's own."""
