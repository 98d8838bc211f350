"""The sampler: every change of a site between two looks, whatever happens to us in between."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.ops import events, later
from commands.ops.history import samples, transitions
from commands.ops.house import House
from commands.ops.registry import registry
from commands.ops.watch.sampler import Sampler
from tests.clocks import MovedClock
from tests.commands.conftest import OMAR
from tests.commands.registries import REGISTRY, lose, put


def clock_of(house: House) -> MovedClock:
    assert isinstance(house.clock, MovedClock)
    return house.clock


def subjects(house: House) -> list[str]:
    return [event.subject for event in events.since(house.journal.connection(), 0)]


def test_the_first_look_knows_of_no_change(house: House) -> None:
    looked = Sampler(house).sample()
    assert looked.changes == ()
    assert looked.problems == ()
    assert subjects(house) == []


def test_a_change_is_dated_between_the_two_looks(house: House, demo_host: Path) -> None:
    watch = Sampler(house)
    before = watch.sample().at
    clock_of(house).move(15)
    put(demo_host, "i", "lotus.dev")
    [change] = watch.sample().changes
    assert (change.site, change.before, change.status) == ("lotus.dev", "D", "i")
    assert (change.batch, change.wave) == ("001", 2)
    assert (change.after, change.at) == (before, before + timedelta(seconds=15))
    assert transitions.of_site(house.journal.connection(), "lotus.dev") == (change,)


def test_several_steps_of_one_site_are_each_kept(house: House, demo_host: Path) -> None:
    watch = Sampler(house)
    watch.sample()
    for status in "iIQ":
        clock_of(house).move(15)
        put(demo_host, status, "lotus.dev")
        watch.sample()
    found = transitions.of_site(house.journal.connection(), "lotus.dev")
    assert [change.status for change in found] == ["i", "I", "Q"]


def test_what_changed_while_the_bot_was_away_is_found_after_a_restart(house: House, demo_host: Path) -> None:
    watch = Sampler(house)
    watch.sample()
    clock_of(house).move(15)
    put(demo_host, "i", "lotus.dev")
    seen = watch.sample().at
    clock_of(house).move(3600)
    put(demo_host, "I", "lotus.dev")
    [change] = Sampler(house).sample().changes
    assert (change.before, change.status, change.after) == ("i", "I", seen)


def test_a_lost_row_and_its_return_are_no_progress(house: House, demo_host: Path) -> None:
    watch = Sampler(house)
    watch.sample()
    whole = (demo_host / REGISTRY).read_bytes()
    lose(demo_host, "lotus.dev")
    clock_of(house).move(15)
    [lost] = watch.sample().changes
    assert (lost.before, lost.status) == ("D", None)
    (demo_host / REGISTRY).write_bytes(whole)
    clock_of(house).move(15)
    [back] = watch.sample().changes
    assert (back.before, back.status) == (None, "D")


def test_a_registry_that_is_gone_loses_no_site_and_is_said(house: House, demo_host: Path) -> None:
    watch = Sampler(house)
    first = watch.sample().at
    (demo_host / REGISTRY).rename(demo_host / "elsewhere")
    clock_of(house).move(15)
    looked = watch.sample()
    assert looked.changes == ()
    assert "There is no" in looked.problems[0]
    (demo_host / "elsewhere").rename(demo_host / REGISTRY)
    put(demo_host, "i", "lotus.dev")
    clock_of(house).move(15)
    [change] = watch.sample().changes
    assert change.after == first, "the look in between did not see the registry"


def test_shown_messages_are_told_in_the_same_transaction(house: House, demo_host: Path) -> None:
    watch = Sampler(house)
    watch.sample()
    clock_of(house).move(15)
    put(demo_host, "i", "lotus.dev")
    watch.sample()
    assert subjects(house) == [
        "batch status --batch 001",
        "batch wave 2 --batch 001",
        "batch finalize 001",
        "batch site lotus.dev",
    ]


def test_agents_that_come_change_the_wave_and_the_batch(house: House, demo_host: Path) -> None:
    watch = Sampler(house)
    watch.sample()
    clock_of(house).move(15)
    host.start_wave(demo_host)
    watch.sample()
    sample = samples.newest(house.journal.connection(), "batch 001")
    assert sample
    assert (sample.data["agents"], sample.data["waves"]) == (25, {"2": 25})
    assert subjects(house)[:2] == ["batch status --batch 001", "batch wave 2 --batch 001"]


def test_a_look_at_an_unchanged_host_reads_no_registry(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Sampler(house)
    watch.sample()
    monkeypatch.delattr(registry, "read")
    clock_of(house).move(15)
    assert watch.sample().changes == ()


def test_a_look_that_could_not_be_written_down_is_made_up_for(house: House, demo_host: Path) -> None:
    watch = Sampler(house)
    watch.sample()
    clock_of(house).move(15)
    put(demo_host, "i", "lotus.dev")
    house.journal.connection().execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        watch.sample()
    house.journal.connection().execute("PRAGMA query_only = OFF")
    clock_of(house).move(15)
    assert [change.site for change in watch.sample().changes] == ["lotus.dev"]


def test_old_looks_are_forgotten_and_every_site_is_still_known(house: House, demo_host: Path) -> None:
    watch = Sampler(house)
    watch.sample()
    clock_of(house).move(15)
    put(demo_host, "i", "lotus.dev")
    watch.sample()
    clock_of(house).move(15 * 86400)
    watch.sample()
    assert transitions.of_site(house.journal.connection(), "lotus.dev") == ()
    clock_of(house).move(15)
    put(demo_host, "I", "lotus.dev")
    [change] = Sampler(house).sample().changes
    assert (change.before, change.status) == ("i", "I")


def test_looks_that_were_followed_and_lines_that_were_asked_are_forgotten_and_alerts_are_not(
    house: House,
) -> None:
    started = house.clock.now()
    with house.journal.write() as transaction:
        events.append(transaction, started, "batch status --batch 001", "sampled")
        events.append(transaction, started, "batch disk", "alert", {"level": "alert"})
        asked = later.put(transaction, started, "dedupe", "dedupe", OMAR)
        later.put(transaction, started + timedelta(days=60), "batch disk", "batch disk", OMAR)
        later.done(transaction, asked, started)
    clock_of(house).move(15 * 86400)
    Sampler(house).sample()
    connection = house.journal.connection()
    kinds = [one.kind for one in events.since(connection, 0) if one.at == started]
    assert kinds == ["alert"]
    assert connection.execute("SELECT line FROM later").fetchall()[0]["line"] == "batch disk"
    assert events.last(connection) >= 2


def test_the_number_of_samples_is_capped(house: House) -> None:
    limits = replace(house.settings.watch, most_samples=1000)
    small = replace(house, settings=replace(house.settings, watch=limits))
    with house.journal.write() as transaction:
        for number in range(3000):
            samples.write(transaction, house.clock.now() - timedelta(seconds=number + 1), "disk", {})
    Sampler(small).sample()
    kept = house.journal.connection().execute("SELECT count(*) FROM samples").fetchone()[0]
    assert 990 <= kept <= 1010
