"""`batch relieve`: a critical disk in one plan, whole, after a kill, and on a disk that is really full."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.ops import audit, hold, reserve
from commands.ops.agents import stopping
from commands.ops.disk import deleting
from commands.ops.disk.deleting import Deleted
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.machine.files.trees import Entry
from commands.ops.machine.processes.signals import Ended
from commands.ops.operations import clean
from commands.ops.plans import runs
from commands.ops.plans.run_record import RunRecord
from commands.reply import Reply
from tests.commands.conftest import OMAR, VERA, house_of, settings_of
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.full_disk import eaten, small_disk
from tests.commands.stand_ins import agents
from tests.commands.test_archive import asked_and_run
from tests.commands.test_clean import left
from tests.commands.watched import clock_of

QUICK = {"grace_seconds": 0.5}


@pytest.fixture
def house(demo_host: Path, tmp_path: Path) -> Iterator[House]:
    """A house with old temp files, whose agents get half a second."""
    made = house_of(settings_of(demo_host, tmp_path / "state", agents=QUICK))
    clock_of(made).at = datetime.now(UTC)
    yield made
    made.journal.close()


def stages(reply: Reply, house: House) -> list[str]:
    run = runs.of_plan(house.journal.connection(), str(reply.facts["plan"]))
    assert run
    return [stage.title for stage in run.stages]


def held(house: House) -> bool:
    return hold.read(house.settings, house.machine) is not None


def test_one_plan_holds_stops_waits_and_cleans(house: House, demo_host: Path) -> None:
    asked_and_run(house, "batch archive 002")
    with agents(demo_host, 2, "--batch", "001") as pids:
        plan = ask_in(house, "batch relieve")
        assert plan.facts["tier"] == "confirm"
        assert plan.headline.startswith(
            f"{plan.facts['plan']}: hold launches, end 2 processes, wait for their end"
        )
        assert "empty the trash of batch 002" in plan.headline
        assert {f"process {pid}" for pid in pids} < set(plan.facts["targets"])
        done = run_in(house, plan.facts["plan"])
    assert (done.facts["state"], held(house)) == ("done", True), done.headline
    assert stages(done, house) == [
        "Hold launches",
        "End 2 agents and what they started",
        "Wait until none of them runs",
        *[title for title in stages(done, house) if title.startswith("Delete 1 to ")][:1],
        "Look at the disk (temp)",
        *[title for title in stages(done, house) if title.startswith("Delete 1 to ")][1:],
        "Look at the disk (cache)",
        "Remove batch 002",
        "Look what came of it",
    ]
    assert list((demo_host / ".smbatcher/tmp").iterdir()) == []
    assert list((demo_host / ".smbatcher/design-cache").iterdir()) == []
    assert list((demo_host / ".smbatcher/trash").iterdir()) == []


def test_the_way_back_is_told_honestly_and_lifts_the_hold_alone(house: House) -> None:
    plan = ask_in(house, "batch relieve")
    assert "no way back, they are deleted outright" in str(plan.parts)
    done = run_in(house, plan.facts["plan"])
    assert [one.label for one in done.proposals] == ["Undo", "Diagnose the disk", "Show status"]
    back = ask_in(house, f"batch undo {plan.facts['plan']}")
    assert "lift the hold" in back.headline
    run_in(house, back.facts["plan"])
    assert not held(house)


def test_a_hold_that_is_there_already_stays_and_is_told_so(house: House) -> None:
    ask_in(house, "batch hold --reason maintenance")
    plan = ask_in(house, "batch relieve")
    assert "is there already, and stays" in str(plan.parts)
    done = run_in(house, plan.facts["plan"])
    assert "Undo" not in [one.label for one in done.proposals]
    assert "placed by Omar: maintenance" in str(done.parts)


def test_a_run_that_was_killed_is_renewed_and_does_the_rest(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.break_host(demo_host, "disk")
    plan = planned(house, "batch relieve")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    ask_in(house, f"batch approve {plan}")
    with monkeypatch.context() as patched:
        patched.setattr(clean, "_look_again", killed)  # temp is gone, the cache is not
        patched.setattr(RunRecord, "end", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            ask_in(house, f"batch run {plan}")
    assert list((demo_host / ".smbatcher/tmp").iterdir()) == []
    house.journal.connection().execute("UPDATE runs SET process = json_set(process, '$.started_ticks', 1)")
    runs.mark_lost(house, OMAR)
    shown = ask_in(house, f"batch plan {plan}")
    assert (shown.facts["state"], [one.label for one in shown.proposals]) == ("unknown", ["Renew", "Undo"])
    again = ask_in(house, f"batch renew {plan}")
    assert run_in(house, again.facts["plan"]).facts["state"] == "done"
    assert list((demo_host / ".smbatcher/design-cache").iterdir()) == []
    assert held(house)


def test_it_can_be_aborted_between_its_steps(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(house, "batch relieve")
    before = set((demo_host / ".smbatcher/tmp").iterdir())
    place = hold.place

    def and_abort(*args: object) -> object:
        runs.abort(house, plan, OMAR)
        return place(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(hold, "place", and_abort)
    aborted = run_in(house, plan)
    assert aborted.facts["state"] == "aborted"
    assert set((demo_host / ".smbatcher/tmp").iterdir()) == before
    assert "Undo" in [one.label for one in aborted.proposals]


def test_what_does_not_succeed_keeps_nothing_else_from_being_done(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(demo_host / ".smbatcher/tmp/kept")
    plan = planned(house, "batch relieve")
    shutil.rmtree(demo_host / ".smbatcher/tmp")
    (demo_host / ".smbatcher/tmp").symlink_to(demo_host / "logs")
    assert run_in(house, plan).facts["state"] == "stale"  # a directory that became a link is never followed
    (demo_host / ".smbatcher/tmp").unlink()
    left(demo_host / ".smbatcher/tmp/kept")
    remove = deleting.delete

    def one_may_not(house_: House, directory: str, entries: Sequence[Entry]) -> Deleted:
        if directory.endswith("tmp"):
            raise OperationFailed("temp cannot be cleaned: Permission denied.")
        return remove(house_, directory, entries)

    monkeypatch.setattr(deleting, "delete", one_may_not)
    failed = run_in(house, planned(house, "batch relieve"))
    assert failed.facts["state"] == "failed"
    assert "Not all succeeded: temp cannot be cleaned: Permission denied." in failed.headline
    assert list((demo_host / ".smbatcher/design-cache").iterdir()) == []
    assert held(house)


def test_agents_that_do_not_end_are_waited_for_a_minute_and_the_rest_is_cleaned(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with agents(demo_host, 1, "--batch", "001") as [pid]:
        plan = planned(house, "batch relieve")
        monkeypatch.setattr(stopping, "carry_out", lambda *_: Ended(()))
        began = house.clock.monotonic()
        failed = run_in(house, plan)
        assert house.clock.monotonic() - began >= 60
    assert failed.facts["state"] == "failed"
    assert f"These run still, and keep what they have open: {pid}." in failed.headline
    assert list((demo_host / ".smbatcher/tmp").iterdir()) == []
    assert held(house)


def test_an_agent_that_nobody_approved_makes_it_stale(house: House, demo_host: Path) -> None:
    plan = planned(house, "batch relieve")
    with agents(demo_host, 1, "--batch", "001"):
        assert run_in(house, plan).facts["state"] == "stale"
    assert not held(house)


def test_it_asks_as_much_as_the_strictest_of_its_parts(house: House) -> None:
    strict = replace(
        house.settings,
        approvals=replace(house.settings.approvals, tiers={"stop": "second"}, needed={"clean": 2}),
    )
    plan = ask_in(replace(house, settings=strict), "batch relieve")
    assert plan.facts["tier"] == "second"
    assert "(2 people)" in str(plan.parts)


def test_where_nothing_is_left_to_do_it_says_so_and_a_viewer_may_not(house: House) -> None:
    assert ask_in(house, "batch relieve", VERA).outcome == "refused"
    run_in(house, planned(house, "batch relieve"))
    again = ask_in(house, "batch relieve")
    assert again.headline.startswith("There is nothing to stop and nothing to clean")


@pytest.mark.privileged
def test_the_whole_path_works_on_a_disk_with_nothing_left(demo_host: Path, tmp_path: Path) -> None:
    """Host and our own files on one disk, beside a writer that takes every byte that gets free."""
    with small_disk(tmp_path / "disk", "48m") as small:
        root = small / "host"
        shutil.copytree(demo_host, root, symlinks=True)
        for number in range(20):
            left(root / f".smbatcher/tmp/old-{number}", bytes(200_000))
        house = house_of(settings_of(root, small / "state", agents=QUICK))
        clock_of(house).at = datetime.now(UTC)
        try:
            assert reserve.keep(house.journal)
            with eaten(small), agents(root, 2, "--batch", "001"):
                offered = [one.line for one in ask_in(house, "batch disk").proposals]
                assert offered[0] == "batch relieve"
                done = run_in(house, planned(house, "batch relieve"))
            assert done.facts["state"] == "done", done.headline
            assert not any(path.name.startswith("old-") for path in (root / ".smbatcher/tmp").iterdir())
            assert held(house)
            assert audit.broken(house.journal.connection()) is None
        finally:
            house.journal.close()
            with suppress(FileNotFoundError):
                (small / "eater").unlink()
