"""`dedupe restore`: the versions one can go back to, and going back; `dedupe reapply`: later progress set again."""

import click

from commands.line import Asked, line
from commands.ops.errors import WrongUsage
from commands.ops.operations.mark import MARK
from commands.ops.operations.restore import RESTORE, going_back_to
from commands.ops.plans import plans
from commands.ops.roles import Role
from commands.ops.versions import reapplying, sources, versions
from commands.planning import planned
from commands.reply import Field, Form, Reply
from commands.wording import restore as restore_words, restore_listing

CHOICES = 50


@line(
    "dedupe restore",
    role=Role.operator,
    summary="The versions of the registry that one can go back to and what would be lost; with a name, plan to go back.",
    examples=("dedupe restore", "dedupe restore 4f1c2a90be", "dedupe restore REGISTRY.md.backup"),
)
@click.argument("name", required=False, metavar="VERSION")
@click.option("--choose", is_flag=True, help="Choose in a form.")
def restore(asked: Asked, name: str | None, *, choose: bool) -> Reply:
    """Commits, our copies, and the one made by hand, each examined."""
    wanted = name or restore_words.name_in(asked.ask.values.get("version", ""))
    if wanted:
        source = sources.named(asked.house, wanted)
        return planned(asked, RESTORE, going_back_to(asked.house, source))
    found = versions.look(asked.house)
    return _form(asked, found) if choose else restore_listing.listing(found)


@line(
    "dedupe reapply",
    role=Role.operator,
    summary="Plan to set again the progress that a restore took back, as far as files, the watch or an agent prove it.",
    examples=("dedupe reapply P-7K2Q",),
)
@click.argument("plan_id", metavar="ID")
def reapply(asked: Asked, plan_id: str) -> Reply:
    """What nothing proves is named, and stays as restored."""
    plan = plans.get(asked.house.journal.connection(), plan_id)
    found = reapplying.look(asked.house, plan)
    if not found.proved:
        raise WrongUsage(restore_words.nothing_proved(plan.id, found))
    marks = {move.site: move.now for move, _ in found.proved}
    reason = restore_words.reason(plan.id, found)
    return planned(
        asked, MARK, {"marks": marks, "by_hand": False, "reason": reason, "by": asked.ask.caller.name}
    )


def _form(asked: Asked, found: versions.Versions) -> Reply:
    if not found.versions:
        raise WrongUsage("There is no version of the registry to go back to.")
    if asked.ask.caller.face != "slack":
        raise WrongUsage("Type the version's name: dedupe restore VERSION; “dedupe restore” lists them.")
    choices = tuple(restore_words.choice(one) for one in found.versions[:CHOICES])
    newest = found.recommended
    field = Field(
        "version",
        "Which version?",
        "choice",
        restore_words.choice(newest) if newest else "",
        choices=choices,
    )
    return Reply("fine", "Go back to a version", audience="caller", form=Form("dedupe restore", (field,)))
