"""People and user groups, mentioned."""


def mention(one: str) -> str:
    """`<@U…>` or `<!subteam^S…>`."""
    return f"<!subteam^{one}>" if one.startswith("S") else f"<@{one}>"
