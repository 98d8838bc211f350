"""What `wavewarden demo` and `wavewarden workspace` run: start-up code, beside `bot.cli`."""
