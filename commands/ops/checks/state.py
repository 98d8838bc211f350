"""Our own directory: can the journal be written, and does it lie outside the tree it watches?"""

import sqlite3
from pathlib import Path

from commands.ops.checks.finding import Check
from commands.ops.errors import OpsError
from commands.ops.journal import Journal
from commands.ops.settings import OpsSettings

AREA = "state"


def check_state(settings: OpsSettings, journal: Journal) -> list[Check]:
    """The state directory and the journal in it."""
    return [_place(settings.state, settings.root), _journal(journal)]


def _place(state: Path, root: Path) -> Check:
    if state.resolve().is_relative_to(root.resolve()):
        return Check(
            AREA,
            "directory",
            f"{state} lies inside the root",
            "note",
            "set WAVEWARDEN_STATE to a place outside of it",
        )
    return Check(AREA, "directory", str(state))


def _journal(journal: Journal) -> Check:
    try:
        with journal.write() as transaction:
            transaction.execute("SELECT count(*) FROM events")
        (verdict,) = journal.connection().execute("PRAGMA quick_check").fetchone()
    except (OpsError, sqlite3.Error) as error:
        return Check(
            AREA,
            "journal",
            str(error),
            "trouble",
            "let this user write the directory, or set WAVEWARDEN_STATE",
        )
    if verdict != "ok":
        return Check(
            AREA,
            "journal",
            f"damaged: {verdict}",
            "trouble",
            "stop the bot and restore journal.db from a backup",
        )
    return Check(AREA, "journal", "can be written")
