"""`batch finalize`: what it says, what it plans, and what a run of the host's real tool comes to."""

import os
import select
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from commands.demo_host import host as demo
from commands.demo_host.hosttools import registry
from commands.ops.edits import records
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.launches import launch_records
from commands.ops.operations.finalize import FINALIZE
from commands.ops.plans import plans, runs
from commands.reply import Lines, Reply, Text
from tests.commands.conftest import ASHA, OMAR, VERA, house_of, settings_of
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.demo_host.running import counts, status_of
from tests.commands.registries import REGISTRY, append, lose, put, row_of

FINISH = "tools/implement/finish.sh"
MOVE_ONE = "s/| 001 | \\([0-9]*\\) | I |/| 001 | \\1 | Q |/"  # for sed: a row of batch 001 from I to Q


def batch_sites(root: Path, batch: str = "001") -> list[str]:
    return [row.domain for row in registry.read_rows(str(root)) if row.batch == batch]


def stages(house: House, plan: str) -> list[tuple[str, str, str]]:
    run = runs.of_plan(house.journal.connection(), plan)
    assert run
    return [(stage.title, stage.state, stage.detail) for stage in run.stages]


def labels(reply: Reply) -> list[str]:
    return [offer.label for offer in reply.proposals]


def said(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Text))


@pytest.fixture
def house(demo_host: Path, tmp_path: Path) -> Iterator[House]:
    """A house whose time is real: tools are waited for."""
    made = replace(house_of(settings_of(demo_host, tmp_path / "state")), clock=SystemClock())
    yield made
    made.journal.close()


@pytest.fixture
def implemented(demo_host: Path) -> list[str]:
    """Batch 001 with every site implemented; its sites."""
    sites = batch_sites(demo_host)
    put(demo_host, "I", *sites)
    return sites


@pytest.fixture
def half(demo_host: Path) -> None:
    """Batch 001 with 34 sites finalized and 34 left, after the tool broke off."""
    demo.break_host(demo_host, "half-finalized")


@pytest.fixture
def finishes(demo_host: Path) -> Callable[[str], None]:
    """`finishes("exit 3")`: the host's tool does that now, in the root."""

    def make(body: str) -> None:
        path = demo_host / FINISH
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    return make


@pytest.mark.usefixtures("half")
def test_a_finalization_that_broke_off_is_told_with_what_is_left_and_why(house: House) -> None:
    reply = ask_in(house, "batch finalize", VERA)
    assert (reply.outcome, reply.severity) == ("trouble", "warning")
    assert reply.headline == "Batch 001 is finalized in part: 34 of 68 sites, 34 left. Retry it."
    fixed = ("verdict", "implemented", "finalized", "open", "total", "expected", "lost", "recommended")
    assert [reply.facts[name] for name in fixed] == ["partial", 34, 34, 0, 68, 68, [], "retry"]
    assert "stopped half-way: [Errno 5] Input/output error" in said(reply)
    assert labels(reply) == ["Retry finalization", "List the remaining sites", "Look again"]


@pytest.mark.usefixtures("half")
def test_its_undo_belongs_to_the_same_incident_whatever_else_is_wrong(house: House, demo_host: Path) -> None:
    incident = ask_in(house, "batch finalize 001").incident
    plan = planned(house, "batch finalize 001 --run")
    done = run_in(house, plan, ASHA)
    assert (done.facts["state"], done.incident) == ("done", incident), done.headline
    append(demo_host, row_of(demo_host, "lotus.dev"))
    assert ask_in(house, "dedupe").incident not in (None, incident)
    assert ask_in(house, f"batch undo {plan}").incident == incident


def test_from_50_sites_on_log_locks_and_disk_come_before_a_retry(
    house: House, demo_host: Path, implemented: list[str]
) -> None:
    put(demo_host, "Q", *implemented[60:])
    reply = ask_in(house, "batch finalize 001")
    assert reply.severity == "critical"
    assert reply.headline.endswith("look at the log, locks and disk first.")
    assert labels(reply)[:2] == ["Show the host's errors", "Check system"]
    assert labels(reply)[-2:] == ["Retry finalization", "Look again"]


