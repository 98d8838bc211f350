"""A house on a demo host, and a way to ask in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from commands.answer import answer
from commands.ops.house import House
from commands.ops.journal import Journal
from commands.ops.machine.host import Machine
from commands.ops.redact import Redactor
from commands.ops.roles import Caller, ListedRoles
from commands.ops.settings import OpsSettings
from commands.reply import Ask, Reply
from commands.words import words
from tests.clocks import MovedClock

VERA = Caller("U0VERA", "Vera", "slack")
OMAR = Caller("U0OMAR", "Omar", "slack")
ASHA = Caller("U0ASHA", "Asha", "slack")
NICO = Caller("U0NICO", "Nico", "slack")

Asks = Callable[..., Reply]


def settings_of(root: Path, state: Path, **more: object) -> OpsSettings:
    """Settings of a host with the usual people."""
    people = {"viewers": ("U0VERA",), "operators": ("U0OMAR",), "approvers": ("U0ASHA",)}
    return TypeAdapter(OpsSettings).validate_python({"root": root, "state": state, **people, **more})


def house_of(settings: OpsSettings, clock: MovedClock | None = None) -> House:
    """A house with these settings; close its journal."""
    return House(
        settings,
        Journal(settings.state),
        Machine(settings.root),
        clock or MovedClock(),
        ListedRoles(settings),
        Redactor(("a-loaded-secret-0123456789",)),
    )


@pytest.fixture
def house(demo_host: Path, tmp_path: Path) -> Iterator[House]:
    """The house of a demo host of one's own."""
    made = house_of(settings_of(demo_host, tmp_path / "state"))
    yield made
    made.journal.close()


@pytest.fixture
def asks(house: House) -> Asks:
    """`asks("batch status", OMAR)`: the reply of the one door."""

    def ask(line: str, caller: Caller = OMAR) -> Reply:
        return answer(Ask("test", words(line), caller, house.clock.now()), house)

    return ask


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[House]:
    """A host whose batch 001 is to have lotus.dev, fern.dev and moss.dev; nothing else is on it."""
    root = tmp_path / "bare"
    (root / ".smbatcher/batches").mkdir(parents=True)
    (root / ".smbatcher/batches/Batch_001.md").write_text("- lotus.dev\n- fern.dev\n- moss.dev\n")
    made = house_of(settings_of(root, tmp_path / "state"))
    yield made
    made.journal.close()


@pytest.fixture
def bare_root(bare: House) -> Path:
    """Its tree."""
    return bare.settings.root
