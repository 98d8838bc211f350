"""The bot's door: a line about a large registry is answered by another process, which holds little of it."""

import os
import pickle
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
import pytest

from commands import aside
from commands.ops import own_process
from commands.ops.house import House
from commands.ops.machine import tools
from commands.ops.machine.clock import SystemClock
from commands.ops.own_process import Unfinished
from commands.ops.registry import registry
from commands.ops.roles import Caller
from commands.reply import Ask, Reply
from commands.words import words
from tests.commands.conftest import OMAR, house_of, settings_of
from tests.commands.registries import REGISTRY

MIB = 1024**2
HEAD = "# Sites\n\n| Domain | Batch | Wave | Status | Updated |\n|---|---|---|---|---|\n"
PROGRAM = 42 * MIB  # of the other process, whatever it looks at
A_ROW = 60  # bytes that may be kept of a row beside the file; made all at once they take 900


def rows(number: int) -> str:
    return "".join(
        f"| site-{n}.dev | 001 | {n // 25 + 1} | D | 2026-03-24T10:00:00Z |\n" for n in range(number)
    )


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One for whom every registry is large."""
    settings = settings_of(tmp_path / "host", tmp_path / "state", operators=("U0OMAR",))
    limits = replace(settings.limits, registry_here_bytes=1)
    (tmp_path / "host/.smbatcher").mkdir(parents=True)
    (tmp_path / "host" / REGISTRY).write_text(HEAD + rows(60))
    made = house_of(replace(settings, limits=limits))
    yield replace(made, clock=SystemClock())
    made.journal.close()


def asked(house: House, line: str) -> Reply:
    return aside.answer(Ask("test", tuple(words(line)), OMAR, house.clock.now()), house)


def unwanted(*_given: object, **_named: object) -> None:
    pytest.fail("that was not to be done in this process")


def test_a_line_about_a_large_registry_is_answered_by_another_process(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "parse", unwanted)
    found = asked(house, "batch sites --page 2")
    assert (found.outcome, found.headline) == ("fine", "60 sites in all batches.")


def test_a_plan_is_made_and_carried_out_by_another_process(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "parse", unwanted)
    plan = asked(house, "batch mark site-7.dev I --reason done").facts["plan"]
    assert asked(house, f"batch approve {plan}").facts["state"] == "approved"
    assert asked(house, f"batch run {plan}").facts["state"] == "done"
    assert "| site-7.dev | 001 | 1 | I |" in (house.machine.root / REGISTRY).read_text()


@pytest.mark.parametrize(
    "line", ["help", "batch pending", "batch hold", "batch nonsense", "batch stop wave 5"]
)
def test_what_is_not_about_the_registry_or_must_not_wait_is_answered_here(
    house: House, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "asked", unwanted)
    assert asked(house, line).headline


def test_a_small_registry_is_looked_at_here(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "asked", unwanted)
    limits = replace(house.settings.limits, registry_here_bytes=MIB)
    small = replace(house, settings=replace(house.settings, limits=limits))
    assert asked(small, "batch sites").outcome == "fine"


def test_a_role_counts_in_the_other_process_too(house: House) -> None:
    stranger = Caller("U0NOBODY", "Nobody", "slack")
    found = aside.answer(Ask("test", ("batch", "sites"), stranger, house.clock.now()), house)
    assert found.outcome == "refused"


def test_a_line_that_needs_more_memory_than_it_may_take_says_what_to_do(house: House) -> None:
    hungry = """
from commands import aside_process
from commands.ops import own_process
aside_process.answer = lambda *_: bytes(200 * 1024**2)
own_process.answered(aside_process.main(own_process.order_read()))
"""
    order = aside.Order(
        Ask("test", ("batch", "sites"), OMAR, house.clock.now()),
        house.settings,
        house.roles.as_listed(),
        house.redactor,
        runs=False,
    )
    ran = tools.run(
        (sys.executable, "-c", hungry), cwd=Path.cwd(), timeout=60, max_bytes=MIB, entry=pickle.dumps(order)
    )
    said = pickle.loads(ran.stdout)  # noqa: S301 - our own process wrote it
    assert said.outcome == "failed"
    assert "needs more memory than the registry's 0 MiB and 100 more" in said.error
    assert "ask about a wave, a site, or a smaller batch" in said.error


def test_a_process_that_took_too_long_is_one_sentence(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "LOOK_SECONDS", 0.0)
    found = asked(house, "batch sites")
    assert found.outcome == "failed"
    assert "the process that was to answer did not: it took more than 0 seconds." in str(found.error)


def test_a_bug_in_the_other_process_is_ours_and_its_traceback_is_kept(house: House) -> None:
    with pytest.raises(Unfinished, match="AssertionError"):
        own_process.asked("commands.aside_process", "no order", cwd=house.machine.root, seconds=60)


@dataclass
class Peaks:
    """The most memory that each process that answers had, in bytes, by its pid: VmHWM of proc(5)."""

    bytes: dict[int, int] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self._over.wait(0.005):
            for child in psutil.Process(os.getpid()).children():
                with suppress(OSError, StopIteration):
                    if b"commands.aside_process" not in Path(f"/proc/{child.pid}/cmdline").read_bytes():
                        continue
                    status = Path(f"/proc/{child.pid}/status").read_text().splitlines()
                    line = next(one for one in status if one.startswith("VmHWM"))
                    self.bytes[child.pid] = int(line.split()[1]) * 1024

    @contextmanager
    def watched(self) -> Iterator[None]:
        thread = threading.Thread(target=self.watch)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()


@pytest.mark.parametrize("large", [False, pytest.param(True, marks=pytest.mark.long)])
def test_looking_planning_and_writing_hold_little_more_than_the_file(
    house: House, *, large: bool, full: bool
) -> None:
    number = (1_000_000 if full else 250_000) if large else 40_000
    path = house.machine.root / REGISTRY
    path.write_text(HEAD + rows(number))
    peaks = Peaks()
    with peaks.watched():
        assert asked(house, "batch status").facts["total"] == number
        plan = asked(house, "batch mark site-7.dev I --reason done").facts["plan"]
        asked(house, f"batch approve {plan}")
        assert asked(house, f"batch run {plan}").facts["state"] == "done"
    most = path.stat().st_size + (100 * MIB if large else PROGRAM + A_ROW * number)
    assert len(peaks.bytes) == 3
    assert {pid: at for pid, at in peaks.bytes.items() if at > most} == {}
