"""`batch undo ID` of runs that edited rows: what changed since is named and left, the rest goes back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.ops.edits import editing, records
from commands.ops.edits.lines import text_of
from commands.ops.edits.rows import Edits, LineEdit
from commands.ops.errors import Refusal
from commands.ops.house import House
from commands.ops.operation import Args, Did, Operation, Step, Target
from commands.ops.operations import table
from commands.ops.plans import plans
from commands.ops.plans.run_record import RunRecord
from commands.ops.registry.registry import Registry
from commands.reply import Text
from tests.commands.conftest import OMAR
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY, lose, put, wave_sites

CLOSURE = ".smbatcher/closure/Batch_001.md"


def bytes_of(root: Path) -> bytes:
    return (root / REGISTRY).read_bytes()


def marked(house: House, *sites: str, letter: str = "I") -> str:
    plan = planned(house, f"batch mark {' '.join(sites)} {letter} --reason built")
    assert run_in(house, plan).proposals[-1].line == f"batch undo {plan}"
    return plan


def test_all_goes_back_by_the_byte(house: House, demo_host: Path) -> None:
    before = bytes_of(demo_host)
    plan = marked(house, *wave_sites(demo_host, 2)[:3])
    assert bytes_of(demo_host) != before
    back = ask_in(house, f"batch undo {plan}")
    assert "3 sites go back to what they were" in back.headline
    assert bytes_of(demo_host) != before
    run_in(house, str(back.facts["plan"]))
    assert bytes_of(demo_host) == before


def test_rows_changed_since_are_named_and_stay_and_the_rest_goes_back(house: House, demo_host: Path) -> None:
    first, second, third, *_ = wave_sites(demo_host, 2)
    plan = marked(house, first, second, third)
    put(demo_host, "Q", second)
    back = ask_in(house, f"batch undo {plan}")
    assert back.facts["targets"] == [f"row {first}", f"row {third}"]
    assert Text(f"Changed since, and left as they are: {second}.") in back.parts
    run_in(house, str(back.facts["plan"]))
    assert [status_of(demo_host, site) for site in (first, second, third)] == ["D", "Q", "D"]


def test_a_row_that_changes_between_plan_and_run_is_skipped(house: House, demo_host: Path) -> None:
    first, second, *_ = wave_sites(demo_host, 2)
    plan = marked(house, first, second)
    back = planned(house, f"batch undo {plan}")
    put(demo_host, "i", first)
    done = run_in(house, back)
    assert done.facts["skipped"] == [f"row {first}"]
    assert [status_of(demo_host, site) for site in (first, second)] == ["i", "D"]


def test_where_all_was_changed_since_nothing_can_be_taken_back(house: House, demo_host: Path) -> None:
    plan = marked(house, "lotus.dev")
    put(demo_host, "i", "lotus.dev")
    refused = ask_in(house, f"batch undo {plan}")
    assert refused.outcome == "refused"
    assert refused.headline == f"Nothing of {plan} can be taken back: changed since by others: lotus.dev."


def test_twice_is_once(house: House) -> None:
    plan = marked(house, "lotus.dev")
    run_in(house, planned(house, f"batch undo {plan}"))
    again = ask_in(house, f"batch undo {plan}")
    assert again.headline == f"All that {plan} edited is back as it was already."


def test_an_undo_can_itself_be_undone(house: House, demo_host: Path) -> None:
    plan = marked(house, "lotus.dev")
    after = bytes_of(demo_host)
    back = planned(house, f"batch undo {plan}")
    run_in(house, back)
    run_in(house, planned(house, f"batch undo {back}"))
    assert bytes_of(demo_host) == after


def test_a_mark_of_q_taken_back_is_told_in_the_closure_report(house: House, demo_host: Path) -> None:
    plan = marked(house, "lotus.dev", letter="Q")
    run_in(house, planned(house, f"batch undo {plan}"))
    assert (
        (demo_host / CLOSURE)
        .read_text()
        .endswith(f"lotus.dev is no longer finalized by hand: {plan} was taken back\n")
    )


def test_a_run_that_edited_nothing_has_no_way_back(house: House, demo_host: Path) -> None:
    plan = planned(house, "batch mark lotus.dev I --reason built")
    assert "there is no way back to offer" in ask_in(house, f"batch undo {plan}").headline
    put(demo_host, "i", "lotus.dev")
    run_in(house, plan)
    assert "there is no way back to offer" in ask_in(house, f"batch undo {plan}").headline


def test_a_redeploy_gets_none(house: House) -> None:
    assert "no way back" in ask_in(house, f"batch undo {planned(house, 'redeploy site lotus.dev')}").headline


def _taking_out(*numbers: int) -> Callable[[Registry], Edits]:
    return lambda found: tuple(LineEdit(text_of(found.lines[at - 1]), None, at) for at in numbers)


def _operation(change: Callable[[Registry], Edits]) -> Operation:
    """An operation that edits lines, and records them."""

    def steps(house: House, _args: Args, _targets: tuple[Target, ...]) -> list[Step]:
        def act() -> Did:
            edited = editing.edit(house.settings, house.machine, change)
            return Did("edited", edited.records)

        return [Step("edit", act)]

    return Operation(
        "strike", "confirm", lambda *_: (Target("registry"),), lambda *_: (), lambda *all_: iter(steps(*all_))
    )


@pytest.fixture
def strikes(house: House, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """`strikes(5, 6)`: a run that took lines out; its plan."""

    def strike(*numbers: int) -> str:
        operation = _operation(_taking_out(*numbers))
        monkeypatch.setattr(table, "OPERATIONS", (*table.OPERATIONS, operation))
        plan = plans.store(house, plans.draft(house, operation, {}, "strike", OMAR))
        assert run_in(house, plan.id).outcome == "fine"
        return plan.id

    return strike


def test_rows_that_were_taken_out_go_back_to_their_places(
    house: House, demo_host: Path, strikes: Callable[..., str]
) -> None:
    before = bytes_of(demo_host)
    lines = before.splitlines(keepends=True)
    plan = strikes(7, 8, 9, 20, len(lines))
    assert len(bytes_of(demo_host).splitlines()) == len(lines) - 5
    run_in(house, planned(house, f"batch undo {plan}"))
    assert bytes_of(demo_host) == before


def test_a_surplus_row_goes_back_behind_its_old_neighbour_though_that_changed(
    house: House, demo_host: Path, strikes: Callable[..., str]
) -> None:
    path = demo_host / REGISTRY
    lines = path.read_text().splitlines()
    lotus = next(line for line in lines if line.startswith("| lotus.dev "))
    lines.insert(12, lotus)
    path.write_text("\n".join(lines) + "\n")
    neighbour = lines[11].split()[1]
    plan = strikes(13)
    put(demo_host, "i", neighbour)
    lose(demo_host, lines[8].split()[1])
    run_in(house, planned(house, f"batch undo {plan}"))
    after = path.read_text().splitlines()
    assert after.count(lotus) == 2
    assert after[after.index(lotus) - 1].split()[1] == neighbour


def test_a_surplus_row_is_not_put_back_where_the_row_that_stayed_has_changed(
    house: House, demo_host: Path, strikes: Callable[..., str]
) -> None:
    path = demo_host / REGISTRY
    lotus = next(line for line in path.read_text().splitlines() if line.startswith("| lotus.dev "))
    path.write_text(f"{path.read_text()}{lotus}\n")
    plan = strikes(len(path.read_text().splitlines()))
    put(demo_host, "i", "lotus.dev")
    assert "changed since by others: lotus.dev" in ask_in(house, f"batch undo {plan}").headline


def test_a_row_whose_neighbour_is_gone_comes_behind_the_last_one(
    house: House, demo_host: Path, strikes: Callable[..., str]
) -> None:
    lines = bytes_of(demo_host).splitlines()
    plan = strikes(10)
    lose(demo_host, lines[8].split()[1].decode())
    run_in(house, planned(house, f"batch undo {plan}"))
    assert bytes_of(demo_host).splitlines()[-1] == lines[9]


def test_what_two_steps_did_to_one_site_goes_back_to_before_the_first(house: House) -> None:
    plan = planned(house, "batch mark lotus.dev I --reason built")
    run_in(house, plan)
    first = records.Line(b"| a.dev | i |", b"| a.dev | I |", 3)
    second = records.Line(b"| a.dev | I |", b"| a.dev | Q |", 3)
    with house.journal.write() as transaction:
        for step, line in enumerate((first, second), 1):
            records.write(transaction, plan, step, [records.Record(b"a.dev", (line,))])
    [found] = records.of_plan(house.journal.connection(), plan)
    assert found == records.Record(b"a.dev", (records.Line(b"| a.dev | i |", b"| a.dev | Q |", 3),))


def test_what_a_failed_step_edited_nevertheless_can_be_taken_back(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_status = editing.set_status

    def overwritten(*arguments: object) -> editing.Edited:
        raise editing.Overwritten(set_status(*arguments))  # type: ignore[arg-type]

    before = bytes_of(demo_host)
    plan = planned(house, "batch mark lotus.dev I --reason built")
    monkeypatch.setattr(editing, "set_status", overwritten)
    failed = run_in(house, plan)
    assert failed.outcome == "failed"
    assert "kept overwriting the edit" in failed.headline
    run_in(house, planned(house, f"batch undo {plan}"))
    assert bytes_of(demo_host) == before


def test_a_run_that_was_killed_after_its_edit_was_written_down_can_be_taken_back(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> str:
        raise KeyboardInterrupt

    before = bytes_of(demo_host)
    plan = planned(house, "batch mark lotus.dev Q --reason accepted")
    monkeypatch.setattr("commands.ops.batches.closure.tell", killed)
    ask_in(house, f"batch approve {plan}")
    with pytest.raises(KeyboardInterrupt):
        ask_in(house, f"batch run {plan}")
    unknown = ask_in(house, f"batch plan {plan}")
    assert (unknown.facts["state"], unknown.proposals[-1].label) == ("unknown", "Undo")
    monkeypatch.undo()
    run_in(house, planned(house, f"batch undo {plan}"))
    assert bytes_of(demo_host) == before


@pytest.mark.parametrize(
    "line", ["batch mark lotus.dev I --reason built", "dedupe restore REGISTRY.md.backup"]
)
def test_a_run_that_was_killed_before_it_told_what_it_did_can_be_taken_back(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    (demo_host / f"{REGISTRY}.backup").write_bytes(bytes_of(demo_host))
    put(demo_host, "i", "lotus.dev")
    before = bytes_of(demo_host)
    plan = planned(house, line)
    monkeypatch.setattr(RunRecord, "result", killed)
    ask_in(house, f"batch approve {plan}")
    with pytest.raises(KeyboardInterrupt):
        ask_in(house, f"batch run {plan}")
    assert bytes_of(demo_host) != before
    monkeypatch.undo()
    assert ask_in(house, f"batch plan {plan}").facts["state"] == "unknown"
    run_in(house, planned(house, f"batch undo {plan}"))
    assert bytes_of(demo_host) == before


def test_a_run_that_was_killed_before_its_edit_has_nothing_to_take_back(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    before = bytes_of(demo_host)
    plan = planned(house, "batch mark lotus.dev I --reason built")
    monkeypatch.setattr(editing, "set_status", killed)
    ask_in(house, f"batch approve {plan}")
    with pytest.raises(KeyboardInterrupt):
        ask_in(house, f"batch run {plan}")
    assert (
        ask_in(house, f"batch undo {plan}").headline == f"All that {plan} edited is back as it was already."
    )
    assert bytes_of(demo_host) == before


def test_an_edit_that_was_refused_leaves_nothing_to_take_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise Refusal("A tool has held the registry's lock for 10 seconds.")

    plan = planned(house, "batch mark lotus.dev I --reason built")
    monkeypatch.setattr(editing, "set_status", refused)
    failed = run_in(house, plan)
    assert [proposal.label for proposal in failed.proposals] == ["Renew"]
