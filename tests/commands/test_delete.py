"""`batch delete NNN` and the emptying of its trash: grave, by another's hand, with the name typed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops.batches import archive_index
from commands.ops.disk import discarding
from commands.ops.house import House
from commands.reply import Reply, Text
from tests.commands.conftest import ASHA, OMAR, Asks
from tests.commands.registries import lose, put
from tests.commands.stand_ins import agents
from tests.commands.test_archive import asked_and_run, content, killed_in
from tests.commands.test_redeploy import ask_in, run_in
from tests.commands.watched import clock_of


@pytest.fixture(autouse=True)
def _today(house: House) -> None:
    clock_of(house).at = datetime.now(UTC)


@pytest.fixture
def site(demo_host: Path) -> str:
    """A site of batch 002."""
    text = (demo_host / ".smbatcher/batches/Batch_002.md").read_text()
    return next(line.removeprefix("- ") for line in text.splitlines() if line.startswith("- "))


def approved(house: House, line: str, typed: str = "002") -> Reply:
    """Asked by Omar, approved by Asha with the name typed, run."""
    plan = ask_in(house, line).facts["plan"]
    reply = ask_in(house, f"batch approve {plan} {typed}", ASHA)
    return ask_in(house, f"batch run {plan}") if reply.facts.get("state") == "approved" else reply


def test_nobody_deletes_alone_or_by_a_slip(house: House, demo_host: Path) -> None:
    before = content(demo_host / "sites")
    plan = ask_in(house, "batch delete 002").facts["plan"]
    assert ask_in(house, f"batch approve {plan} 002", OMAR).outcome == "refused"
    assert ask_in(house, f"batch approve {plan} 003", ASHA).outcome == "usage"
    assert content(demo_host / "sites") == before


def test_work_that_is_not_finalized_is_told_before_it_goes(house: House, demo_host: Path, site: str) -> None:
    assert not any("not finalized" in text for text in said_before(ask_in(house, "batch delete 002")))
    put(demo_host, "I", site)
    reply = ask_in(house, "batch delete 002")
    number = len(reply.facts["targets"])
    sites = f"{number} site" + ("s" if number > 1 else "")
    assert f"Batch 002 is not done: 1 of these {sites} is not finalized." in said_before(reply)


def said_before(reply: Reply) -> list[str]:
    return [part.text for part in reply.parts if isinstance(part, Text)]


def test_exactly_the_batchs_sites_go_to_the_trash(house: House, demo_host: Path, site: str) -> None:
    others = {path.name for path in (demo_host / "sites").iterdir()} - {f"{site}-v1"}
    reply = approved(house, "batch delete 002")
    assert reply.facts["state"] == "done", reply.headline
    assert {path.name for path in (demo_host / "sites").iterdir()} == others
    [entry] = archive_index.read(house.settings, house.machine)
    assert (demo_host / ".smbatcher/trash" / entry.trash / f"{site}-v1/index.html").exists()
    assert [one.line for one in reply.proposals][-1] == "batch clean trash 002"


def test_undo_brings_them_back_until_the_trash_is_emptied(house: House, demo_host: Path) -> None:
    before = content(demo_host / "sites")
    plan = approved(house, "batch delete 002").facts["plan"]
    assert asked_and_run(house, f"batch undo {plan}").facts["state"] == "done"
    assert content(demo_host / "sites") == before
    assert archive_index.read(house.settings, house.machine) == ()


def test_emptied_is_for_good_and_grave_too(house: House, demo_host: Path) -> None:
    plan = approved(house, "batch delete 002").facts["plan"]
    assert ask_in(house, "batch clean trash").outcome == "usage"  # what has no archive is not in that
    emptying = ask_in(house, "batch clean trash 002")
    assert emptying.facts["tier"] == "grave"
    assert approved(house, "batch clean trash 002").facts["state"] == "done"
    assert list((demo_host / ".smbatcher/trash").iterdir()) == []
    assert ask_in(house, f"batch undo {plan}").outcome == "usage"


def test_a_deleted_site_whose_row_is_gone_is_not_missing(
    house: House, asks: Asks, demo_host: Path, site: str
) -> None:
    approved(house, "batch delete 002")
    lose(demo_host, site)
    assert asks("batch status --batch 002").facts["missing"] == []


def test_a_batch_in_progress_is_not_deleted(asks: Asks, demo_host: Path, site: str) -> None:
    put(demo_host, "i", site)
    assert "Batch 002 is in progress" in asks("batch delete 002").headline


def test_a_batch_with_agents_is_not_deleted(asks: Asks, demo_host: Path) -> None:
    with agents(demo_host, 1, "--batch", "002"):
        assert "Batch 002 has agents at work" in asks("batch delete 002").headline


def test_an_archived_batch_is_not_deleted_again(house: House, asks: Asks) -> None:
    assert run_in(house, ask_in(house, "batch archive 002").facts["plan"]).facts["state"] == "done"
    assert asks("batch delete 002").headline == "Batch 002 is archived already."


def test_a_site_that_changes_after_the_plan_makes_it_stale(house: House, demo_host: Path, site: str) -> None:
    plan = ask_in(house, "batch delete 002").facts["plan"]
    (demo_host / "sites" / f"{site}-v1/new.html").write_text("x")
    ask_in(house, f"batch approve {plan} 002", ASHA)
    assert ask_in(house, f"batch run {plan}").facts["state"] == "stale"


def test_a_run_that_was_killed_half_way_goes_back(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(demo_host / "sites")
    plan = ask_in(house, "batch delete 002").facts["plan"]
    ask_in(house, f"batch approve {plan} 002", ASHA)
    killed_in(house, plan, monkeypatch, discarding, "to_trash")
    assert [one.label for one in ask_in(house, f"batch plan {plan}").proposals] == ["Renew", "Undo"]
    assert asked_and_run(house, f"batch undo {plan}").facts["state"] == "done"
    assert content(demo_host / "sites") == before
