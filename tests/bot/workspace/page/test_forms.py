"""Forms: filled in, refused at their fields, stacked, updated, closed; and the App Home."""

import asyncio

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.workspace.conftest import Connector
from tests.bot.workspace.page.conftest import Visits
from tests.bot.workspace.page.scenes import (
    Json,
    actions,
    ask,
    button,
    modal,
    opening,
    options,
    plain,
    question,
    section,
    taking,
)

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

REASON = question("Reason", "reason", {"type": "plain_text_input", "min_length": 3})
FULL = modal(
    "Redeploy",
    REASON,
    question("Agents", "agents", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "25"}, optional=True),
    question("Mail", "mail", {"type": "email_text_input"}, optional=True),
    question("Wave", "wave", {"type": "static_select", "options": options("Four", "Five")}),
    question("Sites", "sites", {"type": "multi_static_select", "options": options("A", "B", "C")}),
    question("Whom", "whom", {"type": "users_select", "initial_user": "U0VERA"}),
    question("How", "how", {"type": "radio_buttons", "options": options("Gently", "Now")}),
    question("Checks", "checks", {"type": "checkboxes", "options": options("Disk", "Load")}, optional=True),
    question("Day", "day", {"type": "datepicker", "initial_date": "2026-11-22"}),
    callback_id="redeploy",
)  # fmt: skip


async def test_a_form_is_filled_in_and_its_values_reach_the_app(visits: Visits, connector: Connector) -> None:
    app = connector.app()
    opening(app, FULL)
    submitted: asyncio.Queue[Json] = asyncio.Queue()

    @app.view("redeploy")
    async def take(ack: AsyncAck, view: Json) -> None:
        await ack()
        submitted.put_nowait(view["state"]["values"])

    await connector.connect(app)
    page = await visits.open()
    await ask(page)
    form = page.get_by_role("dialog", name="Redeploy")
    await form.get_by_role("textbox", name="Reason").fill("it crashed")
    await form.get_by_role("textbox", name="Agents").fill("14")
    await form.get_by_role("button", name="Wave").click()
    await page.get_by_role("option", name="Five").click()
    await form.get_by_role("button", name="Sites").click()
    await page.get_by_role("option", name="A").click()
    await page.get_by_role("option", name="C").click()
    await page.keyboard.press("Escape")
    await expect(form).to_be_visible()  # Escape closed the list, not the form
    await form.get_by_role("radio", name="Gently").check()
    await form.get_by_role("checkbox", name="Load").check()
    await form.get_by_role("button", name="Go").click()
    await expect(form).to_be_hidden()
    values = {block: next(iter(state.values())) for block, state in (await submitted.get()).items()}
    assert values["reason"] == {"type": "plain_text_input", "value": "it crashed"}
    assert values["agents"]["value"] == "14"
    assert values["mail"]["value"] is None
    assert values["wave"]["selected_option"]["value"] == "five"
    assert [option["value"] for option in values["sites"]["selected_options"]] == ["a", "c"]
    assert values["whom"]["selected_user"] == "U0VERA"
    assert values["how"]["selected_option"]["value"] == "gently"
    assert [option["value"] for option in values["checks"]["selected_options"]] == ["load"]
    assert values["day"]["selected_date"] == "2026-11-22"


async def test_what_is_missing_or_malformed_is_said_at_its_field(
    visits: Visits, connector: Connector
) -> None:
    app = connector.app()
    opening(app, FULL)
    await connector.connect(app)
    page = await visits.open()
    await ask(page)
    form = page.get_by_role("dialog", name="Redeploy")
    await form.get_by_role("textbox", name="Agents").fill("26")
    await form.get_by_role("textbox", name="Mail").fill("nobody")
    await form.get_by_role("button", name="Go").click()
    reason = form.get_by_role("textbox", name="Reason")
    await expect(reason).to_be_focused()
    await expect(reason).to_have_accessible_description("Please complete this required field.")
    await expect(form.get_by_role("textbox", name="Agents")).to_have_accessible_description(
        "Enter 25 or less."
    )
    await expect(form.get_by_role("textbox", name="Mail")).to_have_accessible_description(
        "Please enter a valid email address."
    )
    assert await form.locator("[aria-invalid]").count() == 6


