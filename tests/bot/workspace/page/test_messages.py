"""Messages: who said what when, threads, reactions, private ones, files, what is unread, and where one reads."""

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Served
from tests.bot.workspace.page.conftest import Visits
from tests.bot.workspace.page.scenes import post, section

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


async def test_messages_of_one_author_stand_together_under_one_name(served: Served, visits: Visits) -> None:
    page = await visits.open()
    for user, text in (("U0VERA", "one"), ("U0VERA", "two"), ("U0ASHA", "three")):
        await served.workspace.say(user, "C0OPS", text)
    await expect(page.get_by_text("three")).to_be_visible()
    await expect(page.get_by_text("Vera Lind").and_(page.locator(".message-author:visible"))).to_have_count(1)
    await expect(page.get_by_role("separator", name="Today")).to_be_visible()
    title = await page.locator(".message-head time").first.get_attribute("title")
    assert title is not None
    assert title.endswith("(Europe/Berlin)")


async def test_an_edit_changes_the_message_in_place(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await served.workspace.say("U0VERA", "C0OPS", "frist")
    [message] = await served.workspace.history("U0VERA", "C0OPS")
    await served.workspace.edit("U0VERA", "C0OPS", message["ts"], "first")
    await expect(page.locator(".message")).to_have_count(1)
    await expect(page.locator(".message")).to_contain_text("first (edited)")


async def test_a_thread_opens_beside_is_answered_and_counted(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await served.workspace.say("U0VERA", "C0OPS", "the parent")
    message = page.locator(".channel .message")
    await message.hover()
    await page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    reply = thread.get_by_role("combobox", name="Reply…")
    await expect(reply).to_be_focused()
    await reply.fill("an answer")
    await reply.press("Enter")
    await expect(thread.get_by_text("an answer")).to_be_visible()
    await expect(message.get_by_role("link", name="1 reply last reply just now")).to_be_visible()
    await expect(page.locator(".channel").get_by_text("an answer")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()


async def test_a_reply_that_was_also_sent_to_the_channel_shows_in_both(
    visits: Visits, client: AsyncWebClient
) -> None:
    page = await visits.open()
    ts = await post(client, section("the parent"))
    await client.chat_postMessage(channel="C0OPS", thread_ts=ts, reply_broadcast=True, text="worse now")
    channel = page.locator(".channel .message").filter(has_text="worse now")
    await expect(channel).to_contain_text("replied to a thread")
    await channel.get_by_role("link", name="a thread").click()
    await expect(page.locator(".thread .message").filter(has_text="worse now")).to_contain_text(
        "also sent to the channel"
    )


async def test_a_reaction_is_given_and_taken_back(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await served.workspace.say("U0VERA", "C0OPS", "look")
    [message] = await served.workspace.history("U0VERA", "C0OPS")
    await served.workspace.reaction("U0ASHA", "C0OPS", message["ts"], "eyes")
    await page.get_by_role("button", name="eyes, 1: Asha Rao").click()
    both = page.get_by_role("button", name="eyes, 2: Asha Rao, You")
    await expect(both).to_have_attribute("aria-pressed", "true")
    await both.click()
    await expect(page.get_by_role("button", name="eyes, 1: Asha Rao")).to_be_visible()


async def test_a_private_message_is_marked_and_can_be_dismissed(
    visits: Visits, client: AsyncWebClient
) -> None:
    page = await visits.open()
    await client.chat_postEphemeral(channel="C0OPS", user="U0OMAR", text="for your eyes")
    message = page.locator(".message").filter(has_text="for your eyes")
    await expect(message).to_contain_text("Only visible to you")
    await message.get_by_role("button", name="Dismiss this message").click()
    await expect(message).to_have_count(0)


async def test_files_are_shown_with_a_preview(visits: Visits, client: AsyncWebClient) -> None:
    page = await visits.open()
    lines = "\n".join(f"line {n}" for n in range(40))
    await client.files_upload_v2(channel="C0OPS", filename="wave-5.log", content=lines)
    await client.files_upload_v2(channel="C0OPS", filename="rate.png", content=PIXEL, alt_txt="the rate")
    await expect(page.get_by_text("line 0")).to_be_visible()
    more = page.get_by_role("button", name="Show more")
    await more.click()
    await expect(page.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")
    await expect(page.get_by_role("img", name="the rate")).to_be_visible()


async def test_what_is_unread_is_marked_and_read_by_looking(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await served.workspace.say("U0ASHA", "C0ESC", "something @omar")
    place = page.get_by_role("link", name="batch-escalations")
    await expect(place.get_by_label("1 for you")).to_be_visible()
    await expect(page).to_have_title("(1) #batch-ops · Batch operations")
    await place.click()
    await expect(page.get_by_role("separator", name="New messages")).to_be_visible()
    await expect(place.get_by_label("1 for you")).to_be_hidden()
    await expect(page).to_have_title("#batch-escalations · Batch operations")


async def test_old_messages_come_as_one_scrolls_up_and_the_place_stays(
    served: Served, visits: Visits
) -> None:
    for n in range(120):
        await served.workspace.say("U0VERA", "C0OPS", f"line {n}")
    page = await visits.open()
    log = page.get_by_role("log", name="Messages in #batch-ops")
    await expect(page.get_by_text("line 119", exact=True)).to_be_in_viewport()
    assert await page.locator(".message").count() == 50
    await log.hover()
    while not await page.get_by_text("line 0", exact=True).count():
        await page.mouse.wheel(0, -400)
        await page.evaluate("new Promise(requestAnimationFrame)")
    await page.mouse.wheel(0, 300)
    await page.evaluate("new Promise(requestAnimationFrame)")
    top = await log.evaluate("(node) => node.scrollTop")
    await served.workspace.say("U0ASHA", "C0OPS", "news")
    await expect(page.get_by_text("news")).to_be_attached()
    assert abs(await log.evaluate("(node) => node.scrollTop") - top) < 5
    await page.get_by_role("button", name="Jump to latest").click()
    await expect(page.get_by_text("news")).to_be_in_viewport()


async def test_a_permalink_opens_its_thread_here(visits: Visits, client: AsyncWebClient) -> None:
    page = await visits.open()
    ts = await post(client, section("the incident"))
    link = str((await client.chat_getPermalink(channel="C0OPS", message_ts=ts))["permalink"])
    await client.chat_postMessage(channel="C0OPS", text=f"see <{link}|the incident's thread>")
    await page.get_by_role("link", name="the incident's thread").click()
    await expect(page.get_by_role("complementary", name="Thread").get_by_text("the incident")).to_be_visible()
    assert "as=U0OMAR" in page.url


async def test_one_who_is_no_member_may_look_and_join(served: Served, visits: Visits) -> None:
    served.workspace.core.rooms.get("C0GENERAL").members.remove("U0OMAR")  # type: ignore[union-attr]
    page = await visits.open(at="#/C0GENERAL")
    await page.get_by_role("button", name="Join #general").click()
    await expect(page.get_by_role("combobox", name="Message #general")).to_be_visible()


async def test_the_app_is_invited_where_it_is_not(visits: Visits) -> None:
    page = await visits.open(at="#/C0GENERAL")
    await page.get_by_role("button", name="Invite wavewarden").click()
    await expect(page.get_by_text("wavewarden is not in #general.")).to_be_hidden()
    await expect(page.get_by_text("has joined the channel")).to_be_visible()


async def test_ones_own_message_is_edited_as_it_was_typed(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await served.workspace.say("U0OMAR", "C0OPS", "ask @asha about lotus.dev & <co>")
    await page.locator(".message").hover()
    await page.get_by_role("button", name="Edit message").click()
    text = page.get_by_role("textbox", name="Text of the message")
    await expect(text).to_have_value("ask @asha about lotus.dev & <co>")
    await text.fill("ask @vera")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator(".message")).to_contain_text("ask @Vera Lind (edited)")


async def test_other_peoples_messages_are_not_edited(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await served.workspace.say("U0VERA", "C0OPS", "mine")
    await page.locator(".message").hover()
    await expect(page.get_by_role("button", name="Add a reaction")).to_be_visible()
    await expect(page.get_by_role("button", name="Edit message")).to_have_count(0)
