"""Attempts at a site, out of its log lines."""

from datetime import UTC, datetime

from commands.ops.logs.attempts import Attempt, of_lines

TAKEN = "2026-03-24T14:05:09Z INFO  [agent-01 pid 7] lotus.dev: taken, D -> i"
WARNED = (
    "2026-03-24T14:06:00Z WARN  [agent-01 pid 7] lotus.dev: model is overloaded (529), trying again in 8 s"
)
TIMED_OUT = "2026-03-24T14:15:09Z ERROR [agent-01 pid 7] lotus.dev: agent timed out after 600 s; giving up"
WROTE = "2026-03-24T14:07:00Z INFO  [agent-01 pid 7] lotus.dev: wrote sites/lotus.dev-v1/index.html (3 bytes)"
DONE = "2026-03-24T14:09:00Z INFO  [agent-01 pid 7] lotus.dev: done, i -> I"
AT = datetime(2026, 3, 24, 14, 5, 9, tzinfo=UTC)


def test_an_attempt_that_failed_and_one_that_succeeded() -> None:
    lines = [TAKEN, WARNED, TIMED_OUT, TAKEN, WROTE, DONE]
    assert of_lines(lines) == (Attempt(AT, ("timeout",)), Attempt(AT, (), done=True))
    assert [one.failed for one in of_lines(lines)] == [True, False]


def test_several_errors_of_one_attempt_are_one_failure() -> None:
    assert of_lines([TAKEN, TIMED_OUT, "ERROR lotus.dev: cannot write: no space left"]) == (
        Attempt(AT, ("timeout", "disk")),
    )


def test_an_attempt_that_goes_on_has_neither_failed_nor_ended() -> None:
    [attempt] = of_lines([TAKEN, WARNED, WROTE])
    assert not attempt.failed
    assert not attempt.done


def test_an_error_without_a_beginning_is_an_attempt_too() -> None:
    assert [one.errors for one in of_lines(["ERROR lotus.dev: design is empty", TAKEN])] == [("design",), ()]


def test_lines_that_tell_nothing_are_no_attempt() -> None:
    assert of_lines(["lotus.dev: queued", WROTE, ""]) == ()
