"""A demo host with a running wave, a workspace, and the bot as a process of its own between them."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory

from bot.demo.child import environment
from bot.demo.town import manifest_of
from bot.workspace.driver import Driver
from bot.workspace.server import Served, serve
from bot.workspace.workspace import Workspace
from commands.demo_host import host

PROCESSES = 80  # that run on the host, agents among them
AGENTS = 25


@dataclass(frozen=True, slots=True)
class Stage:
    """What the face is measured on. directory: holds the host and the bot's state."""

    directory: Path
    served: Served
    driver: Driver

    @property
    def root(self) -> Path:
        """The host's."""
        return self.directory / "host"

    @property
    def settings(self) -> dict[str, str]:
        """The bot's environment."""
        return environment(self.root, self.directory / "state", self.served.api_url)

    @asynccontextmanager
    async def bot(self) -> AsyncIterator["Connected"]:
        """Start `wavewarden bot`, wait until the workspace has heard it, and end it after the block."""
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            program(), "bot", cwd=self.directory, env=self.settings, stderr=DEVNULL
        )
        try:
            await self.driver.wait_for_app()
            yield Connected(process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            await process.wait()
            await self.driver.wait_for_app(0)


@dataclass(frozen=True, slots=True)
class Connected:
    """A bot that is connected, `seconds` after its process was started."""

    pid: int
    seconds: float


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """A host of 568 sites on which nothing runs, and a workspace without limits of rate."""
    with TemporaryDirectory() as name:
        host.make(Path(name) / "host")
        served = await serve(Workspace(manifest_of(None), limited=False))
        try:
            yield Stage(Path(name), served, Driver(served.workspace))
        finally:
            await served.close()


@contextmanager
def crowd(root: Path) -> Iterator[None]:
    """80 processes on the host: a wave of agents at work, the others asleep."""
    others = [Popen(["sleep", "infinity"]) for _ in range(PROCESSES - AGENTS)]
    try:
        host.start_wave(root)
        _all_at_work(root / ".smbatcher/REGISTRY.md")
        yield
    finally:
        host.stop(root)
        for other in others:
            other.kill()
            other.wait()


def _all_at_work(registry: Path) -> None:
    """Wait until each agent has taken its first site; starting 25 Pythons is not what is measured."""
    while registry.read_text().count("| i ") < AGENTS:
        time.sleep(0.1)


def program() -> str:
    """The `wavewarden` of this environment."""
    return str(Path(sys.executable).with_name("wavewarden"))
