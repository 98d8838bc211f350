"""The preview of a finalization: which sites become finalized, the tool's words, and what can be taken back."""

import shlex
from collections.abc import Mapping
from typing import Any

from commands.ops.operation import Args, Target
from commands.ops.operations.finalize import CALL
from commands.ops.targets_of_rows import ROW, site_of
from commands.reply import Facts, Lines, Part, Proposal, Size, Table, Text, Value
from commands.wording import count, listed, size

Targets = tuple[Target, ...]


def title(args: Args, targets: Targets) -> str:
    """`finalize batch 001: 479 sites that are implemented`, or `finalize the rest of batch 001: 38 sites`."""
    number = count(sum(one.key.startswith(ROW) for one in targets), "implemented site")
    return f"finalize {'the rest of ' if args['retry'] else ''}batch {args['batch']}: {number}"


def parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """The figures and the tool's words in the summary, every row in the thread."""
    [call] = [one for one in targets if one.key.startswith(CALL)]
    about, rows = call.about, [one for one in targets if one.key.startswith(ROW)]
    figures: tuple[tuple[str, Value], ...] = (
        ("Become finalized", len(rows)),
        ("Finalized already", about["finalized"]),
        ("Expected sites", "not known" if about["expected"] is None else about["expected"]),
        ("Disk free", None if about["disk_free"] is None else Size(about["disk_free"])),
    )
    waves = tuple((site_of(one), "" if one.about["wave"] is None else str(one.about["wave"])) for one in rows)
    return (
        *(Text(f"• {sentence}") for sentence in _warnings(args, about)),
        Facts(figures, "Before the call"),
        Lines((shlex.join(call.identity["argv"]),), "What is called", evidence=False),
        Table(("Site", "Wave"), waves, "Exactly these sites"),
    )


def then(plan: str, args: Args, targets: Targets) -> tuple[Proposal, ...]:
    """Another look at the batch."""
    del plan, targets
    return (Proposal("Look again", f"batch finalize {args['batch']}"),)


def _warnings(args: Args, about: Mapping[str, Any]) -> list[str]:
    said = []
    if about["unexpected"]:
        names = listed(about["unexpected"], 5)
        said.append(f"Batch {args['batch']} has sites that its file does not list, finalized too: {names}.")
    if about["disk_level"] in ("alert", "warning"):
        said.append(f"The disk is at {about['disk_level']}: {size(about['disk_free'])} free.")
    return said
