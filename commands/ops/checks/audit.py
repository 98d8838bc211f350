"""The audit log: is its chain whole, and does it still hold what was told elsewhere?"""

import sqlite3
from collections.abc import Mapping

from commands.ops import audit
from commands.ops.checks.finding import Check
from commands.ops.errors import OpsError
from commands.ops.journal import Journal

AREA = "audit"


def check_audit(journal: Journal, told: Mapping[int, str]) -> Check:
    """The chain, and where it breaks; `told` are the hashes by number that were told in Slack."""
    try:
        broken = audit.broken(journal.connection(), told)
        entry = audit.newest(journal.connection())
    except (OpsError, sqlite3.Error, ValueError) as error:
        return Check(AREA, "chain", f"cannot be read: {error}", "trouble", "see “state: journal”")
    if broken:
        remedy = (
            "keep journal.db as it is, and compare with a backup and with the entries told in the channel"
        )
        return Check(AREA, "chain", f"broken: {broken.why}", "trouble", remedy)
    return Check(AREA, "chain", f"whole, {entry.seq if entry else 0:,} entries; {len(told):,} told in Slack")
