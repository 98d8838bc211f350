"""What git knows of a file, in real repositories."""

import os
import subprocess
from pathlib import Path

import pytest

from commands.ops.machine import git

NAME = "REGISTRY.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "host"
    root.mkdir()
    return root


def run(root: Path, *words: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, timeout=30)


def commit(root: Path, text: str) -> None:
    (root / NAME).write_text(text)
    if not (root / ".git").exists():
        run(root, "init")
    run(root, "add", NAME)
    run(root, "commit", "-m", text)


def test_a_committed_file_is_clean_and_its_content_is_known(root: Path) -> None:
    commit(root, "one\n")
    assert git.state(root, NAME) == "clean"
    assert git.content(root, NAME) == b"one\n"


def test_commits_are_the_newest_first(root: Path) -> None:
    for text in ("one", "two", "three"):
        commit(root, text)
    found = git.commits(root, NAME, 2)
    assert [git.content(root, NAME, one) for one in found] == [b"three", b"two"]


def test_a_change_is_modified_then_staged(root: Path) -> None:
    commit(root, "one\n")
    (root / NAME).write_text("two\n")
    assert git.state(root, NAME) == "modified"
    run(root, "add", NAME)
    assert git.state(root, NAME) == "staged"
    (root / NAME).write_text("three\n")
    assert git.state(root, NAME) == "staged"


def test_a_deleted_file_is_modified_until_that_is_staged(root: Path) -> None:
    commit(root, "one\n")
    (root / NAME).unlink()
    assert git.state(root, NAME) == "modified"
    run(root, "rm", "--cached", NAME)
    assert git.state(root, NAME) == "staged"


def test_a_merge_that_failed_is_conflicted(root: Path) -> None:
    commit(root, "one\n")
    run(root, "checkout", "-b", "other")
    commit(root, "two\n")
    run(root, "checkout", "main")
    commit(root, "three\n")
    with pytest.raises(subprocess.CalledProcessError):
        run(root, "merge", "other")
    assert git.state(root, NAME) == "conflicted"


def test_an_untracked_or_ignored_file_is_none(root: Path) -> None:
    commit(root, "one\n")
    (root / "other").touch()
    assert git.state(root, "other") == "none"
    (root / ".gitignore").write_text("other\n")
    assert git.state(root, "other") == "none"
    assert git.content(root, "other") is None


def test_without_a_repository_nothing_is_known(root: Path) -> None:
    (root / NAME).touch()
    assert git.state(root, NAME) == "none"
    assert git.content(root, NAME) is None
    assert git.commits(root, NAME, 5) == ()


def test_a_repository_without_a_commit_knows_what_is_staged(root: Path) -> None:
    run(root, "init")
    (root / NAME).touch()
    assert git.state(root, NAME) == "none"
    run(root, "add", NAME)
    assert git.state(root, NAME) == "staged"
    assert git.commits(root, NAME, 5) == ()


def test_without_git_nothing_is_known(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, "one\n")
    monkeypatch.setenv("PATH", str(root))
    assert git.state(root, NAME) == "none"
    assert git.content(root, NAME) is None


def test_without_a_root_nothing_is_known(root: Path) -> None:
    assert git.state(root / "nowhere", NAME) == "none"


def test_a_root_below_the_top_of_its_repository_knows_its_own_file(root: Path) -> None:
    below = root / "srv"
    below.mkdir()
    run(root, "init")
    commit(root, "above\n")
    (below / NAME).write_text("below\n")
    run(root, "add", ".")
    run(root, "commit", "-m", "below")
    assert git.content(below, NAME) == b"below\n"
    assert git.state(below, NAME) == "clean"


def test_a_hook_s_environment_does_not_lead_us_elsewhere(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, "one\n")
    monkeypatch.setenv("GIT_DIR", str(root / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(root / "nowhere"))
    assert git.state(root, NAME) == "clean"


def test_asking_does_not_touch_the_index(root: Path) -> None:
    """Git would otherwise write down what it found out about a file whose times changed."""
    commit(root, "one\n")
    index = root / ".git" / "index"
    os.utime(root / NAME, (1, 1))
    before = index.read_bytes(), index.stat().st_ino
    assert git.state(root, NAME) == "clean"
    assert (index.read_bytes(), index.stat().st_ino) == before


def test_a_lock_of_the_index_does_not_stop_us(root: Path) -> None:
    commit(root, "one\n")
    (root / ".git" / "index.lock").touch()
    assert git.state(root, NAME) == "clean"


def test_a_name_with_signs_is_only_a_name(root: Path) -> None:
    commit(root, "one\n")
    (root / "*.md").write_text("x")
    assert git.state(root, "*.md") == "none"


def test_a_broken_repository_is_said(root: Path) -> None:
    commit(root, "one\n")
    (root / ".git" / "index").write_bytes(b"broken")
    with pytest.raises(git.GitFailed, match=f"git did not tell the state of {NAME}: "):
        git.state(root, NAME)


def test_the_log_tells_when_who_and_why(root: Path) -> None:
    for text in ("one", "two"):
        commit(root, text)
    newest, oldest = git.log(root, NAME, 10)
    assert [newest.id, oldest.id] == list(git.commits(root, NAME, 10))
    assert (newest.author, newest.subject, oldest.subject) == ("Ann", "two", "one")
    assert newest.at >= oldest.at


def test_contents_of_many_commits_come_in_their_order_and_what_is_too_large_is_passed_over(
    root: Path,
) -> None:
    texts = ["one\n", "x" * 3_000_000, "without an end", "", "two\n"]
    for number, text in enumerate(texts):
        (root / NAME).write_text(text)
        if not number:
            run(root, "init")
        run(root, "add", NAME)
        run(root, "commit", "-m", f"version {number}")
    run(root, "rm", NAME)
    run(root, "commit", "-m", "gone")
    ids = [one.id for one in reversed(git.log(root, NAME, 10))]
    found = list(git.contents(root, NAME, ids, 1000))
    assert [commit for commit, _ in found] == [one for one in ids if one != ids[1]]
    assert [data for _, data in found] == [b"one\n", b"without an end", b"", b"two\n", None]


def test_contents_of_nothing_are_nothing(root: Path) -> None:
    assert list(git.contents(root, NAME, ["0" * 40], 1000)) == []
    commit(root, "one")
    unknown = "0" * 40
    found = list(git.contents(root, NAME, [unknown, *git.commits(root, NAME, 1)], 1000))
    assert [data for _, data in found] == [None, b"one"]
    assert list(git.contents(root, NAME, [], 1000)) == []


def test_a_reader_that_stops_early_leaves_no_process_behind(root: Path) -> None:
    for number in range(20):
        commit(root, f"{number}" * 10_000)
    found = git.contents(root, NAME, git.commits(root, NAME, 20), 10**9)
    assert next(found)
    found.close()


def test_a_shallow_clone_is_known_as_one(root: Path, tmp_path: Path) -> None:
    for text in ("one", "two"):
        commit(root, text)
    assert not git.is_shallow(root)
    run(root, "clone", "--depth=1", f"file://{root}", str(tmp_path / "clone"))
    assert git.is_shallow(tmp_path / "clone")
    assert len(git.log(tmp_path / "clone", NAME, 10)) == 1
    assert not git.is_shallow(tmp_path)
