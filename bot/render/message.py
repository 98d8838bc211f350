"""A Reply as messages: one summary, verdict first, and the evidence for its thread."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from bot.render import blocks, values
from bot.render.blocks import Block
from bot.render.buttons import buttons
from bot.render.escape import clipped, code, escape
from bot.render.parts import runs
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


@dataclass(frozen=True, slots=True)
class Around:
    """What a message says beside its reply, in Slack's own markup: who is called above it, a link below it."""

    above: str = ""
    below: str = ""


BY_ITSELF = Around()


def render(reply: Reply, asker: Asker, around: Around = BY_ITSELF) -> Rendered:
    """The messages for a channel; whatever does not fit the summary goes to the head of the evidence."""
    above = [blocks.section(around.above)] if around.above else []
    below = [blocks.context(around.below)] if around.below else []
    head = [*above, *_head(reply)]
    tail = [*_problems(reply), *buttons(reply.offers), *below, _footer(asker)]
    shown, left = _fitting(_runs(reply, evidence=False), head + tail)
    evidence = pages([*left, *_runs(reply, evidence=True)], reply.headline)
    summary = Message(f"{around.above} {_text(reply)}".strip(), (*head, *shown, *tail))
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
    head, tail = _head(reply), [*_problems(reply), *buttons(reply.offers), *last]
    body = [*_runs(reply, evidence=False), *_runs(reply, evidence=True)]
    shown, left = _fitting(body, [*head, *tail, _CUT])
    return Message(_text(reply), (*head, *shown, *([_CUT] if left else []), *tail))


def pages(all_runs: list[list[Block]], headline: str) -> tuple[Message, ...]:
    """Messages that each stay within Slack's counts, with at most one table; a run of blocks is in one of them."""
    made: list[list[Block]] = []
    for run in all_runs:
        if not made or not _fits(made[-1], run):
            made.append([])
        made[-1].extend(run)
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


def _runs(reply: Reply, *, evidence: bool) -> list[list[Block]]:
    chosen: list[Part] = [part for part in reply.parts if part.evidence is evidence]
    return [run for part in chosen for run in runs(part)]


def _fitting(body: list[list[Block]], around: list[Block]) -> tuple[list[Block], list[list[Block]]]:
    shown: list[Block] = []
    for position, run in enumerate(body):
        if not _fits([*around, *shown], run):
            return shown, body[position:]
        shown.extend(run)
    return shown, []


def _fits(page: list[Block], run: list[Block]) -> bool:
    tables = sum(block["type"] == "table" for block in (*page, *run))
    if len(page) + len(run) > MOST_BLOCKS or tables > 1:
        return False
    return blocks.weight(page) + blocks.weight(run) <= MOST_CHARACTERS


def _text(reply: Reply) -> str:
    return clipped(escape(reply.headline), TEXT_LIMIT)


def _hash(summary: list[Block], evidence: tuple[Message, ...]) -> str:
    shown = json.dumps([summary, [page.blocks for page in evidence]], sort_keys=True)
    return hashlib.blake2b(shown.encode(), digest_size=16).hexdigest()
