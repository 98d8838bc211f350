"""A span of time as people type it: `30s`, `15m`, `1h30m`, `2d`."""

import re
from datetime import timedelta

from commands.ops.errors import WrongUsage
from commands.wording.figures import span
from commands.wording.unknown import clipped

SHOWN = 20  # characters of a wrong one
UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_SPAN = re.compile(
    r"(?:(?P<d>[0-9]{1,5})d)?(?:(?P<h>[0-9]{1,5})h)?(?:(?P<m>[0-9]{1,5})m)?(?:(?P<s>[0-9]{1,6})s)?"
)


def parse(text: str, least: timedelta, most: timedelta) -> timedelta:
    """The span a caller typed.

    Raises:
        WrongUsage: it is none, or less or more than allowed.
    """
    match = _SPAN.fullmatch(text.strip().lower())
    given = (
        {UNITS[unit]: int(number) for unit, number in match.groupdict(default="0").items()} if match else {}
    )
    found = timedelta(**given)
    if not match or not match[0]:
        raise WrongUsage(f"“{clipped(text, SHOWN)}” is not a span of time: write it like 15m or 1h30m.")
    if not least <= found <= most:
        bounds = f"{span(least.total_seconds())} to {span(most.total_seconds())}"
        raise WrongUsage(f"“{clipped(text, SHOWN)}” is not possible here: {bounds} is.")
    return found
