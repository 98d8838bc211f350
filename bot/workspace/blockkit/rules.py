"""Half the vocabulary in which limits are written down: rules for a single value (`shapes` has lists and objects).

The sentences are Slack's own where they were seen in its answers: "must be less than 3001 characters",
"no more than 25 items allowed", "must provide at least 1 items", "missing required field: title",
"invalid additional property: text", "must provide a string", "must be a valid enum value",
"unsupported type: markdown". That unknown fields are refused is seen there too
(https://github.com/slack-go/slack/issues/612, an option's `url` outside an overflow menu).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.workspace.blockkit.problem import Problem


class Rule(Protocol):
    """Anything that can judge one JSON value."""

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Yield what Slack would refuse in `value`, which stands at `path`."""
        ...


@dataclass(frozen=True, slots=True)
class String:
    """A string of `min` to `max` characters; `max` None is unlimited."""

    max: int | None = None
    min: int = 1

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge type and length."""
        if not isinstance(value, str):
            yield Problem(path, "must provide a string")
        elif len(value) < self.min:
            yield Problem(path, f"must be more than {self.min - 1} characters")
        elif self.max is not None and len(value) > self.max:
            yield Problem(path, f"must be less than {self.max + 1} characters")


@dataclass(frozen=True, slots=True)
class Written:
    """A string of a certain form: `pattern` must match all of it; `form` says it to a person."""

    pattern: str
    form: str

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge type and form."""
        if not isinstance(value, str):
            yield Problem(path, "must provide a string")
        elif not re.fullmatch(self.pattern, value, re.ASCII):
            yield Problem(path, f"must be {self.form}")


@dataclass(frozen=True, slots=True)
class Among:
    """One of a few words."""

    words: tuple[str, ...]

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge whether the value is one of the words."""
        if not isinstance(value, str):
            yield Problem(path, "must provide a string")
        elif value not in self.words:
            yield Problem(path, f"must be a valid enum value ({', '.join(self.words)})")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between `min` and `max`, both allowed; None is unlimited."""

    min: int | None = None
    max: int | None = None

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge type and range."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(path, "must provide an integer")
        elif self.min is not None and value < self.min:
            yield Problem(path, f"must be at least {self.min}")
        elif self.max is not None and value > self.max:
            yield Problem(path, f"must be at most {self.max}")


@dataclass(frozen=True, slots=True)
class Number:
    """Any JSON number."""

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge the type."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield Problem(path, "must provide a number")


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge the type."""
        if not isinstance(value, bool):
            yield Problem(path, "must provide a boolean")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, a number, or a flag."""

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge the type."""
        if not isinstance(value, str | int | float):
            yield Problem(path, "must provide a string, a number or a boolean")
