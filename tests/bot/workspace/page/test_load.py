"""Twenty pages and a thousand messages: the page one looks at stays quick."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import expect

from bot.workspace.server import Served
from tests.bot.workspace.page.conftest import Visits
from tests.bot.workspace.page.test_feed import socket_of

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.asyncio(loop_scope="session")]

PAGES = 20
MESSAGES = 1_000

# What holds up the page's own thread, task by task: the longest is what a person would feel. (Between two tasks other
# programs of the machine may run, so the time between two frames says nothing about the page.)
_WATCH = """() => {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
  }).observe({ type: "longtask" });
}"""


async def test_a_thousand_messages_to_twenty_pages_leave_the_page_responsive(
    served: Served, visits: Visits
) -> None:
    page = await visits.open()
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(socket_of(served, "U0ASHA")) for _ in range(PAGES - 1)]
        drains = [asyncio.create_task(_drain(socket)) for socket in sockets]
        await page.evaluate(_WATCH)
        for n in range(MESSAGES):
            await served.workspace.say(
                "U0VERA", "C0OPS", f"line {n}: *bold* `code` <https://a.example|link> :eyes:"
            )
            if n % 25 == 0:
                await asyncio.sleep(0)
        await expect(page.get_by_text(f"line {MESSAGES - 1}:")).to_be_in_viewport()
        longest = float(await page.evaluate("window.longest"))
        drawn = await page.locator(".message").count()
        await page.get_by_role("combobox", name="Message #batch-ops").fill("still quick")
        took = float(await page.evaluate(_ANSWER))
        for drain in drains:
            drain.cancel()
    assert drawn <= 300
    assert longest < 2_000
    assert took < 1_000


# From pressing Enter to the message being on the page.
_ANSWER = """() => new Promise((resolve) => {
  const began = performance.now();
  const seen = new MutationObserver(() => {
    if ([...document.querySelectorAll(".message")].at(-1)?.textContent.includes("still quick")) resolve(performance.now() - began);
  });
  seen.observe(document.querySelector(".log"), { childList: true, subtree: true });
  document.querySelector(".composer").requestSubmit();
})"""


async def _drain(socket: object) -> None:
    async for _ in socket:  # type: ignore[attr-defined]
        pass
