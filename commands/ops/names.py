"""Batches and waves as they are called everywhere."""

MOST_DIGITS = 9


def batch_name(text: str) -> str:
    """A batch's name: `1` and `001` are `001`; one that is no number stays as it is."""
    return text.lstrip("0").zfill(3) if is_number(text) else text


def wave_number(text: str) -> int | None:
    """A wave's number; None where the text is none."""
    return int(text) if is_number(text) else None


def is_number(text: str) -> bool:
    """Plain digits, and no more than any batch or wave will ever have."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
