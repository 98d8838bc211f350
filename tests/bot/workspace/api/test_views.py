"""Views by the Web API: what is refused, and why."""

import pytest

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.server import serve
from bot.workspace.shapes import Json
from bot.workspace.workspace import Workspace
from tests.bot.workspace.conftest import client_of, manifest
from tests.bot.workspace.raw_app import RawApp

HOME: Json = {"type": "home", "blocks": [{"type": "divider"}]}


def modal(title: str, **more: object) -> Json:
    go = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "blocks": [{"type": "actions", "block_id": "b", "elements": [go]}],
        **more,
    }


async def trigger(raw: RawApp, workspace: Driver) -> str:
    if not raw.sockets:
        await raw.connect()
    await workspace.person("Asha").slash("/batch mark")
    return str((await raw.next())["payload"]["trigger_id"])


async def test_a_form_is_pushed_from_within_a_form_three_high(raw: RawApp, workspace: Driver) -> None:
    asha = workspace.person("Asha")
    first = await raw.call("views.open", trigger_id=await trigger(raw, workspace), view=modal("1"))
    shown = await asha.form("1")
    for title, ok in (("2", True), ("3", True), ("4", False)):
        await asha.click(shown, "Go")
        trigger_id = (await raw.next())["payload"]["trigger_id"]
        pushed = await raw.call("views.push", trigger_id=trigger_id, view=modal(title))
        assert pushed.body["ok"] is ok
        shown = await asha.form(title) if ok else shown
    assert pushed.body["error"] == "push_limit_reached"
    assert shown.json["root_view_id"] == first.body["view"]["id"]


async def test_a_command_is_nothing_to_push_upon(raw: RawApp, workspace: Driver) -> None:
    pushed = await raw.call("views.push", trigger_id=await trigger(raw, workspace), view=modal("1"))
    assert pushed.body["error"] == "not_found"


async def test_an_external_id_names_one_form(raw: RawApp, workspace: Driver) -> None:
    view = modal("1", external_id="mark lotus.dev")
    assert (await raw.call("views.open", trigger_id=await trigger(raw, workspace), view=view)).body["ok"]
    again = await raw.call("views.open", trigger_id=await trigger(raw, workspace), view=view)
    assert again.body["error"] == "duplicate_external_id"
    updated = await raw.call("views.update", external_id="mark lotus.dev", view=modal("2"))
    assert updated.body["view"]["title"]["text"] == "2"


async def test_a_form_that_is_gone_cannot_be_updated(raw: RawApp) -> None:
    assert (await raw.call("views.update", view=modal("1"))).body["error"] == "invalid_arguments"
    assert (await raw.call("views.update", view_id="V0", view=modal("1"))).body["error"] == "not_found"


async def test_an_update_keeps_what_was_filled_into_fields_that_stay(raw: RawApp, workspace: Driver) -> None:
    asha = workspace.person("Asha")
    field = {
        "type": "input",
        "block_id": "why",
        "dispatch_action": True,
        "label": {"type": "plain_text", "text": "Reason"},
        "element": {"type": "plain_text_input", "action_id": "text"},
    }
    form = modal("1", submit={"type": "plain_text", "text": "Send"}, blocks=[field])
    await raw.call("views.open", trigger_id=await trigger(raw, workspace), view=form)
    shown = await asha.form("1")
    await asha.select(shown, "reason", "because")
    payload = (await raw.next())["payload"]
    assert payload["actions"][0]["value"] == "because"
    assert payload["view"]["state"]["values"]["why"]["text"]["value"] == "because"
    await raw.call("views.update", view_id=shown.id, view={**form, "private_metadata": "x"})
    assert shown.json["state"]["values"]["why"]["text"]["value"] == "because"
    await raw.call("views.update", view_id=shown.id, view=modal("2"))
    assert shown.json["state"]["values"] == {}


async def test_a_home_is_published_to_somebody_and_where_it_is_switched_on(raw: RawApp) -> None:
    unknown = await raw.call("views.publish", user_id="U0NOBODY", view=HOME)
    assert unknown.body["error"] == "user_not_found"
    first = await raw.call("views.publish", user_id="U0OMAR", view=HOME)
    stale = await raw.call("views.publish", user_id="U0OMAR", view=HOME, hash="0.0")
    assert stale.body["error"] == "hash_conflict"
    second = await raw.call("views.publish", user_id="U0OMAR", view=HOME, hash=first.body["view"]["hash"])
    assert second.body["view"]["id"] == first.body["view"]["id"]


async def test_a_manifest_without_a_home_has_none() -> None:
    served = await serve(Workspace(manifest(home=False), HandClock()))
    with pytest.raises(Exception, match="not_enabled"):
        await client_of(served).views_publish(user_id="U0OMAR", view=HOME)
    await served.close()


async def test_blocks_are_validated_without_being_posted(raw: RawApp, workspace: Driver) -> None:
    assert (await raw.call("blocks.validate", blocks=[{"type": "divider"}])).body["ok"]
    refused = await raw.call("blocks.validate", blocks=[{"type": "header"}])
    assert refused.body["error"] == "invalid_blocks"
    assert workspace.messages() == []
