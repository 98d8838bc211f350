"""`dedupe`: what is wrong with the registry, how bad that is, what to do; in the terminal and by its facts."""

import io
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from commands.demo_host.faults.conflicts import conflict
from commands.demo_host.faults.duplicates import duplicate
from commands.demo_host.faults.lost_rows import lose_rows
from commands.ops.house import House
from commands.ops.machine.tools import run
from commands.reply import Reply
from commands.terminal import show
from tests.commands.conftest import VERA, Asks
from tests.commands.decided import ask_in
from tests.commands.registries import REGISTRY, append, row_of
from tests.commands.stand_ins import agents


def printed(reply: Reply) -> str:
    out = io.StringIO()
    show(reply, Console(file=out, width=220, highlight=False))
    return out.getvalue()


def git(root: Path, *words: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    run(["git", *who, *words], cwd=root, timeout=30, max_bytes=1000, env=dict(os.environ))


def test_a_whole_registry_is_fine(asks: Asks) -> None:
    reply = asks("dedupe", VERA)
    assert (reply.outcome, reply.severity) == ("fine", "ok")
    assert reply.headline == "The registry is whole: 75 sites, each once."
    assert [one.label for one in reply.proposals] == ["Look again"]
    names = ("identical", "conflicting", "missing", "unexpected", "malformed_lines")
    assert [reply.facts[name] for name in names] == [[], [], [], [], []]
    assert (reply.facts["unknown_statuses"], reply.facts["surplus_rows"]) == ({}, 0)
    assert (reply.facts["duplicate_severity"], reply.facts["recommended"]) == ("none", "none")
    assert reply.facts["git"] == "clean"


def test_identical_rows_are_told_with_their_lines(asks: Asks, demo_host: Path) -> None:
    duplicate(demo_host)
    reply = asks("dedupe")
    assert (reply.outcome, reply.severity) == ("trouble", "warning")
    assert "12 sites stand in the registry more than once, all with identical rows" in reply.headline
    assert reply.headline.endswith("Fix it now.")
    assert (len(reply.facts["identical"]), reply.facts["surplus_rows"]) == (12, 14)
    assert reply.facts["conflicting"] == []
    first = reply.facts["identical"][0]
    lines = (demo_host / REGISTRY).read_text().splitlines()
    assert all(lines[number - 1].startswith(f"| {first} ") for number in reply.facts["lines"][first])
    assert (reply.facts["duplicate_severity"], reply.facts["recommended"]) == ("medium", "fix")
    assert reply.facts["git"] == "modified"
    assert [one.line for one in reply.proposals] == ["dedupe fix", "dedupe restore", "dedupe"]


def test_conflicting_rows_are_shown_with_what_speaks_for_each(asks: Asks, demo_host: Path) -> None:
    conflict(demo_host)
    reply = asks("dedupe")
    assert len(reply.facts["conflicting"]) == 8
    assert reply.facts["identical"] == reply.facts["undecided"] == []
    text = printed(reply)
    assert "keeps it: the furthest status that the files support" in text
    assert "keeps it: the only status that the files support" in text
    assert "never so" in text, "the rows that were added were never committed"
    assert "implemented" in text, "the logs' last word"


def test_lost_rows_are_named_and_call_for_going_back(asks: Asks, demo_host: Path) -> None:
    lose_rows(demo_host)
    reply = asks("dedupe")
    assert reply.severity == "critical"
    assert len(reply.facts["missing"]) == 17
    assert reply.facts["recommended"] == "restore"
    assert reply.headline.startswith("17 expected sites are missing from the registry: ")
    assert [one.line for one in reply.proposals] == ["dedupe restore", "dedupe"]


@pytest.mark.parametrize(
    ("number", "level", "recommended"),
    [
        (1, "low", "fix"),
        (5, "low", "fix"),
        (6, "medium", "fix"),
        (20, "medium", "fix"),
        (21, "high", "restore"),
    ],
)
def test_severity_goes_by_distinct_sites(
    asks: Asks, demo_host: Path, number: int, level: str, recommended: str
) -> None:
    lines = [line for line in (demo_host / REGISTRY).read_text().splitlines() if "| 001 |" in line]
    append(demo_host, *(lines[:number] * 2))
    facts = asks("dedupe").facts
    assert (facts["surplus_rows"], facts["duplicate_severity"]) == (2 * number, level)
    assert facts["recommended"] == recommended


def test_while_agents_may_write_a_hold_comes_first(asks: Asks, demo_host: Path) -> None:
    duplicate(demo_host)
    with agents(demo_host, 2):
        reply = asks("dedupe")
        assert reply.headline.endswith("Hold launches first, then fix it.")
        assert [one.line for one in reply.proposals][:2] == ["batch hold", "dedupe fix"]
        assert (reply.facts["agents"], reply.facts["hold_first"]) == (2, True)
        asks("batch hold")
        assert asks("dedupe").proposals[0].line == "dedupe fix"


def test_everything_else_that_is_wrong_is_told_too(asks: Asks, demo_host: Path) -> None:
    lotus = row_of(demo_host, "lotus.dev")
    path = append(demo_host, "| x.dev | 001 | 1 | z | |", "| y.dev |", "|  | 001 | 1 | D | |")
    path.write_text(path.read_text().replace(lotus, lotus.replace("| 001 |", "| 002 |")))
    reply = asks("dedupe")
    last = len(path.read_text().splitlines())
    assert reply.facts["unexpected"] == ["x.dev", "y.dev"]
    assert reply.facts["unknown_statuses"] == {"z": 1}
    assert reply.facts["malformed_lines"] == [last - 1, last]
    assert reply.facts["outside"] == [last - 1]
    assert reply.facts["misplaced"] == ["lotus.dev"]
    assert "lotus.dev (in 002, listed in 001)" in printed(reply)


def test_the_files_state_in_git_is_told(asks: Asks, demo_host: Path) -> None:
    append(demo_host, row_of(demo_host, "lotus.dev"))
    git(demo_host, "add", REGISTRY)
    assert asks("dedupe").facts["git"] == "staged"
    git(demo_host, "commit", "-qm", "A doubled row")
    git(demo_host, "checkout", "-q", "--detach")
    reply = asks("dedupe")
    assert (reply.facts["git"], reply.facts["detached"]) == ("clean", True)
    assert "on no branch (detached)" in printed(reply)


def test_a_merge_that_nobody_resolved_is_told(asks: Asks, demo_host: Path) -> None:
    path, before = demo_host / REGISTRY, (demo_host / REGISTRY).read_text()
    lotus = row_of(demo_host, "lotus.dev")
    for branch, status in (("one", "i"), ("two", "I")):
        git(demo_host, "checkout", "-q", "-b", branch, "main")
        path.write_text(before.replace(lotus, lotus.replace("| D |", f"| {status} |")))
        git(demo_host, "commit", "-qam", branch)
    git(demo_host, "merge", "-q", "one")
    reply = asks("dedupe")
    assert (reply.facts["git"], reply.facts["recommended"]) == ("conflicted", "restore")
    assert reply.headline.startswith("The registry has the marks of a merge that nobody resolved: lines ")
    assert reply.facts["conflicting"] == ["lotus.dev"]
    assert [one.line for one in reply.proposals] == ["dedupe restore", "dedupe"]


def test_a_table_without_a_row_is_not_called_whole(asks: Asks, demo_host: Path) -> None:
    for directory in (".git", ".smbatcher/batches"):  # nobody knows any more which sites there should be
        shutil.rmtree(demo_host / directory)
    (demo_host / REGISTRY).write_text("| Domain | Batch | Status |\n|---|---|---|\n")
    reply = asks("dedupe")
    assert reply.headline == "The registry has no site in it. Go back to a whole version."
    assert (reply.outcome, reply.severity, reply.facts["recommended"]) == ("trouble", "critical", "restore")


@pytest.mark.parametrize("kind", ["none", "directory", "no permission", "empty"])
def test_a_registry_that_cannot_be_read_is_a_finding(
    asks: Asks, demo_host: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = demo_host / REGISTRY
    if kind == "no permission":  # root may read everything

        def refused(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("commands.ops.machine.files.files.os.open", refused)
    elif kind == "empty":
        path.write_bytes(b"")
    else:
        path.unlink()
        if kind == "directory":
            path.mkdir()
    reply = asks("dedupe")
    assert (reply.outcome, reply.severity, reply.facts["recommended"]) == (
        "trouble",
        "critical",
        "restore",
    )
    assert [one.line for one in reply.proposals] == ["dedupe restore", "dedupe"]
    assert printed(reply)


def test_a_large_registry_is_diagnosed_as_a_small_one(house: House, demo_host: Path) -> None:
    duplicate(demo_host)
    conflict(demo_host)
    usual = ask_in(house, "dedupe").facts
    limits = replace(house.settings.limits, registry_here_bytes=1)
    everything = replace(house, settings=replace(house.settings, limits=limits))
    assert ask_in(everything, "dedupe").facts == usual


def test_a_batch_file_that_cannot_be_read_is_said_and_its_sites_are_not_called_unexpected(
    asks: Asks, demo_host: Path
) -> None:
    path = demo_host / ".smbatcher/batches/Batch_001.md"
    path.unlink()
    path.mkdir()
    reply = asks("dedupe")
    assert any("The sites that batch 001 should have are not known" in one for one in reply.problems)
    assert reply.facts["unexpected"] == []
