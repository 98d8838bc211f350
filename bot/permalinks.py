"""Links to messages, as Slack itself writes them."""


def permalink(address: str, channel: str, ts: str) -> str:
    """`https://example.slack.com/archives/C…/p1700000000000100`; `address` is the workspace's own."""
    return f"{address}archives/{channel}/p{ts.replace('.', '')}"
