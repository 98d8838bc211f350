"""`wavewarden check`, the core's half: settings, tree, tools, roles, state. One file a concern."""
