"""Slack's dressing, undone."""

import pytest

from bot.text import plain, without_mention


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("site <http://lotus.dev|lotus.dev>", "site lotus.dev"),
        ("site <https://lotus.dev/>", "site lotus.dev"),
        ("<mailto:a@b.de|a@b.de>", "a@b.de"),
        ("a &amp;&lt;b&gt;", "a &<b>"),
        ("logs host \u2014errors", "logs host --errors"),
        ("logs host \u2013errors", "logs host --errors"),
        ("5 \u2013 3", "5 \u2013 3"),
        ("reason “it\u2019s late”", 'reason "it\'s late"'),
        ("wave\u00a05", "wave 5"),
        ("lotus\u200b.dev", "lotus.dev"),
        ("`batch status`", "batch status"),
        ("<@U0ASHA> <#C0OPS|ops> <!here>", "@U0ASHA #C0OPS !here"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_what_was_typed_comes_back(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<@U0WARDEN> status", "status"),
        ("hey <@U0WARDEN> status", "status"),
        ("status <@U0WARDEN>", "status"),
        ("<@U0WARDEN>", ""),
        ("status", "status"),
    ],
)
def test_the_line_is_what_follows_the_mention(text: str, line: str) -> None:
    assert without_mention(text, "U0WARDEN").strip() == line
