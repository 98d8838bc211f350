"""A Reply as messages: one summary, verdict first, and the evidence for its thread."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from bot.render import blocks, values
from bot.render.blocks import Block
from bot.render.buttons import buttons
from bot.render.escape import clipped, code, escape
from bot.render.parts import as_blocks
from commands.reply import Part, Reply, Severity

MOST_BLOCKS = 50
MOST_CHARACTERS = 10_000  # Slack refuses about 13,200 (bolt-js#2509), and was seen to refuse 11,341
TEXT_LIMIT = 3900

LIGHTS: dict[Severity, str] = {
    "ok": ":large_green_circle:",
    "info": ":large_blue_circle:",
    "warning": ":large_yellow_circle:",
    "critical": ":red_circle:",
}


_CUT = blocks.context(
    "The rest did not fit into one message; ask in a channel that I am in to see all of it."
)


@dataclass(frozen=True, slots=True)
class Message:
    """The text that notifications show, and the blocks that people read."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """The summary and its evidence; `hash` changes when anything but who asked and when does."""

    summary: Message
    evidence: tuple[Message, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked what, and when: the summary's last line."""

    name: str
    line: str
    at: datetime


def render(reply: Reply, asker: Asker) -> Rendered:
    """The messages for a channel; whatever does not fit the summary goes to the head of the evidence."""
    head, tail = _head(reply), [*_problems(reply), *buttons(reply.proposals), _footer(asker)]
    shown, left = _fitting(_all_blocks(reply, evidence=False), head + tail)
    evidence = pages([*left, *_all_blocks(reply, evidence=True)], reply.headline)
    summary = Message(_text(reply), (*head, *shown, *tail))
    return Rendered(summary, evidence, _hash([*head, *shown, *tail[:-1]], evidence))


def render_private(reply: Reply) -> Message:
    """One message for the caller alone; no thread hangs under it, so the evidence is in it as far as it fits."""
    return _in_one(reply, [])


def render_invited(reply: Reply, bot_name: str) -> Message:
    """One message for a channel that the bot is not in, with the way to let it in."""
    words = (
        f"I am not in this channel, so there is no thread: type `/invite @{escape(bot_name)}` to let me in."
    )
    left = " Files are attached only where I am." if reply.attachments else ""
    return _in_one(reply, [blocks.context(words + left)])


def _in_one(reply: Reply, last: list[Block]) -> Message:
    head, tail = _head(reply), [*_problems(reply), *buttons(reply.proposals), *last]
    body = [*_all_blocks(reply, evidence=False), *_all_blocks(reply, evidence=True)]
    shown, left = _fitting(body, [*head, *tail, _CUT])
    return Message(_text(reply), (*head, *shown, *([_CUT] if left else []), *tail))


def pages(all_blocks: list[Block], headline: str) -> tuple[Message, ...]:
    """Messages that each stay within Slack's counts, with at most one table."""
    made: list[list[Block]] = []
    for block in all_blocks:
        if not made or not _fits(made[-1], block):
            made.append([])
        made[-1].append(block)
    total = len(made)
    texts = (
        f"Evidence{f' {number} of {total}' if total > 1 else ''}: {headline}"
        for number in range(1, total + 1)
    )
    return tuple(
        Message(clipped(escape(text), TEXT_LIMIT), tuple(page))
        for text, page in zip(texts, made, strict=True)
    )


def _head(reply: Reply) -> list[Block]:
    return [blocks.section(f"{LIGHTS[reply.severity]} *{escape(reply.headline)}*")]


def _problems(reply: Reply) -> list[Block]:
    if not reply.problems:
        return []
    return [
        blocks.section(
            "*Could not be read*\n" + "\n".join(f"• {escape(problem)}" for problem in reply.problems)
        )
    ]


def _footer(asker: Asker) -> Block:
    return blocks.context(f"{asker.name} asked {code(clipped(asker.line, 150))} · {values.date(asker.at)}")


def _all_blocks(reply: Reply, *, evidence: bool) -> list[Block]:
    chosen: list[Part] = [part for part in reply.parts if part.evidence is evidence]
    return [block for part in chosen for block in as_blocks(part)]


def _fitting(body: list[Block], around: list[Block]) -> tuple[list[Block], list[Block]]:
    shown: list[Block] = []
    for position, block in enumerate(body):
        if not _fits([*around, *shown], block):
            return shown, body[position:]
        shown.append(block)
    return shown, []


def _fits(page: list[Block], block: Block) -> bool:
    if len(page) == MOST_BLOCKS or (block["type"] == "table" and any(b["type"] == "table" for b in page)):
        return False
    return blocks.weight(page) + blocks.weight(block) <= MOST_CHARACTERS


def _text(reply: Reply) -> str:
    return clipped(escape(reply.headline), TEXT_LIMIT)


def _hash(summary: list[Block], evidence: tuple[Message, ...]) -> str:
    shown = json.dumps([summary, [page.blocks for page in evidence]], sort_keys=True)
    return hashlib.blake2b(shown.encode(), digest_size=16).hexdigest()
