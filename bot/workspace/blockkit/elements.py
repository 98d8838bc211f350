"""What every interactive element shares, and how one is written down."""

from collections.abc import Mapping, Sequence

from bot.workspace.blockkit.composition import CONFIRM, DISPATCH_ACTION_CONFIG, plain
from bot.workspace.blockkit.rules import Flag, Rule, String
from bot.workspace.blockkit.shapes import Shape, Together, typed

ACTION_ID = String(255)
LABEL = String(75)
"""An `accessibility_label`."""

CONFIRMABLE: Mapping[str, Rule] = {"confirm": CONFIRM}
FOCUSABLE: Mapping[str, Rule] = {"focus_on_load": Flag()}
PLACEHOLDER: Mapping[str, Rule] = {"placeholder": plain(150)}
DISPATCHABLE: Mapping[str, Rule] = {"dispatch_action_config": DISPATCH_ACTION_CONFIG}


def element(
    kind: str,
    *,
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    together: Sequence[Together] = (),
) -> Shape:
    """Write down an element a person acts on: a typed object that may carry an `action_id`."""
    return typed(
        kind, required=required, optional={"action_id": ACTION_ID, **(optional or {})}, together=together
    )
