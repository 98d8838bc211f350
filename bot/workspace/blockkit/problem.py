"""What is wrong with a payload, where, and how Slack tells an app about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

INVALID_BLOCKS = "invalid_blocks"

_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would refuse.

    Attributes:
        path: Where, as a programmer writes it: `blocks[3].accessory.text`; empty for the whole payload.
        sentence: What, in Slack's own words where those are known: `must be less than 76 characters`.
        code: Slack's error name for the whole call, such as `invalid_blocks`.
    """

    path: str
    sentence: str
    code: str = INVALID_BLOCKS

    @property
    def pointer(self) -> str:
        """The path as the JSON pointer Slack prints: `/blocks/3/accessory/text`."""
        if not self.path:
            return ""
        return "/" + _INDEX.sub(r".\1", self.path).replace(".", "/")

    def __str__(self) -> str:
        """Say the place and the trouble in one line."""
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


def slack_messages(problems: Sequence[Problem]) -> list[str]:
    """Word problems as Slack words `response_metadata.messages`, with our path at the end.

    Args:
        problems: What a check found.

    Returns:
        One line each: `[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]
        (blocks[0].text.text)`. Slack itself ends after the pointer; the path is for the reader.
        A problem of the whole payload has no line: its code says it all.
    """
    return [
        f"[ERROR] {problem.sentence} [json-pointer:{problem.pointer}] ({problem.path})"
        for problem in problems
        if problem.path
    ]
