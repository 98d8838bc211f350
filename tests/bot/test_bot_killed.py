"""The bot is killed (SIGKILL) in every state of a plan, and started again: nothing is lost, nothing runs twice."""

import asyncio
import os
import pwd
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.child import environment
from bot.store import Store
from bot.workspace.driver import Driver, Message
from bot.workspace.server import Served
from commands.answer import answer
from commands.ops import hold
from commands.ops.house import House
from commands.ops.incidents import incidents
from commands.ops.machine.clock import SystemClock
from commands.ops.plans import approvals, plans
from commands.ops.roles import Caller
from commands.reply import Ask
from commands.words import words
from tests.bot.conftest import ON_A_BUSY_MACHINE
from tests.bot.files_seen import file_in, files_in
from tests.commands.conftest import OMAR, house_of, settings_of
from tests.commands.decided import ask_in

ANN = Caller("os:ann", "ann", "terminal")
PROGRAM = "from bot.cli import main; main()"
PEOPLE = {"operators": ("U0OMAR", "os:ann"), "approvers": ("U0ASHA",)}
TOOL = "tools/implement/mimplement-bg.sh"

pytestmark = pytest.mark.long


class Life:
    """`wavewarden bot` as a process of its own, that can be killed and started again."""

    def __init__(self, workspace: Driver, directory: Path, settings: dict[str, str]) -> None:
        self._workspace = workspace
        self._directory = directory
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None

    async def starts(self) -> None:
        command = (sys.executable, "-c", PROGRAM, "bot")
        self._process = await asyncio.create_subprocess_exec(
            *command, cwd=self._directory, env=self._settings, stderr=asyncio.subprocess.DEVNULL
        )
        await self._workspace.wait_for_app()

    async def asks(self, line: str) -> asyncio.subprocess.Process:
        """A terminal beside the bot; kill it."""
        command = (sys.executable, "-c", PROGRAM, "ask", line)
        quiet = asyncio.subprocess.DEVNULL
        return await asyncio.create_subprocess_exec(
            *command, cwd=self._directory, env=self._settings, stdout=quiet
        )

    async def is_killed(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        await self._workspace.wait_for_app(0)


@pytest.fixture
def workspace(town: Served) -> Driver:
    return Driver(town.workspace, ON_A_BUSY_MACHINE)


@pytest.fixture
async def bot(workspace: Driver, town: Served, demo_host: Path, tmp_path: Path) -> AsyncIterator[Life]:
    """A bot that runs."""
    settings = environment(demo_host, tmp_path / "state", town.api_url)
    people = {**PEOPLE, "operators": (*PEOPLE["operators"], f"os:{pwd.getpwuid(os.getuid()).pw_name}")}
    settings |= {f"WAVEWARDEN_{name.upper()}": ",".join(who) for name, who in people.items()}
    life = Life(workspace, tmp_path, settings)
    await life.starts()
    yield life
    await life.is_killed()


@pytest.fixture
def house(demo_host: Path, tmp_path: Path) -> Iterator[House]:
    """What a terminal beside the bot has."""
    made = house_of(settings_of(demo_host, tmp_path / "state", **PEOPLE))
    yield replace(made, clock=SystemClock())
    made.journal.close()


async def _resume_plan(workspace: Driver) -> Message:
    omar = workspace.person("Omar")
    await omar.slash("/batch hold --reason “disk is filling”")
    held = await workspace.wait_for("Launches are on hold", button="Resume")
    await omar.click(held, "Resume")
    return await workspace.wait_for("lift the hold on launches?", button="Approve")


def _id_in(message: Message) -> str:
    return next(word for word in message.fallback.replace(":", " ").split() if word.startswith("P-"))


async def test_while_a_plan_waits_its_buttons_work_afterwards(
    bot: Life, workspace: Driver, demo_host: Path
) -> None:
    plan = await _resume_plan(workspace)
    await bot.is_killed()
    await bot.starts()
    await workspace.person("Omar").click(plan, "Approve")
    done = await workspace.wait_for("done: lift the hold")
    assert done.ts == plan.ts
    assert not (demo_host / ".smbatcher/HOLD").exists()


async def test_between_approval_and_run_it_is_shown_with_run(
    bot: Life, workspace: Driver, house: House, demo_host: Path
) -> None:
    plan = await _resume_plan(workspace)
    await bot.is_killed()
    approvals.approve(house, _id_in(plan), OMAR)  # as the dead bot had written it, had it died a moment later
    await bot.starts()
    approved = await workspace.wait_for("approved, and not begun", button="Run")
    assert approved.ts == plan.ts
    assert (demo_host / ".smbatcher/HOLD").exists(), "nothing runs by itself"
    await workspace.person("Omar").click(approved, "Run")
    assert (await workspace.wait_for("done: lift the hold")).ts == plan.ts


async def test_while_it_does_not_know_whether_a_report_was_shared_it_is_attached_once(
    bot: Life, workspace: Driver, house: House
) -> None:
    await workspace.person("Omar").slash("/batch incident open disk --why full")
    head = await workspace.wait_for("disk, is open")
    [incident] = incidents.all_open(house.journal.connection())
    await workspace.set_fault("slow", 0.3)  # between the word on its end and its report there is time
    ask_in(house, f"batch incident close {incident.id} --cause tidied", ANN)
    await workspace.wait_for(":white_check_mark:", thread=head)
    await workspace.set_fault("reset")
    await file_in(workspace, head, f"Report of incident {incident.id}")
    await bot.is_killed()
    await workspace.set_fault("slow", 0)
    await bot.starts()
    await workspace.person("Omar").replies(head, f"@wavewarden incident show {incident.id}")
    await workspace.wait_for("Omar Haddad asked", thread=head)
    await workspace.wait_until(
        lambda: files_in(head)[1:] or None, lambda: "The report that was asked for is not there."
    )
    assert len(files_in(head)) == 2, "the one at the end, once, and the one that was asked for"


class HangingTool:
    """The host's tool, replaced by one that writes down each call and hangs until the test lets it go."""

    def __init__(self, root: Path, directory: Path) -> None:
        self._gate, self._calls = directory / "gate", directory / "calls"
        os.mkfifo(self._gate)
        (root / TOOL).write_text(f"#!/bin/sh\necho called >> {self._calls}\nread line < {self._gate}\n")
        self._held: int | None = None

    async def was_called(self) -> None:
        """Wait until it hangs: a FIFO opens for writing when somebody opens it for reading."""
        self._held = await asyncio.to_thread(os.open, self._gate, os.O_WRONLY)

    @property
    def calls(self) -> int:
        return self._calls.read_text().count("called")

    def let_go(self) -> None:
        """End it, and whoever still waits for it."""
        reader = os.open(self._gate, os.O_RDONLY | os.O_NONBLOCK)
        if self._held is not None:
            os.close(self._held)
        os.close(reader)


async def test_in_the_middle_of_a_step_it_is_unknown_told_once_and_never_rerun(
    bot: Life, workspace: Driver, house: House, demo_host: Path, tmp_path: Path
) -> None:
    tool = HangingTool(demo_host, tmp_path)
    omar = workspace.person("Omar")
    try:
        await omar.slash("/redeploy wave 2 --batch 001")
        plan = await workspace.wait_for("relaunch wave 2", button="Approve")
        await omar.click(plan, "Approve")
        await tool.was_called()
        await bot.is_killed()
        await bot.starts()
        unknown = await workspace.wait_for("nobody knows how it ended", button="Renew")
        assert unknown.ts == plan.ts
        await workspace.wait_for(f"<@U0OMAR>: {_id_in(plan)} is unknown")
        await bot.is_killed()
        await bot.starts()
        _over(house)
        await omar.click(unknown, "Renew")
        renewed = await workspace.wait_for("relaunch wave 2", button="Approve")
        assert _id_in(renewed) != _id_in(plan)
        assert _times(workspace, "is unknown; see above") == 1
        assert tool.calls == 1
    finally:
        tool.let_go()


async def test_a_terminal_that_is_killed_in_the_middle_leaves_no_run_for_ever(
    bot: Life, workspace: Driver, demo_host: Path, tmp_path: Path
) -> None:
    tool = HangingTool(demo_host, tmp_path)
    try:
        await workspace.person("Omar").slash("/redeploy wave 2 --batch 001")
        plan = await workspace.wait_for("relaunch wave 2", button="Approve")
        terminal = await bot.asks(f"batch approve {_id_in(plan)}")
        await tool.was_called()
        await workspace.wait_for("running: relaunch wave 2", button="Abort")
        terminal.kill()
        await terminal.wait()
        assert (await workspace.wait_for("nobody knows how it ended", button="Renew")).ts == plan.ts
        assert tool.calls == 1
    finally:
        tool.let_go()


async def test_with_a_post_in_the_outbox_it_is_posted_once(
    bot: Life, workspace: Driver, house: House, tmp_path: Path
) -> None:
    await workspace.set_fault("down", 3600)
    await workspace.wait_for_app(0)
    hold.place(house, "ann", "planned work")
    asked = answer(Ask("t", words("batch resume"), ANN, datetime.now(UTC)), house)
    await _until(lambda: _waiting(tmp_path / "state") > 0)
    await bot.is_killed()
    await workspace.set_fault("down", 0)
    await bot.starts()
    await workspace.wait_for(f"{asked.facts['plan']}: lift the hold on launches?", button="Approve")
    await _all_is_said(workspace)
    assert _times(workspace, f"{asked.facts['plan']}: lift") == 1


async def test_between_a_post_and_slacks_answer_it_is_not_posted_again(bot: Life, workspace: Driver) -> None:
    await workspace.set_fault("hang", 1)
    await workspace.person("Omar").slash("/batch version")
    await workspace.wait_for("Wavewarden 0.")
    await bot.is_killed()
    await workspace.set_fault("hang", 0)
    await bot.starts()
    await _all_is_said(workspace)
    assert _times(workspace, "Wavewarden 0.") == 1


async def test_while_away_a_plan_expires_and_its_message_says_so_afterwards(
    bot: Life, workspace: Driver, house: House
) -> None:
    plan = await _resume_plan(workspace)
    await bot.is_killed()
    past = "2026-01-01T00:00:00+00:00"
    with house.journal.write() as transaction:
        transaction.execute("UPDATE plans SET expires_at = ?", (past,))
        transaction.execute("UPDATE later SET due = ?", (past,))
    await bot.starts()
    expired = await workspace.wait_for("expired: nobody decided in time", button="Renew")
    assert expired.ts == plan.ts
    assert [one.id for one in plans.in_states(house.journal.connection(), ["expired"])] == [_id_in(plan)]


def _over(house: House) -> None:
    """The launch's lease ran out meanwhile."""
    with house.journal.write() as transaction:
        transaction.execute("UPDATE locks SET until = '2026-01-01T00:00:00+00:00'")


def _times(workspace: Driver, text: str) -> int:
    return sum(text in message.text for message in workspace.messages("#batch-ops"))


async def _all_is_said(workspace: Driver) -> None:
    """What waited in the channel's outbox was said before the answer to this."""
    await workspace.person("Omar").slash("/batch pending")
    await workspace.wait_for("waiting" if _times(workspace, "lift the hold") else "Nothing waits")


def _waiting(state: Path) -> int:
    with closing(Store(state)) as store:
        query = "SELECT count(*) FROM outbox WHERE state = 'waiting'"
        return int(store.connection().execute(query).fetchone()[0])


async def _until(happened: Callable[[], bool]) -> None:
    """Look at another process's file until it holds what is waited for: nobody calls us about it."""
    async with asyncio.timeout(ON_A_BUSY_MACHINE):
        while not happened():  # noqa: ASYNC110 - the event is in another process
            await asyncio.sleep(0.05)
