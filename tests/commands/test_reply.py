"""Replies."""

from commands.reply import EXIT_CODES


def test_the_outcome_alone_decides_the_exit_code() -> None:
    assert EXIT_CODES == {"fine": 0, "trouble": 1, "usage": 2, "refused": 3, "failed": 4}
