"""Secrets out of text."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from commands.ops.redact import Redactor, _pieces

KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\nzQ8=\n-----END RSA PRIVATE KEY-----"
# Text, and what must be gone from it. Taken apart so that no scanner takes the tests for a leak.
PLANTED = (
    ("xoxb" + "-123456789012-abcdefGHIJ", "123456789012"),
    ("posting with xapp" + "-1-A012-345-abcdef0123456789", "abcdef"),
    ("xoxe.xoxp" + "-1-Mi0yLTEyMzQ1Njc4", "Mi0y"),
    ("https://hooks.slack.com/services/T000/B000/XXXX", "XXXX"),
    ("Authorization: Bearer abcdef", "abcdef"),
    ("authorization: Basic dXNlcjpwYXNz", "dXNl"),
    ("curl -H 'Authorization: token s3cr3t' https://x.dev", "s3cr3t"),
    ('{"Authorization": "Bearer abc.def"}', "abc.def"),
    ("sent Bearer abcdef0123456789", "abcdef"),
    ("X-Api-Key: abcdef", "abcdef"),
    ("Cookie: session=abcdef; theme=dark", "abcdef"),
    ("AKIA" + "IOSFODNN7EXAMPLE", "IOSFODNN7"),
    ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalr"),
    ("ghp" + "_abcdefghijklmnopqrstuvwxyz0123456789", "abcdef"),
    ("github_pat" + "_11ABCDEFG0abcdefghijkl_x", "11ABC"),
    ("glpat" + "-abcdefghijklmnopqrst", "abcdef"),
    ("sk-ant" + "-api03-abcdefghijklmnop", "abcdef"),
    ("OPENAI=sk-proj" + "-Abcdefghijklmnop", "Abcdef"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_", "eyJz"),
    ("DB_PASSWORD=hunter2", "hunter2"),
    ("password: 'hunter 2'", "hunter"),
    ('"token": "abc def"', "abc"),
    ('{\\"api_key\\": \\"zzz\\"}', "zzz"),
    ("client_secret => zzz", "zzz"),
    ("secret=a,b;c)XYZ", "XYZ"),
    ("--token abcdef", "abcdef"),
    ("curl -sS -u bob:pw123 https://x.dev", "pw123"),
    ("postgres://bob:pw123@db.example/x", "pw123"),
    ("git clone https://abc123@github.com/x/y", "abc123"),
    (f"key:\n{KEY}\nend", "MIIE"),
    (KEY[:60], "MIIE"),
    ("zQ8ABCDEFGHIJKLMNOPQRST=\n-----END OPENSSH PRIVATE KEY-----", "zQ8A"),
)
INNOCENT = (
    "lotus.dev built in 12 s",
    "4f2c7a1e9b8d4f2c7a1e9b8d4f2c7a1e9b8d4f2c",
    "plan P-7K2Q approved by os:ann",
    "max_tokens=4096 input_tokens: 12 token_count=3",
    "PWD=/srv/host",
    "basic authentication failed, bearer authentication as well",
    "task-12345678901234567890 disk-usage-1234567890123456",
    "sites/sk-dashboard-component-grid/index.html",
    "ssh://git@host/x git@github.com:x/y",
    "token refresh failed: the password was wrong",
    "2026-03-24T10:00:00Z [wave-5] lotus.dev ERROR timeout after 900 s",
    "date -u 12:30; https://lotus.dev/?page=2#top",
    "#1A2B3C --max-agents 25 --wave 5",
)


@pytest.mark.parametrize(("text", "secret"), PLANTED)
def test_a_planted_secret_is_gone(text: str, secret: str) -> None:
    cleaned = Redactor().clean(text)
    assert secret not in cleaned
    assert "[redacted]" in cleaned


@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_no_secret_stays(text: str) -> None:
    assert Redactor().clean(text) == text


def test_all_of_them_in_one_log_are_gone_and_the_lines_stay() -> None:
    log = "\n".join(f"10:00 {text}" for text, _ in PLANTED if "KEY--" not in text)
    cleaned = Redactor().clean(log)
    assert cleaned.count("\n") == log.count("\n")
    assert cleaned.count("[redacted]") >= log.count("\n")


def test_what_stands_around_a_secret_stays() -> None:
    assert Redactor().clean("lotus.dev token=abc wave 5") == "lotus.dev token=[redacted] wave 5"
    assert Redactor().clean("https://a:b@lotus.dev/x") == "https://[redacted]@lotus.dev/x"


def test_our_own_secrets_are_found_whatever_they_look_like() -> None:
    redactor = Redactor(["plain words", "plain words and more", "a/b c&d", ""])
    assert redactor.clean("plain words and more, plain words") == "[redacted], [redacted]"
    assert redactor.clean("?next=a%2Fb%20c%26d") == "?next=[redacted]"


def test_a_secret_of_ours_that_is_too_short_does_not_blot_out_words() -> None:
    assert Redactor(["i", "opus"]).clean("opus in wave 5") == "opus in wave 5"


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from([text for text, _ in PLANTED])).map(" ".join))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = Redactor().clean(text)
    assert Redactor().clean(once) == once


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "-----BEGIN ",
            "-----END PRIVATE KEY-----\n",
            "AAAAAAAAAAAAAAAAAAAA\n",
            "://",
            "a://b:",
            "password",
        ),
        *(
            "bearer ",
            "basic aaaa",
            "eyJ",
            "-eyJa",
            "sk-",
            "-sk-a",
            "--",
            "--a-",
            '"',
            "\\",
            "password=",
            'token="\\',
        ),
        *("xox", "x-", "_", "1", "SG.", "curl -u ", "authorization: ", "cookie: ", " "),
    ],
)
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    """Eight times the text may take sixteen times as long, not sixty-four times."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        begin = time.process_time()
        Redactor().clean(text)
        return time.process_time() - begin

    short = min(seconds(25_000) for _ in range(3))
    assert min(seconds(200_000) for _ in range(2)) < 16 * short + 0.05


def test_a_long_text_is_cleaned_some_lines_at_a_time_and_comes_out_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A search holds the interpreter to its end: one through a mebibyte takes a quarter of a second."""
    text = "\n".join([*(planted for planted, _ in PLANTED), KEY, "the end"])
    whole = Redactor().clean(text)
    monkeypatch.setattr("commands.ops.redact.PIECE", 1)
    assert Redactor().clean(text) == whole
    assert Redactor().clean("") == ""
    assert [len(piece) for piece in _pieces("a\nbb\nccc")] == [2, 3, 3]
