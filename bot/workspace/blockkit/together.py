"""Conditions on several fields of one object: one of two, in order, among the options."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from bot.workspace.blockkit.problem import Problem
from bot.workspace.blockkit.shapes import Together


def at_least_one(*names: str) -> Together:
    """Demand one of the fields."""

    def condition(value: Mapping[str, object], path: str) -> Iterator[Problem]:
        if not any(name in value for name in names):
            listed = " or ".join(f"`{name}`" for name in names)
            yield Problem(path, f"must define either {listed}")

    return condition


def not_both(one: str, other: str) -> Together:
    """Refuse two fields that exclude each other."""

    def condition(value: Mapping[str, object], path: str) -> Iterator[Problem]:
        if one in value and other in value:
            yield Problem(path, f"must define only one of `{one}` or `{other}`")

    return condition


def needs(name: str, other: str) -> Together:
    """Refuse a field without (or, a flag, without a true) other."""

    def condition(value: Mapping[str, object], path: str) -> Iterator[Problem]:
        if value.get(name) not in (None, False) and value.get(other) in (None, False):
            yield Problem(f"{path}.{name}", f"must define `{other}` to use `{name}`")

    return condition


def not_both_true(one: str, other: str) -> Together:
    """Refuse two flags set at once."""

    def condition(value: Mapping[str, object], path: str) -> Iterator[Problem]:
        if value.get(one) is True and value.get(other) is True:
            yield Problem(f"{path}.{one}", f"cannot be true when `{other}` is")

    return condition


def in_order(*names: str) -> Together:
    """Demand that the numbers (or strings of digits) in these fields do not fall; missing ones are skipped."""

    def condition(value: Mapping[str, object], path: str) -> Iterator[Problem]:
        known = [(name, number) for name in names if (number := _number(value.get(name))) is not None]
        for (low, smaller), (high, larger) in pairwise(known):
            if smaller > larger:
                yield Problem(f"{path}.{low}", f"`{low}` must not be greater than `{high}`")

    return condition


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def chosen_from_options(name: str) -> Together:
    """Demand that an initial option, or each of several, exactly matches one on offer."""

    def condition(value: Mapping[str, object], path: str) -> Iterator[Problem]:
        chosen = value.get(name)
        offered = _offered(value)
        for place, option in enumerate(chosen if isinstance(chosen, list) else [chosen]):
            if isinstance(option, dict) and option not in offered:
                at = f"{path}.{name}[{place}]" if isinstance(chosen, list) else f"{path}.{name}"
                yield Problem(at, "must be one of the provided options")

    return condition


def _offered(value: Mapping[str, object]) -> list[object]:
    groups = value.get("option_groups")
    lists = [value.get("options")]
    if isinstance(groups, list):
        lists += [group.get("options") for group in groups if isinstance(group, dict)]
    return [option for options in lists if isinstance(options, list) for option in options]
