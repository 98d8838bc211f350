"""The report of an incident, attached to its thread at the end, by the team's wording where it works."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import Running
from bot.settings import Settings
from bot.workspace.driver import Driver, Message
from bot.workspace.server import Served
from commands.ops.host_settings import Templates
from tests.bot.conftest import connected
from tests.bot.files_seen import file_in, files_in
from tests.commands.conftest import OMAR, house_of
from tests.commands.decided import ask_in

Words = Callable[[str], Settings]


@pytest.fixture(autouse=True)
def _told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(seconds=0.1))


@pytest.fixture
def words(bot_settings: Settings, tmp_path: Path) -> Words:
    """`words(template)`: settings of a bot whose team words the report itself."""
    directory = tmp_path / "templates"
    directory.mkdir()

    def worded(template: str) -> Settings:
        (directory / "incident_report.md.j2").write_text(template)
        watch = replace(bot_settings.ops.watch, every_seconds=0.1)
        ops = replace(bot_settings.ops, templates=Templates(str(directory)), watch=watch)
        return replace(bot_settings, ops=ops)

    return worded


async def _opened(workspace: Driver) -> tuple[Message, str]:
    await workspace.person("Omar").slash("/batch incident open disk --why full")
    head = await workspace.wait_for("disk, is open", channel="#batch-ops")
    return head, head.text.split("Incident ")[1][:6]


async def _content(workspace: Driver, head: Message, incident: str) -> str:
    return str((await file_in(workspace, head, f"Report of incident {incident}"))["preview"])


async def test_closed_on_a_terminal_the_thread_gets_the_report(workspace: Driver, bot: Running) -> None:
    head, incident = await _opened(workspace)
    terminal = house_of(bot.house.settings, bot.house.clock)  # type: ignore[arg-type]
    ask_in(terminal, f"batch incident close {incident} --cause tidied", OMAR)
    terminal.journal.close()
    await workspace.wait_for("is closed after", thread=head)
    assert (await _content(workspace, head, incident)).startswith(f"# Incident {incident}: disk")
    assert len(files_in(head)) == 1


async def test_closed_while_no_bot_runs_the_next_one_attaches_it_once(
    workspace: Driver, bot_settings: Settings
) -> None:
    async with connected(bot_settings) as bot:
        await workspace.wait_for_app()
        head, incident = await _opened(workspace)
        clock = bot.house.clock
    await workspace.wait_for_app(0)
    terminal = house_of(bot_settings.ops, clock)  # type: ignore[arg-type]
    ask_in(terminal, f"batch incident close {incident} --cause tidied", OMAR)
    terminal.journal.close()
    for _ in range(2):
        async with connected(bot_settings):
            await workspace.wait_for_app()
            assert "Cause: tidied" in await _content(workspace, head, incident)
        await workspace.wait_for_app(0)
    assert len(files_in(head)) == 1


async def test_asked_for_again_the_report_of_a_closed_one_comes_again(
    workspace: Driver, bot: Running
) -> None:
    head, incident = await _opened(workspace)
    omar = workspace.person("Omar")
    await omar.slash(f"/batch incident close {incident} --cause tidied")
    await _content(workspace, head, incident)
    await omar.replies(head, f"@wavewarden incident show {incident}")
    await workspace.wait_for("Omar Haddad asked", thread=head)
    await workspace.wait_until(
        lambda: True if len(files_in(head)) == 2 else None, lambda: f"{len(files_in(head))} files"
    )
    assert bot.identity.user


async def test_the_team_words_the_report(workspace: Driver, words: Words) -> None:
    async with connected(words("Vorfall {{ incident.id }}: {{ incident.cause | inline }}")):
        await workspace.wait_for_app()
        head, incident = await _opened(workspace)
        await workspace.person("Omar").slash(f"/batch incident close {incident} --cause full")
        assert await _content(workspace, head, incident) == f"Vorfall {incident}: full\n"


async def test_a_broken_template_is_told_in_the_channel_at_the_start_and_again_where_it_is_used(
    workspace: Driver, words: Words, town: Served
) -> None:
    async with connected(words("{{ incidnet.id }}")):
        told = await workspace.wait_for("incident_report.md.j2 does not work", channel="#batch-ops")
        assert "line 1: 'incidnet' is undefined" in told.text
        head, incident = await _opened(workspace)
        await workspace.person("Omar").slash(f"/batch incident close {incident} --cause full")
        assert (await _content(workspace, head, incident)).startswith(f"# Incident {incident}: disk")
        closed = await workspace.wait_for("is closed after", thread=head)
        assert "the built-in wording is used" in closed.text + "".join(one.text for one in head.thread)
    assert town.url


async def test_a_template_that_is_mended_counts_without_a_restart(workspace: Driver, words: Words) -> None:
    async with connected(words("{% if %}")):
        await workspace.wait_for("does not work", channel="#batch-ops")
        words("mended: {{ incident.id }}")
        head, incident = await _opened(workspace)
        await workspace.person("Omar").slash(f"/batch incident close {incident} --cause full")
        assert await _content(workspace, head, incident) == f"mended: {incident}\n"
