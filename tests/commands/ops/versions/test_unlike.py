"""Two versions cut down to what they do not have alike: the same is lost between these as between the whole ones."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings as hypothesis_settings

from commands.ops.edits import held
from commands.ops.edits.held import Held
from commands.ops.registry import registry
from commands.ops.settings import OpsSettings
from commands.ops.versions.progress import lost
from commands.ops.versions.unlike import Kept, Outline, unlike
from tests.commands.ops.integrity.test_survey import TABLES
from tests.commands.ops.registries import HEAD, row

SETTINGS = OpsSettings(root=Path("/nowhere"))

HEADER, RULE = b"| Domain | Batch | Wave | Status | Updated |\n", b"|---|---|---|---|---|\n"
ABOVE = (
    b"\xff" + HEADER + RULE + b"| b.dev | 001 | 1 | i | \n" + HEADER + RULE + b"| a.dev | 001 | 1 | i | |\n"
)
BELOW = RULE + HEADER + RULE + b"| a.dev | 001 | 1 | i | |\n" * 2 + b"| b.dev | 001 | 1 | i | \n"


def kept(data: bytes) -> Kept:
    return Kept(Held.of(data), Outline.of(registry.parsed(SETTINGS, data)))


@pytest.mark.parametrize("large", [0, 10**9])
def test_what_is_lost_between_them_is_the_same(large: int) -> None:
    @hypothesis_settings(max_examples=300, deadline=None)
    @given(TABLES, TABLES)
    @example(ABOVE, BELOW)
    def check(now: bytes, then: bytes) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(held, "LARGE", large)
            found = lost(*unlike(SETTINGS, kept(now), kept(then)))
        assert found == lost(registry.parsed(SETTINGS, now), registry.parsed(SETTINGS, then))

    check()


def test_sites_that_are_alike_are_left_out() -> None:
    now = HEAD + row("a.dev") + row("b.dev") + row("c.dev")
    then = HEAD + row("a.dev") + row("c.dev", "D")
    one, other = unlike(SETTINGS, kept(now.encode()), kept(then.encode()))
    assert (list(one.sites()), list(other.sites())) == (["b.dev", "c.dev"], ["c.dev"])


def test_where_the_headers_differ_nothing_is_left_out() -> None:
    now = HEAD + row("a.dev")
    then = HEAD.replace("Wave | Status", "Status | Wave") + row("a.dev")
    one, _ = unlike(SETTINGS, kept(now.encode()), kept(then.encode()))
    assert list(one.sites()) == ["a.dev"]