async def test_the_apps_own_errors_stand_at_their_fields_and_go_when_mended(
    visits: Visits, connector: Connector
) -> None:
    app = connector.app()
    opening(app, modal("Delete", REASON, callback_id="delete"))

    @app.view("delete")
    async def judge(ack: AsyncAck, view: Json) -> None:
        given = view["state"]["values"]["reason"]["answer"]["value"]
        await (
            ack()
            if given == "batch 001"
            else ack(response_action="errors", errors={"reason": "Type batch 001"})
        )

    await connector.connect(app)
    page = await visits.open()
    await ask(page)
    reason = page.get_by_role("textbox", name="Reason")
    await reason.fill("batch 002")
    await page.keyboard.press("Enter")
    await expect(reason).to_have_accessible_description("Type batch 001")
    await expect(reason).to_be_focused()
    await reason.fill("batch 001")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_forms_stack_and_the_one_below_keeps_what_was_typed(
    visits: Visits, connector: Connector
) -> None:
    app = connector.app()
    opening(app, modal("First", REASON, callback_id="first"))

    @app.view("first")
    async def push(ack: AsyncAck) -> None:
        await ack(response_action="push", view=modal("Second", section("sure?"), callback_id="second"))

    await connector.connect(app)
    page = await visits.open()
    await ask(page)
    await page.get_by_role("textbox", name="Reason").fill("because")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Second")).to_be_visible()
    await page.get_by_role("button", name="Back").click()
    await expect(page.get_by_role("dialog", name="First")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Reason")).to_have_value("because")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.get_by_role("button", name="Shortcuts and commands")).to_be_focused()


async def test_a_form_that_is_updated_keeps_what_was_typed_and_the_focus(
    visits: Visits, connector: Connector
) -> None:
    app = connector.app()
    opening(app, modal("Plan", REASON, actions(button("Preview", "preview")), callback_id="plan"))

    @app.action("preview")
    async def preview(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        typed = body["view"]["state"]["values"]["reason"]["answer"]["value"]
        fresh = modal("Plan", REASON, actions(button("Preview", "preview")), section(f"Preview of {typed}"))
        await client.views_update(view_id=body["view"]["id"], view=fresh)

    await connector.connect(app)
    page = await visits.open()
    await ask(page)
    await page.get_by_role("textbox", name="Reason").fill("a reason")
    await page.get_by_role("button", name="Preview").press("Enter")
    await expect(page.get_by_text("Preview of a reason")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Reason")).to_have_value("a reason")
    await expect(page.get_by_role("button", name="Preview")).to_be_focused()


async def test_a_form_nobody_takes_says_so_and_stays(visits: Visits, connector: Connector) -> None:
    app = connector.app()
    opening(app, modal("Plan", REASON, callback_id="plan"))
    handler = await connector.connect(app)
    page = await visits.open()
    await ask(page)
    await page.get_by_role("textbox", name="Reason").fill("a reason")
    await handler.close_async()  # type: ignore[no-untyped-call]
    connector.handlers.clear()
    await expect(page.get_by_text("wavewarden is not connected.")).to_be_attached()
    await page.get_by_role("button", name="Go").click()
    await expect(
        page.get_by_role("alert").filter(has_text="We had some trouble connecting. Try again?")
    ).to_be_visible()
    await expect(page.get_by_role("textbox", name="Reason")).to_have_value("a reason")


async def test_the_app_home_is_shown_and_its_buttons_work(visits: Visits, connector: Connector) -> None:
    app = connector.app()
    taken = taking(app)

    @app.event("app_home_opened")
    async def publish(event: Json, client: AsyncWebClient) -> None:
        view = {
            "type": "home",
            "blocks": [
                {"type": "header", "text": plain("Your batches")},
                actions(button("Refresh", "refresh")),
            ],
        }
        await client.views_publish(user_id=event["user"], view=view)

    await connector.connect(app)
    page = await visits.open()
    await page.get_by_role("link", name="wavewarden").click()
    await expect(page.get_by_role("heading", name="Your batches")).to_be_visible()
    await page.get_by_role("button", name="Refresh").click()
    assert (await asyncio.wait_for(taken.get(), 20))["action_id"] == "refresh"
    await page.get_by_role("link", name="Messages", exact=True).click()
    await expect(page.get_by_role("combobox", name="Message wavewarden")).to_be_visible()
