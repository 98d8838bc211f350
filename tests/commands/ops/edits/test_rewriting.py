"""What the rounds of an edit wait for, keep and tell when others, the file system or the machine get in between."""

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.ops.edits import rewriting
from commands.ops.edits.editing import Edited, Overwritten, edit, recover
from commands.ops.errors import OperationFailed
from commands.ops.machine.clock import Clock, SystemClock
from commands.ops.machine.host import Machine
from commands.ops.machine.writing import exchange, successor
from commands.ops.settings import OpsSettings
from tests.clocks import MovedClock
from tests.commands.ops import registries
from tests.commands.ops.conftest import Spawn
from tests.commands.ops.registries import S1_BECOMES_D, row, statuses

X = row("x.dev", "P").encode()
ALONE = {"REGISTRY.md", "REGISTRY.md.lock", "batches"}
HOLDS = "import sys; file = open(sys.argv[1], 'ab'); print('up', flush=True); sys.stdin.read()"


@pytest.fixture
def path(settings: OpsSettings) -> Path:
    return registries.written(settings, 5)


@pytest.fixture
def before(path: Path) -> bytes:
    return path.read_bytes()


def edited(settings: OpsSettings, clock: Clock) -> Edited:
    return edit(settings, Machine(settings.root), lambda _: (S1_BECOMES_D,), clock)


def beside(path: Path) -> set[str]:
    return {entry.name for entry in path.parent.iterdir()}


class Dust(SystemClock):
    """Does one thing after the other while we wait for the dust to settle."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        self.acts = list(acts)

    def wait(self, seconds: float, until: threading.Event) -> bool:
        if seconds >= rewriting.SETTLE and self.acts:
            self.acts.pop(0)()
        return super().wait(min(seconds, 0.02), until)


def displaced(path: Path) -> Path:
    """What came out of the exchange."""
    [swap] = path.parent.glob(".REGISTRY.md.wavewarden-*.swap")
    return swap


class TestGivingUp:
    """Others write old copies again and again."""

    def test_their_rows_that_do_not_get_in_are_kept_told_and_go_in_with_the_next_edit(
        self, settings: OpsSettings, path: Path, before: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rewriting, "MOST_ROUNDS", 2)
        ours = before.replace(b"s1.dev | 001 | 1 | i", b"s1.dev | 001 | 1 | D")

        def append_to_displaced() -> None:
            with displaced(path).open("ab") as file:
                file.write(X)

        told = edited(settings, Dust(append_to_displaced, lambda: path.write_bytes(ours)))
        assert told.applied == (S1_BECOMES_D,)
        assert told.problems == ("What others wrote about x.dev is kept, and goes in with the next edit.",)
        assert "x.dev" not in statuses(settings)
        assert displaced(path).read_bytes().endswith(X)
        assert recover(settings, Machine(settings.root)).merged == ("x.dev",)
        assert statuses(settings)["x.dev"] == "P"
        assert beside(path) == ALONE

    def test_what_a_killed_edit_left_is_not_removed_before_it_is_in(
        self, settings: OpsSettings, path: Path, before: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path.write_bytes(before + X)
        left = exchange.replace(path, before, before).displaced
        assert left is not None
        left.keep()
        monkeypatch.setattr(rewriting, "MOST_ROUNDS", 1)
        with pytest.raises(Overwritten):
            edited(settings, Dust(lambda: path.write_bytes(before)))
        assert recover(settings, Machine(settings.root)).merged == ("x.dev",)
        assert statuses(settings)["x.dev"] == "P"
        assert beside(path) == ALONE


class TestGone:
    """A tool that takes the registry away before it puts another one there."""

    def test_for_an_instant_it_is_waited_for(self, settings: OpsSettings, path: Path) -> None:
        path.with_name("REGISTRY.md.lock").touch()
        aside = path.rename(path.with_name("REGISTRY.md.tool"))

        class Clock(SystemClock):
            def wait(self, seconds: float, until: threading.Event) -> bool:
                if aside.exists():
                    aside.rename(path)
                return super().wait(seconds, until)

        assert edited(settings, Clock()).applied == (S1_BECOMES_D,)
        assert statuses(settings)["s1.dev"] == "D"

    def test_at_the_moment_of_the_exchange_and_for_good_nothing_was_changed(
        self, settings: OpsSettings, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def replace_what_is_gone(
            target: Path, data: bytes, base: bytes, *, patient: bool
        ) -> exchange.Replaced:
            path.unlink()
            return exchange.replace(target, data, base, patient=patient)

        monkeypatch.setattr(rewriting, "replace", replace_what_is_gone)
        with pytest.raises(OperationFailed, match="Nothing was changed"):
            edited(settings, SystemClock())
        assert beside(path) == ALONE - {"REGISTRY.md"}


def test_whoever_never_closes_the_displaced_file_is_waited_for_once(
    settings: OpsSettings, path: Path, spawn: Spawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace_while_it_is_held(
        target: Path, data: bytes, base: bytes, *, patient: bool
    ) -> exchange.Replaced:
        holder: subprocess.Popen[bytes] = spawn(sys.executable, "-S", "-c", HOLDS, str(path))
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"up\n"
        return exchange.replace(target, data, base, patient=patient)

    monkeypatch.setattr(rewriting, "replace", replace_while_it_is_held)
    clock = MovedClock()
    begun, once = clock.seconds, settings.limits.registry_writer_seconds
    told = edited(settings, clock)
    assert "what they write now is lost" in told.problems[0]
    assert once <= clock.seconds - begun < 2 * once


class TestUnseen:
    """What cannot be looked at is told."""

    def test_a_file_system_without_exchange(
        self, settings: OpsSettings, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unsupported(*_: object) -> None:
            raise OSError(errno.EINVAL, "Invalid argument")

        monkeypatch.setattr(successor, "exchange_names", unsupported)
        told = edited(settings, Dust())
        assert told.problems == (
            "The file system cannot exchange files: somebody who replaced it just then was not seen.",
        )
        assert beside(path) == ALONE

    def test_a_displaced_file_that_cannot_be_opened_is_looked_at_by_the_next_edit(
        self, settings: OpsSettings, path: Path, before: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def denied(_directory: int, swap: Path) -> None:
            with path.with_name(swap.name).open("ab") as file:
                file.write(X)

        monkeypatch.setattr(exchange, "_came_out", denied)
        told = edited(settings, Dust())
        assert told.problems == (
            "The file that was displaced could not be looked at; the next edit looks again.",
        )
        assert displaced(path).read_bytes() == before + X
        monkeypatch.undo()
        assert recover(settings, Machine(settings.root)).merged == ("x.dev",)

    def test_a_displaced_file_that_cannot_be_read_is_kept(
        self, settings: OpsSettings, path: Path, before: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unreadable(*_: object) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        monkeypatch.setattr(exchange.Displaced, "look", unreadable)
        told = edited(settings, Dust())
        assert told.problems == (
            "What others wrote at the same moment could not be read: Input/output error.",
        )
        assert displaced(path).read_bytes() == before
