"""`batch sites`."""

from pathlib import Path

from commands.reply import Table
from tests.commands.conftest import Asks


def test_scripts_get_all_sites_in_registry_order(asks: Asks, demo_host: Path) -> None:
    sites = asks("batch sites").facts["sites"]
    rows = [
        line
        for line in (demo_host / ".smbatcher/REGISTRY.md").read_text().splitlines()
        if line.startswith("| ")
    ]
    assert [site["site"] for site in sites] == [row.split("|")[1].strip() for row in rows[1:]]
    assert set(sites[0]) == {"site", "batch", "wave", "status"}


def test_people_get_pages_of_forty(asks: Asks) -> None:
    first, last = asks("batch sites"), asks("batch sites --page 2")
    (table,) = first.parts
    assert isinstance(table, Table)
    assert (len(table.rows), table.title) == (40, "Page 1 of 2")
    assert [proposal.line for proposal in first.proposals] == ["batch sites --page 2"]
    assert [proposal.label for proposal in last.proposals] == ["Show previous page"]


def test_a_page_too_far_says_how_many_there_are(asks: Asks) -> None:
    assert asks("batch sites --page 9").error == "There is no page 9: 75 sites fill 2 pages."
    assert asks("batch sites --page 0").outcome == "usage"


def test_status_and_batch_narrow_the_list(asks: Asks) -> None:
    found = asks("batch sites --batch 1 --status I").facts["sites"]
    assert len(found) == 25
    assert {(site["batch"], site["status"]) for site in found} == {("001", "I")}


def test_case_of_a_status_matters(asks: Asks) -> None:
    assert asks("batch sites --status d").facts != asks("batch sites --status D").facts


def test_a_status_nobody_has_is_an_empty_list_and_an_unknown_one_a_question(asks: Asks) -> None:
    empty = asks("batch sites --batch 001 --status Q")
    assert (empty.outcome, empty.facts["sites"], empty.headline) == (
        "fine",
        [],
        "0 sites at Q (finalized) in batch 001.",
    )
    error = asks("batch sites --status Z").error or ""
    assert error.startswith(
        "No site has the status “Z”, and the ladder does not know it: P planned, d designing"
    )


def test_an_unknown_batch_names_those_that_exist(asks: Asks) -> None:
    assert "there are 001, 002" in asks("batch sites --batch 99").headline
