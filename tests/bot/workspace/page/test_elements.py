"""What one does with the elements of a message: it reaches a real app, with what was chosen."""

import asyncio

import pytest
from playwright.async_api import Page, expect
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Served
from tests.bot.workspace.conftest import Connector, client_of
from tests.bot.workspace.page.conftest import Visits
from tests.bot.workspace.page.scenes import (
    MORE,
    STOP,
    Json,
    actions,
    button,
    mrkdwn,
    options,
    post,
    section,
    taking,
)

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def next_of(taken: "asyncio.Queue[Json]") -> Json:
    return await asyncio.wait_for(taken.get(), 20)


async def connected(connector: Connector) -> "asyncio.Queue[Json]":
    app = connector.app()
    taken = taking(app)
    await connector.connect(app)
    return taken


async def test_a_button_carries_its_value(
    visits: Visits, connector: Connector, client: AsyncWebClient
) -> None:
    taken = await connected(connector)
    page = await visits.open("ASHA")
    await post(client, actions(button("Approve", "approve", value="plan-7")))
    await page.get_by_role("button", name="Approve", exact=True).click()
    action = await next_of(taken)
    assert (action["action_id"], action["value"], action["who"]) == ("approve", "plan-7", "U0ASHA")


async def test_a_button_waits_visibly_until_the_app_has_taken_the_click(
    visits: Visits, connector: Connector, client: AsyncWebClient
) -> None:
    app = connector.app()
    may_go = asyncio.Event()
    clicks = 0

    @app.action("slow")
    async def slow(ack: AsyncAck) -> None:
        nonlocal clicks
        clicks += 1
        await may_go.wait()
        await ack()

    await connector.connect(app)
    page = await visits.open()
    await post(client, actions(button("Slow", "slow")))
    pressed = page.get_by_role("button", name="Slow")
    await pressed.click()
    await expect(pressed).to_have_attribute("aria-busy", "true")
    await pressed.click()  # a second press while it waits is no second action
    may_go.set()
    await expect(pressed).not_to_have_attribute("aria-busy", "true")
    assert clicks == 1


async def test_a_click_that_nobody_takes_is_told_in_slacks_words(
    visits: Visits, client: AsyncWebClient
) -> None:
    page = await visits.open()
    await post(client, actions(button("Approve", "approve")))
    await page.get_by_role("button", name="Approve", exact=True).click()
    notice = page.get_by_role("alert").filter(has_text="Oh no, something went wrong. Please try that again.")
    await expect(notice).to_be_visible()
    await notice.get_by_role("button", name="Dismiss").click()
    await expect(notice).to_be_hidden()


async def test_a_confirm_dialog_stands_before_the_action(
    visits: Visits, connector: Connector, client: AsyncWebClient
) -> None:
    taken = await connected(connector)
    page = await visits.open()
    await post(client, actions(STOP, button("Other", "other")))
    question = page.get_by_role("alertdialog", name="Stop wave 5?")
    await page.get_by_role("button", name="Stop").click()
    await expect(question).to_contain_text("9 agents end.")
    await expect(question.get_by_role("button", name="No")).to_be_focused()  # Enter alone stops nothing
    await page.keyboard.press("Enter")
    await expect(question).to_be_hidden()
    await page.get_by_role("button", name="Stop").click()
    await page.keyboard.press("Escape")
    await expect(question).to_be_hidden()
    await page.get_by_role("button", name="Other").click()
    assert (await next_of(taken))["action_id"] == "other"
    await page.get_by_role("button", name="Stop").click()
    await question.get_by_role("button", name="Yes, stop").click()
    assert (await next_of(taken))["action_id"] == "stop"


