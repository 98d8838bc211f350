"""Problems and how Slack words them."""

import pytest

from bot.workspace.blockkit import Problem, slack_messages


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("blocks[3].accessory.text", "/blocks/3/accessory/text"),
        ("view.title.text", "/view/title/text"),
        ("attachments[0].blocks[12]", "/attachments/0/blocks/12"),
        ("blocks[0].rows[1][2].text", "/blocks/0/rows/1/2/text"),
        ("", ""),
    ],
)
def test_a_path_is_slacks_json_pointer_too(path: str, pointer: str) -> None:
    assert Problem(path, "must provide a string").pointer == pointer


def test_a_message_has_slacks_words_then_the_pointer_then_the_path() -> None:
    problem = Problem("blocks[0].text.text", "must be less than 3001 characters")
    assert slack_messages([problem]) == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text] (blocks[0].text.text)"
    ]


def test_a_problem_of_the_whole_payload_has_no_message() -> None:
    assert slack_messages([Problem("", "a message needs text", "no_text")]) == []


def test_a_problem_reads_as_place_and_trouble() -> None:
    assert str(Problem("blocks[0]", "must provide an object")) == "blocks[0]: must provide an object"
    assert str(Problem("", "a message needs text")) == "a message needs text"
