"""The guard: a corrupted registry is noticed, told once, told again when it is worse, and told to be over."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.demo_host.hosttools import registry
from commands.ops import events
from commands.ops.events import Event
from commands.ops.house import House
from commands.ops.incidents import mutes
from commands.ops.incidents.mutes import Mute
from commands.ops.integrity import corruption, integrity, large_registry
from commands.ops.watch.guard import Guard
from commands.ops.watch.sampler import Sampler
from tests.commands.registries import REGISTRY, lose, put, wave_sites
from tests.commands.watched import clock_of

Look = Callable[[], None]


@pytest.fixture
def look(house: House) -> Look:
    return looking(house)


def looking(house: House) -> Look:
    """Look every fifteen seconds, as the bot's thread does."""
    sampler, guard = Sampler(house), Guard(house)

    def once() -> None:
        clock_of(house).move(15)
        guard.look(sampler.sample())

    return once


def told(house: House) -> list[tuple[str, dict[str, int], str]]:
    """What was told: how, the damage, the tier."""
    found = events.since(house.journal.connection(), 0, limit=10_000)
    return [_told(event) for event in found if event.subject == corruption.SUBJECT]


def _told(event: Event) -> tuple[str, dict[str, int], str]:
    found = corruption.of_event(event)
    return (event.kind, dict(found.counts), found.tier) if found else (event.kind, {}, "")


def looks(look: Look, times: int) -> None:
    for _ in range(times):
        look()


def double(root: Path, *sites: str, status: str | None = None) -> None:
    """Give sites a second row, which says the same or has another status."""
    path = root / REGISTRY
    rows = [line for line in path.read_text().splitlines(keepends=True) if line.split("|")[1:2]]
    mine = [line for line in rows if line.split("|")[1].strip() in sites]
    more = [line.replace("| D |", f"| {status} |") if status else line for line in mine]
    with path.open("a") as file:
        file.writelines(more)


def test_a_whole_registry_is_not_talked_about(house: House, look: Look) -> None:
    looks(look, 5)
    assert told(house) == []
    assert corruption.standing(house.journal.connection()) is None


def test_duplicates_are_told_once_by_kind_and_tier(house: House, look: Look, demo_host: Path) -> None:
    look()
    same, other = wave_sites(demo_host, 2)[:2]
    double(demo_host, same)
    double(demo_host, other, status="i")
    looks(look, 20)
    assert told(house) == [("alert", {"identical": 1, "conflicting": 1}, "low")]


def test_what_is_gone_at_the_next_look_wakes_nobody(house: House, look: Look, demo_host: Path) -> None:
    look()
    before = (demo_host / REGISTRY).read_bytes()
    double(demo_host, "lotus.dev")
    look()
    (demo_host / REGISTRY).write_bytes(before)
    looks(look, 5)
    assert told(house) == []


def test_it_is_told_again_only_when_it_gets_worse_and_when_it_is_over(
    house: House, look: Look, demo_host: Path
) -> None:
    look()
    before = (demo_host / REGISTRY).read_bytes()
    double(demo_host, "lotus.dev")
    looks(look, 5)
    put(demo_host, "i", "lotus.dev")
    looks(look, 5)
    lose(demo_host, *wave_sites(demo_host, 1)[:7])
    looks(look, 5)
    (demo_host / REGISTRY).write_bytes(before)
    looks(look, 5)
    assert [(kind, tier) for kind, _, tier in told(house)] == [
        ("alert", "low"),
        ("worse", "medium"),
        ("recovered", ""),
    ]
    assert told(house)[1][1]["missing"] == 7


@pytest.mark.parametrize(
    ("break_it", "damage"),
    [
        (Path.unlink, "unreadable"),
        (lambda path: path.write_bytes(b""), "no_table"),
        (lambda path: path.write_bytes(path.read_bytes()[:-30] + b"\n"), "torn"),
        (lambda path: path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:20])), "shrunk"),
    ],
)
def test_a_registry_that_is_gone_empty_torn_or_shrunk_is_told(
    house: House, look: Look, demo_host: Path, break_it: Callable[[Path], object], damage: str
) -> None:
    look()
    break_it(demo_host / REGISTRY)
    looks(look, 3)
    [(kind, counts, _)] = told(house)
    assert kind == "alert"
    assert damage in counts