async def test_an_overflow_menu_opens_moves_and_chooses_by_keys(
    visits: Visits, connector: Connector, client: AsyncWebClient
) -> None:
    taken = await connected(connector)
    page = await visits.open()
    await post(client, actions(MORE))
    more = page.get_by_role("button", name="More actions", exact=True)
    await more.press("Enter")
    await expect(page.get_by_role("menuitem", name="Logs")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(more).to_be_focused()
    await more.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    assert (await next_of(taken))["selected_option"]["value"] == "accept"


async def test_a_select_is_searched_and_chosen_by_keys(
    visits: Visits, connector: Connector, client: AsyncWebClient
) -> None:
    taken = await connected(connector)
    page = await visits.open()
    choice = {
        "type": "static_select",
        "action_id": "s",
        "placeholder": {"type": "plain_text", "text": "Wave"},
        "options": options("Alpha", "Beta", "Gamma"),
    }
    await post(client, section("Which?", accessory=choice))
    await page.get_by_role("button", name="Wave", exact=True).press("Enter")
    await page.keyboard.type("ga")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    assert (await next_of(taken))["selected_option"]["value"] == "gamma"
    await expect(page.get_by_role("button", name="Wave: Gamma")).to_be_focused()


async def test_several_are_chosen_at_once(
    visits: Visits, connector: Connector, client: AsyncWebClient
) -> None:
    taken = await connected(connector)
    page = await visits.open()
    choice = {
        "type": "multi_users_select",
        "action_id": "m",
        "placeholder": {"type": "plain_text", "text": "Whom"},
        "max_selected_items": 2,
    }
    await post(client, section("Ask", accessory=choice))
    await page.get_by_role("button", name="Whom").click()
    for name in ("Asha Rao", "Omar Haddad", "Vera Lind"):
        await page.get_by_role("option", name=name).click()
    await page.keyboard.press("Escape")
    assert (await next_of(taken))["selected_users"] == ["U0ASHA", "U0OMAR"]


async def test_an_external_select_asks_the_app_while_one_types(
    visits: Visits, connector: Connector, client: AsyncWebClient
) -> None:
    app = connector.app()
    taken = taking(app)

    @app.options("site")
    async def sites(ack: AsyncAck, payload: Json) -> None:
        await ack(options=options(f"{payload['value']}.dev"))

    await connector.connect(app)
    page = await visits.open()
    await post(
        client,
        section("Which?", accessory={"type": "external_select", "action_id": "site", "min_query_length": 2}),
    )
    await page.get_by_role("button", name="Choose an option").click()
    await expect(page.get_by_text("Type at least 2 characters")).to_be_visible()
    await page.keyboard.type("lotus")
    await page.get_by_role("option", name="lotus.dev").click()
    assert (await next_of(taken))["selected_option"]["value"] == "lotus.dev"


@pytest.mark.parametrize(
    ("kind", "typed", "picked"),
    [
        ("datepicker", "2026-11-23", "2026-11-23"),
        ("timepicker", "07:30", "07:30"),
        ("datetimepicker", "2026-11-23T07:30", 1795415400),  # in Berlin
    ],
)
async def test_a_date_is_picked(
    visits: Visits, connector: Connector, kind: str, typed: str, picked: object
) -> None:
    taken = await connected(connector)
    page = await visits.open()
    await post(client_of(visits.served), actions({"type": kind, "action_id": "when"}))
    await page.locator(".message input").fill(typed)
    assert picked in (await next_of(taken)).values()


async def test_boxes_and_radio_buttons_are_chosen(
    visits: Visits, connector: Connector, client: AsyncWebClient
) -> None:
    taken = await connected(connector)
    page = await visits.open()
    await post(
        client,
        actions(
            {
                "type": "checkboxes",
                "action_id": "c",
                "options": [{"text": mrkdwn("*One*"), "value": "1"}, *options("Two")],
            },
            {"type": "radio_buttons", "action_id": "r", "options": options("Left", "Right")},
        ),
    )
    await page.get_by_role("checkbox", name="Two").check()
    assert [option["value"] for option in (await next_of(taken))["selected_options"]] == ["two"]
    await page.get_by_role("radio", name="Right").check()
    assert (await next_of(taken))["selected_option"]["value"] == "right"


async def test_a_link_button_opens_its_address_and_tells_the_app(
    visits: Visits, connector: Connector, client: AsyncWebClient, served: Served
) -> None:
    taken = await connected(connector)
    page = await visits.open()
    await post(client, actions(button("Docs", "docs", url=f"{served.url}/archives/C0OPS/p1780000000000100")))
    docs = page.get_by_role("link", name="Docs")
    assert await docs.get_attribute("rel") == "noopener noreferrer"
    await docs.click()
    assert (await next_of(taken))["action_id"] == "docs"


async def focused_action(page: Page) -> str:
    return str(await page.evaluate("document.activeElement?.dataset.action ?? ''"))


async def test_an_update_in_place_keeps_focus_scroll_and_what_was_typed(
    visits: Visits, client: AsyncWebClient
) -> None:
    page = await visits.open()
    blocks = [actions(button("One", "one"), button("Two", "two")), section("minute 1")]
    ts = await post(client, *blocks)
    note = {
        "type": "input",
        "block_id": "note",
        "label": {"type": "plain_text", "text": "Note"},
        "element": {"type": "plain_text_input", "action_id": "note"},
    }
    form = await post(client, note)
    for n in range(30):
        await post(client, section(f"line {n}"))
    await page.get_by_role("textbox", name="Note").fill("half a tho")
    await page.get_by_role("button", name="Two").focus()
    await page.get_by_role("button", name="Two").evaluate(
        "(node) => { node.closest('.message').neighbour = true; }"
    )
    top = await page.locator(".channel .log").evaluate("(node) => node.scrollTop")
    await client.chat_update(
        channel="C0OPS", ts=ts, text="a", blocks=[{**blocks[0], "block_id": "another"}, section("minute 2")]
    )
    await client.chat_update(channel="C0OPS", ts=form, text="a", blocks=[note, section("and more")])
    await expect(page.get_by_text("and more")).to_be_visible()
    await expect(page.get_by_text("minute 2")).to_be_attached()
    assert await focused_action(page) == "two"
    await expect(page.get_by_role("textbox", name="Note")).to_have_value("half a tho")
    assert abs(await page.locator(".channel .log").evaluate("(node) => node.scrollTop") - top) < 40


async def test_a_message_that_changes_under_the_pressing_finger_still_takes_the_click(
    visits: Visits, connector: Connector, client: AsyncWebClient
) -> None:
    taken = await connected(connector)
    page = await visits.open()
    blocks = [section("minute 1"), actions(button("Stop it", "stop"))]
    ts = await post(client, *blocks)
    await page.get_by_role("button", name="Stop it").hover()
    await page.mouse.down()
    await client.chat_update(channel="C0OPS", ts=ts, text="a", blocks=[section("minute 2"), blocks[1]])
    for _ in range(5):
        await page.evaluate("new Promise(requestAnimationFrame)")
    await expect(page.get_by_text("minute 1")).to_be_visible()
    await page.mouse.up()
    await expect(page.get_by_text("minute 2")).to_be_visible()
    assert (await next_of(taken))["action_id"] == "stop"
