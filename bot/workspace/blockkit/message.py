"""Check a message: its text, its blocks, the blocks of its attachments, and all of them together."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.workspace.blockkit.blocks import each_block
from bot.workspace.blockkit.problem import Problem
from bot.workspace.blockkit.walk import Found, blocks_in
from bot.workspace.blockkit.whole import one_of_a_kind, short_enough, together

TEXT_KEPT = 40_000
"""Posting cuts a longer `text` off and does not refuse it
(https://api.slack.com/changelog/2018-04-truncating-really-long-messages)."""
UPDATE_TEXT = 4_000
MOST_ATTACHMENTS = 100


def kept_text(text: str) -> str:
    """Cut a message's text where Slack cuts it when posting."""
    return text[:TEXT_KEPT]


def check_message(payload: Mapping[str, object], *, update: bool = False) -> list[Problem]:
    """Find what Slack would refuse in the `text`, `blocks` and `attachments` of a message.

    Args:
        payload: The arguments of `chat.postMessage` or a like method, with blocks and attachments decoded.
            Absent and None are the same.
        update: True for `chat.update`, which refuses a `text` over 4,000 characters.

    Returns:
        All problems, in reading order; the first one's `code` is the error to answer with.
    """
    attachments = payload.get("attachments")
    lists = [(payload.get("blocks"), "blocks"), *_attached(attachments)]
    found = [block for blocks, path in lists for block in blocks_in(blocks, path)]
    top = [block for blocks, _ in lists if isinstance(blocks, list) for block in blocks]
    return [
        *_nothing_said(payload, update=update),
        *_text(payload.get("text"), update=update),
        *_blocks(lists),
        *_attachments(attachments),
        *_whole(found, top),
    ]


def _nothing_said(payload: Mapping[str, object], *, update: bool) -> Iterator[Problem]:
    said = (payload.get(name) for name in ("text", "blocks", "attachments"))
    # An update may say "no blocks from now on" with an empty list; a post may not be empty.
    if not any(part is not None if update else part for part in said):
        yield Problem("", "a message needs text, blocks or attachments", "no_text")


def _text(text: object, *, update: bool) -> Iterator[Problem]:
    if text is not None and not isinstance(text, str):
        yield Problem("text", "must provide a string", "invalid_arguments")
    elif update and text is not None and len(text) > UPDATE_TEXT:
        yield Problem("text", f"must be less than {UPDATE_TEXT + 1} characters", "msg_too_long")


def _attached(attachments: object) -> Iterator[tuple[object, str]]:
    for place, attachment in enumerate(attachments if isinstance(attachments, list) else []):
        if isinstance(attachment, dict):
            yield attachment.get("blocks"), f"attachments[{place}].blocks"


def _blocks(lists: list[tuple[object, str]]) -> Iterator[Problem]:
    for blocks, path in lists:
        if blocks is not None:
            problems = each_block(blocks, "message", path)
            yield from problems if path == "blocks" else map(_in_attachment, problems)


def _in_attachment(problem: Problem) -> Problem:
    return replace(problem, code="invalid_attachments")


def _attachments(attachments: object) -> Iterator[Problem]:
    # Their legacy fields (color, fallback, fields…) are not checked: Slack ignores what it does not know there.
    if attachments is None:
        return
    if not isinstance(attachments, list):
        yield Problem("attachments", "must provide an array", "invalid_attachments")
        return
    if len(attachments) > MOST_ATTACHMENTS:
        yield Problem("attachments", f"no more than {MOST_ATTACHMENTS} items allowed", "too_many_attachments")
    for place, attachment in enumerate(attachments):
        if not isinstance(attachment, dict):
            yield Problem(f"attachments[{place}]", "must provide an object", "invalid_attachments")


def _whole(found: list[Found], top: list[object]) -> Iterator[Problem]:
    yield from together(found, "message")
    yield from one_of_a_kind(found)
    yield from short_enough(found, top)
