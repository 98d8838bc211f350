"""Sites that agents failed at again and again, out of the ends of all logs."""

from collections.abc import Container
from dataclasses import dataclass

from commands.ops.house import House
from commands.ops.logs import attempts, host_logs, mentions
from commands.ops.logs.attempts import Attempt
from commands.ops.logs.host_logs import Found
from commands.ops.logs.log_lines import Kind
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row

LINES = 5000  # of each log's end


@dataclass(frozen=True, slots=True)
class Failing:
    """A site that is not implemented, and what agents tried."""

    row: Row
    attempts: tuple[Attempt, ...]

    @property
    def failed(self) -> int:
        """How often."""
        return sum(one.failed for one in self.attempts)

    @property
    def last_error(self) -> Kind:
        """The kind of the last attempt's last error."""
        return next(one.errors[-1] for one in reversed(self.attempts) if one.failed)


def read(house: House, table: Registry) -> tuple[tuple[Failing, ...], tuple[str, ...]]:
    """The failing sites, worst first; and what could not be read."""
    ladder = house.settings.ladder
    done = (ladder.implemented, ladder.finalized)
    sites = table.sites()
    logs = [
        host_logs.end_of(house.machine, path, LINES, errors=False)
        for path in host_logs.paths(house.machine, house.settings.tree)
    ]
    found = [
        Failing(row, attempts.of_lines(host_logs.in_order(lines)))
        for site, lines in _by_site(logs, sites).items()
        for row in [one for one in sites[site] if one.status not in done][-1:]
    ]
    worst = sorted((one for one in found if one.failed), key=lambda one: (-one.failed, one.row.line))
    return tuple(worst), tuple(one.problem for one in logs if one.problem)


def _by_site(logs: list[Found], sites: Container[str]) -> dict[str, list[Found]]:
    """Each site's lines, log by log."""
    found: dict[str, list[Found]] = {}
    for log in logs:
        lines: dict[str, list[str]] = {}
        for line in log.lines:
            for site in dict.fromkeys(mentions.named(line, sites)):
                lines.setdefault(site, []).append(line)
        for site, texts in lines.items():
            found.setdefault(site, []).append(Found(log.path, tuple(texts)))
    return found
