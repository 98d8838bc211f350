"""The end of a log as a file: redacted whatever the cut goes through, small whatever the log."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings as hypothesis, strategies as st

from commands.ops.attachments.attachment import Attachment
from commands.ops.attachments.logs import LOOK_BEHIND, of_log
from commands.ops.errors import NotReadable
from commands.ops.host_settings import Limits
from commands.ops.house import House

AT = datetime(2026, 11, 22, 3, 13, 5, tzinfo=UTC)
MOST = 4096
TOKEN = "xoxb" + "-123456789012-abcdefGHIJ"
KEY = [f"MIIEpAIBAAKCAQEA7{number:047}" for number in range(25)]
PEM = "\n".join(["-----BEGIN RSA PRIVATE KEY-----", *KEY, "-----END RSA PRIVATE KEY-----", ""])
WAVE = "wave 5 of batch 001"


@pytest.fixture
def house(bare_house: House) -> House:
    """A house that attaches 4 KiB of a log."""
    return replace(bare_house, settings=replace(bare_house.settings, limits=Limits(attachment_bytes=MOST)))


def _end(house: House, data: bytes | str, path: str = "logs/wave-5.log") -> Attachment:
    log = house.machine.root / path
    log.write_bytes(data if isinstance(data, bytes) else data.encode())
    return of_log(house, path, WAVE, AT)


def test_a_short_log_is_whole_and_named_by_time_and_resource(house: House) -> None:
    made = _end(house, "one\ntwo")
    assert made == Attachment("2026-11-22T0313Z-wave-5-of-batch-001.log", "logs/wave-5.log", "one\ntwo")


def test_another_log_is_named_by_its_own_name_too(house: House) -> None:
    assert _end(house, "x\n", "logs/mimplement.log").name == (
        "2026-11-22T0313Z-wave-5-of-batch-001-mimplement.log"
    )
    assert _end(house, "x\n", "logs/wave.log").name.endswith("-wave-5-of-batch-001.log")


def test_of_a_long_log_the_last_whole_lines_come(house: House) -> None:
    lines = [f"{number:06} {'x' * 90}\n" for number in range(5000)]
    made = _end(house, "".join(lines))
    assert made.text == "".join(lines[-len(made.text.splitlines()) :])
    assert MOST - 100 < len(made.text) <= MOST
    assert made.title == f"logs/wave-5.log: the last {len(made.text):,} of 490,000 bytes"


def test_of_a_log_of_two_gigabytes_only_the_end_is_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = house.machine.root / "logs/wave-5.log"
    with log.open("wb") as file:
        file.truncate(2 * 1024**3)  # a hole: whoever reads it all takes seconds, and gets nothing but NUL
        file.seek(0, os.SEEK_END)
        file.write(b"\n" + b"the end\n" * 20_000)
    read: list[int] = []
    pread = os.pread

    def counted(descriptor: int, size: int, offset: int) -> bytes:
        read.append(size)
        return pread(descriptor, size, offset)

    monkeypatch.setattr(os, "pread", counted)
    made = of_log(house, "logs/wave-5.log", WAVE, AT)
    assert set(made.text.splitlines()) == {"the end"}
    assert MOST - 20 < len(made.text) <= MOST
    assert sum(read) == MOST + LOOK_BEHIND


@pytest.mark.parametrize("place", range(0, len(TOKEN) + 60, 7))
def test_a_token_never_arrives_wherever_the_cut_falls(house: House, place: int) -> None:
    """`place`: how many bytes of the line with the token are beyond what is read."""
    line = f"2026-11-22T03:13:05Z INFO posting with {TOKEN} to the channel\n"
    after = "x" * (MOST + LOOK_BEHIND - len(line) + place - 1) + "\n"
    rest = "\n".join(after[start : start + 99] for start in range(0, len(after), 100)) + "\n"
    made = _end(house, "before\n" * 10_000 + line + rest[: len(after)])
    for part in ("123456789012", "abcdefGHIJ", "GHIJ"):
        assert part not in made.text


@pytest.mark.parametrize("beyond", range(0, len(PEM) + 200, 120))
@pytest.mark.parametrize("prefix", ["", "[agent-01 pid 28913] "])
def test_a_private_key_never_arrives_wherever_the_cut_falls(house: House, beyond: int, prefix: str) -> None:
    """`beyond`: how many bytes before what is kept the key begins."""
    pem = "".join(f"{prefix}{line}\n" for line in PEM.splitlines())
    filler = "a line of the log that tells nothing\n"
    rest = (filler * 200)[: max(MOST - len(pem) + beyond, 0)] + "\n"
    made = _end(house, filler * 5000 + pem + rest)
    assert "MIIEpAIBAAKCAQEA" not in made.text


def test_our_own_secrets_never_arrive(house: House) -> None:
    assert _end(house, "said a-loaded-secret-0123456789 aloud\n").text == "said [redacted] aloud\n"


def test_a_line_whose_beginning_was_not_read_is_left_out_and_that_is_said(house: House) -> None:
    made = _end(house, f"Cookie: {'s3cr3t; ' * 20_000}")
    assert "s3cr3t" not in made.text
    assert (
        made.text == "(left out: the last 69,632 bytes have no line that could be read from its beginning)\n"
    )
    assert _end(house, "").text == "(the log is empty)\n"


def test_what_would_move_a_cursor_is_made_visible(house: House) -> None:
    assert _end(house, b"\x1b[2Jgone\r\nA\x00\xff\xc2\x9b5n\n").text == "\\x1b[2Jgone\nA\\x00\\xff\\x9b5n\n"


@pytest.mark.parametrize("make", ["missing", "directory", "pipe"])
def test_what_cannot_be_read_is_said_and_holds_up_nothing(house: House, make: str) -> None:
    log = house.machine.root / "logs/wave-5.log"
    if make == "directory":
        log.mkdir()
    elif make == "pipe":
        os.mkfifo(log)
    with pytest.raises(NotReadable, match=r"wave-5\.log"):
        of_log(house, "logs/wave-5.log", WAVE, AT)


@hypothesis(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=3000), st.integers(1, 60))
def test_whatever_is_in_it_the_file_is_text_and_within_its_size(
    house: House, data: bytes, times: int
) -> None:
    made = _end(house, data * times)
    assert len(made.text.encode()) <= MOST + 100
    assert all(char in "\n\t" or char.isprintable() or ord(char) > 0x9F for char in made.text)
