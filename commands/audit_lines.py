"""`batch audit`: who did what, from a log that cannot be rewritten unseen."""

import json
from dataclasses import asdict

import click

from commands.line import Asked, line
from commands.ops import audit
from commands.ops.roles import Role
from commands.reply import Lines, Reply, Table
from commands.wording.figures import count


@line(
    "batch audit",
    summary="Who did what and when; whether the log is whole.",
    examples=("batch audit", "batch audit --plan P-7K2Q --export"),
    role=Role.operator,
)
@click.option("--plan", "plan_id", metavar="ID", help="Only this plan.")
@click.option(
    "--last", metavar="N", type=click.IntRange(1, 1000), default=30, help="How many entries; 30 if left out."
)
@click.option("--export", is_flag=True, help="As JSON lines, with the hashes.")
def audit_lines(asked: Asked, plan_id: str | None, last: int, *, export: bool) -> Reply:
    """The newest entries, oldest first."""
    connection = asked.house.journal.connection()
    found = audit.entries(connection, plan_id.upper() if plan_id else None, last)
    broken = audit.broken(connection)
    whole = "the chain is whole" if broken is None else f"the chain is broken: {broken.why}"
    facts = {
        "entries": [asdict(entry) for entry in found],
        "whole": broken is None,
        "head": audit.head(connection),
    }
    if export:
        exported = tuple(json.dumps(asdict(entry), sort_keys=True, ensure_ascii=False) for entry in found)
        part: Lines | Table = Lines(exported, "JSON lines", evidence=True)
    else:
        rows = tuple(
            (entry.at[:19] + "Z", entry.caller["name"], entry.kind, entry.plan or "", _particulars(entry))
            for entry in found
        )
        part = Table(("At", "Who", "What", "Plan", "Particulars"), rows, evidence=True)
    return Reply(
        "fine" if broken is None else "trouble",
        f"{count(len(found), 'audit entry', 'audit entries')}; {whole}.",
        "info" if broken is None else "critical",
        facts=facts,
        parts=(part,) if found else (),
    )


def _particulars(entry: audit.Entry) -> str:
    return ", ".join(f"{name} {value}" for name, value in entry.data.items() if value and name != "digest")
