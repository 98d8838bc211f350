"""What can be asked of Wavewarden: one file a line."""
