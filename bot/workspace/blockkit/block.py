"""How a block is written down: its type, the surfaces that take it, its shape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.workspace.blockkit.rules import Rule, String
from bot.workspace.blockkit.shapes import Shape, Together, typed

Surface = Literal["message", "modal", "home"]

EVERYWHERE: frozenset[Surface] = frozenset({"message", "modal", "home"})
MESSAGES: frozenset[Surface] = frozenset({"message"})
MODALS: frozenset[Surface] = frozenset({"modal"})
NOT_MODALS: frozenset[Surface] = frozenset({"message", "home"})


@dataclass(frozen=True, slots=True)
class Block:
    """One block type."""

    type: str
    surfaces: frozenset[Surface]
    shape: Shape


def block(
    kind: str,
    surfaces: frozenset[Surface],
    *,
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    together: Sequence[Together] = (),
) -> Block:
    """Write down a block: a typed object that may carry a `block_id`."""
    more = {"block_id": String(255), **(optional or {})}
    return Block(kind, surfaces, typed(kind, required=required, optional=more, together=together))
