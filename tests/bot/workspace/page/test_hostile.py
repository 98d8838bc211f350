"""Hostile text: it is shown as the text it is, nothing of it runs, and the page goes on."""

import json

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Served
from tests.bot.workspace.page.conftest import Visits
from tests.bot.workspace.page.scenes import Json, button, mrkdwn, plain, section

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CORPUS = [
    "<img src=x onerror=alert(1)>",
    "<script>window.ran = 1</script>",
    "<svg/onload=alert(1)>",
    "<javascript:alert(1)|click>",
    "<JaVaScRiPt:alert(1)|click>",
    "<data:text/html,<script>alert(1)</script>|click>",
    "<vbscript:msgbox(1)|click> <file:///etc/passwd|click> <blob:x|click>",
    '<https://a.example/"onmouseover="alert(1)|quote>',
    "<https://a.example|<b>bold</b>>",
    "```</code></pre><script>window.ran = 1</script>```",
    "``` `` ``` ```` ``````",
    "`</code><img src=x onerror=alert(1)>`",
    "*_~*_~*_~`*_~*_~",
    "<!date^1^{date}^javascript:alert(1)|x>",
    "<!date^1^{__proto__}{constructor}|fallback>",
    "<@__proto__> <@U__proto__|x> <#constructor|y> :__proto__: :constructor: :toString:",
    "\u202egnp.exe \u2066hidden\u2069 \u200b\u200d\ufeff",
    "\x00\x01\x1b[31mred\x1b[0m \ud83d",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;",
    "{{7*7}} ${7*7} %s {% raw %}",
    "a" * 3_000,
    "\u0301" * 1_000,
    "[a](javascript:alert(1)) ![x](data:text/html,x)",
    "<style>*{display:none}</style>",
    "'\"><iframe src=//a.example></iframe>",
]


def everywhere(text: str) -> list[Json]:
    """The text in each place of a message that shows text."""
    rich = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": text}, {"type": "link", "url": text or "x"}],
    }
    short = text[:70] or "-"
    return [
        section(text[:2900] or "-", accessory=button(short, "a")),
        {"type": "section", "fields": [plain(text[:1900]), mrkdwn(text[:1900])]},
        {"type": "header", "text": plain(text[:140])},
        {"type": "context", "elements": [mrkdwn(text[:1900])]},
        {"type": "markdown", "text": text},
        {
            "type": "rich_text",
            "elements": [
                rich,
                {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]},
            ],
        },
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": short}, {"type": "raw_text", "text": short}]],
        },
        {"type": "image", "image_url": "https://a.example/x.png", "alt_text": text[:1900]},
    ]


async def test_nothing_of_a_hostile_text_runs_and_all_of_it_is_shown(served: Served, visits: Visits) -> None:
    page = await visits.open()
    for text in CORPUS:
        await served.workspace.say("U0VERA", "C0OPS", text)
        core = served.workspace.core
        event = {"type": "message", "channel": "C0OPS"}
        message = {**core.app.message(), "ts": core.ids.ts(), "text": text, "blocks": everywhere(text)}
        # By the feed itself, past every check of the Web API: what the page is told may be anything.
        core.feed.send("U0OMAR", json.loads(json.dumps({**event, "message": message})))
    await served.workspace.say("U0VERA", "C0OPS", "the end of it")
    await expect(page.get_by_text("the end of it")).to_be_visible()
    assert await page.locator(".message").count() == 2 * len(CORPUS) + 1
    assert await page.evaluate("window.ran") is None
    assert (
        await page.locator(
            ".message :is(script, style, iframe, img, [onerror], [onload], [onmouseover])"
        ).count()
        == 0
    )
    schemes = await page.locator(".message a[href]").evaluate_all("links => links.map((a) => a.protocol)")
    assert set(schemes) <= {"http:", "https:", "mailto:"}
    await (
        page.get_by_role("textbox", name="Message #batch-ops")
        .or_(page.get_by_role("combobox", name="Message #batch-ops"))
        .fill("still here")
    )
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("still here")).to_be_visible()


async def test_a_hostile_name_or_content_of_a_file_is_text(visits: Visits, client: AsyncWebClient) -> None:
    page = await visits.open()
    await client.files_upload_v2(
        channel="C0OPS", filename="<b>.txt", content="<script>window.ran = 1</script>"
    )
    await expect(page.get_by_text("<b>.txt")).to_be_visible()
    await expect(page.get_by_text("<script>window.ran = 1</script>")).to_be_visible()
    assert await page.locator(".message img").count() == 0


async def test_bidirectional_marks_turn_nothing_outside_their_message(served: Served, visits: Visits) -> None:
    page = await visits.open()
    await served.workspace.say("U0VERA", "C0OPS", "\u202e\u2067turned")
    await expect(page.get_by_text("turned")).to_be_visible()
    isolated = await page.locator(".message .text p").evaluate("(node) => getComputedStyle(node).unicodeBidi")
    assert isolated in {"isolate", "plaintext"}
