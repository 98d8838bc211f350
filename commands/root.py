"""Every line of the product, in sight: the tree that `answer` walks and `help` reads."""

import re
from collections.abc import Iterator
from typing import cast

import click

from commands import hold, stop
from commands.deferred import Deferred, imported
from commands.line import Line
from commands.ops.roles import Role

# Imported at once is only what must answer on a host that is exhausted.
LINES: tuple[Line | Deferred, ...] = (
    Deferred("batch status", "commands.status.status"),
    Deferred("batch wave", "commands.wave.wave"),
    Deferred("batch logs", "commands.logs.logs"),
    Deferred("batch wait wave", "commands.wait.wait"),
    Deferred("batch accept wave", "commands.accept.accept"),
    Deferred("batch sites", "commands.sites.sites"),
    Deferred("batch disk", "commands.disk.disk"),
    Deferred("batch relieve", "commands.relieve.relieve"),
    Deferred("batch clean temp", "commands.clean.clean_temp"),
    Deferred("batch clean cache", "commands.clean.clean_cache"),
    Deferred("batch clean trash", "commands.clean.clean_trash"),
    Deferred("batch archive", "commands.archive.archive"),
    Deferred("batch compress", "commands.compress.compress"),
    Deferred("batch delete", "commands.delete.delete"),
    Deferred("batch site", "commands.site.site_line"),
    Deferred("batch history", "commands.history.history"),
    Deferred("batch mark", "commands.mark.mark"),
    Deferred("batch backup", "commands.backup.backup"),
    Deferred("batch finalize", "commands.finalize.finalize"),
    hold.hold_line,
    stop.stop,
    Deferred("batch resume", "commands.resume.resume"),
    Deferred("batch pending", "commands.pending.pending"),
    Deferred("batch plan", "commands.plan.plan"),
    Deferred("batch approve", "commands.approve.approve", "urgent"),
    Deferred("batch decline", "commands.decline.decline", "urgent"),
    Deferred("batch withdraw", "commands.withdraw.withdraw", "urgent"),
    Deferred("batch renew", "commands.renew.renew"),
    Deferred("batch run", "commands.run.run", "run"),
    Deferred("batch abort", "commands.abort.abort", "urgent"),
    Deferred("batch undo", "commands.undo.undo"),
    Deferred("batch remind", "commands.remind.remind"),
    Deferred("batch runs", "commands.run_list.runs"),
    Deferred("redeploy wave", "commands.redeploy.redeploy_wave"),
    Deferred("redeploy site", "commands.redeploy.redeploy_site"),
    Deferred("redeploy design", "commands.redeploy.redeploy_design"),
    Deferred("redeploy batch", "commands.redeploy.redeploy_batch"),
    Deferred("batch followup", "commands.followup.followup"),
    Deferred("batch incident", "commands.incident.here"),
    Deferred("batch incident list", "commands.incident.list_all"),
    Deferred("batch incident show", "commands.incident.show"),
    Deferred("batch incident open", "commands.incident_deeds.begin"),
    Deferred("batch incident hand", "commands.incident_deeds.hand"),
    Deferred("batch incident close", "commands.incident_deeds.close"),
    Deferred("batch note", "commands.note.note"),
    Deferred("batch quiet", "commands.quiet.quiet"),
    Deferred("batch audit", "commands.audit_lines.audit_lines"),
    Deferred("batch version", "commands.version.version"),
    Deferred("dedupe", "commands.dedupe.dedupe"),
    Deferred("dedupe fix", "commands.dedupe.dedupe_fix"),
    Deferred("dedupe choose", "commands.dedupe.dedupe_choose"),
    Deferred("dedupe restore", "commands.restore.restore"),
    Deferred("dedupe reapply", "commands.restore.reapply"),
    Deferred("escalate", "commands.escalate.escalate"),
    Deferred("help", "commands.help_lines.help_line"),
)

ALONE = ""  # what a family calls the line that is its own words


class Family(click.Group):
    """Lines that begin with the same words; one of them may be these words alone: `dedupe`, `dedupe fix`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words alone, or with options, for the line that is called so."""
        alone = ALONE in self.commands and (not args or args[0].startswith("-"))
        return super().parse_args(ctx, [ALONE, *args] if alone else args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The line of this name, imported."""
        found = super().get_command(ctx, cmd_name)
        return imported(found) if isinstance(found, Line | Deferred) else found


def plant(lines: tuple[Line | Deferred, ...]) -> click.Group:
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


def every_line() -> tuple[Line, ...]:
    """All of `LINES`, in their order, imported."""
    return tuple(imported(known) for known in LINES)


def visible(role: Role) -> Iterator[Line]:
    """The lines that this role may ask, in their order."""
    return (line for line in every_line() if line.role <= role)
