"""Proposals as buttons: a verb on each, five to a row."""

from bot.ids import Pressed, line_action, to_value
from bot.render import blocks
from bot.render.blocks import Block
from commands.reply import Confirm, Proposal

A_ROW = 5
MOST = 25


def buttons(proposals: tuple[Proposal, ...]) -> list[Block]:
    """The action blocks; one button at most stands out, the first whose tier says that it changes something."""
    shown = proposals[:MOST]
    first = next((place for place, one in enumerate(shown) if one.tier and not one.confirm), None)
    made = [_button(place, one, stands_out=place == first) for place, one in enumerate(shown)]
    rows = [made[start : start + A_ROW] for start in range(0, len(made), A_ROW)]
    return [
        {"type": "actions", "block_id": f"lines:{number}", "elements": row} for number, row in enumerate(rows)
    ]


def _button(position: int, proposal: Proposal, *, stands_out: bool) -> Block:
    button: Block = {
        "type": "button",
        "action_id": line_action(position),
        "text": blocks.plain_text(proposal.label, blocks.BUTTON_TEXT),
        "value": to_value(Pressed(proposal.line, proposal.asks)),
    }
    if proposal.tier == "grave":
        button["style"] = "danger"
    elif stands_out:
        button["style"] = "primary"
    if proposal.confirm:
        button |= {"style": "danger", "confirm": _confirm(proposal.confirm)}
    return button


def _confirm(confirm: Confirm) -> Block:
    return {
        "title": blocks.plain_text(confirm.title, blocks.CONFIRM_TITLE),
        "text": blocks.plain_text(confirm.text, blocks.CONFIRM_TEXT),
        "confirm": blocks.plain_text(confirm.yes, blocks.CONFIRM_BUTTON),
        "deny": blocks.plain_text(confirm.no, blocks.CONFIRM_BUTTON),
        "style": "danger",
    }
