"""An agent: claims one site after another, works on each for a while, and ends when none is left."""

import os
import signal
import time
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from commands.demo_host.hosttools import burn, design, processes, registry, settings, site
from commands.demo_host.hosttools.logs import say

IMPLEMENT_SECONDS = 240.0
DESIGN_SECONDS = 60.0
TICK_SECONDS = 1.0
HICCUPS = 6  # one site in this many meets an overloaded model
CODE_TERMINATED = 128 + signal.SIGTERM
CODE_TIMED_OUT = 124


class Order(NamedTuple):
    """What an agent was started for. `wave` and `sites` narrow the batch; empty ones do not."""

    root: str
    batch: str
    wave: str
    sites: tuple[str, ...]
    name: str

    def wants(self, row: registry.Row) -> bool:
        """Whether the row is among the sites of this order, whatever its status."""
        return (
            row.batch == self.batch
            and (not self.wave or row.wave == self.wave)
            and (not self.sites or row.domain in self.sites)
        )


class Task(NamedTuple):
    """One kind of work: the three statuses it takes a site through, and what it writes when."""

    before: str
    during: str
    after: str
    seconds: float
    write: Callable[[str, str, int], str]


def implement(root: str, domain: str, step: int) -> str:
    """Write one file of the site and return its path."""
    directory = site.directory(root, domain)
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, site.PARTS[step])
    return _write(path, site.part(domain, site.PARTS[step]))


def draw(root: str, domain: str, step: int) -> str:
    """Write as much of the design as is known at this step and return its path."""
    sections = design.text(domain).split("\n## ")
    known = sections if step == len(site.PARTS) - 1 else sections[: step + 1]
    return _write(design.path(root, domain), "\n## ".join(known))


IMPLEMENTING = Task("D", "i", "I", IMPLEMENT_SECONDS, implement)
DESIGNING = Task("P", "d", "D", DESIGN_SECONDS, draw)


def main(arguments: list[str]) -> int:
    """Work until no site is left. Returns 0, 1 after an error, 124 after a site that timed out."""
    options = dict(zip(arguments[::2], arguments[1::2], strict=True))
    if "--bytes" in options:
        return burn.main(options)
    sites = tuple(filter(None, options.get("--sites", "").split(",")))
    root = os.getcwd()
    order = Order(root, options["--batch"], options.get("--wave", ""), sites, f"agent-{options['--agent']}")
    signal.signal(signal.SIGTERM, lambda *_: _terminated(order))
    try:
        return _work(order, DESIGNING if options.get("--task") == "design" else IMPLEMENTING)
    except (OSError, ValueError) as trouble:
        _say(order, "ERROR", f"stopped: {trouble}")
        return 1
    finally:
        processes.forget(root, os.getpid())


def _work(order: Order, task: Task) -> int:
    code = done = 0
    while row := _claim(order, task):
        _say(order, "INFO", f"{row.domain}: taken, {task.before} -> {task.during}")
        if not _build(order, task, row.domain):
            code = CODE_TIMED_OUT
        elif registry.move_site(order.root, row.domain, task.during, task.after):
            done += 1
            _say(order, "INFO", f"{row.domain}: done, {task.during} -> {task.after}")
        else:
            _say(order, "ERROR", f"{row.domain}: built, but its row is no longer at {task.during}")
    _say(order, "INFO", f"no site left to take; {done} done")
    return code


def _claim(order: Order, task: Task) -> registry.Row | None:
    return registry.move_first(
        order.root, lambda row: order.wants(row) and row.status == task.before, task.during
    )


def _build(order: Order, task: Task, domain: str) -> bool:
    """Spend the site's time and write its files on the way; False where it timed out."""
    scratch = _scratch(order, domain)
    for step in range(len(site.PARTS)):
        _pass_time(order, task, domain)
        if domain in settings.read(order.root).failing_sites:
            _say(order, "ERROR", f"{domain}: agent timed out waiting for the model; giving up")
            return False
        if step == 1 and not design.number(domain + "h", HICCUPS):
            _say(order, "WARN", f"{domain}: model is overloaded (529), trying again in 8 s")
        path = task.write(order.root, domain, step)
        _say(
            order,
            "INFO",
            f"{domain}: wrote {os.path.relpath(path, order.root)} ({os.path.getsize(path)} bytes)",
        )
    os.unlink(scratch)
    return True


def _pass_time(order: Order, task: Task, domain: str) -> None:
    """Let a third of the site's time go by, at whatever speed the settings say meanwhile."""
    left = task.seconds * (0.5 + design.number(domain + "t", 1000) / 1000) / len(site.PARTS)
    while left > 0:
        now = settings.read(order.root)
        pace = now.speed / now.slowdown
        pause = min(TICK_SECONDS, left / pace)
        time.sleep(pause)
        left -= pause * pace


def _scratch(order: Order, domain: str) -> str:
    """The agent's notes on a site; they stay behind where an agent dies."""
    path = os.path.join(order.root, ".smbatcher", "tmp", f"{order.name}-{os.getpid()}-{domain}.part")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return _write(path, design.text(domain) * 16)


def _write(path: str, text: str) -> str:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def _say(order: Order, level: str, text: str) -> None:
    say(level, f"{order.name} pid {os.getpid()}", text)


def _terminated(order: Order) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _say(order, "WARN", "told to stop (SIGTERM); the site in work stays as it is")
    raise SystemExit(CODE_TERMINATED)