def test_lost_sites_are_named_and_nothing_is_finalized(house: House, demo_host: Path) -> None:
    demo.break_host(demo_host, "lost-rows")
    reply = ask_in(house, "batch finalize 001")
    assert (reply.facts["verdict"], reply.facts["recommended"]) == ("lost", "restore")
    assert len(reply.facts["lost"]) == 17
    [names] = [part for part in reply.parts if isinstance(part, Lines) and part.title == "Lost sites: 17"]
    assert reply.facts["lost"][0] in names.lines[0]
    refused = ask_in(house, "batch finalize 001 --run")
    assert refused.outcome == "refused"
    assert "are lost" in refused.headline
    assert "Check the registry" in labels(refused)


def test_a_batch_that_is_not_complete_says_what_is_open_by_wave(house: House) -> None:
    reply = ask_in(house, "batch finalize 001")
    assert (reply.outcome, reply.facts["verdict"]) == ("fine", "not_ready")
    assert "43 of 68 sites open" in reply.headline
    assert labels(reply) == ["Redeploy batch 001", "Look at wave 2", "Look at wave 3", "Look again"]
    refused = ask_in(house, "batch finalize 001 --run")
    assert refused.headline.startswith("Batch 001 is not complete: 43 of 68 sites are open")


def test_a_batch_that_is_finalized_has_nothing_to_do(house: House) -> None:
    assert ask_in(house, "batch finalize 002").headline == "Batch 002 is finalized: its one site is at Q."
    again = ask_in(house, "batch finalize 002 --run")
    assert again.headline == "Batch 002 is finalized already: every site is at Q."


def test_a_batch_that_is_not_there_is_told_with_those_that_are(house: House) -> None:
    assert ask_in(house, "batch finalize 099").headline.startswith(
        "There is no batch 099; there are 001, 002"
    )
    assert ask_in(house, "batch finalize ../../etc").headline.startswith("A batch is a number like 001")


@pytest.mark.usefixtures("half")
def test_lost_rows_come_back_and_the_batch_is_finalized_under_one_approval(
    house: House, demo_host: Path
) -> None:
    demo.break_host(demo_host, "lost-rows")
    reply = ask_in(house, "batch finalize 001")
    assert reply.facts["verdict"] == "lost"
    first, *_ = reply.proposals
    assert first.label.startswith("Restore ")
    assert first.label.endswith(", then finalize")
    assert labels(reply)[1:] == ["Restore", "Check the registry", "Look again"]
    asked = ask_in(house, first.line)
    assert asked.facts["tier"] == "second"
    assert "then finalize batch 001: 68 implemented sites?" in asked.headline
    plan = str(asked.facts["plan"])
    damaged = (demo_host / REGISTRY).read_bytes()
    done = run_in(house, plan, ASHA)
    assert (done.outcome, done.facts["state"]) == ("fine", "done"), done.headline
    assert counts(demo_host) == {"Q": 68}
    assert [title for title, _, _ in stages(house, plan)] == [
        "Put it in the registry's place",
        "Look again",
        "plan the finalization anew",
        f"call {FINISH}",
        "follow it in the registry",
        "compare with the expected sites",
    ]
    run_in(house, planned(house, f"batch undo {plan}"))
    assert (demo_host / REGISTRY).read_bytes() == damaged


@pytest.mark.usefixtures("half")
def test_where_the_tool_fails_after_the_restore_both_go_back(
    house: House, demo_host: Path, finishes: Callable[[str], None]
) -> None:
    demo.break_host(demo_host, "lost-rows")
    damaged = (demo_host / REGISTRY).read_bytes()
    finishes("exit 3")
    plan = planned(house, ask_in(house, "batch finalize 001").proposals[0].line)
    failed = run_in(house, plan, ASHA)
    assert failed.facts["state"] == "failed"
    assert counts(demo_host) == {"I": 68}
    run_in(house, planned(house, f"batch undo {plan}"))
    assert (demo_host / REGISTRY).read_bytes() == damaged


@pytest.mark.usefixtures("half")
def test_what_nobody_approved_is_not_finalized_after_the_restore(house: House, demo_host: Path) -> None:
    demo.break_host(demo_host, "lost-rows")
    plan = planned(house, ask_in(house, "batch finalize 001").proposals[0].line)
    args = plans.get(house.journal.connection(), plan).args
    fresh = FINALIZE.look(house, args)
    fewer = replace(fresh[-1], identity={**fresh[-1].identity, "sites": fresh[-1].identity["sites"][1:]})
    with pytest.raises(OperationFailed, match="would be finalized too, which nobody approved"):
        [step.act() for step in FINALIZE.steps(house, args, (*fresh[:-1], fewer))]
    assert counts(demo_host) == {"I": 68}


