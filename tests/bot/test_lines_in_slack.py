"""Lines asked in Slack: slash commands, mentions, direct messages, buttons."""

import asyncio
from pathlib import Path

import pytest

from bot.run import Running
from bot.workspace.driver import Driver
from commands.demo_host import host
from commands.line import Line
from commands.root import every_line

pytestmark = pytest.mark.usefixtures("bot")

STATUS = "/batch status --batch 001"
AT_REST = "Batch 001 is at rest"
BUG = "Wavewarden failed on this"


async def test_a_status_is_one_summary_with_its_evidence_in_the_thread(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    await omar.slash(STATUS)
    summary = await workspace.wait_for(AT_REST, channel="#batch-ops")
    evidence = await workspace.wait_for("Batch 001 by status", thread=summary)
    assert summary.text.splitlines()[0].endswith(
        "*Batch 001 is at rest: 25 of 68 implemented, no agent runs.*"
    )
    assert summary.fallback == "Batch 001 is at rest: 25 of 68 implemented, no agent runs."
    assert "Omar Haddad asked `batch status --batch 001`" in summary.text
    assert "Batch 001 by status" not in summary.text
    assert evidence.json["thread_ts"] == summary.ts


@pytest.mark.parametrize(
    "line", [line for line in every_line() if line.path != "help"], ids=lambda line: line.path
)
async def test_every_line_answers_its_first_example(line: Line, workspace: Driver) -> None:
    example = line.examples[0]
    asha = workspace.person("Asha")
    await asha.says("#batch-ops", f"@wavewarden {example}")
    answers = [asyncio.ensure_future(one) for one in (workspace.wait_for("asked"), asha.told(""))]
    done, unheard = await asyncio.wait(answers, return_when=asyncio.FIRST_COMPLETED)
    for other in unheard:
        other.cancel()
    assert BUG not in done.pop().result().text


async def test_a_mention_answers_the_same_without_batch(workspace: Driver) -> None:
    await workspace.person("Vera").says("#batch-ops", "hey @wavewarden status —batch “001”")
    assert "Vera Lind asked" in (await workspace.wait_for(AT_REST)).text


async def test_a_mention_in_a_thread_is_answered_in_that_thread(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    start = await omar.says("#batch-ops", "something is odd")
    await omar.replies(start, "@wavewarden status --batch 001")
    summary = await workspace.wait_for(AT_REST, thread=start)
    await workspace.wait_for("Batch 001 by status", thread=start)
    assert summary.json["thread_ts"] == start.ts


async def test_an_edited_mention_is_not_answered_again(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    said = await omar.says("#batch-ops", "@wavewarden status --batch 001")
    await workspace.wait_for("Batch 001 by status")
    await omar.edits(said, "@wavewarden status --batch 001 please")
    await omar.slash("/batch version")
    await workspace.wait_for("Wavewarden 0.", channel="#batch-ops")
    assert sum(AT_REST in message.text for message in workspace.messages("#batch-ops")) == 1


async def test_a_direct_message_is_a_line(workspace: Driver) -> None:
    await workspace.person("Omar").says("@wavewarden", "sites --batch 001 --status I")
    assert "25 sites at I (implemented) in batch 001." in (await workspace.wait_for("25 sites")).text


async def test_an_empty_mention_gets_help(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    await omar.says("#batch-ops", "@wavewarden")
    assert "as operator" in (await omar.told("You may ask")).text


async def test_help_is_private_and_names_only_what_one_may_ask(workspace: Driver) -> None:
    vera = workspace.person("Vera")
    await vera.slash("/batch help")
    told = await vera.told("You may ask")
    assert "redeploy wave" not in told.text
    assert workspace.messages("#batch-ops") == []


async def test_who_has_no_role_gets_a_private_clear_no(workspace: Driver) -> None:
    nico = workspace.person("Nico")
    await nico.slash("/batch status")
    assert "U0NICO" in (await nico.told("You have no role here, Nico Brandt")).text
    assert workspace.messages("#batch-ops") == []


async def test_a_role_may_come_from_a_user_group(workspace: Driver) -> None:
    asha = workspace.person("Asha")
    await asha.slash("/batch help")
    assert "as approver" in (await asha.told("You may ask")).text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/batch statsu", "Did you mean “batch status”?"),
        ("/batch status --batch 77", "There is no batch 077; there are 001, 002"),
        ("/batch sites --stauts i", "did you mean --status?"),
        ("/redeploy wave 5", "There is no wave 5: batch 001 has waves 1 to 3."),
        ("/escalate it's on fire", "not built yet, and nothing was done"),
    ],
)
async def test_what_goes_wrong_is_a_private_sentence(line: str, said: str, workspace: Driver) -> None:
    omar = workspace.person("Omar")
    await omar.slash(line)
    await omar.told(said)
    assert workspace.messages("#batch-ops") == []


async def test_a_missing_registry_is_a_private_sentence(workspace: Driver, demo_host: Path) -> None:
    (demo_host / ".smbatcher/REGISTRY.md").unlink()
    omar = workspace.person("Omar")
    await omar.slash("/batch status")
    await omar.told("There is no registry at")


async def test_look_again_edits_the_message_and_its_evidence(workspace: Driver, demo_host: Path) -> None:
    omar, vera = workspace.person("Omar"), workspace.person("Vera")
    await omar.slash(STATUS)
    summary = await workspace.wait_for(AT_REST)
    evidence = await workspace.wait_for("Batch 001 by status", thread=summary)
    host.break_host(demo_host, "crash")
    await vera.click(summary, "Look again")
    changed = await workspace.wait_for("25 sites in progress with 3 agents")
    assert changed.ts == summary.ts
    await workspace.wait_for("Agents, oldest first")
    assert summary.thread[0].ts == evidence.ts
    assert "Vera Lind asked" in changed.text
    assert (
        len(
            [
                message
                for message in workspace.messages("#batch-ops")
                if not message.json.get("thread_ts") or message.json["thread_ts"] == message.ts
            ]
        )
        == 1
    )


async def test_another_line_from_a_button_is_answered_in_the_thread(
    workspace: Driver, demo_host: Path
) -> None:
    host.break_host(demo_host, "crash")
    omar = workspace.person("Omar")
    await omar.slash(STATUS)
    summary = await workspace.wait_for("25 sites in progress", button="List sites in progress")
    await omar.click(summary, "List sites in progress")
    await workspace.wait_for("25 sites at i (in progress) in batch 001.", thread=summary)


async def test_a_button_asks_for_the_rights_of_who_pressed_it(workspace: Driver) -> None:
    omar, nico = workspace.person("Omar"), workspace.person("Nico")
    await omar.slash(STATUS)
    summary = await workspace.wait_for(AT_REST)
    before = summary.text
    await nico.click(summary, "Look again")
    await nico.told("You have no role here")
    assert summary.text == before


async def test_a_private_answers_buttons_work_too(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    await omar.slash("/escalate wave 5 lost its agents")
    told = await omar.told("not built yet")
    await omar.click(told, "Show status")
    await workspace.wait_for(AT_REST, channel="#batch-ops")


async def test_where_the_bot_is_no_member_it_answers_once_and_says_how_to_invite_it(
    workspace: Driver,
) -> None:
    omar = workspace.person("Omar")
    await omar.slash(STATUS, channel="#general")
    answer = await workspace.wait_for(AT_REST, channel="#general")
    assert "/invite @wavewarden" in answer.text
    assert "Batch 001 by status" in answer.text
    assert len(workspace.messages("#general")) == 1


async def test_the_same_delivery_twice_is_answered_once(workspace: Driver) -> None:
    await workspace.workspace.set_fault("redeliver", 1)
    omar = workspace.person("Omar")
    await omar.says("#batch-ops", "@wavewarden status --batch 001")
    await workspace.wait_for("Batch 001 by status")
    await omar.slash("/batch version")
    await workspace.wait_for("Wavewarden 0.")
    assert sum(AT_REST in message.text for message in workspace.messages("#batch-ops")) == 1


async def test_machine_text_cannot_mention_or_link(workspace: Driver, demo_host: Path) -> None:
    registry = demo_host / ".smbatcher/REGISTRY.md"
    registry.write_text(
        registry.read_text().replace("| lotus.dev ", "| <!channel>.dev ").replace("| D |", "| <@U0ASHA> |")
    )
    await workspace.person("Omar").slash(STATUS)
    summary = await workspace.wait_for("Batch 001:")
    raw = str([message.json for message in workspace.messages("#batch-ops")])
    assert "<!channel>" not in str(summary.json["text"])
    assert "&lt;@U0ASHA&gt;" in raw
    assert summary.blocks[0]["text"]["verbatim"] is True


async def test_a_bug_of_ours_is_told_with_its_reference(
    workspace: Driver, bot: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("commands.ops.overview.look", broken)
    omar = workspace.person("Omar")
    await omar.slash(STATUS)
    told = await omar.told("Wavewarden failed on this")
    reference = told.fallback.rsplit(" ", 1)[1].rstrip(".")
    assert reference.startswith("W-")
    assert reference in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert bot.identity.name == "wavewarden"
