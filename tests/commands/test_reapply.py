"""`dedupe reapply`: the progress that a restore took back, set again as far as something proves it."""

from datetime import timedelta
from pathlib import Path

from commands.ops.history import transitions
from commands.ops.history.transitions import Transition
from commands.ops.house import House
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY, lose, put, wave_sites
from tests.commands.repositories import START, commit, table, text, write


def test_progress_that_the_files_prove_is_set_again_in_one_plan(house: House, demo_host: Path) -> None:
    done, *_ = wave_sites(demo_host, 1)
    lotus, other, *_ = wave_sites(demo_host, 2)
    lost = wave_sites(demo_host, 3)[0]
    whole = (demo_host / REGISTRY).read_bytes()
    put(demo_host, "P", done)
    (demo_host / f"{REGISTRY}.backup").write_bytes((demo_host / REGISTRY).read_bytes())
    (demo_host / REGISTRY).write_bytes(whole)
    put(demo_host, "I", lotus)
    put(demo_host, "i", other)
    lose(demo_host, lost)
    plan = planned(house, "dedupe restore REGISTRY.md.backup")
    run_in(house, plan)
    assert [status_of(demo_host, site) for site in (done, lotus, other)] == ["P", "D", "D"]
    again = ask_in(house, f"dedupe reapply {plan}")
    assert again.facts["targets"] == [f"row {done}"]
    assert f"{done} proved by their files; nothing proves {lotus} I → D" in str(again.parts)
    run_in(house, str(again.facts["plan"]))
    assert [status_of(demo_host, site) for site in (done, lotus, other)] == ["I", "D", "D"]
    assert not (demo_host / ".smbatcher/closure").exists()


def test_progress_that_the_watch_saw_is_set_again(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="I", moss="D"))
    with bare.journal.write() as transaction:
        at = START + timedelta(hours=1)
        transitions.write(transaction, [Transition(at, at, "lotus.dev", "001", 1, "D", "I")])
        transitions.write(transaction, [Transition(at, at, "fern.dev", "001", 1, "D", "I")])
        transitions.write(transaction, [Transition(at, at, "fern.dev", "001", 1, "I", "P")])
    plan = planned(bare, f"dedupe restore {version}")
    run_in(bare, plan)
    again = ask_in(bare, f"dedupe reapply {plan}")
    assert again.facts["targets"] == ["row lotus.dev"]
    assert "lotus.dev seen by the watch; nothing proves fern.dev I → D" in str(again.parts)


def test_what_a_plan_of_ours_had_set_is_set_again(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    run_in(bare, planned(bare, "batch mark lotus.dev Q --reason accepted"))
    plan = planned(bare, f"dedupe restore {version}")
    run_in(bare, plan)
    again = ask_in(bare, f"dedupe reapply {plan}")
    assert "lotus.dev set by a plan" in str(again.parts)
    run_in(bare, str(again.facts["plan"]))
    assert "| lotus.dev | 001 | 1 | Q |" in text(bare_root)


def test_where_nothing_is_proved_that_is_said_with_the_names(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="D", moss="D"))
    plan = planned(bare, f"dedupe restore {version}")
    assert "is no restore that was carried out" in ask_in(bare, f"dedupe reapply {plan}").headline
    run_in(bare, plan)
    again = ask_in(bare, f"dedupe reapply {plan}")
    assert "Nothing proves the later progress of lotus.dev" in again.headline
    write(bare_root, table(lotus="i", fern="D", moss="D"))
    assert "there is nothing to set again" in ask_in(bare, f"dedupe reapply {plan}").headline


def test_what_took_a_restore_back_is_no_restore(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="D", moss="D"))
    plan = planned(bare, f"dedupe restore {version}")
    run_in(bare, plan)
    back = planned(bare, f"batch undo {plan}")
    run_in(bare, back)
    assert "is no restore that was carried out" in ask_in(bare, f"dedupe reapply {back}").headline
