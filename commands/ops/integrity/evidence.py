"""What speaks for the status that a row claims: files, logs, the watch, and the commits of the registry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from commands.ops.history import commits, transitions
from commands.ops.history.transitions import Transition
from commands.ops.house import House
from commands.ops.logs import host_logs, log_lines, mentions
from commands.ops.registry.rows import Row
from commands.ops.sites import files as site_files
from commands.ops.sites.files import SiteFiles

LOG_LINES = 5000  # of each log's end


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one site beside its rows.

    log: the last line that names it, of its waves' logs and the host's; empty where none does. changes: what the watch
    saw of it, oldest first. committed: by a row's line, when it was last committed as it stands.
    """

    files: SiteFiles
    log: str
    changes: tuple[Transition, ...]
    committed: Mapping[int, datetime]

    def seen(self, status: str) -> datetime | None:
        """When the watch last saw the site come to this status."""
        return next((one.at for one in reversed(self.changes) if one.status == status), None)


def gather(house: House, sites: Mapping[str, Iterable[Row]]) -> dict[str, Evidence]:
    """The evidence for some sites, by name, from their rows."""
    if not sites:
        return {}
    rows = {site: tuple(ones) for site, ones in sites.items()}
    every = [row for ones in rows.values() for row in ones]
    connection = house.journal.connection()
    lines = _last_lines(house, every)
    committed = commits.committed(house.settings, house.machine, every)
    return {
        site: Evidence(
            site_files.read(house, site),
            lines.get(site, ""),
            transitions.of_site(connection, site),
            {row.line: committed[row.raw.strip()] for row in ones if row.raw.strip() in committed},
        )
        for site, ones in rows.items()
    }


def _last_lines(house: House, rows: Iterable[Row]) -> dict[str, str]:
    """Each site's last line in the logs of its rows' waves and in the host's, where its lines tell the time."""
    rows = tuple(rows)
    finder = mentions.finder({row.domain for row in rows})
    tree = house.settings.tree
    paths = [*(host_logs.wave_log(tree, wave) for wave in sorted(_waves(rows))), tree.batch_log]
    found: dict[str, tuple[datetime | None, str]] = {}
    for path in paths:
        for line in host_logs.end_of(house.machine, path, LOG_LINES, errors=False).lines:
            for match in finder.finditer(line):
                at, known = log_lines.written_at(line), found.get(match[0])
                if known is None or known[0] is None or (at is not None and at >= known[0]):
                    found[match[0]] = (at, line)
    return {site: line for site, (_, line) in found.items()}


def _waves(rows: Iterable[Row]) -> set[int]:
    return {row.wave for row in rows if row.wave is not None}
