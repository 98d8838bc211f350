"""Going back to another version of the registry, and its way back."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from commands.ops.edits import backups, placing
from commands.ops.house import House
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.writing.placing import Placed
from commands.reply import Reply
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.registries import REGISTRY
from tests.commands.repositories import HEAD, commit, git, git_state, table, text, write


def names(reply: Reply) -> list[str]:
    return [one["name"] for one in reply.facts["versions"]]


def test_the_version_stands_there_by_the_byte_and_git_is_as_before(bare: House, bare_root: Path) -> None:
    before = f"# Sites\r\n\r\n{table(lotus='D', fern='i', moss='D')}\nThe end"
    version = commit(bare_root, before, 0)
    commit(bare_root, table(lotus="D"), 1)
    state = git_state(bare_root)
    write(bare_root, table(lotus="I") + "|||\n\0")
    plan = planned(bare, f"dedupe restore {version}")
    done = run_in(bare, plan)
    assert done.outcome == "fine", done.headline
    assert (bare_root / REGISTRY).read_bytes() == before.encode()
    assert git_state(bare_root) == state
    [copy] = backups.listed(bare.settings)
    assert backups.read(bare.settings, copy) == (table(lotus="I") + "|||\n\0").encode()


def test_the_preview_names_what_goes_back_and_shows_every_line(bare: House, bare_root: Path) -> None:
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="D", moss="D"))
    reply = ask_in(bare, "dedupe restore " + names(ask_in(bare, "dedupe restore"))[0])
    assert reply.facts["tier"] == "confirm"
    assert "1 site goes back?" in reply.headline
    assert "These go back: lotus.dev I → D." in str(reply.parts)
    assert "-| lotus.dev | 001 | 1 | I |" in str(reply.parts)
    assert reply.facts["targets"] == ["version", "row lotus.dev"]


def test_lines_that_only_changed_places_go_back_to_them(bare: House, bare_root: Path) -> None:
    before = table(lotus="D", fern="D", moss="D")
    commit(bare_root, before, 0)
    head, rule, *rows = before.splitlines(keepends=True)
    moved = "".join([head, rule, *sorted(rows)])
    write(bare_root, moved)
    plan = planned(bare, "dedupe restore " + names(ask_in(bare, "dedupe restore"))[0])
    assert "Undo" in [proposal.label for proposal in run_in(bare, plan).proposals]
    assert text(bare_root) == before
    back = ask_in(bare, f"batch undo {plan}")
    assert "lines of the registry go back to their places" in back.headline
    done = run_in(bare, str(back.facts["plan"]))
    assert "Lines have other places now; the registry before it is copy 2" in str(done.parts)
    assert text(bare_root) == moved


def test_lines_that_only_changed_places_stay_where_somebody_changed_the_registry_since(
    bare: House, bare_root: Path
) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(fern="D", lotus="D", moss="D"))
    plan = planned(bare, f"dedupe restore {version}")
    run_in(bare, plan)
    write(bare_root, table(lotus="D", fern="D", moss="I"))
    refused = ask_in(bare, f"batch undo {plan}")
    assert refused.outcome == "refused"
    assert refused.headline.startswith(f"{plan} only gave lines other places: they go back as long as")
    assert text(bare_root) == table(lotus="D", fern="D", moss="I")


def test_a_registry_that_is_gone_is_there_again(bare: House, bare_root: Path) -> None:
    before = table(lotus="D", fern="D", moss="D")
    version = commit(bare_root, before, 0)
    (bare_root / REGISTRY).unlink()
    reply = ask_in(bare, "dedupe restore")
    assert "The registry cannot be read." in reply.headline
    asked = ask_in(bare, f"dedupe restore {version[:7]}")
    assert "There is no registry now: one is made, and no Undo is offered" in str(asked.parts)
    done = run_in(bare, str(asked.facts["plan"]))
    assert done.outcome == "fine", done.headline
    assert text(bare_root) == before
    assert "it is there again. No Undo is offered: that would only take it away." in str(done.parts)
    assert "Undo" not in [proposal.label for proposal in done.proposals]
    assert "no way back to offer" in ask_in(bare, f"batch undo {asked.facts['plan']}").headline
    assert (bare_root / REGISTRY).stat().st_mode & 0o777 == 0o644
    assert list((bare_root / ".smbatcher").glob(".REGISTRY*")) == []


def test_one_that_is_there_again_on_a_disk_with_an_error_is_told_as_that(
    bare: House, bare_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    (bare_root / REGISTRY).unlink()
    plan = planned(bare, f"dedupe restore {version}")
    monkeypatch.setattr(placing, "place_new", lambda *_: Placed.uncertain)
    assert "whether it survives a power cut is not known" in str(run_in(bare, plan).parts)


def test_a_directory_in_its_place_is_told_and_nothing_is_done(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    (bare_root / REGISTRY).unlink()
    (bare_root / REGISTRY).mkdir()
    assert "is not a file" in ask_in(bare, f"dedupe restore {version[:7]}").headline
    assert (bare_root / REGISTRY).is_dir()


def test_without_git_a_copy_is_gone_back_to(bare: House, bare_root: Path) -> None:
    before = table(lotus="D", fern="D", moss="D")
    write(bare_root, before)
    ask_in(bare, "batch backup")
    write(bare_root, table(lotus="D"))
    reply = ask_in(bare, "dedupe restore")
    assert reply.facts["recommended"] == names(reply)[0]
    run_in(bare, planned(bare, f"dedupe restore {names(reply)[0]}"))
    assert text(bare_root) == before


def test_a_merge_conflict_in_the_file_is_no_obstacle_and_git_still_has_it(
    bare: House, bare_root: Path
) -> None:
    whole = table(lotus="D", fern="D", moss="D")
    commit(bare_root, whole, 0)
    git(bare_root, "switch", "-c", "other")
    commit(bare_root, table(lotus="i", fern="D", moss="D"), 1)
    git(bare_root, "switch", "main")
    newest = commit(bare_root, table(lotus="I", fern="D", moss="D"), 2)
    with pytest.raises(subprocess.CalledProcessError):
        git(bare_root, "merge", "other")
    assert "<<<<<<<" in text(bare_root)
    index = (bare_root / ".git/index").read_bytes()
    reply = ask_in(bare, "dedupe restore")
    assert reply.facts["recommended"] == newest[:10]
    run_in(bare, planned(bare, f"dedupe restore {newest[:10]}"))
    assert text(bare_root) == table(lotus="I", fern="D", moss="D")
    assert (bare_root / ".git/index").read_bytes() == index
    assert (bare_root / ".git/MERGE_HEAD").exists()


def test_a_shallow_clone_has_what_it_has_and_says_so(bare: House, bare_root: Path, tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    commit(origin, table(lotus="D", fern="D", moss="D"), 0)
    commit(origin, table(lotus="i", fern="D", moss="D"), 1)
    git(tmp_path, "clone", "--depth=1", f"file://{origin}", str(tmp_path / "clone"))
    (tmp_path / "clone/.git").rename(bare_root / ".git")
    write(bare_root, table(lotus="I"))
    reply = ask_in(bare, "dedupe restore")
    assert len(names(reply)) == 1
    assert any("shallow clone" in problem for problem in reply.problems)
    run_in(bare, planned(bare, f"dedupe restore {names(reply)[0]}"))
    assert text(bare_root) == table(lotus="i", fern="D", moss="D")


def test_a_site_that_changes_between_plan_and_run_makes_it_stale(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="D", moss="D"))
    plan = planned(bare, f"dedupe restore {version}")
    write(bare_root, table(lotus="I", fern="I", moss="D"))
    stale = run_in(bare, plan)
    assert stale.facts["state"] == "stale"
    assert stale.facts["changes"] == ["row fern.dev is new"]
    assert text(bare_root) == table(lotus="I", fern="I", moss="D")


def test_a_version_without_a_row_is_refused(bare: House, bare_root: Path) -> None:
    commit(bare_root, table(lotus="D"), 0)
    version = commit(bare_root, "nothing\n", 1)
    write(bare_root, table(lotus="i"))
    assert "has no rows" in ask_in(bare, f"dedupe restore {version}").headline


def test_a_copy_made_by_hand_that_changes_meanwhile_is_not_taken(bare: House, bare_root: Path) -> None:
    write(bare_root, table(lotus="I", fern="D", moss="D"))
    (bare_root / f"{REGISTRY}.backup").write_text(table(lotus="D", fern="D", moss="D"))
    plan = planned(bare, "dedupe restore REGISTRY.md.backup")
    (bare_root / f"{REGISTRY}.backup").write_text(table(lotus="P"))
    stale = run_in(bare, plan)
    assert stale.facts["state"] == "stale"
    assert "is not what it was" in stale.facts["changes"][0]


def test_a_real_clock_makes_no_difference(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I"))
    real = replace(bare, clock=SystemClock())
    run_in(real, planned(real, f"dedupe restore {version}"))
    assert text(bare_root) == table(lotus="D", fern="D", moss="D")


def test_a_restore_is_undone_row_by_row_and_what_changed_since_stays(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="I", new="i"))
    plan = planned(bare, f"dedupe restore {version}")
    assert [proposal.label for proposal in run_in(bare, plan).proposals] == [
        "Undo",
        "Re-apply proved progress",
    ]
    write(bare_root, table(lotus="D", fern="i", moss="D"))
    back = ask_in(bare, f"batch undo {plan}")
    assert sorted(back.facts["targets"]) == ["row lotus.dev", "row moss.dev", "row new.dev"]
    assert "left as they are: fern.dev" in str(back.parts)
    assert "Not by the byte, since the registry was changed since" in str(back.parts)
    run_in(bare, str(back.facts["plan"]))
    assert text(bare_root) == table(lotus="I", fern="i", new="i")


def test_a_restore_at_once_undone_has_every_line_of_before(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    before = table(lotus="I", fern="I", moss="D") + table(lotus="D").removeprefix(HEAD) + "|| broken\n"
    write(bare_root, before)
    plan = planned(bare, f"dedupe restore {version}")
    run_in(bare, plan)
    assert text(bare_root) != before
    back = ask_in(bare, f"batch undo {plan}")
    assert "it goes back by the byte" in str(back.parts)
    again = str(back.facts["plan"])
    run_in(bare, again)
    assert text(bare_root) == before
    run_in(bare, planned(bare, f"batch undo {again}"))
    assert text(bare_root) == table(lotus="D", fern="D", moss="D")


def test_the_ends_of_lines_go_back_too(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    before = (table(moss="i", lotus="D").replace("\n", "\r\n") + "half a row").encode()
    (bare_root / REGISTRY).write_bytes(before)
    plan = planned(bare, f"dedupe restore {version}")
    run_in(bare, plan)
    run_in(bare, planned(bare, f"batch undo {plan}"))
    assert (bare_root / REGISTRY).read_bytes() == before


def test_a_change_between_plan_and_undo_is_kept_and_the_rest_goes_back_row_by_row(
    bare: House, bare_root: Path
) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(moss="D", lotus="I", fern="D"))
    plan = planned(bare, f"dedupe restore {version}")
    run_in(bare, plan)
    back = planned(bare, f"batch undo {plan}")
    write(bare_root, table(lotus="D", fern="i", moss="D"))
    done = run_in(bare, back)
    assert done.facts["skipped"] == ["version before"]
    assert text(bare_root) == table(lotus="I", fern="i", moss="D")
