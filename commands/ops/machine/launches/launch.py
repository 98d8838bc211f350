"""Starting a tool so that it, and what it starts, outlives us; its end is known to whoever comes after us.

systemd starts it in a unit of its own where systemd runs; else it gets a session of its own and is nobody's child.
Its output and its exit code go to files: a pipe to us would break when we end, and take it along.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from commands.ops.machine.clock import Clock
from commands.ops.machine.launches import accounts, launch_records, mark
from commands.ops.machine.launches.accounts import Account
from commands.ops.machine.launches.launch_records import FOLDER, Launched, Outcome
from commands.ops.machine.launches.news_pipe import NewsPipe
from commands.ops.machine.launches.systemd import Systemd
from commands.ops.machine.processes import identities

START_SECONDS = 20.0  # for an interpreter on a busy machine
MINDER = (sys.executable, "-I", "-S", str(Path(__file__).with_name("minder.py")))
PROC = Path("/proc")

Order = dict[str, object]


class NotStarted(Exception):
    """The tool was not started; `why` says what kept it, and nothing of it runs."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Job:
    """What to start.

    argv: the program and its words. cwd: where. env: all it gets of an environment, beside the launch's mark. user: whom it runs as, a user id.
    about: for the record (`{"batch": "001", "wave": "5"}`).
    """

    argv: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str]
    user: int
    about: Mapping[str, str] = field(default_factory=dict)


def launch(
    job: Job, state: Path, clock: Clock, *, wait_seconds: float, systemd: Systemd | None = None
) -> tuple[Launched, Outcome]:
    """Start a tool, and wait a while for its own end; what it started in the background is not waited for.

    Args:
        job: what to start.
        state: the state directory; the record, the output and the ending go to `launches` in it.
        clock: the time for the record.
        wait_seconds: how long to wait; the outcome of one that has not returned by then is `running`.
        systemd: where it is, for tests.

    Raises:
        NotStarted: the tool does not run, and will not.
    """
    account = _account(job)
    number = f"{clock.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
    files = {name: state / FOLDER / f"{number}.{name}" for name in ("order", "news", "log", "ending")}
    launched = Launched(number, job.argv, clock.now(), files["log"], files["ending"], about=job.about)
    news = NewsPipe(files["news"])
    try:
        (state / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
        news.open()
        marked = replace(job, env={**job.env, mark.NAME: number})
        launched = _hand_over(_order(marked, account, files), launched, state, systemd or Systemd())
    except OSError as error:
        news.close()
        with suppress(OSError):
            files["order"].unlink(missing_ok=True)
            launch_records.forget(state, launched)
        raise NotStarted(f"{error.filename or state}: {error.strerror}") from None
    try:
        return _follow(launched, state, news, files["order"], wait_seconds)
    finally:
        news.close()


def _account(job: Job) -> Account | None:
    """The account to change to; None where the tool's user is ours."""
    if job.user == os.geteuid():
        return None
    if os.geteuid() != 0:
        raise NotStarted(
            f"it runs as user {job.user}, and Wavewarden, user {os.geteuid()}, may not change to it"
        )
    try:
        return accounts.account(job.user)
    except KeyError:
        raise NotStarted(f"it runs as user {job.user}, who has no account here") from None


def _order(job: Job, account: Account | None, files: Mapping[str, Path]) -> Order:
    """What `minder.py` reads; it is readable to us alone, since the environment may hold secrets."""
    home = {"HOME": account.home, "USER": account.name, "LOGNAME": account.name} if account else {}
    return {
        "argv": job.argv,
        "cwd": str(job.cwd),
        "env": {**job.env, **home},
        "user": account and account.user,
        "group": account and account.group,
        "groups": account and account.groups,
        **{name: str(path) for name, path in files.items()},
    }


def _hand_over(order: Order, launched: Launched, state: Path, systemd: Systemd) -> Launched:
    """Give the order to a minder that is not ours, once: it is on record before, and what systemd refuses is called off."""
    path = Path(str(order["order"]))
    argv = (*MINDER, str(path))
    if systemd.usable():
        in_unit = replace(launched, unit=f"wavewarden-{launched.id}")
        launch_records.write(state, in_unit)
        _write_order(path, {**order, "detach": False})
        if systemd.start(str(in_unit.unit), argv) or not _call_off(path):
            return in_unit
    launch_records.write(state, launched)
    _write_order(path, {**order, "detach": True})
    nothing = subprocess.DEVNULL
    with subprocess.Popen(
        argv, cwd="/", stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    ):
        return launched  # when the first of the two minders has ended, which it does at once


def _follow(
    launched: Launched, state: Path, news: NewsPipe, order: Path, wait_seconds: float
) -> tuple[Launched, Outcome]:
    """Hear that the tool runs, then perhaps that it has ended."""
    first = news.line(START_SECONDS) or ""
    if not first and _call_off(order):
        launch_records.forget(state, launched)
        raise NotStarted(f"nothing took it up within {START_SECONDS:.0f} s")
    word, _, rest = first.partition(" ")
    if word == "failed":
        raise NotStarted(rest)
    if word == "started":
        launched = replace(launched, tool=identities.at(PROC, int(rest)))
        with suppress(OSError):  # a full disk: it runs all the same, and is on record
            launch_records.write(state, launched)
        news.line(wait_seconds)
    return launched, launch_records.outcome(launched)


def _write_order(path: Path, order: Order) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(order, file)


def _call_off(order: Path) -> bool:
    """Take an order back; false where somebody has taken it up."""
    try:
        order.unlink()
    except FileNotFoundError:
        return False
    return True
