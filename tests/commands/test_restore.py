"""`dedupe restore` and `dedupe reapply`: what one can go back to, what that loses, going back, and what is set again."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.ops import backups, transitions
from commands.ops.house import House
from commands.ops.machine.clock import SystemClock
from commands.ops.transitions import Transition
from commands.reply import Lines, Reply, Table
from tests.commands.conftest import OMAR, VERA, Asks, house_of, settings_of
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY, lose, put, wave_sites
from tests.commands.repositories import HEAD, START, commit, git, table, write


def batch_file(root: Path, *names: str) -> None:
    directory = root / ".smbatcher/batches"
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "Batch_001.md").write_text("".join(f"- {name}.dev\n" for name in names))


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[House]:
    """A host whose batch 001 is to have lotus, fern and moss; nothing else is on it."""
    root = tmp_path / "bare"
    batch_file(root, "lotus", "fern", "moss")
    made = house_of(settings_of(root, tmp_path / "state"))
    yield made
    made.journal.close()


@pytest.fixture
def bare_root(bare: House) -> Path:
    return bare.settings.root


def text(root: Path) -> str:
    return (root / REGISTRY).read_text()


def names(reply: Reply) -> list[str]:
    return [one["name"] for one in reply.facts["versions"]]


def git_state(root: Path) -> tuple[bytes, str, str]:
    return (
        (root / ".git/index").read_bytes(),
        git(root, "rev-parse", "HEAD"),
        git(root, "log", "--format=%H", "--all"),
    )


# --- the versions


def test_the_newest_whole_version_is_recommended_and_the_damaged_ones_are_told(
    bare: House, bare_root: Path
) -> None:
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    whole = commit(bare_root, table(lotus="I", fern="D", moss="D"), 1, "1 implemented")
    commit(bare_root, table(lotus="I", fern="D"), 2, "moss is lost")
    doubled = table(lotus="I", fern="D", moss="D") + table(lotus="D").removeprefix(HEAD)
    commit(bare_root, doubled, 3)
    write(bare_root, table(lotus="I", fern="I"))
    reply = ask_in(bare, "dedupe restore")
    assert reply.facts["recommended"] == whole[:10]
    assert [one["whole"] for one in reply.facts["versions"]] == [False, False, True, True]
    assert [one["missing"] for one in reply.facts["versions"]][1] == ["moss.dev"]
    assert "The registry is not whole: 1 missing." in reply.headline
    assert f"commit {whole[:10]} by Ann: 1 implemented" in reply.headline
    assert "1 site would go back: fern.dev I → D" in reply.headline
    assert reply.proposals[0].line == f"dedupe restore {whole[:10]}"


def test_each_version_has_its_counts_and_what_would_be_lost_by_name(bare: House, bare_root: Path) -> None:
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="D", moss="D", new="P"))
    [one] = ask_in(bare, "dedupe restore").facts["versions"]
    assert one["back"] == [{"site": "lotus.dev", "now": "I", "then": "D"}]
    assert one["gone"] == ["new.dev"]
    assert {letter: number for letter, number in one["counts"].items() if number} == {"D": 3}
    assert one["author"] == "Ann"


def test_copies_and_the_one_made_by_hand_are_versions_too(bare: House, bare_root: Path) -> None:
    write(bare_root, table(lotus="D", fern="D", moss="D"))
    ask_in(bare, "batch backup")
    (bare_root / f"{REGISTRY}.backup").write_text(table(lotus="P", fern="P", moss="P"))
    write(bare_root, "nothing\n")
    reply = ask_in(bare, "dedupe restore")
    kinds = {one["kind"]: one["name"] for one in reply.facts["versions"]}
    assert kinds["by_hand"] == "REGISTRY.md.backup"
    assert kinds["copy"].startswith("20")
    table_of = next(part for part in reply.parts if isinstance(part, Table))
    assert "REGISTRY.md.backup, made by hand" in str(table_of.rows)


def test_a_copy_that_says_what_stands_there_is_no_choice_and_one_content_is_listed_once(
    bare: House, bare_root: Path
) -> None:
    write(bare_root, table(lotus="D", fern="D", moss="D"))
    ask_in(bare, "batch backup")
    assert ask_in(bare, "dedupe restore").facts["versions"] == []
    write(bare_root, table(lotus="i", fern="D", moss="D"))
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="i", fern="D", moss="D"))
    assert len(ask_in(bare, "dedupe restore").facts["versions"]) == 1


def test_a_damaged_copy_is_named_and_cannot_be_chosen(bare: House, bare_root: Path) -> None:
    write(bare_root, table(lotus="D", fern="D", moss="D"))
    ask_in(bare, "batch backup")
    [copy] = backups.listed(bare.settings)
    copy.path.write_bytes(copy.path.read_bytes()[:-20])
    write(bare_root, table(lotus="i"))
    reply = ask_in(bare, "dedupe restore")
    assert len(reply.facts["damaged"]) == 1
    assert "is damaged" in reply.problems[-1]
    assert "is damaged or too large" in ask_in(bare, f"dedupe restore {reply.facts['damaged'][0]}").headline


def test_without_any_version_that_is_said(bare: House, bare_root: Path) -> None:
    write(bare_root, table(lotus="D"))
    reply = ask_in(bare, "dedupe restore")
    assert reply.outcome == "trouble"
    assert "There is no other version of it, neither in git nor among the copies." in reply.headline


def test_a_whole_registry_has_nothing_to_restore(asks: Asks) -> None:
    assert asks("dedupe restore").headline.startswith("The registry is whole: nothing has to be restored.")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dedupe restore HEAD~5", "There is no version HEAD~5 of the registry; “dedupe restore” lists them."),
        ("dedupe restore ffff", "There is no version ffff"),
        ("dedupe restore ../../etc/passwd", "There is no version"),
        ("dedupe restore --choose", "choose"),
    ],
)
def test_what_is_wrong_with_the_name_is_said(line: str, said: str, asks: Asks) -> None:
    assert said in (reply := asks(line)).headline or reply.form


def test_a_viewer_may_not(asks: Asks) -> None:
    assert "needs the role operator" in asks("dedupe restore", VERA).headline


def test_slack_offers_the_versions_in_a_form_with_the_recommended_one_chosen(
    bare: House, bare_root: Path
) -> None:
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    commit(bare_root, table(lotus="D"), 1)
    write(bare_root, table(lotus="i"))
    form = ask_in(bare, "dedupe restore --choose").form
    assert form
    [field] = form.fields
    assert field.value == field.choices[1]
    assert all(len(choice) <= 75 for choice in field.choices)
    chosen = ask_in(bare, form.line, OMAR, version=field.value)
    assert chosen.facts["operation"] == "restore"


# --- going back


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
    write(bare_root, "".join([head, rule, *sorted(rows)]))
    run_in(bare, planned(bare, "dedupe restore " + names(ask_in(bare, "dedupe restore"))[0]))
    assert text(bare_root) == before


def test_a_registry_that_is_gone_is_there_again(bare: House, bare_root: Path) -> None:
    before = table(lotus="D", fern="D", moss="D")
    version = commit(bare_root, before, 0)
    (bare_root / REGISTRY).unlink()
    reply = ask_in(bare, "dedupe restore")
    assert "The registry cannot be read." in reply.headline
    done = run_in(bare, planned(bare, f"dedupe restore {version[:7]}"))
    assert done.outcome == "fine", done.headline
    assert text(bare_root) == before
    assert (bare_root / REGISTRY).stat().st_mode & 0o777 == 0o644
    assert list((bare_root / ".smbatcher").glob(".REGISTRY*")) == []


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


# --- undo


def test_a_restore_is_undone_row_by_row_and_what_changed_since_stays(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="I", new="i"))
    plan = planned(bare, f"dedupe restore {version}")
    assert [proposal.label for proposal in run_in(bare, plan).proposals] == [
        "Re-apply proved progress",
        "Undo",
    ]
    write(bare_root, table(lotus="D", fern="i", moss="D"))
    back = ask_in(bare, f"batch undo {plan}")
    assert sorted(back.facts["targets"]) == ["row lotus.dev", "row moss.dev", "row new.dev"]
    assert "left as they are: fern.dev" in str(back.parts)
    run_in(bare, str(back.facts["plan"]))
    assert text(bare_root) == table(lotus="I", fern="i", new="i")


def test_a_restore_at_once_undone_has_every_line_of_before(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    before = table(lotus="I", fern="I", moss="D") + table(lotus="D").removeprefix(HEAD) + "|| broken\n"
    write(bare_root, before)
    plan = planned(bare, f"dedupe restore {version}")
    run_in(bare, plan)
    assert text(bare_root) != before
    run_in(bare, planned(bare, f"batch undo {plan}"))
    assert sorted(text(bare_root).splitlines()) == sorted(before.splitlines())


# --- later progress


def test_progress_that_the_files_prove_is_set_again_in_one_plan(house: House, demo_host: Path) -> None:
    done, *_ = wave_sites(demo_host, 1)
    lotus, other, *_ = wave_sites(demo_host, 2)
    lost = wave_sites(demo_host, 3)[0]
    whole = (demo_host / REGISTRY).read_bytes()
    (demo_host / f"{REGISTRY}.backup").write_bytes(
        whole.replace(f"| {done} ".encode(), b"| " + done.encode() + b" ")
    )
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


def test_what_each_version_would_lose_is_in_the_evidence(bare: House, bare_root: Path) -> None:
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="D", moss="D"))
    lines = next(part for part in ask_in(bare, "dedupe restore").parts if isinstance(part, Lines))
    assert lines.lines[0].endswith(": lotus.dev I → D")


def test_a_real_clock_makes_no_difference(bare: House, bare_root: Path) -> None:
    version = commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I"))
    real = replace(bare, clock=SystemClock())
    run_in(real, planned(real, f"dedupe restore {version}"))
    assert text(bare_root) == table(lotus="D", fern="D", moss="D")
