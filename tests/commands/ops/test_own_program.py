"""Our own modules run as programs."""

from pathlib import Path

import pytest

from commands.ops.own_program import NoAnswer, answer_of


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that can be run as `told`."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "a-token")
    return tmp_path / "told.py"


def _answer(program: Path, text: str) -> object:
    program.write_text(text)
    return answer_of("told", {"wave": 5}, seconds=5, most_bytes=100)


def test_it_is_given_an_object_and_answers_with_one(program: Path) -> None:
    assert _answer(program, "import json, pickle, sys; print(json.dumps(pickle.load(sys.stdin.buffer)))") == {
        "wave": 5
    }


def test_it_gets_none_of_our_tokens(program: Path) -> None:
    assert _answer(program, "import json, os; print(json.dumps('SLACK_BOT_TOKEN' in os.environ))") is False


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("raise SystemExit(1)", "it took too long or too much memory, or broke off"),
        ("print('no JSON')", "it took too long or too much memory, or broke off"),
        ("print('x' * 101)", "it makes more than 100 bytes"),
    ],
)
def test_what_is_no_answer_is_said(program: Path, text: str, why: str) -> None:
    with pytest.raises(NoAnswer, match=why):
        _answer(program, text)


def test_what_does_not_end_is_killed(program: Path) -> None:
    program.write_text("while True: pass")
    with pytest.raises(NoAnswer):
        answer_of("told", None, seconds=0.5, most_bytes=100)
