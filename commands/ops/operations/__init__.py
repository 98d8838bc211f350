"""Every kind of change, one file each; `table` lists them."""
