"""What Slack makes of text that somebody types: entities, links, mentions."""

import re
from collections.abc import Callable, Mapping

_KEPT = re.compile(r"(```.*?```|`[^`\n]+`|<[^<>\n]*>)", re.DOTALL)
# Slack links bare names under the public top-level domains; these are the ones that batch hosts' sites have.
_TOP = (
    "agency|ai|app|at|biz|blog|cafe|ch|club|co|com|de|design|dev|dk|es|eu|fi|fr|info|io|it|lt|md|me|net|nl|no"
    "|online|org|page|pl|se|shop|site|store|studio|tech|uk|us|xyz"
)
_ADDRESS = re.compile(
    r"(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)\"'])"
    rf"|(?<![\w@./<|-])(?P<domain>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP}))(?![\w-]|\.\w)",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w@<])@([\w.-]*\w)")
_CHANNEL = re.compile(r"(?<![\w#<&])#([\w-]+)")

Piece = Callable[[str], str]


def escape(text: str) -> str:
    """Write the three characters that mean something in Slack's text as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link_addresses(text: str) -> str:
    """Turn addresses and bare domains into links: ``<http://lotus.dev|lotus.dev>``."""
    return _outside_code(text, lambda piece: _ADDRESS.sub(_link, piece))


def _link(found: re.Match[str]) -> str:
    if found["url"]:
        return f"<{found['url']}>"
    return f"<http://{found['domain']}|{found['domain']}>"


def link_names(text: str, handles: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """Turn ``@handle`` and ``#channel`` into mentions.

    Args:
        text: escaped text.
        handles: what stands for each handle, such as ``{"vera": "<@U0VERA>"}``.
        channels: likewise for channel names.
    """

    def mention(piece: str) -> str:
        piece = _MENTION.sub(lambda found: handles.get(found[1].lower(), found[0]), piece)
        return _CHANNEL.sub(lambda found: channels.get(found[1].lower(), found[0]), piece)

    return _outside_code(text, mention)


def _outside_code(text: str, change: Piece) -> str:
    """Change what is neither code nor a link already."""
    pieces = _KEPT.split(text)
    return "".join(piece if number % 2 else change(piece) for number, piece in enumerate(pieces))
