"""Messages from replies: whatever the reply, Slack takes what comes out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from bot.render.blocks import weight
from bot.render.message import MOST_CHARACTERS, Asker, Message, render, render_invited, render_private
from bot.workspace.blockkit import check_message
from commands.ops.attachments.attachment import Attachment
from commands.reply import (
    Confirm,
    Diff,
    Facts,
    Image,
    Lines,
    Proposal,
    Reply,
    Size,
    Span,
    Table,
    Text,
    Tier,
    When,
)

AT = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
ASKER = Asker("Omar Haddad", "batch status", AT)

texts = st.one_of(
    st.text(max_size=50),
    st.sampled_from(
        ["<!channel>", "```\n``", "x" * 4000, "\ud800", "&amp;", "<@U0ASHA>", " ", "", "\x00\x1b[2J", "|"]
    ),
)
values = st.one_of(
    texts,
    st.none(),
    st.integers(),
    st.floats(allow_nan=False),
    st.builds(Size, st.integers(0, 2**60)),
    st.builds(Span, st.floats(0, 1e9)),
    st.just(When(AT)),
)
flags = st.booleans()
parts = st.one_of(
    st.builds(Text, texts, evidence=flags),
    st.builds(Facts, st.lists(st.tuples(texts, values), max_size=25).map(tuple), texts, evidence=flags),
    st.integers(1, 6).flatmap(
        lambda width: st.builds(
            Table,
            st.tuples(*[texts] * width),
            st.lists(st.tuples(*[values] * width), max_size=120).map(tuple),
            texts,
            evidence=flags,
        )
    ),
    st.builds(Lines, st.lists(texts, max_size=60).map(tuple), texts, evidence=flags),
    st.builds(Diff, st.lists(texts, max_size=60).map(tuple), texts, evidence=flags),
    st.builds(Image, st.just("plot.png"), texts, evidence=flags),
)
labels = st.text(min_size=1, max_size=200).filter(str.strip)
confirms = st.none() | st.builds(Confirm, labels, labels, labels)
proposals = st.builds(Proposal, labels, st.text(max_size=200), confirm=confirms)
replies = st.builds(
    Reply,
    st.sampled_from(["fine", "trouble"]),
    texts,
    st.sampled_from(["ok", "info", "warning", "critical"]),
    parts=st.lists(parts, max_size=6).map(tuple),
    proposals=st.lists(proposals, max_size=30).map(tuple),
    problems=st.lists(texts, max_size=5).map(tuple),
)


def _is_taken(message: Message) -> None:
    problems = check_message({"text": message.text, "blocks": list(message.blocks)})
    assert problems == []
    assert len(message.blocks) <= 50
    assert weight(list(message.blocks)) <= MOST_CHARACTERS + 2000


@settings(max_examples=150, deadline=None)
@given(replies)
def test_slack_takes_every_message_of_every_reply(reply: Reply) -> None:
    rendered = render(reply, ASKER)
    for message in (
        rendered.summary,
        *rendered.evidence,
        render_private(reply),
        render_invited(reply, "wavewarden"),
    ):
        _is_taken(message)


def test_the_verdict_is_the_first_line_and_the_fallback() -> None:
    rendered = render(Reply("trouble", "The disk is full.", "critical", parts=(Text("more"),)), ASKER)
    assert rendered.summary.blocks[0]["text"]["text"] == ":red_circle: *The disk is full.*"
    assert rendered.summary.text == "The disk is full."


def test_nothing_long_is_lost() -> None:
    lines = tuple(f"line {number}" for number in range(5000))
    rendered = render(Reply("fine", "Long.", parts=(Lines(lines),)), ASKER)
    shown = "\n".join(
        block["elements"][0]["elements"][0]["text"]
        for page in rendered.evidence
        for block in page.blocks
        if block["type"] == "rich_text"
    )
    assert shown.split("\n") == list(lines)
    assert rendered.evidence[0].text.startswith(f"Evidence 1 of {len(rendered.evidence)}")


def test_a_summary_that_does_not_fit_goes_on_in_the_evidence() -> None:
    table = Table(("Site",), tuple((f"site-{n}.dev",) for n in range(200)), evidence=False)
    rendered = render(Reply("fine", "Many.", parts=(table,)), ASKER)
    rows = [
        row[0]["text"]
        for message in (rendered.summary, *rendered.evidence)
        for block in message.blocks
        if block["type"] == "table"
        for row in block["rows"][1:]
    ]
    assert rows == [f"site-{n}.dev" for n in range(200)]


def test_a_title_stands_in_the_message_of_what_it_names() -> None:
    tables = tuple(Table(("Site",), (("lotus.dev",),), title) for title in ("Conflicting rows", "On disk"))
    long = Table(("Site",), tuple((f"{n}.{'x' * 200}",) for n in range(40)), "Long", evidence=False)
    rendered = render(Reply("trouble", "Two tables.", parts=(Text("x" * 2900), long, *tables)), ASKER)
    for message, title in zip(rendered.evidence, ("Long", "Conflicting rows", "On disk"), strict=True):
        assert [block["type"] for block in message.blocks] == ["section", "table"]
        assert title in message.blocks[0]["text"]["text"]
    assert [block["type"] for block in rendered.summary.blocks] == ["section", "section", "context"]


def test_every_line_keeps_its_button_row_by_row() -> None:
    rendered = render(
        Reply("fine", "x", proposals=tuple(Proposal(f"Do {n}", f"line {n}") for n in range(7))), ASKER
    )
    rows = [block for block in rendered.summary.blocks if block["type"] == "actions"]
    assert [len(row["elements"]) for row in rows] == [5, 2]
    assert rows[0]["elements"][0]["value"] == '{"line": "line 0"}'


def test_a_button_with_a_confirm_is_red_and_asks_back() -> None:
    confirm = Confirm("Stop wave 5?", "25 agents end.", "Stop", "Keep running")
    (actions, _) = render(
        Reply("fine", "x", proposals=(Proposal("Stop", "batch stop", confirm=confirm),)), ASKER
    ).summary.blocks[1:]
    button = actions["elements"][0]
    assert (button["style"], button["confirm"]["confirm"]["text"]) == ("danger", "Stop")


def test_one_button_stands_out_and_what_is_grave_is_red() -> None:
    tiers: tuple[Tier | None, ...] = (None, "confirm", "confirm", "grave")
    proposals = tuple(Proposal(f"Do {number}", "batch", tier) for number, tier in enumerate(tiers))
    row = render(Reply("fine", "Do.", proposals=proposals), ASKER).summary.blocks[1]["elements"]
    assert [button.get("style") for button in row] == [None, "primary", None, "danger"]


def test_the_hash_changes_with_what_is_shown_and_not_with_who_asked() -> None:
    reply = Reply("fine", "Same.", parts=(Text("a", evidence=True),))
    later = Asker("Vera Lind", "batch status", datetime(2026, 11, 23, tzinfo=UTC))
    assert render(reply, ASKER).hash == render(reply, later).hash
    assert (
        render(reply, ASKER).hash
        != render(Reply("fine", "Same.", parts=(Text("b", evidence=True),)), ASKER).hash
    )


@pytest.mark.parametrize("hostile", ["<!channel>", "<@U0ASHA>", "<http://evil|good>", "&lt;!here&gt;"])
def test_machine_text_is_escaped_once(hostile: str) -> None:
    escaped = hostile.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    summary = render(
        Reply("fine", hostile, problems=(hostile,), parts=(Facts(((hostile, hostile),)),)), ASKER
    ).summary
    assert summary.text == escaped
    assert escaped in summary.blocks[0]["text"]["text"]
    assert hostile not in str(summary.blocks).replace(escaped, "")


def test_a_moment_is_shown_in_the_readers_zone() -> None:
    (page,) = render(Reply("fine", "x", parts=(Facts((("At", When(AT)),), evidence=True),)), ASKER).evidence
    assert "<!date^1795317125^{date_short_pretty} at {time}|2026-11-22 03:12 UTC>" in str(page.blocks)


def test_where_the_bot_is_not_a_member_files_are_said_to_be_left_out() -> None:
    reply = Reply("fine", "x", attachments=(Attachment("a.log", "a", "b"),))
    assert "Files are attached only where I am." in str(render_invited(reply, "wavewarden").blocks)
    assert "Files" not in str(render_invited(Reply("fine", "x"), "wavewarden").blocks)
