"""Plans that several people decide on, or that take their time: redelivered, expired, aborted, approved by N."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.run import Running, running
from bot.settings import Settings
from bot.workspace.driver import Driver, Message
from bot.workspace.server import Served
from commands.break_glass import break_glass
from commands.line import Asked
from commands.ops.house import House
from commands.ops.machine.clock import SystemClock
from commands.ops.operation import Target, Tier
from commands.ops.operations import table
from commands.ops.plans import plans
from commands.ops.roles import Caller, Role
from commands.reply import Ask
from tests.bot.conftest import ON_A_BUSY_MACHINE
from tests.commands import toy
from tests.commands.conftest import ASHA, house_of

ANN = Caller("os:ann", "ann", "terminal")
OMAR = Caller("U0OMAR", "Omar Haddad", "slack")
REASON = "both approvers are on a plane"


class ShiftedClock(SystemClock):
    """The machine's time, and as much later as a test wants."""

    shift = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock()


@pytest.fixture
def workspace(town: Served) -> Driver:
    return Driver(town.workspace, ON_A_BUSY_MACHINE)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))
    monkeypatch.setattr("bot.rounds.GROUPS_SECONDS", 0.05)


@pytest.fixture
async def bot(
    bot_settings: Settings, workspace: Driver, clock: ShiftedClock, demo_host: Path
) -> AsyncIterator[Running]:
    """A bot whose clock can be moved, on a host with three lines to strike out."""
    (demo_host / toy.FILE).write_text("a=1 b=2 c=3")
    ops = replace(bot_settings.ops, approvers=("S0APPROVERS", "U0NICO"))
    async with running(replace(bot_settings, ops=ops), clock) as bot:
        await workspace.wait_for_app()
        yield bot


Proposes = Callable[..., str]


@pytest.fixture
def proposes(bot: Running, monkeypatch: pytest.MonkeyPatch) -> Proposes:
    """`proposes("second", OMAR)`: the id of a plan of the toy operation, which the herald posts."""

    def propose(tier: Tier = "confirm", caller: Caller = ANN, **args: object) -> str:
        operation = toy.operation(tier)
        monkeypatch.setattr(table, "OPERATIONS", (operation,))
        return plans.store(bot.house, plans.draft(bot.house, operation, args, "strike", caller)).id

    return propose


async def _posted(workspace: Driver, plan: str) -> Message:
    message = await workspace.wait_for(f"{plan}: change 3 targets?", button="Approve")
    await workspace.wait_for("Exactly this", thread=message)
    return message


def _left(bot: Running) -> str:
    return (bot.house.settings.root / toy.FILE).read_text()


async def test_a_click_that_slack_delivers_twice_runs_once(
    bot: Running, workspace: Driver, proposes: Proposes
) -> None:
    plan = await _posted(workspace, proposes())
    await workspace.set_fault("redeliver", 1)
    omar = workspace.person("Omar")
    await omar.click(plan, "Approve")
    await workspace.wait_for("done: change 3 targets", button="Undo")
    assert (bot.house.settings.root / "struck.log").read_text().count("\n") == 3
    assert [message.text for message in omar.private if "approved" in message.text] == [
        f"You approved {_id(plan)}."
    ]


async def test_a_plan_that_nobody_decides_on_expires_on_its_message_by_itself(
    bot: Running, workspace: Driver, clock: ShiftedClock, proposes: Proposes
) -> None:
    plan = await _posted(workspace, proposes())
    said = len(workspace.messages())
    clock.shift = timedelta(minutes=15)
    expired = await workspace.wait_for("expired: nobody decided in time", button="Renew")
    assert (expired.ts, expired.buttons) == (plan.ts, ["Renew"])
    assert len(workspace.messages()) == said, "an edit, no post"
    assert _left(bot) == "a=1 b=2 c=3"


async def test_only_its_asker_withdraws_a_plan(bot: Running, workspace: Driver, proposes: Proposes) -> None:
    plan = await _posted(workspace, proposes("second", OMAR))
    asha, omar = workspace.person("Asha"), workspace.person("Omar")
    await asha.click(plan, "Withdraw")
    await asha.told("was asked by Omar Haddad: decline it instead")
    await omar.click(plan, "Withdraw")
    await omar.told(f"You withdrew {_id(plan)}.")
    withdrawn = await workspace.wait_for("withdrawn: nothing was done")
    assert (withdrawn.ts, withdrawn.buttons, _left(bot)) == (plan.ts, ["Renew"], "a=1 b=2 c=3")


async def test_what_cannot_be_undone_wants_its_name_typed_in_a_form(
    bot: Running, workspace: Driver, proposes: Proposes
) -> None:
    plan = await _posted(workspace, proposes("grave", OMAR, batch="002"))
    asha = workspace.person("Asha")
    await asha.click(plan, "Approve")
    form = await asha.form("Approve")
    assert "Type 002 to approve it" in form.text
    await asha.submit(form, name="02")
    await asha.told("approve it by typing the name 002 exactly")
    assert _left(bot) == "a=1 b=2 c=3"
    await asha.click(plan, "Approve")
    await asha.submit(await asha.form("Approve"), name="002")
    done = await workspace.wait_for("done: change 3 targets", button="Undo")
    assert done.ts == plan.ts
    assert "by Asha Rao" in done.text


