"""`batch history D`: what is told, to people and to scripts."""

from pathlib import Path

from commands.ops.house import House
from commands.reply import Table
from tests.commands.conftest import Asks
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.registries import lose, put


def test_each_phase_is_told_with_its_witness(asks: Asks) -> None:
    reply = asks("batch history lotus.dev")
    assert reply.headline.startswith("lotus.dev is at D (designed) for ")
    assert reply.headline.endswith("; 2 changes known.")
    assert [one["status"] for one in reply.facts["history"]] == ["P", "d", "D"]
    assert [one["before"] for one in reply.facts["history"]] == [None, "P", "d"]
    [table] = [part for part in reply.parts if isinstance(part, Table)]
    assert [row[0] for row in table.rows] == ["P (planned)", "d (designing)", "D (designed)"]
    assert "by Batch Runner: Batch 001 wave 2: " in str(table.rows[-1][3])


def test_a_run_of_ours_is_a_witness(house: House) -> None:
    plan = planned(house, "batch mark lotus.dev I --reason built")
    run_in(house, plan)
    reply = ask_in(house, "batch history lotus.dev")
    [witness] = reply.facts["history"][-1]["seen_by"]
    assert witness == {"kind": "plan", "name": plan, "who": "Omar"}
    assert f"{plan}, asked by Omar: batch mark lotus.dev I --reason built" in str(reply.parts)


def test_a_change_that_nobody_saw_has_no_time(asks: Asks, demo_host: Path) -> None:
    put(demo_host, "I", "lotus.dev")
    reply = asks("batch history lotus.dev")
    assert reply.headline == "lotus.dev is at I (implemented), nobody saw since when; 3 changes known."
    assert (reply.facts["history"][-1]["at"], reply.facts["history"][-1]["seconds"]) == (None, None)


def test_a_site_that_is_lost_is_told_as_that(asks: Asks, demo_host: Path) -> None:
    lose(demo_host, "lotus.dev")
    assert asks("batch history lotus.dev").headline.startswith("lotus.dev is in the registry no more, nobody")


def test_what_is_no_domain_is_said(asks: Asks) -> None:
    assert "is not a domain" in asks("batch history ../x").headline
    assert "did you mean lotus.dev" in asks("batch history lotos.dev").headline
    assert asks("batch history").outcome == "usage"