def test_a_version_with_which_the_batch_is_not_complete_is_not_finalized(
    house: House, demo_host: Path
) -> None:
    demo.break_host(demo_host, "lost-rows")
    assert labels(ask_in(house, "batch finalize 001"))[0] == "Restore"
    newest = ask_in(house, "dedupe restore").facts["recommended"]
    refused = ask_in(house, f"batch finalize 001 --restore {newest}")
    assert refused.headline.startswith("Batch 001 is not complete")
    assert "There is no version nonsense" in ask_in(house, "batch finalize 001 --restore nonsense").headline


@pytest.mark.usefixtures("half")
def test_a_viewer_may_look_and_not_plan(house: House) -> None:
    assert ask_in(house, "batch finalize 001", VERA).facts["verdict"] == "partial"
    assert "needs the role operator" in ask_in(house, "batch finalize 001 --run", VERA).headline


@pytest.mark.usefixtures("implemented")
def test_the_first_finalization_needs_a_second_person_and_finalizes_every_expected_site(
    house: House, demo_host: Path
) -> None:
    asked = ask_in(house, "batch finalize 001 --run")
    assert asked.facts["tier"] == "second"
    assert len(asked.facts["targets"]) == 69
    assert asked.facts["targets"][-1] == f"call {FINISH}"
    plan = str(asked.facts["plan"])
    assert ask_in(house, f"batch approve {plan}").outcome == "refused"
    done = run_in(house, plan, ASHA)
    assert (done.outcome, done.facts["state"]) == ("fine", "done"), done.headline
    assert labels(done) == ["Undo", "Look again"]
    assert counts(demo_host)["Q"] == 68
    *_, (_, _, compared) = stages(house, plan)
    assert compared == "Batch 001 is finalized: all expected sites, 68, are at Q."


def test_sites_that_were_marked_by_hand_do_not_make_it_a_retry(house: House, implemented: list[str]) -> None:
    run_in(house, planned(house, f"batch mark {implemented[0]} Q --reason accepted"))
    assert ask_in(house, "batch finalize 001 --run").facts["tier"] == "second"


@pytest.mark.usefixtures("half")
def test_a_retry_is_anybodys_and_goes_back_row_by_row_where_nothing_moved_on(
    house: House, demo_host: Path
) -> None:
    before = (demo_host / REGISTRY).read_bytes()
    left = [
        row.domain for row in registry.read_rows(str(demo_host)) if (row.batch, row.status) == ("001", "I")
    ]
    asked = ask_in(house, "batch finalize 001 --run")
    assert asked.facts["tier"] == "confirm"
    plan = str(asked.facts["plan"])
    run_in(house, plan)
    assert ask_in(house, "batch finalize 001").facts["verdict"] == "clean"
    moved = left[0]
    put(demo_host, "D", moved)
    back = ask_in(house, f"batch undo {plan}")
    assert back.facts["targets"] == [f"row {site}" for site in left[1:]]
    put(demo_host, "Q", moved)
    run_in(house, planned(house, f"batch undo {plan}"))
    assert (demo_host / REGISTRY).read_bytes() == before


@pytest.mark.usefixtures("half")
def test_a_row_that_changed_since_the_plan_makes_it_stale(house: House, demo_host: Path) -> None:
    plan = planned(house, "batch finalize 001 --run")
    done = {
        row.domain for row in registry.read_rows(str(demo_host)) if row.status == "Q" and row.batch == "001"
    }
    put(demo_host, "I", done.pop())
    stale = run_in(house, plan)
    assert stale.facts["state"] == "stale"
    assert "is new" in said(stale)
    assert counts(demo_host)["I"] == 35


@pytest.mark.usefixtures("half")
def test_sites_that_were_finalized_meanwhile_are_skipped_and_named(house: House, demo_host: Path) -> None:
    plan = planned(house, "batch finalize 001 --run")
    left = next(
        row.domain for row in registry.read_rows(str(demo_host)) if (row.batch, row.status) == ("001", "I")
    )
    put(demo_host, "Q", left)
    done = run_in(house, plan)
    assert done.facts["state"] == "done"
    assert done.facts["skipped"] == [f"row {left}"]


