"""The whole path by keyboard alone, with two people, on a wide and on a narrow window."""

import pytest
from playwright.async_api import Page, expect
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.workspace.conftest import Connector
from tests.bot.workspace.page.conftest import Visits
from tests.bot.workspace.page.scenes import Json, actions, button, modal, plain, question, section

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CONFIRM = {
    "title": plain("Approve it?"),
    "text": plain("25 sites."),
    "confirm": plain("Approve"),
    "deny": plain("Leave it"),
}


def planning(app: AsyncApp) -> None:
    """An app that asks for a reason, posts a plan, and takes an approval with its evidence in the thread."""

    @app.command("/batch")
    async def batch(ack: AsyncAck, command: Json, client: AsyncWebClient) -> None:
        await ack()
        why = question("Reason", "reason", {"type": "plain_text_input"})
        await client.views_open(
            trigger_id=command["trigger_id"], view=modal("Redeploy", why, callback_id="why")
        )

    @app.view("why")
    async def plan(ack: AsyncAck, view: Json, client: AsyncWebClient) -> None:
        await ack()
        reason = view["state"]["values"]["reason"]["answer"]["value"]
        approve = button("Approve", "approve", confirm=CONFIRM)
        await client.chat_postMessage(
            channel="C0OPS", text="plan", blocks=[section(f"*Plan 7*: {reason}"), actions(approve)]
        )

    @app.action("approve")
    async def approve(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        where, who = body["message"]["ts"], body["user"]["id"]
        await client.chat_update(
            channel="C0OPS", ts=where, text="done", blocks=[section(f"Approved by <@{who}>")]
        )
        await client.chat_postMessage(channel="C0OPS", thread_ts=where, text="the evidence")


async def tab_to(page: Page, name: str, *, back: bool = False) -> None:
    """Press Tab until the control of this name has the focus."""
    for _ in range(60):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        if name in str(await page.evaluate(_FOCUSED)):
            return
    raise AssertionError(f"Tab never reached {name!r}")


_FOCUSED = """() => {
  const node = document.activeElement;
  return node === document.body ? "" : node.getAttribute("aria-label") ?? node.textContent.trim();
}"""


@pytest.mark.parametrize("width", [400, 1400])
async def test_a_plan_is_asked_for_by_one_and_approved_by_another(
    visits: Visits, connector: Connector, width: int
) -> None:
    app = connector.app()
    planning(app)
    await connector.connect(app)
    omar, asha = await visits.open("OMAR", width=width), await visits.open("ASHA", width=width, at="#/")
    if width < 720:
        await tab_to(asha, "batch-ops")
        await asha.keyboard.press("Enter")
        await tab_to(omar, "Message #batch-ops")
    await omar.keyboard.type("/ba")
    await omar.keyboard.press("Enter")
    await omar.keyboard.press("Enter")
    await expect(omar.get_by_role("dialog", name="Redeploy")).to_be_visible()
    await omar.keyboard.type("agents are gone")
    await omar.keyboard.press("Enter")
    await expect(omar.get_by_text("Plan 7: agents are gone")).to_be_visible()

    await expect(asha.get_by_text("Plan 7: agents are gone")).to_be_visible()
    await tab_to(asha, "Message #batch-ops")
    await tab_to(asha, "Approve", back=True)
    await asha.keyboard.press("Enter")
    await expect(asha.get_by_role("alertdialog", name="Approve it?")).to_be_visible()
    await tab_to(asha, "Approve")
    await asha.keyboard.press("Enter")
    for page in (omar, asha):
        await expect(page.get_by_text("Approved by @Asha Rao")).to_be_visible()

    await tab_to(asha, "Message #batch-ops")
    await tab_to(asha, "1 reply", back=True)
    await asha.keyboard.press("Enter")
    thread = asha.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_text("the evidence")).to_be_visible()
    await expect(thread.get_by_role("combobox", name="Reply…")).to_be_focused()
    await asha.keyboard.type("thank you")
    await asha.keyboard.press("Enter")
    await expect(thread.get_by_text("thank you")).to_be_visible()
    await asha.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(omar.get_by_role("link", name="2 replies")).to_be_visible()


async def test_messages_are_walked_with_the_arrow_keys(visits: Visits, client: AsyncWebClient) -> None:
    page = await visits.open()
    for n in range(3):
        await client.chat_postMessage(channel="C0OPS", text=f"line {n}")
    await page.get_by_text("line 2").wait_for()
    await tab_to(page, "line 2", back=True)
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".message").nth(1)).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Add a reaction")).to_be_focused()


async def test_one_pane_at_a_time_on_a_narrow_window(visits: Visits, client: AsyncWebClient) -> None:
    ts = str((await client.chat_postMessage(channel="C0OPS", text="the parent"))["ts"])
    await client.chat_postMessage(channel="C0OPS", thread_ts=ts, text="a reply")
    page = await visits.open(width=400, at="#/")
    await page.get_by_role("link", name="batch-ops").click()
    await expect(page.get_by_role("navigation", name="Channels and people")).to_be_hidden()
    await page.get_by_role("link", name="1 reply").click()
    await expect(page.get_by_text("the parent")).to_have_count(2)
    await expect(page.locator(".channel")).to_be_hidden()
    await page.get_by_role("link", name="Back to the channel").click()
    await expect(page.locator(".channel")).to_be_visible()
    await page.get_by_role("link", name="Back to the list of channels").click()
    await expect(page.get_by_role("navigation", name="Channels and people")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
