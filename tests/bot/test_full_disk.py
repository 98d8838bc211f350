"""The bot on a disk with nothing left: it still answers, and a plan to free space is decided, run and told."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.workspace.driver import Driver
from commands.ops import audit
from tests.bot.conftest import connected
from tests.commands.full_disk import eaten, small_disk


@pytest.mark.privileged
async def test_the_whole_path_works_beside_a_writer_that_takes_every_byte(
    workspace: Driver, bot_settings: Settings, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "3m") as disk:
        settings = replace(bot_settings, ops=replace(bot_settings.ops, state=disk / "state"))
        async with connected(settings) as bot:
            await workspace.wait_for_app()
            with eaten(disk):
                omar = workspace.person("Omar")
                await omar.slash("/batch status")
                await workspace.wait_for("Batch 001", button="Look again")
                await omar.slash("/batch hold --reason “the disk is full”")
                held = await workspace.wait_for("Launches are on hold", button="Resume")
                await omar.click(held, "Resume")
                plan = await workspace.wait_for("lift the hold on launches?", button="Approve")
                await omar.click(plan, "Approve")
                await workspace.wait_for("done: lift the hold on launches", button="Undo")
                assert audit.broken(bot.house.journal.connection()) is None
