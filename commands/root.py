"""Every line of the product, in sight: the tree that `answer` walks and `help` reads."""

from collections.abc import Iterator

import click

from commands import (
    abort,
    accept,
    approve,
    archive,
    audit_lines,
    clean,
    compress,
    decline,
    dedupe,
    delete,
    disk,
    escalate,
    followup,
    help_lines,
    hold,
    logs,
    pending,
    plan,
    redeploy,
    remind,
    renew,
    resume,
    run,
    run_list,
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
    audit_lines.audit_lines,
    version.version,
    dedupe.dedupe,
    escalate.escalate,
    help_lines.help_line,
)


def plant(lines: tuple[Line, ...]) -> click.Group:
    """The tree of these lines.

    Raises:
        ValueError: two lines have one name.
        TypeError: a line has the name of a group of lines.
    """
    root = _group("")
    for line in lines:
        *above, name = line.path.split()
        node = root
        for word in above:
            child = node.commands.setdefault(word, _group(word))
            if not isinstance(child, click.Group):
                raise TypeError(f"“{line.path}” stands below the line “{word}”.")
            node = child
        if name in node.commands:
            raise ValueError(f"Two lines are called “{line.path}”.")
        node.add_command(line)
    return root


def _group(name: str) -> click.Group:
    return click.Group(name, add_help_option=False, no_args_is_help=False)


ROOT = plant(LINES)


def visible(role: Role) -> Iterator[Line]:
    """The lines that this role may ask, in the order of `LINES`."""
    return (line for line in LINES if line.role <= role)