def test_an_unchanged_registry_is_not_analysed_again(
    house: House, look: Look, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    double(demo_host, "lotus.dev")
    look()
    monkeypatch.delattr(integrity, "examine")
    looks(look, 3)
    assert [kind for kind, _, _ in told(house)] == ["alert"]


def test_a_batch_file_that_grew_is_reason_to_look_again(house: House, look: Look, demo_host: Path) -> None:
    looks(look, 2)
    with next((demo_host / ".smbatcher/batches").iterdir()).open("a") as file:
        file.write("\n- a-new-one.dev\n")
    looks(look, 2)
    assert [(kind, counts) for kind, counts, _ in told(house)] == [("alert", {"missing": 1})]


class TestLarge:
    @pytest.fixture
    def house(self, house: House) -> House:
        """One for whom every registry is large."""
        limits = replace(house.settings.limits, registry_here_bytes=1)
        return replace(house, settings=replace(house.settings, limits=limits))

    def test_a_large_one_is_looked_at_from_a_process_of_its_own(
        self, house: House, look: Look, demo_host: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delattr(integrity, "examine")
        looks(look, 2)
        before = (demo_host / REGISTRY).read_bytes()
        double(demo_host, "lotus.dev")
        looks(look, 2)
        (demo_host / REGISTRY).write_bytes(before)
        looks(look, 2)
        assert told(house) == [("alert", {"identical": 1}, "low"), ("recovered", {}, "")]

    def test_one_that_could_not_be_analysed_is_no_news(
        self, house: House, look: Look, demo_host: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        look()
        double(demo_host, "lotus.dev")
        with monkeypatch.context() as patch:
            patch.setattr(large_registry, "SECONDS", 0.0)
            looks(look, 3)
        assert told(house) == []
        looks(look, 2)
        assert told(house) == [("alert", {"identical": 1}, "low")]

    def test_its_sites_are_not_followed_and_that_is_said(self, house: House) -> None:
        looked = Sampler(house).sample()
        assert looked.table is None
        assert "its sites' changes are not followed, only its damage" in looked.problems[0]


def test_after_a_restart_nothing_is_told_twice(house: House, look: Look, demo_host: Path) -> None:
    look()
    before = (demo_host / REGISTRY).read_bytes()
    double(demo_host, "lotus.dev")
    looks(look, 3)
    again = looking(house)
    looks(again, 3)
    (demo_host / REGISTRY).write_bytes(before)
    looks(again, 3)
    assert [kind for kind, _, _ in told(house)] == ["alert", "recovered"]


def test_a_mute_keeps_it_quiet_until_it_ends(house: House, look: Look, demo_host: Path) -> None:
    look()
    now = house.clock.now()
    with house.journal.write() as transaction:
        mute = Mute(corruption.SUBJECT, now, now.replace(hour=now.hour + 1), "os:omar", "planned work")
        mutes.put(transaction, mute, "muted")
    double(demo_host, "lotus.dev")
    looks(look, 5)
    assert "alert" not in [kind for kind, _, _ in told(house)]
    clock_of(house).move(3600)
    look()
    assert [kind for kind, _, _ in told(house)] == ["muted", "alert"]


def test_the_first_corruption_names_who_had_the_registry_open_and_who_was_at_work(
    house: House, look: Look, demo_host: Path
) -> None:
    host.start_wave(demo_host)
    look()
    whole_at = house.clock.now()
    program = (
        "import sys; f = open(sys.argv[1], 'a'); f.write(sys.argv[2]); f.flush(); print(flush=True); input()"
    )
    row = next(line for line in (demo_host / REGISTRY).read_text().splitlines() if "lotus.dev" in line)
    command = [
        sys.executable,
        "-c",
        program,
        str(demo_host / f"{REGISTRY}.new"),
        "--token=a-loaded-secret-0123456789",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tool:
        assert tool.stdout is not None
        tool.stdout.readline()
        with registry.edited(str(demo_host)) as lines:
            lines.append(row)
        looks(look, 2)
        tool.communicate(b"\n")
    found = corruption.first(house.journal.connection())
    assert found is not None
    [writer] = found.writers
    assert (writer.pid, writer.opened) == (tool.pid, "REGISTRY.md.new")
    assert "a-loaded-secret-0123456789" not in writer.command
    assert sum(not one.opened for one in found.suspects) >= 25
    assert found.since == whole_at
