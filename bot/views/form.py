"""A Form as a modal, and what was filled in as values."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.ids import LINE_FORM
from bot.render import blocks
from bot.render.blocks import Block
from bot.render.escape import escape
from bot.request import Origin
from commands.reply import Field, Form

TITLE = 24
LABEL = 2000
OPTION = 75
TYPED = 3000
CUT = "A form takes 3,000 characters: the last {:,} did not fit."


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a form was for, where it was opened, and what was filled in. goes_on: another form is to follow it."""

    line: str
    origin: Origin
    values: dict[str, str]
    goes_on: bool = False


def skeleton(title: str) -> Block:
    """Opened at once, within the 3 seconds of its trigger; filled when the answer is there."""
    return {**_frame(title), "blocks": [blocks.context("One moment …")]}


def modal(title: str, form: Form, origin: Origin) -> Block:
    """The form; it carries its line and where it was opened."""
    where = {
        name: value for name, value in asdict(origin).items() if name not in ("response_url", "trigger_id")
    }
    return {
        **_frame(title),
        "private_metadata": json.dumps({"line": form.line, "origin": where, "goes_on": form.goes_on}),
        "close": blocks.plain_text("Cancel", TITLE),
        "submit": blocks.plain_text(form.submit or title, TITLE),  # a verb, as on the button that opened it
        "blocks": [*(blocks.section(escape(note)) for note in form.notes), *map(_input, form.fields)],
    }


def sentence(title: str, said: str) -> Block:
    """The form will not be needed: why."""
    return {**_frame(title), "blocks": [blocks.section(escape(said))]}


def submitted(view: dict[str, Any], user: str) -> Submitted:
    """Read a submission; each field's block_id is its name."""
    about = json.loads(view["private_metadata"])
    values = {
        name: _value(next(iter(elements.values())))
        for name, elements in view["state"]["values"].items()
        if elements
    }
    origin = Origin(**{**about["origin"], "user": user})
    return Submitted(about["line"], origin, values, goes_on=about["goes_on"])


def _frame(title: str) -> Block:
    return {
        "type": "modal",
        "callback_id": LINE_FORM,
        "title": blocks.plain_text(title, TITLE),
        "close": blocks.plain_text("Close", TITLE),
    }


def _input(field: Field) -> Block:
    cut = len(field.value) - TYPED if field.kind != "choice" else 0
    hint = f"{CUT.format(cut)} {field.hint}".strip() if cut > 0 else field.hint
    return {
        "type": "input",
        "block_id": field.name,
        "label": blocks.plain_text(field.label, LABEL),
        "optional": not field.required,
        "element": _element(replace(field, value=field.value[:TYPED])),
        **({"hint": blocks.plain_text(hint, LABEL)} if hint else {}),
    }


def _element(field: Field) -> Block:
    if field.kind == "choice":
        options = [{"text": blocks.plain_text(choice, OPTION), "value": choice} for choice in field.choices]
        chosen = [option for option in options if option["value"] == field.value]
        return {"type": "static_select", "action_id": "value", "options": options} | (
            {"initial_option": chosen[0]} if chosen else {}
        )
    given = {"initial_value": field.value} if field.value else {}
    if field.kind == "number":
        return {"type": "number_input", "action_id": "value", "is_decimal_allowed": False, **given}
    long = field.kind == "long"
    return {"type": "plain_text_input", "action_id": "value", "multiline": long, "max_length": TYPED, **given}


def _value(element: dict[str, Any]) -> str:
    chosen = element.get("selected_option")
    return str(chosen["value"]) if chosen else str(element.get("value") or "")
