"""The rounds: what the bot does again and again until it ends, each kind of it in a thread of its own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from functools import partial

from bot import bugs
from bot.alarm_clock import AlarmClock
from bot.audit_head import AuditHead
from bot.directory import Directory
from bot.escalator import Escalator
from bot.follow import Follower
from bot.front import Front
from bot.herald import Herald
from bot.settings import SlackSettings
from bot.store import Store
from bot.watching import Watching
from commands.ops.house import House
from commands.ops.plans import runs
from commands.ops.roles import OURSELVES

log = logging.getLogger("wavewarden")

FOLLOW_SECONDS = 0.5
GROUPS_SECONDS = 600.0


async def follow(  # noqa: PLR0913, PLR0917 - the parts that `run` made
    stack: AsyncExitStack,
    house: House,
    store: Store,
    front: Front,
    slack: SlackSettings,
    escalator: Escalator,
) -> None:
    """Look for new events and what is due twice a second, in a thread of its own."""
    loop = asyncio.get_running_loop()
    thread = ThreadPoolExecutor(1, "follow")
    stack.push_async_callback(asyncio.to_thread, thread.shutdown)
    follower = Follower(house, store, front)
    starts = [follower.start, escalator.start]
    ticks: list[Callable[[], object]] = [
        partial(runs.mark_lost, house, OURSELVES),  # a terminal may be killed in the middle of a run, too
        follower.tick,
        AlarmClock(house, store, front, slack.channel).tick,
        escalator.tick,
    ]
    if channel := slack.channel:
        herald = Herald(house, store, front, channel, slack.on_call)
        starts.append(herald.start)
        ticks += [herald.tick, AuditHead(house, store, front, channel).tick]
    for start in starts:
        await loop.run_in_executor(thread, start)
    for tick in ticks:
        _every(stack, FOLLOW_SECONDS, partial(_in_thread, thread, tick), "following the journal")


async def _in_thread(thread: ThreadPoolExecutor, work: Callable[[], object]) -> None:
    await asyncio.get_running_loop().run_in_executor(thread, work)


def watch(stack: AsyncExitStack, house: House, store: Store) -> None:
    """Look at the host by ourselves, in a thread of its own."""
    thread = ThreadPoolExecutor(1, "watch")
    stack.push_async_callback(asyncio.to_thread, thread.shutdown)
    look = partial(_in_thread, thread, Watching(house, store).look)
    _every(stack, house.settings.watch.every_seconds, look, "watching the host")


def tidy(stack: AsyncExitStack, house: House) -> None:
    """Empty the trash of what has lain there long enough, in a thread of its own: archives are read again before."""
    thread = ThreadPoolExecutor(1, "tidy")
    stack.push_async_callback(asyncio.to_thread, thread.shutdown)
    look = partial(_in_thread, thread, partial(_trash_by_age, house))
    _every(stack, house.settings.watch.tidy_seconds, look, "emptying the trash by age")


def _trash_by_age(house: House) -> None:
    from commands.ops.watch.trash_age import TrashAge  # rare: not before the first look

    TrashAge(house).look()


def refresh_groups(stack: AsyncExitStack, directory: Directory) -> None:
    """Ask Slack again who is in which user group."""
    _every(stack, GROUPS_SECONDS, directory.refresh, "reading the user groups")


def _every(stack: AsyncExitStack, seconds: float, work: Callable[[], Awaitable[None]], doing: str) -> None:
    """Do it again and again until the bot ends; an error is a bug, and no reason to stop."""

    async def rounds() -> None:
        while True:
            await asyncio.sleep(seconds)
            (outcome,) = await asyncio.gather(work(), return_exceptions=True)
            if isinstance(outcome, BaseException):
                bugs.report(outcome, doing)

    task = asyncio.create_task(rounds())
    stack.push_async_callback(_cancelled, task)


async def _cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
