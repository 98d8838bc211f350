"""`help`."""

from commands.ops.roles import Role
from commands.root import every_line
from tests.commands.conftest import ASHA, OMAR, VERA, Asks


def test_help_shows_what_the_caller_may_ask(asks: Asks) -> None:
    viewer, operator = asks("help", VERA).facts["lines"], asks("help", OMAR).facts["lines"]
    assert set(operator) - set(viewer) == {line.path for line in every_line() if line.role is Role.operator}
    assert not any(line.startswith("redeploy") for line in viewer)
    assert asks("help", ASHA).facts["lines"] == operator


def test_help_on_a_line_shows_its_options_and_examples(asks: Asks) -> None:
    facts = asks("help batch sites").facts
    assert facts["usage"] == "batch sites [--status X] [--batch NNN] [--failing] [--cut-short] [--page N]"
    assert "batch sites --status i" in facts["examples"]


def test_help_knows_lines_without_batch(asks: Asks) -> None:
    assert asks("help sites").facts == asks("help batch sites").facts


def test_help_on_words_that_others_begin_with_shows_all_of_them(asks: Asks) -> None:
    lines = asks("help dedupe").facts["lines"]
    assert lines[:3] == ["dedupe", "dedupe fix", "dedupe choose"]
    assert asks("help dedupe fix").facts["line"] == "dedupe fix"


def test_help_on_a_line_one_may_not_ask_does_not_show_it(asks: Asks) -> None:
    reply = asks("help redeploy", VERA)
    assert reply.outcome == "usage"
    assert "agents" not in reply.headline


def test_help_on_nothing_known_gets_the_nearest(asks: Asks) -> None:
    assert "Did you mean “batch sites”?" in asks("help batch sitess").headline


def test_help_is_private(asks: Asks) -> None:
    assert asks("help").audience == "caller"
