"""The checks together, as a table in the terminal."""

import asyncio
import json
import sys
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from bot.ask import terminal_house
from bot.check.slack import read_slack
from bot.told import read_told
from commands.ops.checks.audit import check_audit
from commands.ops.checks.finding import Check, State
from commands.ops.checks.people import check_people
from commands.ops.checks.state import check_state
from commands.ops.checks.texts import check_texts
from commands.ops.checks.tools import check_tools
from commands.ops.checks.tree import check_tree
from commands.ops.errors import OpsError
from commands.ops.settings import OpsSettings
from commands.terminal import console, visible
from commands.wording.figures import count

MARKS: dict[State, tuple[str, str]] = {
    "ok": ("ok", "green"),
    "note": ("note", "yellow"),
    "trouble": ("trouble", "red"),
}


def check_here(*, live: bool, as_json: bool) -> int:
    """Look, print, and tell the exit code: 0 fine, 1 trouble, 2 the settings cannot be used."""
    try:
        house = terminal_house()
    except OpsError as error:
        found = [Check("settings", "environment", error.sentence, "trouble", "see README.md, “Settings”")]
        _print(found, as_json=as_json)
        return 2
    settings = house.settings
    found = [
        *check_tree(settings, house.machine),
        *check_tools(settings, house.machine),
        *check_people(settings),
        *check_texts(house),
        *check_state(settings, house.journal),
        check_audit(house.journal, read_told(settings.state)),
        *_slack(settings, live=live),
    ]
    house.journal.close()
    _print(found, as_json=as_json)
    return 1 if any(check.state == "trouble" for check in found) else 0


def _slack(settings: OpsSettings, *, live: bool) -> list[Check]:
    slack, found = read_slack()
    if not live or slack is None:
        return found
    from bot.check.live import check_live
    from bot.directory import groups_in

    return [*found, *asyncio.run(check_live(slack, groups_in(settings, slack.on_call)))]


def _print(found: list[Check], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps([asdict(check) for check in found], indent=1, ensure_ascii=False) + "\n")
        return
    terminal = console()
    troubles = sum(check.state == "trouble" for check in found)
    verdict = f"{count(troubles, 'trouble')} to mend." if troubles else "Ready."
    terminal.print(Text.assemble(("● ", "red" if troubles else "green"), (verdict, "bold")))
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("", "What", "Found", "Remedy"):
        table.add_column(heading, overflow="fold")
    for check in sorted(found, key=lambda check: ("trouble", "note", "ok").index(check.state)):
        word, colour = MARKS[check.state]
        table.add_row(
            Text(word, colour),
            Text(f"{check.area}: {check.what}"),
            Text(visible(check.found)),
            Text(visible(check.remedy)),
        )
    terminal.print(table)
