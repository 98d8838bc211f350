"""The registry's past, as git tells it."""

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from commands.demo_host import history
from commands.demo_host.hosttools import registry
from commands.demo_host.hosttools.registry import LADDER, Row

State = list[tuple[str, Row]]


def git(root: Path, *arguments: str, data: str = "") -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, input=data, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def states(big_demo_host: Path) -> list[State]:
    """Every committed registry, oldest first, as its rows by domain, doubled ones too."""
    commits = git(big_demo_host, "log", "--reverse", "--format=%H").split()
    wanted = "".join(f"{commit}:{registry.PATH}\n" for commit in commits)
    files = git(big_demo_host, "cat-file", "--batch", data=wanted).split(f"{registry.TITLE}\n")[1:]
    assert len(files) == len(commits)
    return [
        [(row.domain, row) for line in file.splitlines() if (row := registry.parse(line))] for file in files
    ]


def test_a_full_host_has_hundreds_of_commits(big_demo_host: Path) -> None:
    assert 200 < int(git(big_demo_host, "rev-list", "--count", "HEAD")) < 2000


def test_every_commit_holds_every_site_once(states: list[State]) -> None:
    for state in states:
        assert len(state) == len(dict(state)) == 568


def test_each_commit_moves_few_sites_and_only_one_rung_up_the_ladder(states: list[State]) -> None:
    for before, after in pairwise(dict(state) for state in states):
        moved = [domain for domain in after if before[domain] != after[domain]]
        assert 1 <= len(moved) <= history.FEW
        for domain in moved:
            assert LADDER.index(after[domain].status) == LADDER.index(before[domain].status) + 1


def test_the_last_commit_is_the_working_file(big_demo_host: Path) -> None:
    assert git(big_demo_host, "status", "--porcelain") == ""
    assert git(big_demo_host, "show", f"HEAD:{registry.PATH}") == (big_demo_host / registry.PATH).read_text()


def test_commits_have_several_authors_and_run_forward_in_time(big_demo_host: Path) -> None:
    log = [
        line.split("|") for line in git(big_demo_host, "log", "--reverse", "--format=%at|%an").splitlines()
    ]
    times = [int(at) for at, _ in log]
    assert times == sorted(times)
    assert len({name for _, name in log}) == 3


def test_git_finds_the_tools_executable(big_demo_host: Path) -> None:
    modes = git(big_demo_host, "ls-files", "--stage", "tools/implement").splitlines()
    assert all(line.startswith("100755") for line in modes)
