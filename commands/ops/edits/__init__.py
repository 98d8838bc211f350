"""The registry as it is changed: edits of its lines that lose nobody's row, and the copies made before."""
