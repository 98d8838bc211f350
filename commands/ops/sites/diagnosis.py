"""The diagnosis of one site: all that the runbook looks at, and the root cause by its tree."""

from dataclasses import dataclass

from commands.ops.batches import closure
from commands.ops.domains import is_domain
from commands.ops.errors import NotReadable, WrongUsage
from commands.ops.house import House
from commands.ops.logs import attempts, host_logs, log_lines
from commands.ops.logs.attempts import Attempt
from commands.ops.logs.host_logs import Found
from commands.ops.registry import registry, sites
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row
from commands.ops.sites import designs, files as site_files, history as site_history
from commands.ops.sites.cause import Cause, Facts, root_cause
from commands.ops.sites.designs import Design
from commands.ops.sites.files import SiteFiles
from commands.ops.sites.history import Phase
from commands.ops.waves import occupancy
from commands.ops.waves.occupancy import Standing

LINES = 5000  # of each log that name the site


@dataclass(frozen=True, slots=True)
class SiteDiagnosis:
    """What one look at a site found.

    rows: its rows, several where it is doubled; row: the one that counts. agent: whether one works on it (`unclear`:
    cannot be told; None: agents cannot be read). accepted: finalized by hand, as the closure report tells. logs: every line that names it. phases: its history, oldest first.
    """

    site: str
    rows: tuple[Row, ...]
    row: Row
    cause: Cause
    design: Design
    files: SiteFiles
    agent: Standing | None
    accepted: bool
    logs: tuple[Found, ...]
    attempts: tuple[Attempt, ...]
    phases: tuple[Phase, ...]
    problems: tuple[str, ...]

    @property
    def failed(self) -> int:
        """How often agents failed at it."""
        return sum(one.failed for one in self.attempts)

    @property
    def error_lines(self) -> tuple[str, ...]:
        """Its error lines from all logs, oldest first as far as they tell the time."""
        return tuple(line for line in self.log_lines if log_lines.kind_of(line))

    @property
    def log_lines(self) -> tuple[str, ...]:
        """All its lines from all logs, oldest first as far as they tell the time."""
        return host_logs.in_order(self.logs)


def diagnose(house: House, typed: str) -> SiteDiagnosis:
    """Look at one site.

    Args:
        house: where.
        typed: the site as it stands in the registry; a name that is no domain may stand there too.

    Raises:
        WrongUsage: it is not in the registry; the sentence names the nearest.
        NotReadable: the registry cannot be read.
    """
    table = registry.read(house.settings, house.machine)
    site = _named(table, typed)
    rows = tuple(sites.existing(table, None, [site]))
    row = next((one for one in rows if one.status == table.status_of(rows)), rows[0])
    history = site_history.read(house, site)
    problems = [*table.problems, *history.problems]
    logs = host_logs.of_site(house.machine, house.settings.tree, site, LINES, errors=False)
    problems += [one.problem for one in logs if one.problem]
    tried = attempts.of_lines(host_logs.in_order(logs))
    agent = _agent(house, table, row, problems)
    design, files = designs.read(house, site), site_files.read(house, site)
    accepted = row.status == house.settings.ladder.finalized and closure.tells_of(house, row.batch, site)
    facts = Facts(row.status, agent, design, files, tried, is_domain(site), accepted)
    cause = root_cause(facts, house.settings.ladder)
    return SiteDiagnosis(
        site, rows, row, cause, design, files, agent, accepted, logs, tried, history.phases, tuple(problems)
    )


def _named(table: Registry, typed: str) -> str:
    """The site as the registry has it; people type names in either case."""
    return typed if typed in table.sites() else typed.lower()


def _agent(house: House, table: Registry, row: Row, problems: list[str]) -> Standing | None:
    try:
        return occupancy.look(house, table, row.batch).of(row)
    except (NotReadable, WrongUsage) as error:
        problems.append(error.sentence)
        return None
