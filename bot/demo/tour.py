"""`wavewarden demo`: a demo batch host, the local workspace, the bot between them."""

import asyncio
import shutil
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import click

from bot.demo.child import bot_process, environment
from bot.demo.signals import until_stopped
from bot.demo.town import manifest_of, open_workspace
from bot.workspace.workspace import Rehearsal
from commands.demo_host import host
from commands.demo_host.errors import HostError
from commands.demo_host.faults import FAULTS
from commands.ops.errors import WrongUsage

WAVES_SECONDS = 10.0  # between looks whether the next wave may start


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
    async with AsyncExitStack() as stack:
        served = await open_workspace(port, manifest_of(None), _rehearsals(root))
        stack.push_async_callback(served.close)
        click.echo(await asyncio.to_thread(_make, root, state, sites))
        stack.push_async_callback(_stop, root)
        bot = await stack.enter_async_context(
            bot_process(directory, environment(root, state, served.api_url))
        )
        click.echo(await asyncio.to_thread(host.start_wave, root))
        click.echo(f"\nOpen {served.url} and type /batch status in #batch-ops.\nCtrl-C ends all of it.\n")
        await _first_of(until_stopped(), _ended(bot), _waves_go_on(root))


def _make(root: Path, state: Path, sites: int) -> str:
    """A fresh host; what we remembered of an earlier one goes with it."""
    made = host.make(root, sites)
    shutil.rmtree(state, ignore_errors=True)
    return made


async def _stop(root: Path) -> None:
    click.echo(await asyncio.to_thread(host.stop, root))


async def _waves_go_on(root: Path) -> None:
    """A host whose work is done shows nothing: start the next wave when one has ended well."""
    while True:
        await asyncio.sleep(WAVES_SECONDS)
        try:
            said = await asyncio.to_thread(host.go_on, root)
        except HostError as error:
            said = error.format_message()
        if said:
            click.echo(said)


def _rehearsals(root: Path) -> tuple[Rehearsal, ...]:
    return tuple(_rehearsal(root, fault.name, fault.about) for fault in FAULTS)


def _rehearsal(root: Path, name: str, about: str) -> Rehearsal:
    async def start() -> str:
        try:
            return await asyncio.to_thread(host.break_host, root, name)
        except HostError as error:
            return error.format_message()

    return Rehearsal(name, name.replace("-", " ").capitalize(), about, start)


async def _ended(bot: asyncio.subprocess.Process) -> None:
    code = await bot.wait()
    click.echo(f"The bot ended with exit code {code}; what it said stands above.", err=True)


async def _first_of(*works: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.create_task(work) for work in works]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
