"""Batches and waves as they are called."""

import pytest

from commands.ops.names import batch_name, wave_number


@pytest.mark.parametrize(
    ("written", "called"), [("1", "001"), ("001", "001"), ("0001", "001"), ("1234", "1234"), ("0", "000")]
)
def test_a_batch_has_three_digits_at_least(written: str, called: str) -> None:
    assert batch_name(written) == called


@pytest.mark.parametrize("written", ["", "spring", "1a", "²", "1" * 10])
def test_a_batch_that_is_no_number_stays_as_it_is(written: str) -> None:
    assert batch_name(written) == written


def test_a_wave_is_a_number_or_unknown() -> None:
    assert wave_number("05") == 5
    assert wave_number("five") is None
    assert wave_number("9" * 10_000) is None
