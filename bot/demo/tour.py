"""`wavewarden demo`: a demo batch host, the local workspace, the bot between them."""

import asyncio
import shutil
from pathlib import Path

import click

from bot.demo.child import bot_process, environment
from bot.demo.signals import until_stopped
from bot.demo.town import manifest_of, open_workspace
from bot.workspace.workspace import Rehearsal
from commands.demo_host import host
from commands.demo_host.errors import HostError
from commands.demo_host.faults import FAULTS
from commands.ops.errors import WrongUsage

WAVE = 5


def run_demo(directory: Path, port: int, sites: int) -> None:
    """Make it all, say where, and run until SIGINT or SIGTERM; then end everything it started.

    Raises:
        WrongUsage: the directory or the port cannot be used.
    """
    try:
        asyncio.run(_run(directory.absolute(), port, sites))
    except HostError as error:
        raise WrongUsage(error.format_message()) from None


async def _run(directory: Path, port: int, sites: int) -> None:
    root, state = directory / "host", directory / "state"
    served = await open_workspace(port, manifest_of(None), _rehearsals(root))
    try:
        click.echo(await asyncio.to_thread(_make, root, state, sites))
        async with bot_process(directory, environment(root, state, served.api_url)) as bot:
            click.echo(await asyncio.to_thread(host.start_wave, root, WAVE))
            click.echo(f"\nOpen {served.url} and type /batch status in #batch-ops.\nCtrl-C ends all of it.\n")
            await _first(asyncio.create_task(until_stopped()), asyncio.create_task(_ended(bot)))
    finally:
        await served.close()
        click.echo(await asyncio.to_thread(host.stop, root))


def _make(root: Path, state: Path, sites: int) -> str:
    """A fresh host; what we remembered of an earlier one goes with it."""
    made = host.make(root, sites)
    shutil.rmtree(state, ignore_errors=True)
    return made


def _rehearsals(root: Path) -> tuple[Rehearsal, ...]:
    return tuple(_rehearsal(root, fault.name, fault.about) for fault in FAULTS)


def _rehearsal(root: Path, name: str, summary: str) -> Rehearsal:
    async def start() -> str:
        return await asyncio.to_thread(host.break_host, root, name)

    return Rehearsal(name, name.replace("-", " ").capitalize(), summary, start)


async def _ended(bot: asyncio.subprocess.Process) -> None:
    code = await bot.wait()
    click.echo(f"The bot ended with exit code {code}; what it said stands above.", err=True)


async def _first(*tasks: "asyncio.Task[None]") -> None:
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
