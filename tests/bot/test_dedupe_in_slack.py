"""`/dedupe` in Slack: from the diagnosis to a mended registry, by two people, with a form for what nothing proves."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import Running
from bot.workspace.driver import Driver
from commands.demo_host.faults.conflicts import conflict
from commands.demo_host.faults.duplicates import duplicate
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY


@pytest.fixture(autouse=True)
def _herald_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))


async def test_two_people_mend_what_two_writers_left_and_take_it_back(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    path = demo_host / REGISTRY
    before = path.read_bytes()
    duplicate(demo_host)
    conflict(demo_host)
    omar, asha = workspace.person("Omar"), workspace.person("Asha")
    await omar.slash("/dedupe")
    found = await workspace.wait_for("17 sites stand in the registry more than once", button="Plan the fix")
    assert "Medium: 17 distinct sites doubled" in found.text
    await workspace.wait_for("Conflicting rows of 8 sites", thread=found)
    await omar.click(found, "Plan the fix")
    plan = await workspace.wait_for("take 22 surplus rows of 17 sites out", button="Approve")
    await workspace.wait_for("+++ REGISTRY.md")
    await asha.click(plan, "Approve")
    done = await workspace.wait_for("done: take 22 surplus rows", button="Undo")
    assert "No site stands in the registry more than once." in done.text
    assert path.read_bytes() == before
    await omar.click(found, "Look again")
    whole = await workspace.wait_for("The registry is whole: 75 sites, each once.")
    assert whole.ts == found.ts
    await asha.click(done, "Undo")
    undo = await workspace.wait_for("17 sites go back to what they were?", button="Approve")
    await omar.click(undo, "Approve")
    await workspace.wait_for("done: take back P-")
    assert path.read_bytes() != before
    assert bot.identity.user


async def test_what_nothing_proves_is_chosen_in_a_form_which_makes_a_plan_in_place_of_the_first(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    path = demo_host / REGISTRY
    text = path.read_text()
    lotus = next(line for line in text.splitlines() if line.startswith("| lotus.dev "))
    implemented, finalized = (lotus.replace("| D |", f"| {letter} |") for letter in "IQ")
    path.write_text(text.replace(lotus, implemented) + finalized + "\n")
    omar, asha = workspace.person("Omar"), workspace.person("Asha")
    await omar.slash("/dedupe fix")
    plan = await workspace.wait_for("1 of them is your choice?", button="Choose rows")
    assert plan.buttons == ["Choose rows", "Decline", "Withdraw"]
    assert "nothing proves which row of lotus.dev is right; choose one" in plan.text
    await asha.click(plan, "Choose rows")
    form = await asha.form("Choose rows")
    assert "lotus.dev: your choice" in form.text
    assert (form.json["submit"]["text"], form.json["close"]["text"]) == ("Choose rows", "Cancel")
    number = len(text.splitlines()) + 1
    [block] = form.blocks
    [chosen] = [
        option["text"]["text"]
        for option in block["element"]["options"]
        if option["value"].startswith(f"line {number}: Q")
    ]
    assert await asha.submit(form, **{block["block_id"]: chosen}) == {}
    second = await workspace.wait_for("take 1 surplus row of 1 site out of the registry?", button="Approve")
    replaced = await workspace.wait_for("replaced by P-")
    assert replaced.ts == plan.ts
    assert replaced.buttons == []
    assert "chosen by hand" in second.text
    await omar.click(second, "Approve")
    await workspace.wait_for("done: take 1 surplus row", button="Undo")
    assert status_of(demo_host, "lotus.dev") == "Q"
    assert bot.identity.user


async def test_a_viewer_sees_the_diagnosis_and_may_not_mend(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    duplicate(demo_host)
    damaged = (demo_host / REGISTRY).read_bytes()
    vera = workspace.person("Vera")
    await vera.slash("/dedupe")
    found = await workspace.wait_for("12 sites stand in the registry more than once", button="Plan the fix")
    await vera.click(found, "Plan the fix")
    await vera.told("needs the role operator")
    assert (demo_host / REGISTRY).read_bytes() == damaged
    assert bot.identity.user
