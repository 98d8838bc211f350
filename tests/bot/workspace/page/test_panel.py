"""The side panel, the theme, who one is, and the line to the server."""

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.page.routes import page_routes
from bot.workspace.server import Served, serve
from tests.bot.workspace.conftest import Connector
from tests.bot.workspace.page.conftest import Visits

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_rehearsal_is_started_and_says_what_happened(visits: Visits) -> None:
    page = await visits.open()
    await page.get_by_role("button", name="Rehearsals and log").click()
    await page.get_by_role("button", name="Crash wave 5").click()
    await expect(
        page.get_by_role("status").filter(has_text="Killed 16 of 25 agents of wave 5.")
    ).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary", name="Rehearsals and log")).to_be_hidden()
    await expect(page.get_by_role("button", name="Rehearsals and log")).to_be_focused()


async def test_each_kind_of_fault_is_switched_for_all_who_look(served: Served, visits: Visits) -> None:
    page, other = await visits.open(), await visits.open("ASHA")
    faults = served.workspace.core.faults
    for one in (page, other):
        await one.get_by_role("button", name="Rehearsals and log").click()
        await one.get_by_text("Faults of Slack").click()
    await page.get_by_role("switch", name="Hang").click()
    await expect(other.get_by_role("switch", name="Hang")).to_be_checked()
    assert faults["hang"]
    await other.get_by_role("switch", name="Hang").click()
    await expect(page.get_by_role("switch", name="Hang")).not_to_be_checked()
    await page.get_by_role("spinbutton", name="Slow network: seconds").fill("2.5")
    await page.get_by_role("button", name="Start: Slow network").click()
    await expect(other.get_by_role("button", name="Stop: Slow network")).to_be_visible()
    assert faults["slow"] == 2.5
    await other.get_by_role("button", name="Stop: Slow network").click()
    await expect(page.get_by_role("button", name="Start: Slow network")).to_be_visible()
    await page.get_by_role("button", name="Reset after a post").click()
    await expect(page.get_by_role("button", name="Reset after a post")).to_have_text("Armed")


async def test_the_log_shows_calls_filters_them_and_stays_where_one_scrolled(
    visits: Visits, client: AsyncWebClient
) -> None:
    page = await visits.open()
    await page.get_by_role("button", name="Rehearsals and log").click()
    for n in range(60):
        await client.chat_postMessage(channel="C0OPS", text=f"line {n}")
    await client.auth_test()
    log = page.get_by_role("log", name="API calls and envelopes")
    await expect(log.get_by_text("auth.test")).to_be_in_viewport()
    await log.evaluate("(node) => { node.scrollTop = 0; }")
    await expect(page.locator(".wire-row").first).to_be_in_viewport()
    await page.evaluate("new Promise(requestAnimationFrame)")
    await client.users_list()
    await expect(log.get_by_text("users.list")).to_be_attached()
    assert await log.evaluate("(node) => node.scrollTop") < 5
    await page.get_by_role("searchbox", name="Filter the log").fill("auth")
    await expect(page.locator(".wire-row")).to_have_count(1)
    await page.get_by_role("searchbox", name="Filter the log").fill("")
    await page.get_by_role("combobox", name="Kind of entry").select_option("envelope")
    await expect(page.locator(".wire-row")).to_have_count(0)


async def test_whether_the_app_is_there_is_said_quietly(visits: Visits, connector: Connector) -> None:
    page = await visits.open()
    await expect(page.get_by_text("wavewarden is not connected.")).to_be_visible()
    await connector.connect(connector.app())
    await expect(page.get_by_text("wavewarden is not connected.")).to_be_hidden()
    await expect(
        page.get_by_role("link", name="wavewarden").get_by_role("img", name="connected", exact=True)
    ).to_be_visible()


async def test_one_becomes_somebody_else_in_the_same_channel(visits: Visits) -> None:
    page = await visits.open(at="#/C0ESC")
    await page.get_by_role("button", name="You are Omar Haddad, Operator. Choose who you are").click()
    await page.get_by_role("menuitemradio", name="Asha Rao").click()
    await expect(
        page.get_by_role("button", name="You are Asha Rao, Approver. Choose who you are")
    ).to_be_visible()
    await expect(page.get_by_role("combobox", name="Message #batch-escalations")).to_be_visible()


async def test_light_and_dark_follow_the_system_until_one_says_otherwise(visits: Visits) -> None:
    page = await visits.open(color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = await page.evaluate(paper)
    await page.get_by_role("button", name="Switch between light and dark").click()
    assert await page.evaluate(paper) != dark
    await page.reload()
    await page.locator("body[data-ready]").wait_for()
    assert await page.evaluate(paper) == "rgb(255, 255, 255)"


async def test_a_lost_line_is_said_and_comes_back_by_itself(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await served.workspace.say("U0VERA", "C0OPS", "before")
    await expect(page.get_by_text("before")).to_be_visible()
    port = int(served.url.rpartition(":")[2])
    await served.runner.cleanup()
    banner = page.get_by_text("The connection to the workspace is lost. Trying again…")
    await expect(banner).to_be_visible()
    await page.get_by_role("combobox", name="Message #batch-ops").fill("anybody?")
    await page.keyboard.press("Enter")
    await expect(
        page.get_by_role("alert").filter(has_text="Not connected: nothing was sent.")
    ).to_be_visible()
    await served.workspace.say("U0VERA", "C0OPS", "meanwhile")
    again = await serve(served.workspace, port=port, routes=page_routes(served.workspace))
    await expect(banner).to_be_hidden()
    await expect(page.get_by_text("meanwhile")).to_be_visible()
    await page.context.close()
    await again.runner.cleanup()
