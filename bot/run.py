"""The bot as a process: everything made, connected, and taken down again in order."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot import rounds
from bot.app import build
from bot.calls import Calls
from bot.desk import Desk
from bot.directory import Directory, SlackRoles, groups_in
from bot.escalation_news import EscalationNews
from bot.escalator import Escalator
from bot.forms import Forms
from bot.front import Front
from bot.link import Identity, connect, who_are_we
from bot.outbox import Outbox
from bot.respond import Responder
from bot.sender import Sender
from bot.service import Service
from bot.settings import Settings
from bot.store import Store
from commands.ops import reserve
from commands.ops.errors import Refusal
from commands.ops.house import House
from commands.ops.journal import Journal
from commands.ops.machine.clock import Clock, SystemClock
from commands.ops.machine.host import Machine
from commands.ops.machine.locks.lock_file import LockHeldError, held
from commands.ops.plans import runs
from commands.ops.redact import Redactor
from commands.ops.roles import OURSELVES

log = logging.getLogger("wavewarden")

# Two threads that parse 568 rows held acks for 851 ms at Python's default of 0.005, 32 ms with this.
SWITCH_SECONDS = 0.001
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
            token=settings.slack.bot_token,
            base_url=settings.slack.api_url,
            session=session,
            timeout=API_SECONDS,
            retry_handlers=[],  # a post must not be sent twice by the SDK: the outbox decides
            logger=logging.getLogger("wavewarden.slack"),
        )
        identity = await who_are_we(client)
        directory = Directory(client, clock, groups_in(settings.ops, settings.slack.on_call))
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
        service = Service(house, store, front, lambda: identity.name, identity.address)
        front.desk = Desk(service.handle, front.failed)
        stack.push_async_callback(asyncio.to_thread, front.desk.close)
        await sender.start()
        await asyncio.to_thread(_begin, house, store)
        news = EscalationNews(house, store, settings.slack, _calls(settings, directory), identity)
        await rounds.follow(stack, house, store, front, settings.slack, Escalator(news, front))
        rounds.watch(stack, house, store)
        rounds.tidy(stack, house)
        rounds.refresh_groups(stack, directory)
        app = build(client, identity.authorization, front)
        handler = await connect(app, client, settings.slack.app_token)
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


def _begin(house: House, store: Store) -> None:
    """What comes before anything is asked: runs that were killed, and room for when the disk is full."""
    for database in (house.journal, store):
        reserve.keep(database)
    runs.mark_lost(house, OURSELVES)


def _calls(settings: Settings, directory: Directory) -> Calls:
    return Calls(settings.slack.on_call, settings.ops.escalation.widen_to, directory.members_of)


def _house(settings: Settings, roles: SlackRoles, clock: Clock) -> House:
    return House(
        settings=settings.ops,
        journal=Journal(settings.ops.state),
        machine=Machine(settings.ops.root),
        clock=clock,
        roles=roles,
        redactor=Redactor(settings.secrets),
    )
