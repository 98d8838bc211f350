"""Every block and every element is shown, and every control has a name."""

from typing import Literal

import pytest
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import showing
from bot.workspace.content import checked_view
from bot.workspace.server import Served
from tests.bot.workspace.page.conftest import Visits
from tests.bot.workspace.page.scenes import (
    MORE,
    Json,
    actions,
    button,
    modal,
    mrkdwn,
    options,
    plain,
    post,
    question,
    section,
)

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "rich"}]}],
}
CELL = {"type": "raw_text", "text": "cell"}

BLOCKS: list[tuple[Json, str]] = [
    (section("*a section*"), "a section"),
    ({"type": "section", "fields": [mrkdwn("one"), plain("two")]}, "two"),
    ({"type": "header", "text": plain("a header")}, "a header"),
    ({"type": "context", "elements": [mrkdwn("a context")]}, "a context"),
    (actions(button("a button", "b")), "a button"),
    ({"type": "markdown", "text": "## a title"}, "a title"),
    (RICH, "rich"),
    ({"type": "table", "rows": [[CELL, CELL], [RICH, CELL]]}, "rich"),
    ({"type": "image", "image_url": "https://a.example/x.png", "alt_text": "a curve"}, "Image: a curve"),
    (
        {"type": "video", "title": plain("a film"), "title_url": "https://a.example/v", "video_url": "https://a.example/e",
         "thumbnail_url": "https://a.example/t.png", "alt_text": "film"},
        "a film",
    ),
    ({"type": "divider"}, ""),
    (question("a question", "q", {"type": "plain_text_input"}), "a question"),
]  # fmt: skip


async def test_each_block_is_shown(visits: Visits, client: AsyncWebClient) -> None:
    page = await visits.open()
    for block, text in BLOCKS:
        await post(client, block)
        shown = page.locator(".message").last.locator(f".block-{block['type']}")
        await expect(shown).to_be_attached()
        await expect(shown).to_contain_text(text)


async def test_a_block_nobody_knows_yet_says_so(served: Served, visits: Visits) -> None:
    page = await visits.open()
    core = served.workspace.core
    message = {**core.app.message(), "ts": core.ids.ts(), "text": "", "blocks": [{"type": "hologram"}]}
    core.feed.send("U0OMAR", {"type": "message", "channel": "C0OPS", "message": message})
    await expect(page.get_by_text("A “hologram” block, which is not shown here.")).to_be_visible()


Role = Literal["textbox", "button", "group", "radiogroup"]
LIST = {"options": options("One", "Two")}
FIELDS: list[tuple[Json, Role]] = [
    ({"type": "plain_text_input"}, "textbox"),
    ({"type": "plain_text_input", "multiline": True}, "textbox"),
    ({"type": "number_input", "is_decimal_allowed": False}, "textbox"),
    ({"type": "email_text_input"}, "textbox"),
    ({"type": "url_text_input"}, "textbox"),
    ({"type": "rich_text_input"}, "textbox"),
    ({"type": "static_select", **LIST}, "button"),
    ({"type": "multi_static_select", **LIST}, "button"),
    ({"type": "external_select", "min_query_length": 0}, "button"),
    ({"type": "multi_external_select"}, "button"),
    ({"type": "users_select"}, "button"),
    ({"type": "multi_users_select"}, "button"),
    ({"type": "channels_select"}, "button"),
    ({"type": "multi_channels_select"}, "button"),
    ({"type": "conversations_select"}, "button"),
    ({"type": "multi_conversations_select"}, "button"),
    ({"type": "checkboxes", **LIST}, "group"),
    ({"type": "radio_buttons", **LIST}, "radiogroup"),
]
DATES = ("datepicker", "timepicker", "datetimepicker")


async def open_form(served: Served, page: Page, view: Json) -> None:
    showing.open_first(served.workspace.core, "U0OMAR", checked_view(view, served.workspace.core.shelf))
    await expect(page.get_by_role("dialog")).to_be_visible()


async def test_each_field_of_a_form_is_named_by_its_label(served: Served, visits: Visits) -> None:
    page = await visits.open()
    fields = [question(f"Label {at}", f"q{at}", element) for at, (element, _) in enumerate(FIELDS)]
    await open_form(served, page, modal("All of them", *fields))
    for at, (_, role) in enumerate(FIELDS):
        named = page.get_by_role("dialog", name="All of them").get_by_role(
            role, name=f"Label {at}", exact=role != "button"
        )
        await expect(named.first).to_be_visible()


async def test_dates_and_times_are_the_browsers_own_and_named(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await open_form(served, page, modal("Dates", *(question(kind, kind, {"type": kind}) for kind in DATES)))
    for kind in DATES:
        await expect(page.get_by_label(kind, exact=True)).to_be_visible()


async def test_every_control_of_the_whole_page_has_a_name(
    served: Served, visits: Visits, client: AsyncWebClient
) -> None:
    page = await visits.open()
    elements: list[Json] = [
        {**element, "action_id": f"e{at}"}
        for at, (element, _) in enumerate(FIELDS)
        if "select" in element["type"]
    ]
    ts = await post(
        client, section("text", accessory={"type": "datepicker", "action_id": "d"}), actions(button("B", "b"), MORE, *elements[:6]),
        actions(*elements[6:], {"type": "checkboxes", "action_id": "c", **LIST}, {"type": "radio_buttons", "action_id": "r", **LIST}, block_id="x"),
    )  # fmt: skip
    await served.workspace.reaction("U0VERA", "C0OPS", ts, "eyes")
    await served.workspace.say("U0VERA", "C0OPS", "a reply", ts)
    await page.get_by_role("button", name="Rehearsals and log").click()
    await page.get_by_role("link", name="1 reply").click()
    await page.locator(".message").last.hover()
    await expect(page.get_by_role("complementary", name="Thread").get_by_text("a reply")).to_be_visible()
    nameless = await page.evaluate(_NAMELESS)
    assert nameless == []


# What a screen reader would read out as nothing but "button".
_NAMELESS = """() => [...document.querySelectorAll("button, a[href], input, textarea, select, [role=button], [tabindex='0']")]
  .filter((node) => node.checkVisibility())
  .filter((node) => {
    const labelled = (node.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("");
    return !(node.getAttribute("aria-label") || labelled || [...(node.labels ?? [])].map((label) => label.textContent).join("") || node.textContent).trim();
  }).map((node) => node.outerHTML)"""


async def test_a_wide_table_scrolls_inside_itself(visits: Visits, client: AsyncWebClient) -> None:
    page = await visits.open(width=400)
    await post(
        client,
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": f"a long column {n}"} for n in range(20)]] * 3,
        },
    )
    box = page.get_by_role("region", name="Table")
    await expect(box).to_be_visible()
    assert await box.evaluate("(node) => node.scrollWidth > node.clientWidth")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
