"""From a line to a plan to its end: who may decide, what an approval is bound to, and that it runs once."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from commands.answer import answer
from commands.ops import audit
from commands.ops.errors import Refusal
from commands.ops.house import House
from commands.ops.machine.locks.locks import named_lock
from commands.ops.machine.processes import identities
from commands.ops.operation import Target, Tier
from commands.ops.operations import table
from commands.ops.plans import approvals, plans, runs
from commands.ops.plans.execution import Execution
from commands.ops.plans.plans import Plan
from commands.ops.plans.run_record import RunRecord
from commands.ops.roles import Caller, Role
from commands.reply import Ask, Reply
from commands.words import words
from tests.clocks import MovedClock
from tests.commands import toy
from tests.commands.conftest import ASHA, NICO, OMAR, VERA, house_of, settings_of

LENA = Caller("U0LENA", "Lena", "slack")
ASHA_HERE = Caller("os:asha", "asha", "terminal")

Proposes = Callable[..., Plan]


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def house(tmp_path: Path, clock: MovedClock) -> Iterator[House]:
    root = tmp_path / "root"
    root.mkdir()
    (root / toy.FILE).write_text("a=1 b=2 c=3")
    people = {
        "operators": ("U0OMAR", "U0MIA"),
        "approvers": ("U0ASHA", "U0LENA"),
        "people": {"os:asha": "U0ASHA"},
    }
    made = house_of(settings_of(root, tmp_path / "state", **people), clock)
    yield made
    made.journal.close()


@pytest.fixture
def proposes(house: House, monkeypatch: pytest.MonkeyPatch) -> Proposes:
    """`proposes("second", OMAR, only=["a"])`: a stored plan of the toy operation."""

    def propose(
        tier: Tier = "confirm", caller: Caller = OMAR, locks: tuple[str, ...] = (), **args: object
    ) -> Plan:
        operation = toy.operation(tier, *locks)
        monkeypatch.setattr(table, "OPERATIONS", (operation,))
        return plans.store(house, plans.draft(house, operation, args, "strike", caller))

    return propose


def _ask(house: House, line: str, caller: Caller, **values: str) -> Reply:
    return answer(Ask("t", words(line), caller, house.clock.now(), values), house)


def _run(house: House, plan: Plan, caller: Caller = OMAR) -> Plan:
    return Execution(
        house, table.operation_of(plan.operation), plans.get(house.journal.connection(), plan.id), caller
    ).run()


def _raise(error: type[BaseException]) -> Callable[..., None]:
    def fails(*_: object) -> None:
        raise error

    return fails


def _state(house: House, plan: Plan) -> str:
    return plans.get(house.journal.connection(), plan.id).state


def _file(house: House) -> str:
    return (house.settings.root / toy.FILE).read_text()


def test_confirm_may_be_approved_by_its_asker_and_runs(house: House, proposes: Proposes) -> None:
    plan = proposes()
    reply = _ask(house, f"batch approve {plan.id}", OMAR)
    assert (reply.facts["state"], reply.told) == ("approved", f"You approved {plan.id}.")
    done = _ask(house, f"batch run {plan.id}", OMAR)
    assert (done.outcome, done.facts["state"], _file(house)) == ("fine", "done", "")
    run = runs.of_plan(house.journal.connection(), plan.id)
    assert run is not None
    assert [stage.detail for stage in run.stages] == ["a is gone", "b is gone", "c is gone"]


@pytest.mark.parametrize(
    ("tier", "caller", "why"),
    [
        ("confirm", VERA, "needs the role operator"),
        ("second", OMAR, "needs an approver"),
        ("second", VERA, "needs the role operator"),
        ("second", NICO, "You have no role here"),
        ("grave", OMAR, "needs an approver"),
    ],
)
def test_who_may_not_approve_is_told_why_and_nothing_happens(
    tier: Tier, caller: Caller, why: str, house: House, proposes: Proposes
) -> None:
    plan = proposes(tier)
    reply = _ask(house, f"batch approve {plan.id} x", caller)
    assert (reply.outcome, reply.audience) == ("refused", "caller")
    assert why in reply.headline
    assert _state(house, plan) == "pending"


def test_the_asker_cannot_give_the_second_approval_in_any_of_their_selves(
    house: House, proposes: Proposes
) -> None:
    plan = proposes("second", ASHA)
    for self_ in (ASHA, ASHA_HERE):
        assert (
            "an approver who did not ask for it, and you did"
            in _ask(house, f"batch approve {plan.id}", self_).headline
        )
    assert _ask(house, f"batch approve {plan.id}", LENA).facts["state"] == "approved"


def test_solo_mode_lets_one_person_do_it_and_says_so(house: House, proposes: Proposes) -> None:
    plan = proposes("second", ASHA)
    solo = replace(house, settings=replace(house.settings, solo=True))
    assert "one person may approve what they asked" in str(_ask(solo, plan.subject, ASHA).parts)
    assert _ask(solo, f"batch approve {plan.id}", ASHA).facts["state"] == "approved"


def test_an_empty_approver_list_is_nobody(house: House, proposes: Proposes) -> None:
    plan = proposes("second")
    nobody = replace(house, settings=replace(house.settings, approvers=()))
    nobody = replace(nobody, roles=type(house.roles)(nobody.settings))  # type: ignore[call-arg]
    assert _ask(nobody, f"batch approve {plan.id}", ASHA).outcome == "refused"
    assert _state(house, plan) == "pending"


def test_one_person_counts_once_where_two_are_needed(house: House, proposes: Proposes) -> None:
    house.settings.approvals.needed["strike"] = 2
    plan = proposes("second")
    first = _ask(house, f"batch approve {plan.id}", ASHA)
    assert (first.facts["state"], first.told) == ("pending", f"You approved {plan.id}; it needs 2 people.")
    assert "You have approved" in _ask(house, f"batch approve {plan.id}", ASHA_HERE).headline
    assert _ask(house, f"batch approve {plan.id}", LENA).facts["state"] == "approved"
    house.settings.approvals.needed.clear()


def test_settings_may_raise_a_tier_and_never_lower_it(house: House, proposes: Proposes) -> None:
    house.settings.approvals.tiers["strike"] = "second"
    assert proposes("confirm").tier == "second"
    assert proposes("grave").tier == "grave"
    house.settings.approvals.tiers.clear()


def test_grave_is_approved_by_typing_the_name(house: House, proposes: Proposes) -> None:
    plan = proposes("grave", OMAR, batch="002")
    form = _ask(house, f"batch approve {plan.id}", ASHA)
    assert form.form is not None
    assert "typing the name 002 exactly" in _ask(house, f"batch approve {plan.id} 003", ASHA).headline
    assert "typing the name 002 exactly" in _ask(house, f"batch approve {plan.id}", ASHA, name="02").headline
    assert _ask(house, f"batch approve {plan.id}", ASHA, name="002").facts["state"] == "approved"


def test_an_approval_expires_closed(house: House, proposes: Proposes, clock: MovedClock) -> None:
    plan = proposes()
    clock.move(15 * 60)
    reply = _ask(house, f"batch approve {plan.id}", OMAR)
    assert "is expired" in reply.headline
    assert _state(house, plan) == "expired"
    assert _file(house) == "a=1 b=2 c=3"


def test_an_approved_plan_that_was_not_begun_expires_too(
    house: House, proposes: Proposes, clock: MovedClock
) -> None:
    plan = proposes()
    approvals.approve(house, plan.id, OMAR)
    clock.move(15 * 60)
    assert "is expired" in _ask(house, f"batch run {plan.id}", OMAR).headline


def test_a_plan_that_needs_others_has_an_hour(house: House, proposes: Proposes, clock: MovedClock) -> None:
    plan = proposes("second")
    clock.move(59 * 60)
    assert _ask(house, f"batch approve {plan.id}", ASHA).facts["state"] == "approved"


def test_a_decision_is_declined_with_a_reason(house: House, proposes: Proposes) -> None:
    plan = proposes("second")
    assert _ask(house, f"batch decline {plan.id}", ASHA).form is not None
    reply = _ask(house, f'batch decline {plan.id} --reason "not tonight"', ASHA)
    assert reply.facts["state"] == "declined"
    assert "by Asha: not tonight" in str(reply.parts)
    assert "is declined by Asha already" in _ask(house, f"batch approve {plan.id}", LENA).headline


def test_ended_states_stay_ended(house: House, proposes: Proposes) -> None:
    plan = proposes()
    approvals.approve(house, plan.id, OMAR)
    _run(house, plan)
    for line in ("approve", "withdraw", "run", "abort", "decline"):
        reason = " --reason late" if line == "decline" else ""
        assert _ask(house, f"batch {line} {plan.id}{reason}", OMAR).outcome == "refused"
    assert _state(house, plan) == "done"


def test_only_the_asker_withdraws(house: House, proposes: Proposes) -> None:
    plan = proposes("second")
    assert "was asked by Omar: decline it instead" in _ask(house, f"batch withdraw {plan.id}", ASHA).headline
    assert _ask(house, f"batch withdraw {plan.id}", OMAR).facts["state"] == "withdrawn"


def test_the_same_question_again_takes_the_place_of_the_first(house: House, proposes: Proposes) -> None:
    first, second = proposes(), proposes()
    assert _state(house, first) == "superseded"
    assert second.id in _ask(house, f"batch approve {first.id}", OMAR).headline


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        ("a=9 b=2 c=3", "line a has changed: text was 1, is 9"),
        ("a=1 b=2 c=3 d=4", "line d is new"),
        ("", "nothing of it is left to do"),
    ],
)
def test_what_grew_or_changed_is_stale_and_nothing_is_done(
    now: str, changed: str, house: House, proposes: Proposes
) -> None:
    plan = proposes()
    approvals.approve(house, plan.id, OMAR)
    (house.settings.root / toy.FILE).write_text(now)
    ended = _run(house, plan)
    assert (ended.state, ended.changes) == ("stale", (changed,))
    assert _file(house) == now
    reply = _ask(house, plan.subject, OMAR)
    assert changed in str(reply.parts)
    assert [proposal.label for proposal in reply.proposals] == ["Renew"]


def test_what_is_gone_is_skipped_and_named(house: House, proposes: Proposes) -> None:
    plan = proposes()
    approvals.approve(house, plan.id, OMAR)
    (house.settings.root / toy.FILE).write_text("a=1 c=3")
    reply = _ask(house, f"batch run {plan.id}", OMAR)
    assert (reply.facts["state"], reply.facts["skipped"]) == ("done", ["line b"])
    assert "1 target gone and skipped" in reply.headline


def test_ages_and_rates_do_not_make_a_plan_stale(proposes: Proposes) -> None:
    plan = proposes()
    other = tuple(replace(target, about={"length": 99}) for target in plan.targets)
    assert plans.digest(plan.operation, plan.args, other) == plan.digest


def test_a_digest_binds_operation_args_and_targets(proposes: Proposes) -> None:
    plan = proposes()
    assert plans.digest("other", plan.args, plan.targets) != plan.digest
    assert plans.digest(plan.operation, {"x": 1}, plan.targets) != plan.digest
    assert plans.digest(plan.operation, plan.args, plan.targets[:-1]) != plan.digest


def test_sixteen_who_race_for_a_plan_run_it_once(house: House, proposes: Proposes) -> None:
    for _ in range(20):
        (house.settings.root / toy.FILE).write_text("a=1")
        plan = proposes()
        approvals.approve(house, plan.id, OMAR)
        seen = plans.get(house.journal.connection(), plan.id)
        start = threading.Barrier(16)
        refused: list[str] = []

        def race(seen: Plan = seen, start: threading.Barrier = start, refused: list[str] = refused) -> None:
            start.wait()
            try:
                Execution(house, table.operation_of("strike"), seen, OMAR).run()
            except Refusal as refusal:
                refused.append(refusal.sentence)

        racers = [threading.Thread(target=race) for _ in range(16)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        assert len(refused) == 15
        assert _state(house, plan) == "done"
    assert (house.settings.root / "struck.log").read_text().count("\n") == 20


def test_an_approver_taken_off_the_list_voids_the_approval_before_the_run(
    house: House, proposes: Proposes
) -> None:
    plan = proposes("second")
    approvals.approve(house, plan.id, ASHA)
    without = replace(house, settings=replace(house.settings, approvers=("U0LENA",)))
    without = replace(without, roles=type(house.roles)(without.settings))  # type: ignore[call-arg]
    assert without.roles.role_of(ASHA) is Role.none
    reply = _ask(without, f"batch run {plan.id}", OMAR)
    assert "Asha approved it and may no longer approve it" in reply.headline
    assert (_state(house, plan), _file(house)) == ("stale", "a=1 b=2 c=3")


def test_a_step_that_fails_ends_the_run_and_says_what_was_done(house: House, proposes: Proposes) -> None:
    (house.settings.root / toy.FILE).write_text("a=1 bad=2 c=3")
    plan = proposes()
    approvals.approve(house, plan.id, OMAR)
    reply = _ask(house, f"batch run {plan.id}", OMAR)
    assert (reply.outcome, reply.headline) == (
        "failed",
        f"{plan.id}: failed: The line bad cannot be struck out.",
    )
    assert "a is gone" in str(reply.parts)
    assert _file(house) == "bad=2 c=3"


def test_a_run_is_aborted_before_its_next_step(
    house: House, proposes: Proposes, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = proposes()
    approvals.approve(house, plan.id, OMAR)
    strike = toy._strike

    def strike_and_abort(house: House, target: Target) -> str:
        _ask(house, f"batch abort {plan.id}", ASHA)
        return strike(house, target)

    monkeypatch.setattr(toy, "_strike", strike_and_abort)
    ended = _run(house, plan)
    assert (ended.state, _file(house)) == ("aborted", "b=2 c=3")
    assert "Asha aborted it before “strike line b”" in ended.result["error"]


def test_a_held_lock_names_its_holder_and_the_plan_stays_approved(
    house: House, proposes: Proposes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.ops.plans.execution.LOCK_SECONDS", 0)
    plan = proposes(locks=("strike file",))
    approvals.approve(house, plan.id, OMAR)
    with named_lock(house.settings.state, "strike file", "P-AAAA (redeploy wave 5)", 0):
        reply = _ask(house, f"batch run {plan.id}", OMAR)
    assert "“strike file” is held by P-AAAA (redeploy wave 5) since " in reply.headline
    assert _state(house, plan) == "approved"
    assert _ask(house, f"batch run {plan.id}", OMAR).facts["state"] == "done"


def test_a_run_whose_process_is_gone_is_unknown_and_never_rerun(
    house: House, proposes: Proposes, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = proposes()
    approvals.approve(house, plan.id, OMAR)
    dead = replace(identities.ourselves(), pid=2**22 - 1)
    monkeypatch.setattr(identities, "ourselves", lambda: dead)
    monkeypatch.setattr(Execution, "_steps", _raise(KeyboardInterrupt))
    monkeypatch.setattr(RunRecord, "end", _raise(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        _run(house, plan)
    assert _state(house, plan) == "running"
    assert [lost.id for lost in runs.mark_lost(house, OMAR)] == [plan.id]
    reply = _ask(house, plan.subject, OMAR)
    assert "nobody knows how it ended" in reply.headline
    assert _ask(house, f"batch run {plan.id}", OMAR).outcome == "refused"
    assert [proposal.label for proposal in reply.proposals] == ["Renew"]


def test_a_bug_in_a_step_leaves_the_plan_unknown_and_not_running_for_ever(
    house: House, proposes: Proposes, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = proposes()
    approvals.approve(house, plan.id, OMAR)
    monkeypatch.setattr(toy, "_strike", _raise(ZeroDivisionError))
    with pytest.raises(ZeroDivisionError):
        _run(house, plan)
    assert _state(house, plan) == "unknown"
    assert "nobody knows how it ended" in _ask(house, plan.subject, OMAR).headline


def test_a_run_that_goes_on_elsewhere_is_left_alone(house: House, proposes: Proposes) -> None:
    plan = proposes()
    with house.journal.write() as transaction:
        approved = plans.get(transaction, plan.id)
        plans.move(transaction, approved, "approved", house.clock.now())
        plans.move(transaction, plans.get(transaction, plan.id), "running", house.clock.now())
        transaction.execute(
            "INSERT INTO runs (plan, started_by, started_at, process) VALUES (?, '{}', '', ?)",
            (plan.id, json.dumps(identities.ourselves().as_json())),
        )
    assert runs.mark_lost(house, OMAR) == []


def test_undo_and_renew_are_plans_themselves(house: House, proposes: Proposes) -> None:
    plan = proposes("confirm", OMAR, only=["a"])
    approvals.approve(house, plan.id, OMAR)
    _run(house, plan)
    (house.settings.root / toy.FILE).write_text("a=1")
    undo = _ask(house, f"batch undo {plan.id}", OMAR)
    assert (undo.facts["state"], undo.facts["targets"]) == ("pending", ["line a"])
    withdrawn = _ask(house, f"batch withdraw {undo.facts['plan']}", OMAR)
    renewed = _ask(house, f"batch renew {withdrawn.facts['plan']}", OMAR)
    assert renewed.facts["plan"] != undo.facts["plan"]
    assert "there is nothing to renew" in _ask(house, f"batch renew {renewed.facts['plan']}", OMAR).headline


def test_nothing_to_do_is_no_plan(house: House, proposes: Proposes) -> None:
    plan = proposes()
    _ask(house, f"batch withdraw {plan.id}", OMAR)
    (house.settings.root / toy.FILE).write_text("")
    assert "There is nothing to do" in _ask(house, f"batch renew {plan.id}", OMAR).headline


def test_a_dry_run_stores_nothing(house: House, proposes: Proposes) -> None:
    plan = proposes()
    _ask(house, f"batch withdraw {plan.id}", OMAR)
    ask = Ask("t", words(f"batch renew {plan.id}"), OMAR, house.clock.now(), dry_run=True)
    reply = answer(ask, house)
    assert (reply.facts["state"], reply.facts["plan"], reply.proposals) == ("proposed", None, ())
    assert reply.headline.startswith("This would change 3 targets. Nothing was stored.")
    assert [one.id for one in plans.in_states(house.journal.connection(), ["pending"])] == []


def test_an_unknown_plan_is_one_sentence(house: House) -> None:
    for line in ("plan", "approve", "run", "renew", "undo", "withdraw", "abort"):
        assert "There is no plan P-0000" in _ask(house, f"batch {line} P-0000", ASHA).headline


def test_on_the_terminal_an_approval_runs_the_plan_and_waits(house: House, proposes: Proposes) -> None:
    plan = proposes("second", OMAR)
    reply = _ask(house, f"batch approve {plan.id}", ASHA_HERE)
    assert (reply.outcome, reply.facts["state"], _file(house)) == ("fine", "done", "")


def test_every_decision_and_step_is_in_the_audit_log_in_order(house: House, proposes: Proposes) -> None:
    plan = proposes("second", OMAR, only=["a"])
    _ask(house, f"batch approve {plan.id}", ASHA)
    _ask(house, f"batch run {plan.id}", OMAR)
    found = audit.entries(house.journal.connection(), plan.id)
    assert [(entry.kind, entry.caller["name"]) for entry in found] == [
        ("asked", "Omar"), ("approved", "Asha"), ("claimed", "Omar"), ("intent", "Omar"), ("result", "Omar"), ("done", "Omar"),
    ]  # fmt: skip
    assert _ask(house, "batch audit", OMAR).facts["whole"] is True
    assert len(_ask(house, f"batch audit --plan {plan.id} --export", OMAR).facts["entries"]) == 6


def test_pending_and_runs_list_what_there_is(house: House, proposes: Proposes) -> None:
    assert _ask(house, "batch pending", VERA).headline == "Nothing waits and nothing runs."
    plan = proposes()
    assert _ask(house, "batch pending", VERA).facts["plans"][0]["plan"] == plan.id
    _ask(house, f"batch approve {plan.id}", OMAR)
    _ask(house, f"batch run {plan.id}", OMAR)
    assert _ask(house, "batch runs", VERA).facts["runs"][0] == {
        "plan": plan.id,
        "state": "done",
        "line": "strike",
    }
