"""A demo host from the outside: make one, start a wave on it, break it, end what it started."""

import time
from pathlib import Path

from commands.demo_host import guard, history, plan, stopping, tree, waves
from commands.demo_host.errors import HostError
from commands.demo_host.faults import FAULTS
from commands.demo_host.hosttools import processes, settings
from commands.demo_host.hosttools.settings import Settings
from commands.demo_host.plan import MAIN_BATCH

DEFAULT_SITES = 568
DEFAULT_SEED = 1
HOLD = ".smbatcher/HOLD"
MOST_SITES = 6_000


def make(  # noqa: PLR0913 - what a host can differ in
    directory: Path,
    sites: int = DEFAULT_SITES,
    *,
    seed: int = DEFAULT_SEED,
    speed: float = 1.0,
    with_history: bool = True,
    now: float | None = None,
) -> str:
    """Make a demo host in a directory that is empty, new, or a demo host (which is stopped and replaced).

    `speed` 1.0 lets an agent take 2 to 6 minutes for a site; `now` (epoch seconds) is where the story stands.
    Returns one sentence. Raises HostError where the directory is not ours to fill.
    """
    if guard.is_demo_host(directory.resolve()):
        stop(directory)
    root = guard.cleared(directory)
    settings.write(str(root), Settings(speed=speed))
    planned = plan.sites(sites, seed, time.time() if now is None else now)
    files = tree.tracked(planned)
    tree.write(root, files)
    tree.write_work(root, planned, seed)
    if with_history:
        history.commit_history(root, planned, files)
    return f"A batch host of {sites} sites is in {directory}; wave {waves.next_wave(root)} of batch {MAIN_BATCH} runs next."


def start_wave(directory: Path, wave: int | None = None, batch: str = MAIN_BATCH) -> str:
    """Launch a wave (the next one when none is named) with the host's own tool and return what it said.

    Raises HostError where the directory is no demo host or the tool refuses.
    """
    root = guard.the_host(directory)
    return waves.start(root, waves.next_wave(root) if wave is None else wave, batch)


def go_on(directory: Path) -> str | None:
    """Launch the next wave if the last one is done: no process of the host runs, and no site waits for an agent.

    Returns what the tool said; None where there is nothing to launch, or launches are on hold.
    """
    root = guard.the_host(directory)
    if (root / HOLD).exists() or processes.living(str(root)) or not waves.is_done(root):
        return None
    return waves.start(root, waves.next_wave(root), MAIN_BATCH)


def break_host(directory: Path, name: str, *, size: int | None = None) -> str:
    """Cause one of the `FAULTS` and return one sentence on what was done; `size` (bytes) is the quota of `disk`.

    Raises HostError where the directory is no demo host, the name is unknown, or the host cannot be broken so.
    """
    root = guard.the_host(directory)
    for fault in FAULTS:
        if fault.name == name:
            if size is not None:
                settings.write(str(root), settings.read(str(root))._replace(disk_quota=size))
            return fault.cause(root)
    raise HostError(f"There is no fault {name!r}; there are {', '.join(fault.name for fault in FAULTS)}.")


def stop(directory: Path) -> str:
    """End every process the host started and return what was ended, one sentence. Raises HostError where none is ours."""
    return stopping.stop(guard.the_host(directory))
