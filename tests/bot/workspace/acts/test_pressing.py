"""Buttons and menus, in messages and in views."""

import asyncio

import pytest

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.errors import Refused
from bot.workspace.shapes import Json
from tests.bot.workspace.raw_app import NO_ACK, RawApp


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


BLOCKS: list[Json] = [
    {
        "type": "actions",
        "block_id": "plan",
        "elements": [
            {
                "type": "button",
                "action_id": "approve",
                "text": plain("Approve"),
                "value": "P-7K2Q",
                "style": "primary",
            },
            {
                "type": "button",
                "action_id": "decline",
                "text": plain("Decline"),
                "confirm": {
                    "title": plain("Sure?"),
                    "text": plain("Really?"),
                    "confirm": plain("Yes"),
                    "deny": plain("No"),
                },
            },
            {
                "type": "static_select",
                "action_id": "status",
                "placeholder": plain("Status"),
                "options": [option("Designed"), option("Implemented")],
                "initial_option": option("Designed"),
            },
            {
                "type": "overflow",
                "action_id": "more",
                "options": [option("Archive"), option("Delete")],
            },
        ],
    },
]


async def post(raw: RawApp) -> None:
    await raw.call("chat.postMessage", channel="C0OPS", text="A plan", blocks=BLOCKS)


async def test_a_press_arrives_whole(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await post(raw)
    message = await workspace.wait_for(text="A plan")
    await workspace.person("Asha").click(message, "Approve")
    envelope = await raw.next()
    payload = envelope["payload"]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("interactive", False)
    assert payload["type"] == "block_actions"
    assert payload["user"] == {"id": "U0ASHA", "username": "asha", "name": "asha", "team_id": "T0WAVES"}
    assert payload["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": "C0OPS",
        "is_ephemeral": False,
    }
    assert payload["channel"] == {"id": "C0OPS", "name": "batch-ops"}
    assert payload["message"]["text"] == "A plan"
    assert payload["trigger_id"]
    assert payload["response_url"].startswith(raw.served.url)
    assert payload["state"]["values"]["plan"]["status"]["selected_option"]["value"] == "designed"
    (action,) = payload["actions"]
    assert action.pop("action_ts")
    assert action == {
        "type": "button",
        "block_id": "plan",
        "action_id": "approve",
        "text": {"type": "plain_text", "text": "Approve"},
        "value": "P-7K2Q",
        "style": "primary",
    }


async def test_what_was_chosen_stays_in_the_state_of_that_person(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await post(raw)
    message = await workspace.wait_for(text="A plan")
    asha = workspace.person("Asha")
    await asha.select(message, "Status", "Implemented")
    chosen = (await raw.next())["payload"]
    assert chosen["actions"][0]["selected_option"]["value"] == "implemented"
    await asha.click(message, "Approve")
    state = (await raw.next())["payload"]["state"]["values"]["plan"]["status"]
    assert (state["type"], state["selected_option"]["value"]) == ("static_select", "implemented")
    await workspace.person("Omar").click(message, "Approve")
    state = (await raw.next())["payload"]["state"]["values"]["plan"]["status"]
    assert state["selected_option"]["value"] == "designed"


async def test_an_overflow_menu_tells_the_option(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await post(raw)
    message = await workspace.wait_for(text="A plan")
    await workspace.person("Asha").select(message, "more", "Archive")
    assert (await raw.next())["payload"]["actions"][0]["selected_option"]["value"] == "archive"


async def test_a_denied_confirm_dialog_sends_nothing(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await post(raw)
    message = await workspace.wait_for(text="A plan")
    asha = workspace.person("Asha")
    await asha.click(message, "Decline", accept=False)
    await asha.click(message, "Decline")
    assert (await raw.next())["payload"]["actions"][0]["action_id"] == "decline"
    assert raw.frames.empty()


async def test_a_press_that_nobody_answers_is_told_to_the_person(
    raw: RawApp, workspace: Driver, clock: HandClock
) -> None:
    raw.answer = lambda _envelope: NO_ACK
    await raw.connect()
    await post(raw)
    asha = workspace.person("Asha")
    message = await workspace.wait_for(text="A plan")
    seen = workspace.workspace.subscribe(asha.id)
    pressing = asyncio.create_task(asha.click(message, "Approve"))
    await raw.next()
    await clock.advance(3)
    await pressing
    assert await asha.notice("Oh no, something went wrong. Please try that again.")
    seen.close()
    pending = [event async for event in seen if event["type"] == "pending"]
    assert pending == [
        {"type": "pending", "key": f"{message.ts}/approve", "on": True},
        {"type": "pending", "key": f"{message.ts}/approve", "on": False},
    ]


async def test_a_press_on_a_private_message_tells_nothing_of_its_content(
    raw: RawApp, workspace: Driver
) -> None:
    await raw.connect()
    await raw.call("chat.postEphemeral", channel="C0OPS", user="U0ASHA", text="A plan", blocks=BLOCKS)
    asha = workspace.person("Asha")
    await asha.click(await asha.told("A plan"), "Approve")
    payload = (await raw.next())["payload"]
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload


async def test_what_is_gone_cannot_be_pressed(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await post(raw)
    message = await workspace.wait_for(text="A plan")
    act = workspace.workspace.act
    with pytest.raises(Refused, match="changed meanwhile"):
        await act("U0ASHA", message.container, "plan", "undo", {})
    await raw.call("chat.delete", channel="C0OPS", ts=message.ts)
    with pytest.raises(Refused, match="This message is gone"):
        await act("U0ASHA", message.container, "plan", "approve", {})
    with pytest.raises(Refused, match="This form is closed"):
        await act("U0ASHA", {"view_id": "V0"}, "plan", "approve", {})


@pytest.mark.parametrize("values", [{"plan": 5}, {"plan": {"status": 5}}])
async def test_values_of_another_shape_are_refused(raw: RawApp, workspace: Driver, values: Json) -> None:
    await post(raw)
    message = await workspace.wait_for(text="A plan")
    with pytest.raises(Refused, match="could not be read"):
        await workspace.workspace.act("U0ASHA", message.container, "plan", "approve", {}, values)
