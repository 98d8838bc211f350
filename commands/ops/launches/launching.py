"""The host's tools, called: a template from the settings, filled in; no shell ever reads it."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commands.ops.agents.agents import agents_user
from commands.ops.domains import is_domain
from commands.ops.errors import NotReadable, OperationFailed, WrongUsage
from commands.ops.house import House
from commands.ops.machine.files.files import Unreadable
from commands.ops.machine.launches import launch
from commands.ops.machine.launches.launch import Job, NotStarted
from commands.ops.machine.launches.launch_records import Launched, Outcome
from commands.ops.machine.logs import logs

LAST_LINES = 20
SHOWN = 60  # characters of a wrong value

_BLANK = re.compile(r"\{(\w+)\}")
# No blank, no slash, no hyphen at the beginning: nothing that a shell, a path or an option parser reads otherwise.
_BATCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_MOST = 1_000_000

# Ours alone: our tokens and settings, and what systemd tells the service that we are.
_OWN = re.compile(
    r"(SLACK|WAVEWARDEN|WATCHDOG|LISTEN|SUDO)_|"
    r"(NOTIFY_SOCKET|INVOCATION_ID|JOURNAL_STREAM|SYSTEMD_EXEC_PID|STATE_DIRECTORY)$"
)


@dataclass(frozen=True, slots=True)
class Values:
    """What is filled in; a template that asks for one that is not given is refused."""

    batch: str | None = None
    wave: int | None = None
    sites: tuple[str, ...] = ()
    agents: int | None = None
    timeout: int | None = None


@dataclass(frozen=True, slots=True)
class ToolRun:
    """A tool that was called: its record, how it ended (or `running`: started, not returned), what it said last."""

    launched: Launched
    outcome: Outcome
    last_lines: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What happened, for the caller; not yet redacted."""
        said = f": {self.last_lines[-1]}" if self.last_lines and not self.outcome.fine else ""
        return f"{self.launched.argv[0]} {self.outcome}{said}"


def fill(template: Iterable[str], values: Values) -> tuple[str, ...]:
    """A template's words with the values in place.

    Raises:
        WrongUsage: a value is not what it should be: a site that is no domain, wave 0.
        NotReadable: the template asks for something that there is not.
    """
    texts = _texts(values)
    return tuple(_BLANK.sub(lambda blank: _text(blank[1], texts), word) for word in template)


def asks_for(template: Iterable[str], name: str) -> bool:
    """Whether a template has this to be filled in."""
    return any(blank[1] == name for word in template for blank in _BLANK.finditer(word))


def run_tool(
    house: House, argv: tuple[str, ...], about: Mapping[str, str], wait_seconds: float | None = None
) -> ToolRun:
    """Call a tool in the root as the agents' user, and wait for it to return.

    It outlives us, and so does what it starts in the background, which is not waited for. One that has not returned
    in time goes on; `launch_records.outcome` tells later how it ended.

    Args:
        house: where.
        argv: from `fill`.
        about: for the record, `{"batch": "001", "wave": "5"}`.
        wait_seconds: how long to wait at most; `limits.tool_seconds` if it is not said.

    Raises:
        OperationFailed: it was not started.
        NotReadable: whom it should run as cannot be found out.
    """
    user = agents_user(house.settings, house.machine)
    job = Job(argv, house.machine.root, environment(os.environ), user, about)
    seconds = house.settings.limits.tool_seconds if wait_seconds is None else wait_seconds
    try:
        launched, outcome = launch.launch(job, house.settings.state, house.clock, wait_seconds=seconds)
    except NotStarted as error:
        raise OperationFailed(f"{argv[0]} could not be started: {error.why}.") from None
    return ToolRun(launched, outcome, last_lines(launched))


def last_lines(launched: Launched, lines: int = LAST_LINES) -> tuple[str, ...]:
    """What a tool, or what it started, printed last; not yet redacted."""
    try:
        return logs.tail(launched.log, lines).lines
    except Unreadable:
        return ()


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """What a tool gets of our environment: all but what is ours alone."""
    return {name: value for name, value in ours.items() if not _OWN.match(name)}


def _texts(values: Values) -> dict[str, str]:
    """Each value that is given, as a word.

    Raises:
        WrongUsage: it is not what it should be.
    """
    texts: dict[str, str] = {}
    if values.batch is not None:
        texts["batch"] = _checked(values.batch, "A batch is named like 001", _BATCH.fullmatch(values.batch))
    for name, number in (("wave", values.wave), ("agents", values.agents), ("timeout", values.timeout)):
        if number is not None:
            texts[name] = _checked(str(number), f"{name} must be a number from 1", 1 <= number <= _MOST)
    if values.sites:
        named = (_checked(site, "A site is named like lotus.dev", is_domain(site)) for site in values.sites)
        texts["sites"] = ",".join(named)
    return texts


def _checked(text: str, rule: str, holds: object) -> str:
    if not holds:
        raise WrongUsage(f"{rule}, not {text[:SHOWN]!a}{'…' if len(text) > SHOWN else ''}.")
    return text


def _text(name: str, texts: Mapping[str, str]) -> str:
    if name in texts:
        return texts[name]
    known = ", ".join(f"{{{known}}}" for known in Values.__slots__)
    raise NotReadable(f"A tool's template asks for {{{name}}}, which is not given here; there are {known}.")
