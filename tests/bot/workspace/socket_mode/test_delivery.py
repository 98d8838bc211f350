"""Envelopes, acks, the three-second rule, redelivery."""

import asyncio

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from tests.bot.workspace.raw_app import NO_ACK, RawApp


async def test_hello_comes_first(raw: RawApp) -> None:
    hello = await raw.connect()
    assert hello["type"] == "hello"
    assert hello["num_connections"] == 1
    assert hello["connection_info"] == {"app_id": "A0WARDEN"}
    assert hello["debug_info"]["approximate_connection_time"] == 18_060


async def test_a_command_arrives_whole(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await workspace.person("Omar").slash("/batch status  --batch 001")
    envelope = await raw.next()
    payload = envelope["payload"]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert payload.pop("response_url").startswith(f"{raw.served.url}/response/T0WAVES/")
    assert payload.pop("trigger_id")
    assert payload.pop("token")
    assert payload == {
        "team_id": "T0WAVES",
        "team_domain": "batch-operations",
        "channel_id": "C0OPS",
        "channel_name": "batch-ops",
        "user_id": "U0OMAR",
        "user_name": "omar",
        "command": "/batch",
        "text": "status  --batch 001",
        "api_app_id": "A0WARDEN",
        "is_enterprise_install": "false",
    }


async def test_an_ack_after_three_seconds_is_too_late(
    raw: RawApp, workspace: Driver, clock: HandClock
) -> None:
    raw.answer = lambda _envelope: NO_ACK
    await raw.connect()
    omar = workspace.person("Omar")
    typing = asyncio.create_task(omar.slash("/batch status"))
    await raw.next()
    await clock.advance(3)
    await typing
    assert await omar.notice("/batch failed because the app did not respond")


async def test_an_ack_just_before_three_seconds_is_in_time(
    raw: RawApp, workspace: Driver, clock: HandClock
) -> None:
    raw.answer = lambda _envelope: NO_ACK
    await raw.connect()
    omar = workspace.person("Omar")
    typing = asyncio.create_task(omar.slash("/batch status"))
    envelope = await raw.next()
    await clock.advance(2.999)
    await raw.acknowledge(envelope, {"text": "just so"})
    await typing
    await omar.told("just so")


async def test_a_command_without_a_connection_fails_at_once(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    await omar.slash("/batch status")
    assert await omar.notice('/batch failed with the error "dispatch_failed"')


async def test_an_event_arrives_whole(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    said = await workspace.person("Omar").says("#batch-ops", "@wavewarden status")
    envelope = await raw.next()
    payload = envelope["payload"]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    assert payload["type"] == "event_callback"
    assert payload["event_id"].startswith("Ev")
    assert payload["authorizations"][0]["user_id"] == "U0WARDEN"
    event = payload["event"]
    assert (event["type"], event["user"], event["text"]) == (
        "app_mention",
        "U0OMAR",
        "<@U0WARDEN> status",
    )
    assert (event["channel"], event["ts"], event["event_ts"]) == ("C0OPS", said.ts, said.ts)


async def test_an_event_is_tried_again_at_once_after_a_minute_and_after_five(
    raw: RawApp, workspace: Driver, clock: HandClock
) -> None:
    raw.answer = lambda _envelope: NO_ACK
    await raw.connect()
    await workspace.person("Omar").says("@app", "hello")
    tries = [await raw.next()]
    for wait in (3, 63, 303):
        await clock.advance(wait)
        tries.append(await raw.next())
    assert [(t["retry_attempt"], t["retry_reason"]) for t in tries] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert len({t["payload"]["event_id"] for t in tries}) == 1
    assert len({t["envelope_id"] for t in tries}) == 4
    await clock.advance(3600)
    assert raw.frames.empty()


async def test_an_acknowledged_event_is_not_tried_again(
    raw: RawApp, workspace: Driver, clock: HandClock
) -> None:
    await raw.connect()
    await workspace.person("Omar").says("@app", "hello")
    await raw.next()
    await clock.advance(600)
    assert raw.frames.empty()


async def test_an_event_waits_for_an_app_that_comes_back(
    raw: RawApp, workspace: Driver, clock: HandClock
) -> None:
    await workspace.person("Omar").says("@app", "hello")
    await clock.advance(1)
    await raw.connect()
    await clock.advance(60)
    assert (await raw.next())["retry_attempt"] == 2


async def test_events_that_the_manifest_does_not_name_are_not_sent(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    omar = workspace.person("Omar")
    await omar.says("#batch-ops", "no mention")
    await omar.says("@app", "a direct message")
    assert (await raw.next())["payload"]["event"]["channel_type"] == "im"
    assert raw.frames.empty()


async def test_an_ack_is_in_the_log_with_its_time(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await workspace.person("Omar").slash("/batch status")
    entries = workspace.workspace.snapshot("U0OMAR")["log"]
    assert [(e["kind"], e["name"]) for e in entries][-2:] == [("envelope", "/batch"), ("ack", "/batch")]
    assert entries[-1]["ms"] > 0
