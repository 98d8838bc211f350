"""`batch status`, on a live host, and on hosts with every trouble it can see."""

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.ops.house import House
from commands.reply import Facts, Table
from tests.commands.conftest import Asks
from tests.commands.registries import put, wave_sites
from tests.commands.watched import watch

STATUS = "batch status --batch 001"
REGISTRY = ".smbatcher/REGISTRY.md"


def _rewrite(root: Path, change: Callable[[list[str]], list[str]]) -> None:
    path = root / REGISTRY
    path.write_text("".join(change(path.read_text().splitlines(keepends=True))))


def _row(lines: list[str], domain: str) -> int:
    return next(number for number, line in enumerate(lines) if line.startswith(f"| {domain} |"))


def test_a_host_at_rest_says_where_the_batch_stands(asks: Asks) -> None:
    reply = asks(STATUS)
    assert (reply.outcome, reply.severity) == ("fine", "ok")
    assert reply.headline == "Batch 001 is at rest: 25 of 68 implemented, no agent runs."
    facts = reply.facts
    assert set(facts["counts"]) == set("PdDiIQ")
    assert sum(facts["counts"].values()) == facts["total"] == facts["expected"] == 68
    assert (facts["batch"], facts["agents"], facts["hold"]) == ("001", 0, False)
    assert facts["disk_free_bytes"] > 0
    assert facts["disk_level"] in {"normal", "warning", "alert", "critical"}
    assert facts["rate_per_minute"] is None, "nobody measured a rate yet"


def test_a_watched_batch_has_its_rate_now_and_before(asks: Asks, house: House, demo_host: Path) -> None:
    sites = wave_sites(demo_host, 2)
    put(demo_host, "i", *sites)
    watch(house, 12, lambda minutes: put(demo_host, "I", *sites[: int(minutes)]))
    reply = asks(STATUS)
    assert reply.facts["rate_per_minute"] == pytest.approx(1, abs=0.3)
    assert reply.facts["rate_5min_ago"] == pytest.approx(1, abs=0.3)
    assert reply.facts["rate_median"] == pytest.approx(1, abs=0.3)
    assert "sites a minute (over 5 min), usually 1" in str(reply.parts)


def test_a_running_wave_is_counted_with_its_agents(asks: Asks, demo_host: Path) -> None:
    host.start_wave(demo_host)
    reply = asks("batch status")
    assert reply.facts["batch"] == "001"
    assert reply.facts["agents"] == 25
    assert "25 agents" in reply.headline
    agents = next(part for part in reply.parts if isinstance(part, Table) and part.title.startswith("Agents"))
    assert agents.evidence
    assert len(agents.rows) == 25
    assert {row[1] for row in agents.rows} == {"2"}


def test_killed_agents_are_trouble_in_the_first_line(asks: Asks, demo_host: Path) -> None:
    host.break_host(demo_host, "crash")
    reply = asks(STATUS)
    assert (reply.outcome, reply.severity) == ("trouble", "warning")
    assert reply.headline == "Batch 001: 25 sites in progress with 3 agents: 22 without one."
    labels = [proposal.label for proposal in reply.proposals]
    assert labels == ["Diagnose wave 2", "Look again", "List sites in progress"]


def test_all_agents_gone_is_told_as_such(asks: Asks, demo_host: Path) -> None:
    host.break_host(demo_host, "crash")
    host.stop(demo_host)
    assert (
        asks(STATUS).headline
        == "Batch 001: 25 sites in progress, but no agent runs: a wave has lost its agents."
    )


def test_missing_sites_are_critical_and_named(asks: Asks, demo_host: Path) -> None:
    _rewrite(demo_host, lambda lines: [line for line in lines if "lotus.dev" not in line])
    reply = asks(STATUS)
    assert reply.severity == "critical"
    assert reply.headline == "Batch 001: 1 expected site missing from the registry: lotus.dev."
    assert reply.facts["missing"] == ["lotus.dev"]
    assert (reply.facts["total"], reply.facts["expected"]) == (67, 68)


def test_a_lost_and_a_doubled_row_do_not_cancel_out(asks: Asks, demo_host: Path) -> None:
    def change(lines: list[str]) -> list[str]:
        lost = _row(lines, "lotus.dev")
        return [*lines[:lost], lines[lost - 1], *lines[lost + 1 :]]

    _rewrite(demo_host, change)
    reply = asks(STATUS)
    assert reply.facts["missing"] == ["lotus.dev"]
    assert any("more than once" in str(part) for part in reply.parts)


def test_an_unknown_status_is_shown_under_itself(asks: Asks, demo_host: Path) -> None:
    _rewrite(
        demo_host,
        lambda lines: [line.replace("| D |", "| X |") if "lotus.dev" in line else line for line in lines],
    )
    reply = asks(STATUS)
    assert reply.facts["counts"]["X"] == 1
    assert reply.headline == "Batch 001: statuses that the ladder does not know: X (1)."


def test_a_hold_is_said(asks: Asks, demo_host: Path) -> None:
    (demo_host / ".smbatcher" / "HOLD").touch()
    reply = asks(STATUS)
    assert (reply.outcome, reply.facts["hold"]) == ("fine", True)
    assert reply.headline == "Batch 001: launches are on hold."


def test_what_could_not_be_read_is_said_and_the_rest_is_shown(asks: Asks, demo_host: Path) -> None:
    path = demo_host / ".smbatcher" / "batches" / "Batch_001.md"
    path.unlink()
    path.mkdir()
    reply = asks(STATUS)
    assert reply.facts["expected"] is None
    assert reply.facts["total"] == 68
    assert any("batch 001 should have are not known" in problem for problem in reply.problems)


def test_a_malformed_row_is_named_by_its_line(asks: Asks, demo_host: Path) -> None:
    _rewrite(demo_host, lambda lines: [*lines, "| cut short"])
    assert any("line 81" in problem or "line " in problem for problem in asks(STATUS).problems)


def test_an_unknown_batch_names_those_that_exist(asks: Asks) -> None:
    assert (
        asks("batch status --batch 077").error
        == "There is no batch 077; there are 001, 002, 003, 004, 005, 006, 007, 008."
    )
    assert asks("batch status --batch 1").facts["batch"] == "001"


@pytest.mark.parametrize("name", ["-rf", "../x", "001;ls", "٣", ""])
def test_a_batch_that_is_no_number_is_refused(name: str, asks: Asks) -> None:
    reply = asks(f'batch status --batch="{name}"')
    assert reply.outcome == "usage"


def test_the_figures_stand_in_the_summary_and_tables_in_the_thread(asks: Asks) -> None:
    summary = [part for part in asks(STATUS).parts if not part.evidence]
    assert len(summary) == 1
    assert isinstance(summary[0], Facts)


def test_a_status_can_be_asked_again_by_its_subject(asks: Asks) -> None:
    reply = asks(STATUS)
    assert reply.subject == STATUS
    assert asks(reply.subject).facts["counts"] == reply.facts["counts"]
