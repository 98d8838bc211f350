"""Break-glass: one operator at the terminal, with a reason, never quietly, and never from Slack."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from commands.answer import answer
from commands.break_glass import break_glass
from commands.line import Asked
from commands.ops import audit, events
from commands.ops.house import House
from commands.ops.operation import Tier
from commands.ops.operations import table
from commands.ops.plans import approvals, plans
from commands.ops.plans.plans import Plan
from commands.ops.roles import Caller
from commands.reply import Ask, Reply
from commands.root import LINES
from commands.words import words
from tests.clocks import MovedClock
from tests.commands import toy
from tests.commands.conftest import ASHA, OMAR, house_of, settings_of

ANN = Caller("os:ann", "ann", "terminal")
BOB = Caller("os:bob", "bob", "terminal")
REASON = "both approvers are on a plane"
ROOT = Path(__file__).resolve().parents[2]

Proposes = Callable[..., Plan]


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def house(tmp_path: Path, clock: MovedClock) -> Iterator[House]:
    root = tmp_path / "root"
    root.mkdir()
    (root / toy.FILE).write_text("a=1 b=2")
    people = {"operators": ("U0OMAR", "os:ann"), "approvers": ("U0ASHA",)}
    made = house_of(settings_of(root, tmp_path / "state", **people), clock)
    yield made
    made.journal.close()


@pytest.fixture
def proposes(house: House, monkeypatch: pytest.MonkeyPatch) -> Proposes:
    """`proposes("second")`: a plan of the toy operation that waits."""

    def propose(tier: Tier = "second", caller: Caller = ANN, **args: object) -> Plan:
        operation = toy.operation(tier)
        monkeypatch.setattr(table, "OPERATIONS", (operation,))
        return plans.store(house, plans.draft(house, operation, args, "strike", caller))

    return propose


def _breaks(house: House, plan: Plan, caller: Caller = ANN, reason: str = REASON, name: str = "") -> Reply:
    ask = Ask("t", ("break-glass", plan.id), caller, house.clock.now())
    return break_glass(Asked(ask, house, house.roles.role_of(caller)), plan.id, name, reason)


def _state(house: House, plan: Plan) -> str:
    return plans.get(house.journal.connection(), plan.id).state


def _ask(house: House, line: str, caller: Caller) -> Reply:
    return answer(Ask("t", words(line), caller, house.clock.now()), house)


def test_an_operator_at_the_terminal_approves_alone_and_it_runs(house: House, proposes: Proposes) -> None:
    plan = proposes()
    reply = _breaks(house, plan)
    assert (reply.outcome, reply.facts["state"]) == ("fine", "done")
    assert f"by ann: break-glass: {REASON}" in str(reply.parts)
    assert (house.settings.root / toy.FILE).read_text() == ""


def test_it_is_its_own_kind_in_the_audit_log_and_an_event_of_its_own(
    house: House, proposes: Proposes
) -> None:
    plan = proposes()
    _breaks(house, plan)
    found = audit.entries(house.journal.connection(), plan.id)
    assert [entry.kind for entry in found[:3]] == ["asked", "break-glass", "claimed"]
    assert (found[1].caller["id"], found[1].data["reason"]) == ("os:ann", f"break-glass: {REASON}")
    told = [e.data for e in events.since(house.journal.connection(), 0) if e.kind == "break-glass"]
    assert told == [{"by": "ann", "reason": REASON}]


def test_it_stands_even_where_an_earlier_approver_no_longer_is_one(house: House, proposes: Proposes) -> None:
    house.settings.approvals.needed["strike"] = 2
    plan = proposes("second", OMAR)
    approvals.approve(house, plan.id, ASHA)
    house.settings.approvals.needed.clear()
    without = house_of(replace(house.settings, approvers=()))
    assert _breaks(without, plan).facts["state"] == "done"
    without.journal.close()


@pytest.mark.parametrize(
    ("caller", "reason", "said"),
    [
        (BOB, REASON, "Break-glass needs the role operator; yours is viewer"),
        (OMAR, REASON, "refused: Break-glass is a command of the terminal"),
        (ASHA, REASON, "refused: Break-glass is a command of the terminal"),
        (ANN, "because", "usage: Break-glass needs a reason of at least 10 characters"),
        (ANN, "  b e c a  " + " " * 10, "usage: Break-glass needs a reason of at least 10 characters"),
        (ANN, "", "usage: Break-glass needs a reason of at least 10 characters"),
    ],
)
def test_who_may_not_or_says_not_why_is_refused_and_nothing_happens(
    caller: Caller, reason: str, said: str, house: House, proposes: Proposes
) -> None:
    plan = proposes()
    reply = _breaks(house, plan, caller, reason)
    assert said in f"{reply.outcome}: {reply.headline}"
    assert _state(house, plan) == "pending"
    assert not events.has(house.journal.connection(), plan.subject, "break-glass")


def test_what_cannot_be_undone_still_wants_its_name_typed(house: House, proposes: Proposes) -> None:
    plan = proposes("grave", batch="002")
    reply = _breaks(house, plan)
    assert (reply.outcome, "type the name 002 after it" in reply.headline) == ("usage", True)
    assert _breaks(house, plan, name="002").facts["state"] == "done"


def test_an_ended_or_expired_plan_stays_as_it_is(house: House, proposes: Proposes, clock: MovedClock) -> None:
    plan = proposes()
    approvals.withdraw(house, plan.id, ANN)
    assert "is withdrawn by ann already" in _breaks(house, plan).headline
    late = proposes()
    clock.move(3600)
    assert "is expired already" in _breaks(house, late).headline
    assert _state(house, late) == "expired"


def test_an_unknown_plan_is_one_sentence(house: House, proposes: Proposes) -> None:
    proposes()
    ask = Ask("t", (), ANN, house.clock.now())
    reply = break_glass(Asked(ask, house, house.roles.role_of(ANN)), "P-0000", "", REASON)
    assert "There is no plan P-0000" in reply.headline


def test_a_secret_in_the_reason_is_not_shown(house: House, proposes: Proposes) -> None:
    reply = _breaks(house, proposes(), reason="the token is a-loaded-secret-0123456789")
    assert "a-loaded-secret" not in str(reply.parts)


def test_no_line_reaches_it(house: House, proposes: Proposes) -> None:
    plan = proposes()
    for line in ("break-glass", "batch break-glass", "batch glass", "batch break_glass"):
        assert _ask(house, f'{line} {plan.id} --reason "{REASON}"', OMAR).outcome == "usage"
    for line in ("approve", "run", "renew"):
        assert (
            _ask(house, f'batch {line} {plan.id} --reason "break-glass: {REASON}"', OMAR).outcome == "usage"
        )
    assert _state(house, plan) == "pending"
    assert not [line.path for line in LINES if "glass" in line.path]


@pytest.mark.parametrize("module", ["commands.root", "bot.run"])
def test_neither_the_lines_nor_the_bot_import_it(module: str) -> None:
    program = f"import sys, {module}; sys.exit(any('break_glass' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
