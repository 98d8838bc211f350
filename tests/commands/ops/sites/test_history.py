"""A site's history, from real commits, the watch and our own runs."""

from datetime import timedelta
from pathlib import Path

import pytest

from commands.ops.errors import WrongUsage
from commands.ops.history import transitions
from commands.ops.history.transitions import Transition
from commands.ops.house import House
from commands.ops.sites import history as site_history
from commands.ops.sites.history import History
from tests.commands.repositories import HEAD, REGISTRY, START, commit, git, table, write

HOUR = 3600.0


def told(found: History) -> list[tuple[str | None, float, float]]:
    """Each phase: its status, its beginning in hours after the start, how many hours it took."""
    return [
        (phase.status, (phase.since - START).total_seconds() / HOUR, phase.seconds / HOUR)
        for phase in found.phases
    ]


def saw(house: House, hours: float, before: str | None, after: str | None) -> None:
    """The watch saw a change between a minute before and then."""
    at = START + timedelta(hours=hours)
    with house.journal.write() as transaction:
        change = Transition(at, at - timedelta(minutes=1), "lotus.dev", "001", 1, before, after)
        transitions.write(transaction, [change])


def test_every_change_that_was_committed_is_told_with_how_long_it_lasted(
    bare_house: House, root: Path
) -> None:
    commit(root, table(lotus="P", fern="P"), 0)
    commit(root, table(lotus="D", fern="P"), 1)
    commit(root, table(lotus="D", fern="i"), 2)
    last = commit(root, table(lotus="i", fern="i"), 4, "Batch 001: 1 in progress")
    found = site_history.read(bare_house, "lotus.dev")
    assert told(found) == [("P", 0, 1), ("D", 1, 3), ("i", 4, 6)]
    [witness] = found.phases[-1].witnesses
    assert (witness.kind, witness.name, witness.who, witness.said) == (
        *("commit", last, "Ann"),
        "Batch 001: 1 in progress",
    )
    assert found.problems == ()


def test_a_status_that_comes_back_is_another_phase(bare_house: House, root: Path) -> None:
    for hours, letter in enumerate("DiDiI"):
        commit(root, table(lotus=letter), hours)
    assert [phase.status for phase in site_history.read(bare_house, "lotus.dev").phases] == list("DiDiI")


def test_the_watch_and_a_commit_that_tell_the_same_are_one_change(bare_house: House, root: Path) -> None:
    commit(root, table(lotus="D"), 0)
    saw(bare_house, 1.0, "D", "i")
    commit(root, table(lotus="i"), 2)
    found = site_history.read(bare_house, "lotus.dev")
    assert told(found)[1] == ("i", 1, 9)
    assert [witness.kind for witness in found.phases[1].witnesses] == ["watch", "commit"]


def test_what_was_never_committed_is_known_from_the_watch(bare_house: House, root: Path) -> None:
    commit(root, table(lotus="D"), 0)
    saw(bare_house, 1.0, "D", "i")
    saw(bare_house, 1.5, "i", "D")
    write(root, table(lotus="D"))
    assert [phase.status for phase in site_history.read(bare_house, "lotus.dev").phases] == ["D", "i", "D"]


def test_a_change_that_nobody_saw_is_told_as_the_registry_of_now(bare_house: House, root: Path) -> None:
    commit(root, table(lotus="D"), 0)
    write(root, table(lotus="I"))
    found = site_history.read(bare_house, "lotus.dev")
    assert found.phases[-1].status == "I"
    assert found.phases[-1].witnesses[0].kind == "registry"


def test_a_site_that_was_lost_and_came_back(bare_house: House, root: Path) -> None:
    commit(root, table(lotus="D", fern="D"), 0)
    commit(root, table(fern="D"), 1)
    commit(root, table(lotus="D", fern="D"), 3)
    assert told(site_history.read(bare_house, "lotus.dev"))[1] == (None, 1, 2)


def test_a_site_that_is_gone_still_has_its_history(bare_house: House, root: Path) -> None:
    commit(root, table(lotus="D", fern="D"), 0)
    write(root, table(fern="D"))
    found = site_history.read(bare_house, "lotus.dev")
    assert not found.present
    assert [phase.status for phase in found.phases] == ["D", None]


def test_a_name_within_another_is_not_the_site(bare_house: House, root: Path) -> None:
    rows = "| my-lotus.dev | 001 | 1 | Q | x |\n| fern.dev | 001 | 1 | lotus.dev | x |\n| lotus.dev.br | 001 | 1 | I | x |\n"
    commit(root, f"{HEAD}{rows}", 0)
    commit(root, f"{HEAD}{rows}| lotus.dev | 001 | 1 | D | x |\n", 1)
    assert told(site_history.read(bare_house, "lotus.dev"))[-1] == ("D", 1, 9)


def test_rows_that_contradict_each_other_count_as_the_lowest_and_are_told(
    bare_house: House, root: Path
) -> None:
    commit(root, table(lotus="I"), 0)
    both = table(lotus="I") + table(lotus="D").removeprefix(HEAD)
    commit(root, both, 1)
    found = site_history.read(bare_house, "lotus.dev")
    assert [phase.status for phase in found.phases] == ["I", "D"]
    assert "lotus.dev has rows that contradict each other" in found.problems[0]


def test_other_columns_in_another_order_are_read_by_their_header(bare_house: House, root: Path) -> None:
    commit(root, "# Sites\n\n| Domain | Status |\n|---|---|\n| lotus.dev | D |\n", 0)
    commit(root, "| Domain | Note | Status |\n|---|---|---|\n| lotus.dev | P | I |\n", 1)
    assert [phase.status for phase in site_history.read(bare_house, "lotus.dev").phases] == ["D", "I"]


def test_without_git_what_the_watch_saw_is_told(bare_house: House, root: Path) -> None:
    write(root, table(lotus="i"))
    saw(bare_house, 1.0, "D", "i")
    found = site_history.read(bare_house, "lotus.dev")
    assert [phase.status for phase in found.phases] == ["D", "i"]
    assert "git knows nothing of the registry" in found.problems[0]


def test_a_shallow_clone_says_so(bare_house: House, root: Path, tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    commit(origin, table(lotus="D"), 0)
    commit(origin, table(lotus="i"), 1)
    git(tmp_path, "clone", "--depth=1", f"file://{origin}", str(tmp_path / "clone"))
    (tmp_path / "clone/.git").rename(root / ".git")
    write(root, table(lotus="i"))
    found = site_history.read(bare_house, "lotus.dev")
    assert told(found) == [("i", 1, 9)]
    assert "shallow clone" in found.problems[0]


def test_a_site_that_nobody_ever_heard_of_is_told_with_the_nearest(bare_house: House, root: Path) -> None:
    commit(root, table(lotus="D"), 0)
    with pytest.raises(WrongUsage, match=r"a site lotos\.dev; did you mean lotus\.dev\?"):
        site_history.read(bare_house, "lotos.dev")


def test_the_index_and_the_history_are_as_before(bare_house: House, root: Path) -> None:
    commit(root, table(lotus="D"), 0)
    write(root, table(lotus="i"))
    index = (root / ".git/index").read_bytes(), git(root, "rev-parse", "HEAD")
    site_history.read(bare_house, "lotus.dev")
    assert ((root / ".git/index").read_bytes(), git(root, "rev-parse", "HEAD")) == index
    assert (root / REGISTRY).read_text() == table(lotus="i")