@pytest.mark.usefixtures("two_needed")
async def test_two_people_approve_where_two_are_needed(
    bot: Running, workspace: Driver, proposes: Proposes
) -> None:
    plan = await _posted(workspace, proposes("second", OMAR))
    asha, nico = workspace.person("Asha"), workspace.person("Nico")
    assert "(2 people)" in plan.text
    await asha.click(plan, "Approve")
    await asha.told(f"You approved {_id(plan)}; it needs 2 people.")
    half = await workspace.wait_for("by Asha Rao", button="Approve")
    assert half.ts == plan.ts
    await asha.click(plan, "Approve")
    await asha.told(f"You have approved {_id(plan)} already")
    await nico.click(plan, "Approve")
    done = await workspace.wait_for("done: change 3 targets", button="Undo")
    assert "by Asha Rao" in done.text
    assert "by Nico Brandt" in done.text
    assert _left(bot) == ""


@pytest.mark.usefixtures("two_needed")
async def test_who_left_the_group_between_the_click_and_the_run_does_not_count(
    bot: Running, workspace: Driver, proposes: Proposes
) -> None:
    plan = await _posted(workspace, proposes("second", OMAR))
    asha, nico = workspace.person("Asha"), workspace.person("Nico")
    await asha.click(plan, "Approve")
    await asha.told("it needs 2 people")
    groups = workspace.workspace.core.groups
    groups["S0APPROVERS"] = replace(groups["S0APPROVERS"], users=())
    await _forgotten(bot.house)
    await nico.click(plan, "Approve")
    await nico.told("Asha Rao approved it and may no longer approve it")
    stale = await workspace.wait_for("nothing was done", button="Renew")
    assert stale.ts == plan.ts
    await workspace.wait_for(f"<@U0OMAR>: {_id(plan)} is stale", thread=plan)
    assert _left(bot) == "a=1 b=2 c=3"


async def test_a_run_shows_how_far_it_is_and_is_aborted_by_its_button(
    bot: Running, workspace: Driver, proposes: Proposes, slow: "Slow"
) -> None:
    plan = await _posted(workspace, proposes())
    omar = workspace.person("Omar")
    said = len(workspace.messages())
    await omar.click(plan, "Approve")
    runs = await workspace.wait_for("0 of 3 steps", button="Abort")
    assert "1. strike line a: running" in runs.text
    slow.one_step()
    further = await workspace.wait_for("███░░░░░░░ 1 of 3 steps", button="Abort")
    await omar.click(further, "Abort")
    await omar.told(f"{_id(plan)} will end before its next step.")
    slow.one_step()
    aborted = await workspace.wait_for("Omar Haddad aborted it before “strike line c”", button="Renew")
    assert aborted.ts == plan.ts
    assert _left(bot) == "c=3"
    assert len(workspace.messages()) == said, "edits only: nobody is disturbed"


async def test_break_glass_is_announced_in_the_channel_to_the_approvers(
    bot: Running, workspace: Driver, proposes: Proposes
) -> None:
    plan = await _posted(workspace, proposes("second", OMAR))
    settings = replace(bot.house.settings, operators=("os:ann",))
    terminal = replace(house_of(settings), clock=SystemClock())
    ask = Ask("t", (), ANN, bot.house.clock.now())
    ended = break_glass(Asked(ask, terminal, Role.operator), _id(plan), "", f"{REASON} <!channel>")
    terminal.journal.close()
    assert ended.facts["state"] == "done"
    said = await workspace.wait_for("Break-glass.", channel="#batch-ops")
    assert said.json["text"].endswith(
        f"<!subteam^S0APPROVERS> <@U0NICO>: ann approved {_id(plan)} alone: {REASON} &lt;!channel&gt;"
    )
    done = await workspace.wait_for("done: change 3 targets", button="Undo")
    assert done.ts == plan.ts
    assert f"by ann: break-glass: {REASON}" in done.text


@pytest.fixture
def two_needed(bot: Running) -> Iterator[None]:
    """Two people must approve."""
    bot.house.settings.approvals.needed["strike"] = 2
    yield
    bot.house.settings.approvals.needed.clear()


class Slow:
    """Lets one step after the other come to its end."""

    def __init__(self) -> None:
        self._steps = threading.Semaphore(0)

    def one_step(self, steps: int = 1) -> None:
        self._steps.release(steps)

    def wait(self) -> None:
        self._steps.acquire()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Each step waits until it is let go."""
    made, strike = Slow(), toy._strike

    def struck(house: House, target: Target) -> str:
        made.wait()
        return strike(house, target)

    monkeypatch.setattr(toy, "_strike", struck)
    yield made
    made.one_step(3)


async def _forgotten(house: House) -> None:
    """The bot asks for the groups' members twenty times a second; wait until it knows."""
    async with asyncio.timeout(ON_A_BUSY_MACHINE):
        while house.roles.role_of(ASHA) is Role.approver:  # noqa: ASYNC110 - nobody tells us of it
            await asyncio.sleep(0.02)


def _id(message: Message) -> str:
    return next(word for word in message.fallback.replace(":", " ").split() if word.startswith("P-"))
