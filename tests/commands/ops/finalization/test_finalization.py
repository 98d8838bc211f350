"""How a batch stands to its finalization: verdicts and what is recommended, on a host that is really broken."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.demo_host import host as demo
from commands.demo_host.hosttools import registry
from commands.ops.finalization import finalization
from commands.ops.house import House
from tests.commands.registries import REGISTRY, lose, put


def batch_sites(root: Path, batch: str = "001") -> list[str]:
    return [row.domain for row in registry.read_rows(str(root)) if row.batch == batch]


def judged(house: House, batch: str = "001") -> tuple[str, str]:
    found = finalization.look(house, batch)
    return found.verdict, found.recommended


@pytest.fixture
def implemented(demo_host: Path) -> list[str]:
    """Batch 001 with every site implemented; its sites."""
    sites = batch_sites(demo_host)
    put(demo_host, "I", *sites)
    return sites


@pytest.mark.usefixtures("implemented")
def test_a_batch_that_is_all_implemented_is_clean_and_finalized_next(house: House) -> None:
    assert judged(house) == ("clean", "finalize")


def test_a_batch_that_is_all_finalized_is_clean_and_done(house: House) -> None:
    assert judged(house, "002") == ("clean", "none")


def test_a_finalization_that_broke_off_is_partial_and_retried(house: House, demo_host: Path) -> None:
    demo.break_host(demo_host, "half-finalized")
    found = finalization.look(house, "001")
    assert (found.verdict, found.recommended) == ("partial", "retry")
    assert (found.implemented, found.finalized, found.open, found.total) == (34, 34, 0, 68)
    assert "stopped half-way" in found.traces.log.lines[-1]
    assert not any("batch 002" in line for line in found.traces.log.lines)


def test_from_50_sites_on_that_are_left_it_is_looked_at_first(
    house: House, demo_host: Path, implemented: list[str]
) -> None:
    put(demo_host, "Q", *implemented[50:])
    assert judged(house) == ("partial", "investigate")
    put(demo_host, "Q", *implemented[49:])
    assert judged(house) == ("partial", "retry")


def test_open_sites_are_not_ready_and_redeployed_or_designed(
    house: House, demo_host: Path, implemented: list[str]
) -> None:
    put(demo_host, "i", implemented[0])
    assert judged(house) == ("not_ready", "redeploy")
    put(demo_host, "P", implemented[0])
    assert judged(house) == ("not_ready", "design")


def test_an_unknown_letter_is_open(house: House, demo_host: Path, implemented: list[str]) -> None:
    put(demo_host, "X", implemented[0])
    assert finalization.look(house, "001").open == 1


def test_lost_rows_are_named_even_where_a_doubled_one_makes_up_the_count(
    house: House, demo_host: Path, implemented: list[str]
) -> None:
    gone, doubled = implemented[3], implemented[5]
    with registry.edited(str(demo_host)) as lines:
        lines[-1:-1] = [line for line in lines if line.startswith(f"| {doubled} |")]
    lose(demo_host, gone)
    found = finalization.look(house, "001")
    assert (found.verdict, found.recommended, found.lost) == ("lost", "restore", (gone,))
    assert [one.domain for one in found.doubled] == [doubled]


def test_the_fault_lost_rows_is_told_by_every_name(house: House, demo_host: Path) -> None:
    before = set(batch_sites(demo_host))
    demo.break_host(demo_host, "lost-rows")
    found = finalization.look(house, "001")
    assert found.verdict == "lost"
    assert set(found.lost) == before - set(batch_sites(demo_host))


def test_doubled_rows_are_corrupted_and_fixed(house: House, demo_host: Path) -> None:
    demo.break_host(demo_host, "duplicates")
    assert judged(house) == ("corrupted", "fix")
    assert judged(house, "002") == ("clean", "none")


def test_a_row_that_is_cut_short_is_corrupted_in_its_own_batch_alone(
    house: House, demo_host: Path, implemented: list[str]
) -> None:
    path = demo_host / REGISTRY
    row = next(line for line in path.read_text().split("\n") if line.startswith(f"| {implemented[0]} |"))
    path.write_text(path.read_text().replace(row, row.removesuffix("|")))
    assert judged(house) == ("corrupted", "restore")
    assert judged(house, "002") == ("clean", "none")


@pytest.mark.parametrize("damage", [b"", b"no table here\n", b"\0\0\0"])
def test_a_registry_that_is_none_is_corrupted(house: House, demo_host: Path, damage: bytes) -> None:
    (demo_host / REGISTRY).write_bytes(damage)
    assert judged(house) == ("corrupted", "restore")


def test_a_site_in_another_batchs_row_is_not_lost_and_not_right(
    house: House, demo_host: Path, implemented: list[str]
) -> None:
    path = demo_host / REGISTRY
    path.write_text(path.read_text().replace(f"| {implemented[0]} | 001 |", f"| {implemented[0]} | 002 |"))
    found = finalization.look(house, "001")
    assert (found.verdict, found.lost) == ("corrupted", ())
    assert [row.domain for row in found.elsewhere] == [implemented[0]]


def test_a_batch_without_a_file_is_compared_with_the_newest_whole_commit(
    house: House, demo_host: Path
) -> None:
    (demo_host / ".smbatcher/batches/Batch_002.md").unlink()
    [site] = batch_sites(demo_host, "002")
    lose(demo_host, site)
    assert finalization.look(house, "002").lost == (site,)


def test_agents_of_the_batch_are_waited_for(house: House, demo_host: Path) -> None:
    demo.start_wave(demo_host)
    found = finalization.look(house, "001")
    assert (found.verdict, found.recommended) == ("not_ready", "wait")
    assert {one.batch for one in found.agents or ()} == {"001"}
    assert finalization.look(house, "002").recommended == "none"


@pytest.fixture
def finishing(demo_host: Path) -> Iterator[int]:
    """A process that runs `finish.sh --batch 001`, as far as its command line tells; its number."""
    words = [sys.executable, "-c", "input()", "tools/implement/finish.sh", "--batch", "001"]
    with subprocess.Popen(words, cwd=demo_host, stdin=subprocess.PIPE, text=True) as process:
        yield process.pid
        process.communicate("\n")


@pytest.mark.usefixtures("implemented")
def test_the_tool_that_somebody_started_by_hand_is_seen(house: House, finishing: int) -> None:
    found = finalization.look(house, "001")
    assert [one.pid for one in found.traces.running] == [finishing]
    assert found.recommended == "wait"
    assert not finalization.look(house, "002").traces.running


@pytest.mark.usefixtures("implemented")
def test_a_log_that_is_missing_is_a_finding(house: House, demo_host: Path) -> None:
    (demo_host / "logs/finish.log").unlink()
    found = finalization.look(house, "001")
    assert found.traces.log.problem
    assert found.verdict == "clean"
