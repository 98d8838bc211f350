"""Rates in words; one that nobody measured says so."""

from commands.ops.history.rates import Rates
from commands.wording.figures import span


def rate(per_minute: float | None) -> str:
    """`3.2 sites a minute`, or that no earlier sample tells."""
    return "no earlier sample" if per_minute is None else f"{per_minute:.1f} sites a minute"


def rate_figure(rates: Rates) -> str:
    """`3.2 sites a minute (over 5 min), usually 15.0`."""
    if rates.now is None or rates.span_seconds is None:
        return rate(None)
    usual = "" if rates.usual is None else f", usually {rates.usual:.1f}"
    return f"{rate(rates.now)} (over {span(rates.span_seconds)}){usual}"
