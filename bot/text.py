"""Slack's dressing of typed text, undone: links, entities, curly quotes, long dashes, no-break spaces."""

import html
import re

_LABELLED = r"<(?:https?://|mailto:|tel:)[^|>]*\|([^>]*)>"
_BARE = r"<(?:https?://|mailto:|tel:)([^|>]*?)/?>"
_MENTION = r"<([@#!][^>|]*)(?:\|[^>]*)?>"
_LINK = re.compile(f"{_LABELLED}|{_BARE}|{_MENTION}")
_LONG_DASH = re.compile(r"(?:(?<=\s)|^)[\u2012-\u2015](?=[A-Za-z])")
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u201a", "'"),
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
        **dict.fromkeys("\u200b\u200e\u200f\u2060\ufeff`", None),
    }
)


def plain(text: str) -> str:
    """What the person typed: `<http://lotus.dev|lotus.dev>` is `lotus.dev`, `—errors` is `--errors`."""
    undressed = _LINK.sub(lambda match: next(filter(None, match.groups()), ""), text)
    return _LONG_DASH.sub("--", html.unescape(undressed).translate(_LETTERS))


def without_mention(text: str, user_id: str) -> str:
    """The rest of a message after the first mention of the bot, wherever that stands."""
    before, mention, after = text.partition(f"<@{user_id}>")
    return after if mention and after.strip() else f"{before} {after}".strip()
