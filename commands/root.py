"""Every line of the product, in sight: the tree that `answer` walks and `help` reads."""

import re
from collections.abc import Iterator
from typing import cast

import click

from commands import (
    abort,
    accept,
    approve,
    archive,
    audit_lines,
    backup,
    clean,
    compress,
    decline,
    dedupe,
    delete,
    disk,
    escalate,
    escalation,
    finalize,
    followup,
    help_lines,
    history,
    hold,
    incident,
    incident_deeds,
    logs,
    mark,
    note,
    pending,
    plan,
    quiet,
    redeploy,
    remind,
    renew,
    restore,
    resume,
    run,
    run_list,
    site,
    sites,
    status,
    stop,
    undo,
    version,
    wait,
    wave,
    withdraw,
)
from commands.line import Line
from commands.ops.roles import Role

LINES: tuple[Line, ...] = (
    status.status,
    wave.wave,
    logs.logs,
    wait.wait,
    accept.accept,
    sites.sites,
    disk.disk,
    clean.clean_temp,
    clean.clean_cache,
    clean.clean_trash,
    archive.archive,
    compress.compress,
    delete.delete,
    site.site_line,
    history.history,
    mark.mark,
    backup.backup,
    finalize.finalize,
    hold.hold_line,
    stop.stop,
    resume.resume,
    pending.pending,
    plan.plan,
    approve.approve,
    decline.decline,
    withdraw.withdraw,
    renew.renew,
    run.run,
    abort.abort,
    undo.undo,
    remind.remind,
    run_list.runs,
    redeploy.redeploy_wave,
    redeploy.redeploy_site,
    redeploy.redeploy_design,
    redeploy.redeploy_batch,
    followup.followup,
    incident.here,
    incident.list_all,
    incident.show,
    incident_deeds.begin,
    incident_deeds.hand,
    incident_deeds.close,
    note.note,
    quiet.quiet,
    audit_lines.audit_lines,
    version.version,
    dedupe.dedupe,
    dedupe.dedupe_fix,
    dedupe.dedupe_choose,
    restore.restore,
    restore.reapply,
    escalate.escalate,
    escalation.list_all,
    escalation.show,
    escalation.take,
    escalation.more,
    escalation.resolve,
    escalation.call,
    escalation.post,
    help_lines.help_line,
)

ALONE = ""  # what a family calls the line that is its own words


class Family(click.Group):
    """Lines that begin with the same words; one of them may be these words alone: `dedupe`, `dedupe fix`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words alone, or with options, for the line that is called so."""
        alone = ALONE in self.commands and (not args or args[0].startswith("-"))
        return super().parse_args(ctx, [ALONE, *args] if alone else args)


def plant(lines: tuple[Line, ...]) -> click.Group:
    """The tree of these lines.

    Raises:
        ValueError: two lines have one name.
    """
    root = _family("")
    families = {line.path[: gap.start()] for line in lines for gap in re.finditer(" ", line.path)}
    for line in lines:
        *above, name = (*line.path.split(), ALONE) if line.path in families else line.path.split()
        node: click.Group = root
        for word in above:
            # What has lines below it is a family, never a line.
            node = cast("click.Group", node.commands.setdefault(word, _family(word)))
        if name in node.commands:
            raise ValueError(f"Two lines are called “{line.path}”.")
        node.commands[name] = line
    return root


def _family(name: str) -> click.Group:
    return Family(name, add_help_option=False, no_args_is_help=False)


ROOT = plant(LINES)


def visible(role: Role) -> Iterator[Line]:
    """The lines that this role may ask, in the order of `LINES`."""
    return (line for line in LINES if line.role <= role)
