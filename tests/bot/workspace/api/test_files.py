"""The upload in three steps, by the SDK's own helper."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.driver import Driver
from tests.bot.workspace.raw_app import RawApp

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


async def test_a_file_is_shared_in_a_thread_with_a_comment(
    client: AsyncWebClient, workspace: Driver, raw: RawApp
) -> None:
    parent = str((await client.chat_postMessage(channel="C0OPS", text="parent"))["ts"])
    await client.files_upload_v2(
        channel="C0OPS",
        thread_ts=parent,
        initial_comment="the plot",
        filename="rate.png",
        content=PNG,
        title="Rate",
    )
    message = await workspace.wait_for(text="the plot", thread=(await workspace.wait_for(text="parent")))
    file = message.json["files"][0]
    assert (file["mimetype"], file["size"], file["title"]) == ("image/png", len(PNG), "Rate")
    async with raw.session.get(file["url_private"]) as response:
        assert await response.read() == PNG
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_text_file_shows_its_beginning(client: AsyncWebClient, workspace: Driver) -> None:
    await client.files_upload_v2(channel="C0OPS", filename="wave-5.log", content="ERROR\n" * 1000)
    message = await workspace.wait_for()
    assert message.json["files"][0]["preview"].startswith("ERROR\nERROR")
    assert len(message.json["files"][0]["preview"]) == 2000


async def test_a_file_that_was_never_uploaded_is_not_found(client: AsyncWebClient) -> None:
    promised = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(
            files=[{"id": str(promised["file_id"])}], channel_id="C0OPS"
        )


async def test_other_bytes_than_were_promised_are_not_taken(client: AsyncWebClient, raw: RawApp) -> None:
    promised = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    async with raw.session.post(str(promised["upload_url"]), data=b"four") as answer:
        assert answer.status == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": str(promised["file_id"])}])


async def test_uploads_can_be_refused_while_all_else_works(
    client: AsyncWebClient, workspace: Driver, raw: RawApp
) -> None:
    await workspace.set_fault("no_uploads")
    promised = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    async with raw.session.post(str(promised["upload_url"]), data=b"abc") as answer:
        assert answer.status == 503
    await client.chat_postMessage(channel="C0OPS", text="still here")
    await workspace.set_fault("no_uploads", 0)
    async with raw.session.post(str(promised["upload_url"]), data=b"abc") as answer:
        assert answer.status == 200


async def test_a_file_is_not_shared_where_the_app_is_no_member(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.files_upload_v2(channel="C0GENERAL", filename="a.txt", content="abc")


async def test_a_file_without_a_channel_stays_the_apps(client: AsyncWebClient, workspace: Driver) -> None:
    uploaded = await client.files_upload_v2(filename="a.txt", content="abc")
    assert not uploaded["file"]["is_public"]
    assert workspace.messages() == []
