"""Sites out of the registry."""

import pytest

from commands.ops.host_settings import Ladder
from commands.ops.registry.registry import parse
from commands.ops.registry.sites import nearest, select

TABLE = parse(
    b"| Domain | Batch | Wave | Status |\n"
    b"| c.dev | 001 | 1 | D |\n| a.dev | 001 | 2 | i |\n| b.dev | 002 | 1 | i |\n| a.dev | 001 | 2 | i |\n",
    Ladder(),
    25,
)


@pytest.mark.parametrize(
    ("wanted", "domains"),
    [
        ({}, ["c.dev", "a.dev", "b.dev", "a.dev"]),
        ({"batch": "001"}, ["c.dev", "a.dev", "a.dev"]),
        ({"status": "i"}, ["a.dev", "b.dev", "a.dev"]),
        ({"status": "I"}, []),
        ({"batch": "001", "wave": 2, "status": "i"}, ["a.dev", "a.dev"]),
    ],
)
def test_rows_that_fit_all_come_in_registry_order(wanted: dict[str, str], domains: list[str]) -> None:
    assert [row.domain for row in select(TABLE, **wanted)] == domains  # type: ignore[arg-type]


def test_the_names_nearest_to_a_typo_come_first() -> None:
    assert nearest("lotsu.dev", ["iris.dev", "lotus.dev", "lotus.dev", "rose.com"])[0] == "lotus.dev"
    assert nearest("x", ["iris.dev"]) == []
