"""The calls that show one rendered reply: a new message with its evidence, or edits of what stands there."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from bot.outbox import UPLOAD, Draft
from bot.places import SUMMARY, Place
from bot.render.message import Message, Rendered
from bot.threads import Spot
from commands.ops.attachments.attachment import Attachment
from commands.ops.roles import Caller

EMPTY = "(empty)\n"  # Slack takes no file without a byte


class Drafts:
    """The calls that show one rendered reply. `subject` is none where it is not kept up to date."""

    def __init__(self, rendered: Rendered, subject: str | None, caller: Caller) -> None:
        self._rendered = rendered
        self._subject = subject
        self._caller = json.dumps(asdict(caller))

    def summary(self, spot: Spot, fallback: dict[str, Any] | None = None) -> Draft:
        """The new message."""
        body, place = _body(self._rendered.summary), self._place(SUMMARY, spot.channel)
        return spot.placed(Draft("chat.postMessage", spot.channel, body, place=place, fallback=fallback))

    def evidence(self, spot: Spot, parent: int) -> list[Draft]:
        """The pages below a new summary: in its thread, or in the thread in which it stands itself."""
        below = replace(spot, begins=None)
        pages = enumerate(self._rendered.evidence, start=1)
        drafts = (
            Draft("chat.postMessage", spot.channel, _body(page), parent, self._place(part, spot.channel))
            for part, page in pages
        )
        return [below.placed(draft) for draft in drafts]

    def edits(self, summary: Place, shown: list[Place]) -> list[Draft]:
        """The edits of a summary and its pages; pages that are new are added, those left over are deleted."""
        pages = self._rendered.evidence
        added = enumerate(pages[len(shown) :], start=len(shown) + 1)
        return [
            self._edit(summary, self._rendered.summary),
            *(self._edit(place, page) for place, page in zip(shown, pages, strict=False)),
            *(self._added(summary, part, page) for part, page in added),
            *(Draft("chat.delete", place.channel, {"ts": place.ts}) for place in shown[len(pages) :]),
        ]

    def _edit(self, place: Place, message: Message) -> Draft:
        kept = replace(place, hash=self._rendered.hash)
        return Draft(
            "chat.update", place.channel, {**_body(message), "ts": place.ts, "parse": "none"}, place=kept
        )

    def _added(self, summary: Place, part: int, page: Message) -> Draft:
        place = self._place(part, summary.channel)
        body = _body(page, summary.thread_ts or summary.ts)
        return Draft(
            "chat.postMessage", summary.channel, body, place=place and replace(place, head=summary.ts)
        )

    def _place(self, part: int, channel: str) -> Place | None:
        if not self._subject:
            return None
        return Place(self._subject, part, channel, "", "", "", self._rendered.hash, self._caller)


def files(attachments: Sequence[Attachment], spot: Spot, parent: int | None = None) -> list[Draft]:
    """The uploads of files: in the thread of the message that `parent` is the draft of, or where the spot says."""
    below = replace(spot, begins=None)
    return [below.placed(_file(one, spot.channel, parent)) for one in attachments]


def _file(one: Attachment, channel: str, parent: int | None) -> Draft:
    content = one.text.encode(errors="backslashreplace").decode() or EMPTY
    return Draft(UPLOAD, channel, {"filename": one.name, "title": one.title}, parent, content=content)


def _body(message: Message, thread_ts: str | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {"text": message.text, "blocks": list(message.blocks)}
    body |= {"unfurl_links": False, "unfurl_media": False}
    return {**body, "thread_ts": thread_ts} if thread_ts else body
