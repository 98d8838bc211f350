"""A registry that is analysed in a process of its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.house import House
from commands.ops.integrity import large_registry
from commands.ops.machine import tools
from commands.ops.machine.tools import Ran
from tests.commands import repositories
from tests.commands.ops import registries
from tests.commands.ops.registries import row


@pytest.fixture
def path(bare_house: House) -> Path:
    return registries.written(bare_house.settings, 5)


@pytest.fixture
def house(bare_house: House) -> House:
    """One for whom every registry is large."""
    limits = replace(bare_house.settings.limits, registry_here_bytes=1)
    return replace(bare_house, settings=replace(bare_house.settings, limits=limits))


def test_only_one_over_the_limit_is_large(bare_house: House, house: House, path: Path) -> None:
    assert path.exists()
    assert not large_registry.is_large(bare_house)
    assert large_registry.is_large(house)


def test_what_is_wrong_is_found_as_in_a_small_one(house: House, path: Path) -> None:
    (house.machine.root / ".smbatcher/batches/Batch_001.md").write_text(
        "".join(f"- {site}\n" for site in ("s0.dev", "s1.dev", "s2.dev", "s3.dev", "gone.dev"))
    )
    path.write_text(path.read_text() + row("s1.dev") + row("s2.dev", "Q"))
    found = large_registry.look(house).found
    assert [(one.domain, one.lines) for one in found.identical] == [("s1.dev", (6, 10))]
    assert [(one.domain, one.lines) for one in found.conflicting] == [("s2.dev", (7, 11))]
    assert (found.missing, found.unexpected, found.sites) == (("gone.dev",), ("s4.dev",), 5)


def test_without_batch_files_and_commits_it_is_said_that_nothing_is_expected(
    house: House, path: Path
) -> None:
    assert path.exists()
    assert large_registry.look(house).problems == (
        "Which sites are missing is not known: no batch file lists them, and no whole registry was committed.",
    )


def test_it_is_held_against_the_newest_whole_commit(house: House, path: Path) -> None:
    whole = path.read_text()
    repositories.commit(house.machine.root, whole, 1)
    repositories.commit(house.machine.root, whole + row("s1.dev"), 2)
    path.write_text(whole.replace(row("s3.dev"), ""))
    found = large_registry.look(house)
    assert (found.found.missing, found.problems) == (("s3.dev",), ())


def test_what_a_batch_file_lists_counts_more_than_commits(house: House, path: Path) -> None:
    repositories.commit(house.machine.root, path.read_text(), 1)
    (house.machine.root / ".smbatcher/batches/Batch_001.md").write_text("- s0.dev\n- s1.dev\n- s2.dev\n")
    path.write_text(path.read_text().replace(row("s3.dev"), "").replace(row("s2.dev"), ""))
    assert large_registry.look(house).found.missing == ("s2.dev",)


def test_one_that_is_not_there_is_said(house: House) -> None:
    with pytest.raises(NotReadable, match="There is no registry at"):
        large_registry.look(house)


def test_a_process_that_is_killed_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = Ran(-9, b"", b"", truncated=False, timed_out=False)
    monkeypatch.setattr(tools, "run", lambda *_, **__: killed)
    with pytest.raises(OperationFailed, match=r"could not be analysed: exit code -9\."):
        large_registry.look(house)
