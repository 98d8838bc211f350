"""Asks and replies, to JSON and back."""

import json
from datetime import UTC, datetime

from commands.reply import Ask, Facts, Reply, Size, Span, When
from commands.reply_json import ask_from_json, reply_from_json, to_json
from tests.commands.conftest import OMAR
from tests.commands.test_terminal import EVERY_PART

AT = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


def test_an_ask_survives_json() -> None:
    ask = Ask("a1", ("batch", "mark"), OMAR, AT, {"reason": "späť"}, "I-1", dry_run=True)
    assert ask_from_json(to_json(ask)) == ask


def test_a_reply_with_every_kind_of_part_survives_json() -> None:
    reply = Reply("trouble", "head", "critical", {"a": [1, None]}, EVERY_PART, problems=("p",))
    assert reply_from_json(to_json(reply)) == reply


def test_json_has_the_fixed_names_and_units() -> None:
    parts = (Facts((("free", Size(5)), ("age", Span(1.5)), ("at", When(AT)))),)
    shown = json.loads(to_json(Reply("fine", "head", parts=parts)))
    assert {"outcome", "headline", "severity", "facts", "parts", "proposals", "problems", "error"} <= set(
        shown
    )
    assert shown["parts"][0]["items"] == [
        ["free", {"bytes": 5}],
        ["age", {"seconds": 1.5}],
        ["at", {"at": "2026-11-22T03:12:05Z"}],
    ]
