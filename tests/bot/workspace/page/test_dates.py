"""Slack's date tokens, in the reader's own zone (here Berlin, on 22 November 2026 at noon)."""

from datetime import UTC, datetime

import pytest

from tests.bot.workspace.page.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


MORNING = epoch("2026-11-22T08:05:09")  # 9:05:09 in Berlin

CASES = [
    (MORNING, "{date_num}", "2026-11-22"),
    (MORNING, "{date_slash}", "11/22/2026"),
    (MORNING, "{date}", "November 22nd, 2026"),
    (MORNING, "{date_short}", "Nov 22, 2026"),
    (MORNING, "{date_long}", "Sunday, November 22nd, 2026"),
    (MORNING, "{time}", "9:05 AM"),
    (MORNING, "{time_secs}", "9:05:09 AM"),
    (MORNING, "{ago}", "2 hours ago"),
    (MORNING, "Seen {date_short_pretty} at {time}", "Seen today at 9:05 AM"),
    (MORNING, "{date_pretty} at {time}", "Today at 9:05 AM"),
    (epoch("2026-11-21T23:30:00"), "{date_pretty}", "Today"),  # it is past midnight in Berlin already
    (epoch("2026-11-21T12:00:00"), "{date_long_pretty}", "Yesterday"),
    (epoch("2026-11-23T12:00:00"), "{date_short_pretty}", "Tomorrow"),
    (epoch("2026-11-01T12:00:00"), "{date_pretty}", "November 1st, 2026"),
    (epoch("2026-11-12T12:00:00"), "{date_pretty}", "November 12th, 2026"),
    (epoch("2026-11-22T11:03:00"), "{ago}", "in 3 minutes"),
]


@pytest.mark.parametrize(("at", "form", "shown"), CASES)
async def test_a_date_is_shown_by_its_format(reader: Reader, at: int, form: str, shown: str) -> None:
    call = "m.textObject({type: 'mrkdwn', text: args[0]}, names)"
    text = f"<!date^{at}^{form}|the fallback>"
    assert await reader.html("text/text_object.js", call, text) == f"<p>{shown}</p>"


@pytest.mark.parametrize("date", ["x^{date}", "1^no token", "1^{unknown}", "1", "99999999999999^{date}"])
async def test_a_date_that_cannot_be_shown_is_its_fallback(reader: Reader, date: str) -> None:
    call = "m.textObject({type: 'mrkdwn', text: args[0]}, names)"
    shown = await reader.html("text/text_object.js", call, f"<!date^{date}|the fallback>")
    assert shown == "<p>the fallback</p>"


async def test_a_date_may_be_a_link(reader: Reader) -> None:
    call = "m.textObject({type: 'mrkdwn', text: args[0]}, names)"
    text = f"<!date^{MORNING}^{{date_num}}^https://a.example|x>"
    assert (
        await reader.html("text/text_object.js", call, text) == "<p><a https://a.example>2026-11-22</a></p>"
    )
