"""`batch history D`: what is told, to people and to scripts."""

from commands.ops.house import House
from commands.reply import Table
from tests.commands.conftest import Asks
from tests.commands.decided import ask_in, planned, run_in


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


def test_what_is_no_domain_is_said(asks: Asks) -> None:
    assert "is not a domain" in asks("batch history ../x").headline
    assert "did you mean lotus.dev" in asks("batch history lotos.dev").headline
    assert asks("batch history").outcome == "usage"
