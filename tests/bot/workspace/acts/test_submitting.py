"""Forms: opened, filled in, submitted, refused, closed."""

import asyncio

import pytest

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver, View
from bot.workspace.errors import Refused
from bot.workspace.filling import REQUIRED
from bot.workspace.shapes import Json
from tests.bot.workspace.raw_app import NO_ACK, RawApp


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def form(title: str = "Decline", **more: object) -> Json:
    return {
        "type": "modal",
        "title": plain(title),
        "submit": plain("Send"),
        "private_metadata": "P-7K2Q",
        "callback_id": "decline",
        "blocks": [
            {
                "type": "input",
                "block_id": "why",
                "label": plain("Your reason"),
                "element": {"type": "plain_text_input", "action_id": "reason"},
            }
        ],
        **more,
    }


async def opened(raw: RawApp, workspace: Driver, view: Json) -> View:
    """A form, opened by what a command of Asha's entitles to."""
    if not raw.sockets:
        await raw.connect()
    asha = workspace.person("Asha")
    await asha.slash("/batch decline")
    trigger_id = (await raw.next())["payload"]["trigger_id"]
    answered = await raw.call("views.open", trigger_id=trigger_id, view=view)
    assert answered.body["ok"], answered.body
    return await asha.form(str(view["title"]["text"]))


async def test_a_submission_arrives_whole_and_closes_the_form(raw: RawApp, workspace: Driver) -> None:
    shown = await opened(raw, workspace, form())
    assert await workspace.person("Asha").submit(shown, your_reason="too risky") == {}
    envelope = await raw.next()
    payload = envelope["payload"]
    assert envelope["accepts_response_payload"]
    assert payload["type"] == "view_submission"
    assert payload["view"]["private_metadata"] == "P-7K2Q"
    assert payload["view"]["callback_id"] == "decline"
    assert payload["view"]["state"]["values"] == {
        "why": {"reason": {"type": "plain_text_input", "value": "too risky"}}
    }
    assert not shown.open


async def test_a_required_field_is_asked_for_before_the_app_hears_of_it(
    raw: RawApp, workspace: Driver
) -> None:
    shown = await opened(raw, workspace, form())
    assert await workspace.person("Asha").submit(shown) == {"why": REQUIRED}
    assert shown.open
    assert raw.frames.empty()


async def test_errors_in_the_ack_stay_on_the_form(raw: RawApp, workspace: Driver) -> None:
    shown = await opened(raw, workspace, form())
    raw.answer = lambda _envelope: {"response_action": "errors", "errors": {"why": "Say more."}}
    assert await workspace.person("Asha").submit(shown, reason="no") == {"why": "Say more."}
    assert shown.open


async def test_the_ack_may_change_the_form(raw: RawApp, workspace: Driver) -> None:
    shown = await opened(raw, workspace, form())
    raw.answer = lambda _envelope: {"response_action": "update", "view": form("Thanks")}
    await workspace.person("Asha").submit(shown, reason="no")
    assert shown.title == "Thanks"


async def test_the_ack_may_put_a_form_on_top_up_to_three(raw: RawApp, workspace: Driver) -> None:
    shown = await opened(raw, workspace, form("First"))
    asha = workspace.person("Asha")
    for title in ("Second", "Third"):
        answer = {"response_action": "push", "view": form(title)}
        raw.answer = lambda _envelope, answer=answer: answer  # type: ignore[misc]
        await asha.submit(shown, reason="no")
        shown = await asha.form(title)
    assert len(workspace.workspace.snapshot("U0ASHA")["views"]) == 3
    with pytest.raises(Refused, match="trouble connecting"):
        await asha.submit(shown, reason="one over")
    raw.answer = lambda _envelope: {"response_action": "clear"}
    await asha.submit(shown, reason="no")
    assert workspace.workspace.snapshot("U0ASHA")["views"] == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