@pytest.mark.usefixtures("implemented")
def test_a_tool_that_breaks_off_tells_its_code_and_words_and_what_was_done_goes_back(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (demo_host / REGISTRY).read_bytes()
    monkeypatch.setenv("DEMO_HOST_FINISH_FAILS_AFTER", "30")
    plan = planned(house, "batch finalize 001 --run")
    failed = run_in(house, plan, ASHA)
    assert failed.facts["state"] == "failed"
    assert "ended with exit code 1" in failed.headline
    assert "Input/output error" in failed.headline
    assert "30 of 68 sites are at Q; left are " in failed.headline
    assert labels(failed) == ["Renew", "Undo"]
    assert "The tool that was called last ended with exit code 1." in said(
        ask_in(house, "batch finalize 001")
    )
    run_in(house, planned(house, f"batch undo {plan}"))
    assert (demo_host / REGISTRY).read_bytes() == before


@pytest.mark.usefixtures("implemented")
def test_what_a_tool_prints_comes_without_its_secrets(house: House, finishes: Callable[[str], None]) -> None:
    finishes("echo refused: a-loaded-secret-0123456789 >&2; exit 3")
    failed = run_in(house, planned(house, "batch finalize 001 --run"), ASHA)
    assert "ended with exit code 3: refused: " in failed.headline
    assert "a-loaded-secret" not in failed.headline


@pytest.mark.usefixtures("implemented")
def test_a_tool_that_ends_well_and_does_nothing_is_not_believed(
    house: House, finishes: Callable[[str], None]
) -> None:
    finishes("exit 0")
    failed = run_in(house, planned(house, "batch finalize 001 --run"), ASHA)
    assert failed.facts["state"] == "failed"
    assert "The tool ended well, and yet sites are not at Q: " in failed.headline


def test_a_tool_that_loses_a_row_is_found_out_and_the_row_comes_back(
    house: House, demo_host: Path, implemented: list[str], finishes: Callable[[str], None]
) -> None:
    before = (demo_host / REGISTRY).read_bytes()
    finishes(f"sed -i -e '/^| {implemented[4]} /d' -e '{MOVE_ONE}' {REGISTRY}")
    plan = planned(house, "batch finalize 001 --run")
    failed = run_in(house, plan, ASHA)
    assert f"expected sites are lost: {implemented[4]}" in failed.headline
    run_in(house, planned(house, f"batch undo {plan}"))
    assert (demo_host / REGISTRY).read_bytes() == before


@pytest.mark.usefixtures("implemented")
def test_a_tool_that_is_not_there_did_nothing(house: House, demo_host: Path) -> None:
    plan = planned(house, "batch finalize 001 --run")
    (demo_host / FINISH).unlink()
    failed = run_in(house, plan, ASHA)
    assert "could not be started" in failed.headline
    assert labels(failed) == ["Renew"]


def test_a_tool_that_hangs_half_way_is_ended_and_what_it_did_goes_back(
    demo_host: Path, tmp_path: Path, implemented: list[str], finishes: Callable[[str], None]
) -> None:
    os.mkfifo(tmp_path / "gate")
    finishes(
        f"sed -i '/^| {implemented[0]} /{MOVE_ONE}' {REGISTRY}; echo one done; read word < {tmp_path}/gate"
    )
    limits = {"finalize_idle_seconds": 0.5}
    house = replace(house_of(settings_of(demo_host, tmp_path / "state", limits=limits)), clock=SystemClock())
    plan = planned(house, "batch finalize 001 --run")
    failed = run_in(house, plan, ASHA)
    assert "had changed nothing for 0.5 s and was told to end; it was ended by signal" in failed.headline
    assert "one done. 1 of 68 sites are at Q" in failed.headline
    assert status_of(demo_host, implemented[0]) == "Q"
    run_in(house, planned(house, f"batch undo {plan}"))
    assert status_of(demo_host, implemented[0]) == "I"
    [launched] = launch_records.read(house.settings.state)
    assert launch_records.outcome(launched).number == signal.SIGTERM
    house.journal.close()


def test_how_far_it_is_and_its_rows_are_written_down_while_the_tool_runs(
    house: House, tmp_path: Path, implemented: list[str], finishes: Callable[[str], None]
) -> None:
    os.mkfifo(tmp_path / "gate")
    one = f"sed -i '/^| {implemented[0]} /{MOVE_ONE}' {REGISTRY}"
    finishes(f"{one}; read word < {tmp_path}/gate; sed -i '{MOVE_ONE}' {REGISTRY}")
    plan = planned(house, "batch finalize 001 --run")
    seen: list[tuple[str, int]] = []

    class Watching(SystemClock):
        """Lets the tool go on once its progress is written down."""

        def wait(self, seconds: float, until: threading.Event) -> bool:
            detail = stages(house, plan)[1][2]
            if detail.startswith("1 of 68") and not seen:
                seen.append((detail, len(records.of_plan(house.journal.connection(), plan))))
                (tmp_path / "gate").write_text("go\n")
            return super().wait(seconds / 20, until)

    done = run_in(replace(house, clock=Watching()), plan, ASHA)
    assert done.facts["state"] == "done", done.headline
    assert seen == [("1 of 68 sites are at Q", 68)]  # and those that are foreseen: we may be killed now
    assert len(records.of_plan(house.journal.connection(), plan)) == 68


@pytest.mark.parametrize("rest", ["", f"; sed -i '{MOVE_ONE}' {REGISTRY}"])
def test_where_we_die_in_the_middle_the_tool_goes_on_and_all_that_it_did_goes_back(  # noqa: PLR0913, PLR0917 - one a fixture
    house: House,
    demo_host: Path,
    tmp_path: Path,
    implemented: list[str],
    finishes: Callable[[str], None],
    rest: str,
) -> None:
    before = (demo_host / REGISTRY).read_bytes()
    os.mkfifo(tmp_path / "gate")
    finishes(f"sed -i '/^| {implemented[0]} /{MOVE_ONE}' {REGISTRY}; read word < {tmp_path}/gate{rest}")
    plan = planned(house, "batch finalize 001 --run")

    class Dying(SystemClock):
        """We end once the first site is written down."""

        def wait(self, seconds: float, until: threading.Event) -> bool:
            if stages(house, plan)[1][2].startswith("1 of 68"):
                raise SystemExit
            return super().wait(seconds / 20, until)

    with pytest.raises(SystemExit):
        run_in(replace(house, clock=Dying()), plan, ASHA)
    unknown = ask_in(house, f"batch plan {plan}")
    assert (unknown.facts["state"], labels(unknown)) == ("unknown", ["Renew", "Undo"])
    assert "The tool runs for it" in said(ask_in(house, "batch finalize 001"))
    refused = ask_in(house, "batch finalize 001 --run")
    assert refused.headline.startswith("The tool is at work on batch 001 already: process ")
    assert ask_in(house, f"batch undo {plan}").headline.startswith("The tool is at work on batch 001 still")
    [launched] = launch_records.read(house.settings.state)
    assert launched.tool
    handle = os.pidfd_open(launched.tool.pid)
    (tmp_path / "gate").write_text("go\n")
    assert select.select([handle], [], [], 60)[0]
    os.close(handle)
    assert counts(demo_host)["Q"] == (68 if rest else 1)
    run_in(house, planned(house, f"batch undo {plan}"))
    assert (demo_host / REGISTRY).read_bytes() == before


def test_while_agents_run_it_offers_hold_wait_and_stop(house: House, demo_host: Path) -> None:
    demo.start_wave(demo_host)
    reply = ask_in(house, "batch finalize 001")
    offered = ["Hold launches", "Wait for wave 2", "Stop the batch", "Look again"]
    assert labels(reply) == offered
    refused = ask_in(house, "batch finalize 001 --run")
    assert refused.outcome == "refused"
    assert "at work on batch 001" in refused.headline
    assert "Hold launches, wait for them or stop them, then finalize." in refused.headline
    assert labels(refused) == offered


@pytest.mark.usefixtures("implemented")
def test_agents_that_come_between_plan_and_run_keep_it_from_running(house: House, demo_host: Path) -> None:
    plan = planned(house, "batch finalize 001 --run")
    put(demo_host, "D", *batch_sites(demo_host)[25:50])
    demo.start_wave(demo_host)
    put(demo_host, "I", *batch_sites(demo_host)[25:50])
    stale = run_in(house, plan, ASHA)
    assert stale.facts["state"] == "stale"
    assert "at work on batch 001" in said(stale)


def test_a_damaged_registry_is_mended_first(house: House, demo_host: Path, implemented: list[str]) -> None:
    demo.break_host(demo_host, "duplicates")
    reply = ask_in(house, "batch finalize 001")
    assert reply.facts["recommended"] == "fix"
    assert labels(reply) == ["Plan the fix", "Check the registry", "Look again"]
    assert "mend it first" in ask_in(house, "batch finalize 001 --run").headline
    lose(demo_host, *implemented)
    assert ask_in(house, "batch finalize 001").facts["recommended"] == "restore"
    (demo_host / REGISTRY).unlink()
    assert "There is no registry" in ask_in(house, "batch finalize 001", OMAR).headline
