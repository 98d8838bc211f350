"""How often agents tried to build a site, as its log lines tell: each time it was taken, and how that ended."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from commands.ops.logs import log_lines
from commands.ops.logs.log_lines import Kind

# `lotus.dev: taken, D -> i`, `starting lotus.dev`, `lotus.dev: done, i -> I`; tools word it as they like.
_TAKEN = re.compile(
    r"\b(?:taken|taking|start(?:s|ed|ing)?|begins?|began|picked up|attempt \d+)\b", re.IGNORECASE
)
_DONE = re.compile(r"\b(?:done|finished|completed|implemented)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try. at: when it was begun, None where no line tells. errors: their kinds, in order; done: it ended well."""

    at: datetime | None
    errors: tuple[Kind, ...] = ()
    done: bool = False

    @property
    def failed(self) -> bool:
        """Whether it had an error and did not end well."""
        return bool(self.errors) and not self.done


def of_lines(lines: Iterable[str]) -> tuple[Attempt, ...]:
    """The attempts that a site's lines tell of, oldest first; an error that no beginning precedes is one of its own."""
    found: list[Attempt] = []
    open_ = False
    for line in lines:
        kind, at = log_lines.kind_of(line), log_lines.written_at(line)
        if kind:
            last = found.pop() if open_ else Attempt(at)
            found.append(Attempt(last.at, (*last.errors, kind)))
            open_ = True
        elif _DONE.search(line) and open_:
            last = found.pop()
            found.append(Attempt(last.at, last.errors, done=True))
            open_ = False
        elif _TAKEN.search(line):
            found.append(Attempt(at))
            open_ = True
    return tuple(found)
