"""Typing: completion, recall, sending, drafts."""

import pytest
from playwright.async_api import Locator, Page, expect

from bot.workspace.server import Served
from tests.bot.workspace.page.conftest import Visits

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Message #batch-ops")


async def test_a_slash_offers_the_manifests_commands_with_their_usage(visits: Visits) -> None:
    page = await visits.open()
    await expect(box(page)).to_be_focused()
    await page.keyboard.type("/")
    await expect(page.get_by_role("option")).to_have_count(2)
    await expect(page.get_by_role("option", name="/batch status Look at a batch")).to_have_attribute(
        "aria-selected", "true"
    )
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Tab")
    await expect(box(page)).to_have_value("/batch ")
    await expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    await expect(box(page)).to_have_accessible_description("/batch status Look at a batch")


async def test_escape_closes_the_suggestions_and_nothing_else(visits: Visits) -> None:
    page = await visits.open()
    await box(page).fill("/b")
    await expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    await expect(box(page)).to_have_value("/b")


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("ask @ash", "ask @asha "),
        ("cc @batch-on", "cc @batch-on-call "),
        ("in #batch-e", "in #batch-escalations "),
        ("well :rocke", "well :rocket: "),
    ],
)
async def test_names_channels_and_emoji_are_completed(visits: Visits, typed: str, completed: str) -> None:
    page = await visits.open()
    await box(page).press_sequentially(typed)
    await page.keyboard.press("Enter")
    await expect(box(page)).to_have_value(completed)


async def test_enter_sends_and_shift_enter_breaks_the_line(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await box(page).press_sequentially("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two @asha")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(box(page)).to_have_value("")
    await expect(page.locator(".message .mention")).to_have_text("@Asha Rao")
    assert (await served.workspace.history("U0OMAR", "C0OPS"))[0]["text"] == "one\ntwo <@U0ASHA>"


async def test_the_arrow_recalls_ones_own_lines_and_comes_back_to_the_draft(visits: Visits) -> None:
    page = await visits.open()
    for line in ("first", "second"):
        await box(page).fill(line)
        await page.keyboard.press("Enter")
    await box(page).fill("draft")
    await page.keyboard.press("Home")
    for expected in ("second", "first"):
        await page.keyboard.press("ArrowUp")
        await expect(box(page)).to_have_value(expected)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(box(page)).to_have_value("draft")


async def test_each_channel_keeps_its_draft(visits: Visits) -> None:
    page = await visits.open()
    await box(page).fill("not yet")
    await page.get_by_role("link", name="general").click()
    await expect(page.get_by_role("combobox", name="Message #general")).to_have_value("")
    await page.get_by_role("link", name="batch-ops").click()
    await expect(box(page)).to_have_value("not yet")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/nonsense", "/nonsense is not a valid command."),
        ("/batch status", '/batch failed with the error "dispatch_failed"'),
    ],
)
async def test_a_line_that_comes_to_nothing_is_answered_in_slacks_words(
    visits: Visits, line: str, told: str
) -> None:
    page = await visits.open()
    await box(page).fill(line)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert").filter(has_text=told)).to_contain_text("Only visible to you")
