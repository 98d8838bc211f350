"""The form in which rows are chosen: a choice a site whose rows conflict, 40 sites a page."""

from collections.abc import Mapping, Sequence

from commands.evidence.doubled_rows import RULES, said
from commands.ops.errors import WrongUsage
from commands.ops.operation import Target
from commands.ops.plans.plans import Plan
from commands.previews.dedupe import A_FORM, to_choose
from commands.reply import Field, Form
from commands.wording.unknown import clipped

OPTION = 75  # characters of a choice in Slack
LABEL = 200


def form(plan: Plan, page: int) -> Form:
    """The choices of one page, what is decided already filled in.

    Raises:
        WrongUsage: there is no such page.
    """
    shown = to_choose(plan.targets)[(page - 1) * A_FORM : page * A_FORM]
    if not shown:
        raise WrongUsage(f"There is no page {page}: nothing is left to choose in {plan.id}.")
    return Form(
        f"dedupe choose {plan.id}", tuple(_field(plan.targets.index(target), target) for target in shown)
    )


def chosen_in(targets: Sequence[Target], values: Mapping[str, str]) -> dict[str, str]:
    """By site, the text of the row that was chosen; a row that was as proposed is no choice."""
    chosen = {}
    for place, target in enumerate(targets):
        options = _options(target)
        value = values.get(str(place), "")
        if value in options and target.about["rows"][options.index(value)]["line"] != target.about["kept"]:
            chosen[target.key.removeprefix("site ")] = target.identity["rows"][options.index(value)]
    return chosen


def _field(place: int, target: Target) -> Field:
    name, kept = target.key.removeprefix("site "), target.about["kept"]
    options = _options(target)
    lines = [row["line"] for row in target.about["rows"]]
    value = options[lines.index(kept)] if kept is not None else ""
    label = f"{clipped(name, LABEL)}: {RULES[target.about['rule']]}"
    return Field(str(place), label, "choice", value, required=False, choices=options)


def _options(target: Target) -> tuple[str, ...]:
    return tuple(said(row)[:OPTION] for row in target.about["rows"])
