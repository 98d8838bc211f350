"""The one door: every line answers, bad input gets one sentence, and nothing is ever raised for it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from commands.answer import answer, lane_of, resolved
from commands.ops.house import House
from commands.ops.redact import Redactor
from commands.redacting import redacted
from commands.reply import Ask, Facts, Lines, Reply
from commands.reply_json import reply_from_json, to_json
from commands.root import LINES, every_line
from commands.words import words
from tests.commands.conftest import ASHA, NICO, OMAR, VERA, Asks, house_of, settings_of

PIECES = (
    *("batch", "status", "sites", "help", "redeploy", "dedupe", "escalate", "version"),
    *("--status", "--batch", "--page", "--help", "--batch=1", "--", "-", "-rf", "-1", "0", "i", "001"),
    *('"', "\x00", "../x", "ü", "\ud800", "="),
)


@pytest.mark.parametrize("line", [example for known in every_line() for example in known.examples])
def test_every_example_of_every_line_is_answered(line: str, asks: Asks) -> None:
    line = line.replace("wave 5", "wave 2").replace(" fern.dev", "")  # the small host has few
    reply = asks("batch status --batch 001" if line == "batch status" else line, ASHA)
    assert reply.headline
    nothing_there = (
        "There is no plan P-7K2Q",
        "There is no incident I-7K2Q",
        "There is no escalation E-7K2Q",
        "There is no version ",
        "There is nothing to do",
        "No file of batch 002 takes less space when packed",
    )
    assert reply.outcome in {"fine", "trouble", "refused"} or reply.headline.startswith(nothing_there), (
        reply.headline
    )
    assert reply_from_json(to_json(reply)) == reply_from_json(to_json(reply_from_json(to_json(reply))))


def test_a_typo_gets_the_nearest_line(asks: Asks) -> None:
    reply = asks("batch statsu")
    assert (reply.outcome, reply.audience) == ("usage", "caller")
    assert reply.error == "I do not know “batch statsu”. Did you mean “batch status”?"


def test_a_typo_with_options_still_gets_the_nearest_line(asks: Asks) -> None:
    assert "Did you mean “batch sites”?" in asks("batch sitess --status i").headline


def test_a_typo_never_suggests_what_the_caller_may_not_ask(asks: Asks) -> None:
    assert "redeploy" in asks("redeplyo", OMAR).headline
    assert "redeploy" not in asks("redeplyo", VERA).headline


def test_something_far_off_points_to_help(asks: Asks) -> None:
    assert asks("make me a sandwich").error == "I do not know “make me a sandwich”. Try “help”."


def test_a_long_unknown_line_is_not_said_back_whole(asks: Asks) -> None:
    assert len(asks("x" * 5000).headline) < 200


def test_an_unknown_option_gets_the_nearest_one(asks: Asks) -> None:
    assert (
        asks("batch sites --stauts i").error == "“batch sites” has no option --stauts: did you mean --status?"
    )


def test_an_unlike_option_names_those_there_are(asks: Asks) -> None:
    error = asks("batch sites --zzz i").error
    assert (
        error
        == "“batch sites” has no option --zzz; it has --status, --batch, --failing, --cut-short, --page."
    )


def test_an_option_without_its_value_is_one_sentence(asks: Asks) -> None:
    reply = asks("batch sites --status")
    assert reply.outcome == "usage"
    assert "--status" in reply.headline
    assert "\n" not in reply.headline


def test_words_too_many_are_one_sentence(asks: Asks) -> None:
    reply = asks("batch status now please")
    assert reply.outcome == "usage"
    assert reply.headline == "“now please” is too much: it is written “batch status [--batch NNN]”."


def test_a_line_that_goes_on_names_its_lines(asks: Asks) -> None:
    for line in ("batch clean", "batch clean foo"):
        reply = asks(line)
        assert (reply.outcome, reply.headline.partition(",")[0]) == (
            "usage",
            "“batch clean” goes on: batch clean temp",
        )


def test_only_names_that_are_near_are_offered(asks: Asks) -> None:
    assert asks("batch site lotos.dev").headline == "There is no site lotos.dev; did you mean lotus.dev?"


def test_only_command_words_are_case_blind(asks: Asks) -> None:
    assert asks("BATCH Sites --status I").facts["sites"]
    assert asks("batch sites --status I").facts != asks("batch sites --status i").facts


def test_batch_may_be_left_out(asks: Asks) -> None:
    assert asks("sites --status I").facts == asks("batch sites --status I").facts


def test_batch_alone_shows_its_lines(asks: Asks) -> None:
    lines = asks("batch").facts["lines"]
    assert lines == [line.path for line in LINES if line.path.startswith("batch ")]


def test_help_may_be_asked_as_an_option(asks: Asks) -> None:
    assert asks("batch sites --help") == asks("help batch sites")


def test_a_caller_without_a_role_gets_a_private_clear_no(asks: Asks) -> None:
    for line in ("batch status", "help", "nonsense"):
        reply = asks(line, NICO)
        assert (reply.outcome, reply.audience) == ("refused", "caller")
        assert "You have no role here, Nico" in reply.headline
        assert "U0NICO" in reply.headline
        assert not reply.facts


def test_a_role_too_low_is_refused_by_name(asks: Asks) -> None:
    reply = asks("redeploy wave 5", VERA)
    assert reply.outcome == "refused"
    assert reply.error == "“redeploy wave” needs the role operator; yours is viewer."


def test_secrets_are_taken_out_of_every_part(house: House) -> None:
    secret = "a-loaded-secret-0123456789"
    reply = Reply(
        "fine",
        f"head {secret}",
        facts={"nested": [{"deep": secret}]},
        parts=(Lines((f"line {secret}",)), Facts((("label", secret),))),
        problems=(secret,),
    )
    assert secret.encode() not in to_json(redacted(reply, house.redactor))
    assert secret.encode() in to_json(redacted(reply, Redactor(())))


def test_lanes_are_known_before_a_line_runs() -> None:
    assert lane_of(("batch", "status")) == "look"
    assert lane_of(("nonsense",)) == "look"
    assert resolved(()) == ["help"]


def test_no_registry_is_one_sentence(tmp_path: Path) -> None:
    root = tmp_path / "empty"
    root.mkdir()
    house = house_of(settings_of(root, tmp_path / "state"))
    for line in ("batch status", "batch sites"):
        reply = answer(Ask("1", words(line), OMAR, house.clock.now()), house)
        assert (reply.outcome, reply.audience) == ("usage", "caller")
        assert reply.headline.startswith(f"There is no registry at {root}/.smbatcher/REGISTRY.md")
    house.journal.close()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(PIECES)).map(" ".join),
    )
)
def test_any_line_is_answered_and_nothing_is_raised(asks: Asks, line: str) -> None:
    reply = asks(line)
    assert reply.headline
    if reply.outcome == "usage":
        assert reply.audience == "caller"
        assert "\n" not in reply.headline
