"""`/dedupe restore` in Slack: chosen in a form by one, approved by another, then the proved progress set again."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import Running
from bot.workspace.driver import Driver
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY, lose, put, wave_sites


@pytest.fixture(autouse=True)
def _herald_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))


async def test_two_people_go_back_and_set_the_proved_progress_again(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    done, lost = wave_sites(demo_host, 1)[0], wave_sites(demo_host, 3)[0]
    put(demo_host, "D", done)
    before = (demo_host / REGISTRY).read_bytes()
    (demo_host / f"{REGISTRY}.backup").write_bytes(before)
    put(demo_host, "I", done)
    lose(demo_host, lost)
    omar, asha = workspace.person("Omar"), workspace.person("Asha")
    await omar.slash("/dedupe restore")
    listing = await workspace.wait_for("The registry is not whole: 1 missing", button="Choose another")
    assert "Go back to REGISTRY.md.backup" in listing.buttons
    await omar.click(listing, "Choose another")
    form = await omar.form("Go back to a version")
    offered = [option["text"]["text"] for option in form.blocks[0]["element"]["options"]]
    choice = next(one for one in offered if one.startswith("REGISTRY.md.backup"))
    assert await omar.submit(form, version=choice) == {}
    plan = await workspace.wait_for("go back to REGISTRY.md.backup of the registry", button="Approve")
    assert f"These go back: {done} I → D" in plan.text
    await asha.click(plan, "Approve")
    gone_back = await workspace.wait_for("done: go back to", button="Re-apply proved progress")
    assert gone_back.ts == plan.ts
    assert gone_back.buttons == ["Undo", "Re-apply proved progress"]
    assert (demo_host / REGISTRY).read_bytes() == before
    await omar.click(gone_back, "Re-apply proved progress")
    again = await workspace.wait_for(f"mark {done} as I, which was D?", button="Approve")
    await asha.click(again, "Approve")
    await workspace.wait_for(f"done: mark {done} as I")
    assert status_of(demo_host, done) == "I"
    assert bot.identity.user
