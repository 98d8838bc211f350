"""`/batch mark` in Slack: one asks with a form, another approves, a third takes it back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import Running
from bot.settings import Settings
from bot.workspace.driver import Driver
from bot.workspace.server import Served
from tests.bot.conftest import ON_A_BUSY_MACHINE, connected
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY, put, wave_sites


@pytest.fixture(autouse=True)
def _herald_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))


async def test_two_people_mark_and_take_back_with_a_form_for_the_reason(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    before = (demo_host / REGISTRY).read_bytes()
    omar, asha = workspace.person("Omar"), workspace.person("Asha")
    await omar.slash("/batch mark lotus.dev Q")
    form = await omar.form("Mark Q")
    assert await omar.submit(form, reason="accepted, close to the deadline") == {}
    plan = await workspace.wait_for("mark lotus.dev as Q, which was D?", button="Approve")
    assert "accepted, close to the deadline" in plan.text
    assert "+| lotus.dev | 001 | 2 | Q |" in plan.text
    await asha.click(plan, "Approve")
    done = await workspace.wait_for("done: mark lotus.dev as Q", button="Undo")
    assert done.ts == plan.ts
    assert status_of(demo_host, "lotus.dev") == "Q"
    report = (demo_host / ".smbatcher/closure/Batch_001.md").read_text()
    assert "Asked by Omar Haddad: accepted, close to the deadline" in report
    await asha.click(done, "Undo")
    undo = await workspace.wait_for("1 site goes back to what it was?", button="Approve")
    assert "+| lotus.dev | 001 | 2 | D |" in undo.text
    await omar.click(undo, "Approve")
    await workspace.wait_for("done: take back P-")
    assert (demo_host / REGISTRY).read_bytes() == before
    assert bot.identity.user


async def test_where_the_registry_is_large_the_bot_itself_never_parses_it(
    town: Served, bot_settings: Settings, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Driver(town.workspace, ON_A_BUSY_MACHINE)

    def unwanted(*_: object, **__: object) -> None:
        pytest.fail("the bot's own process parsed the registry")

    monkeypatch.setattr("commands.ops.registry.registry.parse", unwanted)
    ops = bot_settings.ops
    limits = replace(ops.limits, registry_here_bytes=1)
    async with connected(replace(bot_settings, ops=replace(ops, limits=limits))):
        await workspace.wait_for_app()
        omar, asha = workspace.person("Omar"), workspace.person("Asha")
        await omar.slash("/batch mark lotus.dev Q --reason accepted")
        plan = await workspace.wait_for("mark lotus.dev as Q, which was D?", button="Approve")
        await asha.click(plan, "Approve")
        await workspace.wait_for("done: mark lotus.dev as Q", button="Undo")
    assert status_of(demo_host, "lotus.dev") == "Q"


async def test_a_row_that_somebody_changed_since_is_named_in_the_undo(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    first, second, *_ = wave_sites(demo_host, 2)
    omar = workspace.person("Omar")
    await omar.slash(f'/batch mark {first} {second} I --reason "files are there"')
    plan = await workspace.wait_for("as I, which were D?", button="Approve")
    await omar.click(plan, "Approve")
    done = await workspace.wait_for("done: mark", button="Undo")
    put(demo_host, "Q", first)
    await omar.click(done, "Undo")
    undo = await workspace.wait_for("1 site goes back to what it was?", button="Approve")
    assert f"Changed since, and left as they are: {first}." in undo.text
    await workspace.person("Asha").click(undo, "Approve")
    await workspace.wait_for("done: take back P-")
    assert [status_of(demo_host, site) for site in (first, second)] == ["Q", "D"]
    assert bot.identity.user


async def test_an_unknown_site_is_said_before_anybody_fills_in_a_form(
    workspace: Driver, bot: Running
) -> None:
    omar = workspace.person("Omar")
    await omar.slash("/batch mark lotos.dev Q")
    await omar.told("There is no site lotos.dev; did you mean lotus.dev")
    assert bot.identity.user
