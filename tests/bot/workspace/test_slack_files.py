"""Images that point to uploaded files."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.shapes import Json
from tests.bot.workspace.raw_app import RawApp


def image(file_id: str) -> Json:
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": "the rate"}


async def test_an_unshared_file_is_shown_in_no_view(client: AsyncWebClient, raw: RawApp) -> None:
    uploaded = await client.files_upload_v2(filename="rate.png", content=b"\x89PNG")
    home = {"type": "home", "blocks": [image(uploaded["file"]["id"])]}
    refused = await raw.call("views.publish", user_id="U0OMAR", view=home)
    assert refused.body["error"] == "invalid_arguments"
    assert "invalid slack file" in refused.body["response_metadata"]["messages"][0]
    assert "view.blocks[0].slack_file" in refused.body["response_metadata"]["messages"][0]


async def test_a_shared_file_is_shown_by_id_and_by_url(client: AsyncWebClient, raw: RawApp) -> None:
    uploaded = await client.files_upload_v2(channel="C0OPS", filename="rate.png", content=b"\x89PNG")
    by_url = {**image(""), "slack_file": {"url": uploaded["file"]["url_private"]}}
    home = {"type": "home", "blocks": [image(uploaded["file"]["id"]), by_url]}
    assert (await raw.call("views.publish", user_id="U0OMAR", view=home)).body["ok"]


async def test_a_message_may_show_the_apps_own_file_but_none_that_is_not_there(
    client: AsyncWebClient, raw: RawApp
) -> None:
    uploaded = await client.files_upload_v2(filename="rate.png", content=b"\x89PNG")
    own = [image(uploaded["file"]["id"])]
    assert (await raw.call("chat.postMessage", channel="C0OPS", text="x", blocks=own)).body["ok"]
    refused = await raw.call("chat.postMessage", channel="C0OPS", text="x", blocks=[image("F0NONE")])
    assert refused.body["error"] == "invalid_blocks"
