"""The tier of a registry's damage, and what is worse than what."""

import pytest

from commands.ops.batches.batches import Expected
from commands.ops.host_settings import Ladder
from commands.ops.integrity import integrity, trouble
from commands.ops.integrity.trouble import Tier, Trouble
from commands.ops.registry import registry
from tests.commands.ops.registries import HEAD, row

ALL = [f"s{n}.dev" for n in range(40)]


def trouble_of(text: str, expected: list[str] = ALL, whole_sites: int = 0) -> Trouble | None:
    table = registry.parse(text.encode(), Ladder(), 25)
    found = integrity.examine(table, {"001": Expected(tuple(expected), "file")})
    return trouble.of(found, whole_sites)


WHOLE = HEAD + "".join(map(row, ALL))


@pytest.mark.parametrize(
    ("number", "tier"), [(1, "low"), (5, "low"), (6, "medium"), (20, "medium"), (21, "high")]
)
def test_the_tier_follows_the_number_of_sites(number: int, tier: Tier) -> None:
    doubled = trouble_of(WHOLE + "".join(map(row, ALL[:number])))
    assert doubled == Trouble(40, (("identical", number),), tier)
    lost = trouble_of(HEAD + "".join(map(row, ALL[number:])))
    assert lost == Trouble(40 - number, (("missing", number),), tier)


def test_a_whole_registry_is_no_trouble() -> None:
    assert trouble_of(WHOLE) is None


def test_a_letter_or_a_wave_of_somebody_s_own_is_no_trouble() -> None:
    assert trouble_of(WHOLE.replace("| s3.dev | 001 | 1 | i", "| s3.dev | 001 | late | Z")) is None


def test_less_than_half_of_what_was_whole_is_critical_even_where_nothing_is_expected() -> None:
    found = trouble_of(HEAD + row("s1.dev"), [], whole_sites=40)
    assert found == Trouble(1, (("shrunk", 39),), "critical")
    assert trouble_of(WHOLE, [], whole_sites=60) is None


def test_a_new_kind_or_a_higher_tier_is_worse() -> None:
    found = Trouble(40, (("missing", 3),), "low")
    assert found.is_worse_than(frozenset({"identical"}), "high")
    assert not found.is_worse_than(frozenset({"missing", "identical"}), "low")
    assert Trouble(40, (("missing", 7),), "medium").is_worse_than(frozenset({"missing"}), "low")
