"""A wave loses its agents: from the alert to recovered throughput, in the channel."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.workspace.driver import Driver
from bot.workspace.server import Served
from commands.demo_host import host
from commands.ops import events
from tests.bot.conftest import ON_A_BUSY_MACHINE, connected
from tests.commands.registries import REGISTRY, wave_sites

WAVE = "batch wave 2 --batch 001"


@pytest.fixture
def watching(bot_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings under which the bot looks often, and calls Omar."""
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))
    watch = replace(bot_settings.ops.watch, every_seconds=0.2)
    # The agents that live on are slow and the new ones are not: measured by these, a site of those is overdue.
    waves = replace(bot_settings.ops.waves, overdue_times=1e6)
    ops = replace(bot_settings.ops, watch=watch, waves=waves)
    return replace(bot_settings, ops=ops, slack=replace(bot_settings.slack, on_call=("S0ONCALL",)))


@pytest.fixture
def workspace(town: Served) -> Driver:
    """Patient: tools are started, and a wave runs to its end."""
    return Driver(town.workspace, ON_A_BUSY_MACHINE)


async def test_from_the_crash_to_recovered_throughput(
    watching: Settings, workspace: Driver, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(watching) as bot:
        await workspace.wait_for_app()
        host.break_host(demo_host, "crash")
        alert = await workspace.wait_for("Wave 2 has crashed: 3 of 25 agents left", channel="#batch-ops")
        call = await workspace.wait_for("please look", channel="#batch-ops")
        assert "<!subteam^S0ONCALL>" in call.json["text"]
        assert "Redeploy wave 2" in alert.buttons
        omar = workspace.person("Omar")
        await omar.click(alert, "Redeploy wave 2")
        plan = await workspace.wait_for("relaunch wave 2", button="Approve")
        monkeypatch.setenv("DEMO_HOST_SPEED", "200")
        await omar.click(plan, "Approve")
        await workspace.wait_for("done: relaunch wave 2")
        await workspace.wait_for("Recovered", channel="#batch-ops")
        told = events.newest(bot.house.journal.connection(), WAVE, ("alert", "recovered"))
        assert told is not None
        assert told.kind == "recovered"


async def test_an_alert_is_told_once_and_not_at_every_look(
    watching: Settings, workspace: Driver, demo_host: Path
) -> None:
    host.break_host(demo_host, "crash")
    async with connected(watching) as bot:
        await workspace.wait_for_app()
        await workspace.wait_for("please look", channel="#batch-ops")
        await workspace.person("Omar").slash(f"/{WAVE}")
        await workspace.wait_for("Omar Haddad asked")
        found = events.since(bot.house.journal.connection(), 0, limit=10_000)
        assert sum(event.kind == "alert" for event in found) == 1


async def test_a_corrupted_registry_is_told_once_with_its_tier_and_what_helps(
    watching: Settings, workspace: Driver, demo_host: Path
) -> None:
    async with connected(watching) as bot:
        await workspace.wait_for_app()
        before = (demo_host / REGISTRY).read_bytes()
        host.break_host(demo_host, "conflicts")
        call = await workspace.wait_for("The registry is damaged", channel="#batch-ops")
        assert "<!subteam^S0ONCALL>: please look." in call.json["text"]
        assert "rows that contradict each other" in call.text
        for line in ("dedupe", "dedupe fix", "dedupe restore", "batch hold"):
            assert f"`{line}`" in call.json["text"]
        (demo_host / REGISTRY).write_bytes(before)
        await workspace.wait_for("Recovered", channel="#batch-ops")
        found = events.since(bot.house.journal.connection(), 0, limit=10_000)
        assert [event.kind for event in found if event.subject == "dedupe"] == ["alert", "recovered"]


async def test_a_registry_that_gets_worse_calls_again(
    watching: Settings, workspace: Driver, demo_host: Path
) -> None:
    async with connected(watching):
        await workspace.wait_for_app()
        host.break_host(demo_host, "conflicts")
        await workspace.wait_for("The registry is damaged", channel="#batch-ops")
        (demo_host / REGISTRY).unlink()
        worse = await workspace.wait_for("It has got worse", channel="#batch-ops")
        assert (
            "<!subteam^S0ONCALL>: please look. The registry cannot be read (critical)" in worse.json["text"]
        )


async def test_an_accepted_loss_wakes_nobody(watching: Settings, workspace: Driver, demo_host: Path) -> None:
    host.break_host(demo_host, "crash")
    quiet = replace(
        watching,
        ops=replace(watching.ops, watch=replace(watching.ops.watch, every_seconds=3600)),
    )
    async with connected(quiet):
        await workspace.wait_for_app()
        await workspace.person("Omar").slash("/batch accept wave 2 --reason the deadline is near")
        await workspace.wait_for("is accepted by Omar")
    await workspace.wait_for_app(0)
    async with connected(watching) as bot:
        await workspace.wait_for_app()
        await workspace.person("Omar").slash(f"/{WAVE}")
        await workspace.wait_for("Omar Haddad asked")
        await workspace.person("Omar").slash(f"/{WAVE}")
        await workspace.wait_for("Omar Haddad asked")
        assert not any("please look" in message.text for message in workspace.messages("#batch-ops"))
        assert bot.identity.user


async def test_a_critical_disk_is_told_with_the_hold_that_was_placed_by_itself(
    watching: Settings, workspace: Driver, demo_host: Path
) -> None:
    disk = replace(watching.ops.disk, warning_below=2**60, alert_below=2**60, critical_below=2**60)
    async with connected(replace(watching, ops=replace(watching.ops, disk=disk))):
        await workspace.wait_for_app()
        call = await workspace.wait_for("Launches are on hold now", channel="#batch-ops")
        assert "<!subteam^S0ONCALL>" in call.json["text"]
        assert "What helps: `batch relieve`." in call.json["text"]
        alert = await workspace.wait_for("critical", button="Relieve the disk", channel="#batch-ops")
        assert (demo_host / ".smbatcher/HOLD").exists()
        omar = workspace.person("Omar")
        await omar.click(alert, "Relieve the disk")
        plan = await workspace.wait_for("hold launches and delete", button="Approve")
        await omar.click(plan, "Approve")
        await workspace.wait_for("done: hold launches", button="Diagnose the disk")
        assert list((demo_host / ".smbatcher/design-cache").iterdir()) == []


async def test_what_the_trash_loses_by_age_is_told(
    watching: Settings, workspace: Driver, demo_host: Path
) -> None:
    ops = replace(
        watching.ops,
        watch=replace(watching.ops.watch, tidy_seconds=0.2),
        cleaning=replace(watching.ops.cleaning, trash_days=1e-6),
    )
    async with connected(replace(watching, ops=ops)):
        await workspace.wait_for_app()
        omar = workspace.person("Omar")
        await omar.slash("/batch archive 002")
        plan = await workspace.wait_for("archive batch 002", button="Approve")
        await omar.click(plan, "Approve")
        await workspace.wait_for("The trash of batch 002 was emptied by itself", channel="#batch-ops")
        assert list((demo_host / ".smbatcher/trash").iterdir()) == []


async def test_after_a_critical_disk_registry_and_sites_are_looked_at_in_the_channel(
    watching: Settings, workspace: Driver, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.ops.watch.disk_guard.SETTLED", timedelta(0))
    full = replace(watching.ops.disk, warning_below=2**60, alert_below=2**60, critical_below=2**60)
    async with connected(replace(watching, ops=replace(watching.ops, disk=full))):
        await workspace.wait_for_app()
        await workspace.wait_for("Launches are on hold now", channel="#batch-ops")
        site = wave_sites(demo_host, 1)[0]
        (demo_host / "sites" / f"{site}-v1/index.html").write_text("<html>")
    await workspace.wait_for_app(0)
    async with connected(watching):
        await workspace.wait_for_app()
        cut = await workspace.wait_for("of them cut short", channel="#batch-ops")
        assert site in cut.text
        assert f"Diagnose {site}" in cut.buttons
        await workspace.wait_for("Recovered: batch disk", channel="#batch-ops")