async def test_an_ack_that_slack_would_not_obey_is_trouble(
    raw: RawApp, workspace: Driver, answer: Json
) -> None:
    shown = await opened(raw, workspace, form())
    raw.answer = lambda _envelope: answer
    with pytest.raises(Refused, match="We had some trouble connecting"):
        await workspace.person("Asha").submit(shown, reason="no")
    assert shown.open


async def test_a_submission_that_nobody_answers_is_trouble(
    raw: RawApp, workspace: Driver, clock: HandClock
) -> None:
    shown = await opened(raw, workspace, form())
    raw.answer = lambda _envelope: NO_ACK
    submitting = asyncio.create_task(workspace.person("Asha").submit(shown, reason="no"))
    await raw.next()
    await clock.advance(3)
    with pytest.raises(Refused, match="We had some trouble connecting"):
        await submitting
    assert shown.json["state"]["values"]["why"]["reason"]["value"] == "no"


async def test_a_closed_form_is_told_of_where_it_asked_for_that(raw: RawApp, workspace: Driver) -> None:
    shown = await opened(raw, workspace, form(notify_on_close=True))
    await workspace.person("Asha").closes(shown)
    payload = (await raw.next())["payload"]
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    quiet = await opened(raw, workspace, form())
    await workspace.person("Asha").closes(quiet)
    assert not quiet.open
    assert raw.frames.empty()


async def test_a_form_is_opened_within_three_seconds_and_once(
    raw: RawApp, workspace: Driver, clock: HandClock
) -> None:
    await raw.connect()
    await workspace.person("Asha").slash("/batch decline")
    trigger_id = (await raw.next())["payload"]["trigger_id"]
    await clock.advance(3)
    assert (await raw.call("views.open", trigger_id=trigger_id, view=form())).body["ok"]
    again = await raw.call("views.open", trigger_id=trigger_id, view=form())
    assert again.body["error"] == "exchanged_trigger_id"
    await workspace.person("Asha").slash("/batch decline")
    trigger_id = (await raw.next())["payload"]["trigger_id"]
    await clock.advance(3.001)
    late = await raw.call("views.open", trigger_id=trigger_id, view=form())
    assert late.body["error"] == "expired_trigger_id"


async def test_a_skeleton_is_filled_later(raw: RawApp, workspace: Driver) -> None:
    shown = await opened(raw, workspace, form("Loading"))
    stale = await raw.call("views.update", view_id=shown.id, view=form("Ready"), hash="0.0")
    assert stale.body["error"] == "hash_conflict"
    await raw.call("views.update", view_id=shown.id, view=form("Ready"), hash=shown.json["hash"])
    assert (await workspace.person("Asha").form("Ready")).id == shown.id


async def test_a_form_that_slack_would_refuse_is_refused(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await workspace.person("Asha").slash("/batch decline")
    trigger_id = (await raw.next())["payload"]["trigger_id"]
    wrong = form("A title of more than 24 characters")
    refused = await raw.call("views.open", trigger_id=trigger_id, view=wrong)
    assert refused.body["error"] == "invalid_arguments"
    assert "title" in refused.body["response_metadata"]["messages"][0]
    assert (await raw.call("views.open", trigger_id=trigger_id, view=form())).body["ok"]


async def test_options_are_asked_of_the_app(raw: RawApp, workspace: Driver) -> None:
    select = {
        "type": "input",
        "block_id": "site",
        "label": plain("Site"),
        "element": {"type": "external_select", "action_id": "pick", "min_query_length": 2},
    }
    shown = await opened(raw, workspace, form(blocks=[select]))
    options = [{"text": plain("lotus.dev"), "value": "lotus.dev"}]
    raw.answer = lambda _envelope: {"options": options}
    suggest = workspace.workspace.suggest
    assert await suggest("U0ASHA", shown.container, "site", "pick", "l") == []
    assert await suggest("U0ASHA", shown.container, "site", "pick", "lo") == options
    payload = (await raw.next())["payload"]
    assert (payload["type"], payload["value"], payload["action_id"]) == ("block_suggestion", "lo", "pick")
