"""Blocks, forms and an app for the tests to look at and to use."""

import asyncio
import re
from typing import Any, TypeAlias

from playwright.async_api import Page
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Json: TypeAlias = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: object) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str, action_id: str, **more: object) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json, block_id: str = "actions") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def options(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def question(label: str, block_id: str, element: Json, **more: object) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "answer", **element},
        **more,
    }


def modal(title: str, *blocks: Json, **more: object) -> Json:
    return {"type": "modal", "title": plain(title), "submit": plain("Go"), "blocks": list(blocks), **more}


STOP = button(
    "Stop",
    "stop",
    style="danger",
    confirm={
        "title": plain("Stop wave 5?"),
        "text": plain("9 agents end."),
        "confirm": plain("Yes, stop"),
        "deny": plain("No"),
    },
)
MORE = {"type": "overflow", "action_id": "more", "options": options("Logs", "Accept")}


def opening(app: AsyncApp, view: Json) -> None:
    """Let the shortcut "Ask" open this form."""

    @app.shortcut("ask")
    async def ask(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def ask(page: Page) -> None:
    """Use the shortcut "Ask"."""
    await page.get_by_role("button", name="Shortcuts and commands").click()
    await page.get_by_role("menuitem", name="Ask").click()


async def post(client: AsyncWebClient, *blocks: Json, text: str = "a post", **more: Any) -> str:
    """Post as the app into #batch-ops; returns the ``ts``."""
    return str((await client.chat_postMessage(channel="C0OPS", text=text, blocks=list(blocks), **more))["ts"])


def taking(app: AsyncApp) -> "asyncio.Queue[Json]":
    """Let an app take every action; returns the queue of those it took."""
    taken: asyncio.Queue[Json] = asyncio.Queue()

    @app.action(re.compile(".*"))
    async def take(ack: AsyncAck, body: Json) -> None:
        await ack()
        taken.put_nowait({**body["actions"][0], "who": body["user"]["id"]})

    return taken
