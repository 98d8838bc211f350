"""The other half of the vocabulary: rules for lists and objects, made of rules for what is in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.workspace.blockkit.problem import Problem
from bot.workspace.blockkit.rules import Among, Rule

Together = Callable[[Mapping[str, object], str], Iterator[Problem]]
"""A condition on several fields of one object; see `together`."""


@dataclass(frozen=True, slots=True)
class OrNull:
    """A value, or an explicit null. Elsewhere Slack refuses null."""

    rule: Rule

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge what is not null."""
        if value is not None:
            yield from self.rule.problems(value, path)


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `min` to `max` items; Slack takes an empty list in few places only."""

    of: Rule
    max: int | None = None
    min: int = 1

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge type and count, then each item."""
        if not isinstance(value, list):
            yield Problem(path, "must provide an array")
            return
        if len(value) < self.min:
            yield Problem(path, f"must provide at least {self.min} items")
        if self.max is not None and len(value) > self.max:
            yield Problem(path, f"no more than {self.max} items allowed")
        for place, item in enumerate(value):
            yield from self.of.problems(item, f"{path}[{place}]")


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with known fields: required, optional, and, unless it is `open`, nothing else."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    together: Sequence[Together] = ()
    open: bool = False

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge which fields are there, each field, then fields together."""
        if not isinstance(value, dict):
            yield Problem(path, "must provide an object")
            return
        known = {**self.required, **self.optional}
        for name in self.required:
            if name not in value:
                yield Problem(path, f"missing required field: {name}")
        for name, item in value.items():
            if name in known:
                yield from known[name].problems(item, f"{path}.{name}" if path else name)
            elif not self.open:
                yield Problem(path, f"invalid additional property: {name}")
        for condition in self.together:
            yield from condition(value, path)


@dataclass(frozen=True, slots=True)
class OneOf:
    """An object told apart by its `type`."""

    shapes: Mapping[str, Rule]

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        """Judge by the shape of the value's type."""
        if not isinstance(value, dict):
            yield Problem(path, "must provide an object")
        elif "type" not in value:
            yield Problem(path, "missing required field: type")
        elif not isinstance(kind := value["type"], str):
            yield Problem(f"{path}.type", "must provide a string")
        elif kind not in self.shapes:
            takes = ", ".join(sorted(self.shapes))
            yield Problem(f"{path}.type", f"unsupported type: {kind} (this place takes {takes})")
        else:
            yield from self.shapes[kind].problems(value, path)


def typed(
    kind: str,
    *,
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    together: Sequence[Together] = (),
) -> Shape:
    """Write down an object that carries its own `type`.

    Args:
        kind: The value of `type`.
        required: Fields that must be there.
        optional: Fields that may be there.
        together: Conditions on several fields.

    Returns:
        The shape, with `type` among its required fields.
    """
    return Shape({"type": Among((kind,)), **(required or {})}, optional or {}, together)
