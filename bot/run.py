"""The bot as a process: everything made, connected, and taken down again in order."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot import bugs
from bot.alarm_clock import AlarmClock
from bot.app import build
from bot.audit_head import AuditHead
from bot.desk import Desk
from bot.directory import Directory, SlackRoles, groups_in
from bot.follow import Follower
from bot.forms import Forms
from bot.front import Front
from bot.herald import OURSELVES, Herald
from bot.link import Identity, connect, who_are_we
from bot.outbox import Outbox
from bot.respond import Responder
from bot.sender import Sender
from bot.service import Service
from bot.settings import Settings, SlackSettings
from bot.store import Store
from commands.ops import runs
from commands.ops.alerts import Alerts
from commands.ops.errors import Refusal
from commands.ops.house import House
from commands.ops.journal import Journal
from commands.ops.machine.clock import Clock, SystemClock
from commands.ops.machine.host import Machine
from commands.ops.machine.lock_file import LockHeldError, held
from commands.ops.redact import Redactor
from commands.ops.watch.sampler import Sampler

log = logging.getLogger("wavewarden")

SWITCH_SECONDS = (
    0.001  # two threads parsing 568 rows held acks for 851 ms at Python's default of 0.005, 32 ms with this
)
FOLLOW_SECONDS = 0.5
GROUPS_SECONDS = 600.0
API_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Running:
    """A connected bot."""

    identity: Identity
    house: House
    store: Store
    front: Front


async def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM.

    Raises:
        OpsError: it cannot start; the sentence says why.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running(settings):
        await stop.wait()


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Running]:
    """A connected bot for the length of the block.

    Raises:
        OpsError: it cannot start; the sentence says why.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        _only_one(stack, settings)
        session = await stack.enter_async_context(ClientSession())
        client = AsyncWebClient(
            token=settings.slack.bot_token.get_secret_value(),
            base_url=settings.slack.api_url,
            session=session,
            timeout=API_SECONDS,
            retry_handlers=[],  # a post must not be sent twice by the SDK: the outbox decides
            logger=logging.getLogger("wavewarden.slack"),
        )
        identity = await who_are_we(client)
        directory = Directory(client, clock, groups_in(settings.ops))
        await directory.refresh()
        house = _house(settings, SlackRoles(settings.ops, directory), clock)
        stack.callback(house.journal.close)
        store = Store(settings.ops.state)
        stack.callback(store.close)
        responder = Responder(client, session)
        sender = Sender(client, Outbox(store), responder)
        stack.push_async_callback(sender.close)
        front = Front(clock, directory, responder, sender, Forms(client))
        stack.push_async_callback(front.close)
        service = Service(house, store, front, lambda: identity.name)
        front.desk = Desk(service.handle, front.failed)
        stack.push_async_callback(asyncio.to_thread, front.desk.close)
        await sender.start()
        await asyncio.to_thread(runs.mark_lost, house, OURSELVES)
        await _follow(stack, house, store, front, settings.slack)
        _watch(stack, house)
        _refresh_groups(stack, directory)
        app = build(client, identity.authorization, front)
        handler = await connect(app, client, settings.slack.app_token.get_secret_value())
        stack.push_async_callback(handler.close_async)
        log.info("connected to %s as @%s", identity.team, identity.name)
        yield Running(identity, house, store, front)


def _only_one(stack: AsyncExitStack, settings: Settings) -> None:
    try:
        stack.enter_context(held(settings.ops.state / "bot.lock"))
    except LockHeldError:
        raise Refusal(
            f"Another bot runs on the state directory {settings.ops.state}: stop it first."
        ) from None
    except OSError as error:
        raise Refusal(f"The state directory {settings.ops.state} cannot be used: {error}.") from None


def _house(settings: Settings, roles: SlackRoles, clock: Clock) -> House:
    return House(
        settings=settings.ops,
        journal=Journal(settings.ops.state),
        machine=Machine(settings.ops.root),
        clock=clock,
        roles=roles,
        redactor=Redactor(settings.secrets),
    )


async def _follow(
    stack: AsyncExitStack, house: House, store: Store, front: Front, slack: SlackSettings
) -> None:
    """Look for new events and what is due twice a second, in a thread of its own."""
    loop = asyncio.get_running_loop()
    thread = ThreadPoolExecutor(1, "follow")
    stack.push_async_callback(asyncio.to_thread, thread.shutdown)
    follower = Follower(house, store, front)
    starts = [follower.start]
    ticks: list[Callable[[], object]] = [
        partial(runs.mark_lost, house, OURSELVES),  # a terminal may be killed in the middle of a run, too
        follower.tick,
        AlarmClock(house, store, front, slack.channel).tick,
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


def _watch(stack: AsyncExitStack, house: House) -> None:
    """Look at the host by ourselves, in a thread of its own."""
    thread = ThreadPoolExecutor(1, "watch")
    stack.push_async_callback(asyncio.to_thread, thread.shutdown)
    sampler, alerts = Sampler(house), Alerts(house)

    def look() -> None:
        sampler.sample()
        alerts.look()

    _every(stack, house.settings.watch.every_seconds, partial(_in_thread, thread, look), "watching the host")


def _refresh_groups(stack: AsyncExitStack, directory: Directory) -> None:
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
