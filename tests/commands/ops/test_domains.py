"""The one pattern that a site's name must match."""

import pytest

from commands.ops.domains import is_domain, named
from commands.ops.errors import WrongUsage

SITES = ("lotus.dev", "a.io", "x-1.example.co.uk", "xn--bcher-kva.example", f"{'a' * 63}.dev")
NOT_SITES = (
    "",
    "lotus",
    "-rf",
    "--help.dev",
    "-lotus.dev",
    "lotus-.dev",
    "../x.dev",
    "a/b.dev",
    "lotus.dev\n",
    "lotus\0.dev",
    "lo tus.dev",
    "lotus..dev",
    ".dev",
    "lotus.dev.",
    "lotus_1.dev",
    "Lotus.dev",
    "1.2.3.4",
    "lötus.dev",
    f"{'a' * 64}.dev",
    f"{'a.' * 126}dev",
    "a" * 300,
    "$(reboot).dev",
)


@pytest.mark.parametrize("name", SITES)
def test_a_domain_is_taken(name: str) -> None:
    assert is_domain(name)


@pytest.mark.parametrize("name", NOT_SITES)
def test_what_a_tool_could_misread_is_no_domain(name: str) -> None:
    assert not is_domain(name)


def test_a_typed_domain_may_have_capitals_and_blanks_around_it() -> None:
    assert named(" Lotus.DEV ") == "lotus.dev"


@pytest.mark.parametrize(
    ("typed", "shown"), [("-rf", "“-rf”"), ("a\nb", "“a\\nb”"), ("x" * 300, f"“{'x' * 60}…”")]
)
def test_a_refusal_shows_what_was_typed_on_one_short_line(typed: str, shown: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        named(typed)
    assert refused.value.sentence == f"{shown} is not a domain: a site is named like lotus.dev."
