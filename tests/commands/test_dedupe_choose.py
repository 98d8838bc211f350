"""`dedupe choose`: what nothing proves is somebody's choice, made in a form, by a plan in place of the first."""

from dataclasses import replace
from pathlib import Path

import pytest

from commands.ops.errors import Refusal
from commands.ops.house import House
from commands.ops.plans import break_glass
from commands.ops.roles import Caller, ListedRoles
from tests.commands.conftest import ASHA, OMAR
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY, append, row_of

ANN = Caller("os:ann", "ann", "terminal")


def _of_ann(house: House) -> House:
    """The house with one operator on the terminal more."""
    settings = replace(house.settings, operators=("os:ann", "U0OMAR"))
    return replace(house, settings=settings, roles=ListedRoles(settings))


@pytest.fixture
def undecided(demo_host: Path) -> Path:
    """lotus.dev is designed; nothing supports any of its two rows."""
    path, lotus = demo_host / REGISTRY, row_of(demo_host, "lotus.dev")
    implemented = lotus.replace("| D |", "| I |")
    path.write_text(path.read_text().replace(lotus, implemented))
    return append(demo_host, lotus.replace("| D |", "| Q |"))


def test_nobody_can_approve_what_is_undecided(house: House, undecided: Path) -> None:
    before = undecided.read_bytes()
    assert ask_in(house, "dedupe").facts["undecided"] == ["lotus.dev"]
    reply = ask_in(house, "dedupe fix")
    plan = str(reply.facts["plan"])
    labels = [one.label for one in reply.proposals]
    assert "Approve" not in labels
    assert "Choose rows" in labels
    refused = ask_in(house, f"batch approve {plan}", ASHA)
    assert refused.error == (
        f"{plan} cannot be approved as it is: nothing proves which row of lotus.dev is right; choose one."
    )
    with pytest.raises(Refusal, match="cannot be approved as it is"):
        break_glass.approve_alone(_of_ann(house), plan, ANN, "everybody is on a plane")
    assert undecided.read_bytes() == before


def test_a_form_asks_which_row_and_its_answer_makes_a_plan_in_place_of_this_one(
    house: House, demo_host: Path, undecided: Path
) -> None:
    plan = planned(house, "dedupe fix")
    form = ask_in(house, f"dedupe choose {plan}").form
    assert form is not None
    assert form.line == f"dedupe choose {plan}"
    [field] = form.fields
    assert field.label == "lotus.dev: your choice: nothing proves which row is right"
    assert [choice.partition(", ")[0].split(": ")[1] for choice in field.choices] == ["I", "Q"]
    reply = ask_in(house, form.line, OMAR, **{field.name: field.choices[1]})
    assert ask_in(house, f"batch plan {plan}").facts["state"] == "superseded"
    assert run_in(house, str(reply.facts["plan"]), ASHA).facts["state"] == "done"
    assert status_of(demo_host, "lotus.dev") == "Q"
    assert undecided.exists()


def test_a_plan_that_was_replaced_is_not_chosen_in(house: House, undecided: Path) -> None:
    plan = planned(house, "dedupe fix")
    lines = ask_in(house, "dedupe").facts["lines"]["lotus.dev"]
    newer = planned(house, f"dedupe fix --keep lotus.dev={lines[0]}")
    assert ask_in(house, f"dedupe choose {plan}").error == (
        f"{plan} is superseded already; {newer} took its place."
    )
    assert undecided.exists()


def test_the_terminal_is_told_how_rows_are_chosen(house: House, undecided: Path) -> None:
    plan = planned(house, "dedupe fix")
    reply = ask_in(_of_ann(house), f"dedupe choose {plan}", ANN)
    assert "dedupe fix --keep D=LINE" in str(reply.error)
    assert undecided.exists()


def test_forms_are_paged_at_forty_sites_and_what_was_chosen_stays_chosen(
    house: House, demo_host: Path
) -> None:
    path = demo_host / REGISTRY
    rows = [line for line in path.read_text().splitlines() if "| 001 |" in line][:45]
    sites = [row.split("|")[1].strip() for row in rows]
    head = path.read_text().partition("\n\n| Domain")[0]
    lost = [f"| {site} | 001 | 1 | {letter} | |" for site in sites for letter in ("x", "y")]
    path.write_text(
        "\n".join(
            [head, "", "| Domain | Batch | Wave | Status | Updated |", "|---|---|---|---|---|", *lost, ""]
        )
    )
    reply = ask_in(house, "dedupe fix")
    forms = [one for one in reply.proposals if one.line.startswith("dedupe choose")]
    assert [one.label for one in forms] == ["Choose rows 1 to 40", "Choose rows 41 to 45"]
    first = ask_in(house, forms[0].line).form
    second = ask_in(house, forms[1].line).form
    assert first is not None
    assert second is not None
    assert [len(first.fields), len(second.fields)] == [40, 5]
    half = ask_in(house, first.line, OMAR, **{field.name: field.choices[0] for field in first.fields})
    assert "5 of them are your choice" in half.headline
    rest = ask_in(house, f"dedupe choose {half.facts['plan']}").form
    assert rest is not None
    assert [bool(field.value) for field in rest.fields] == [False] * 5 + [True] * 35
    chosen = {field.name: field.choices[1] for field in rest.fields if not field.value}
    whole = ask_in(house, rest.line, OMAR, **chosen)
    assert run_in(house, str(whole.facts["plan"]), ASHA).facts["state"] == "done"
    assert [status_of(demo_host, site) for site in sites] == ["x"] * 40 + ["y"] * 5
