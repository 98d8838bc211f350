"""What a person sees of a plan before deciding, made from its exact targets; `table` lists them."""
