"""The vocabulary: what each rule says of a wrong value, and where."""

import pytest

from bot.workspace.blockkit.rules import Among, Flag, Number, Rule, Scalar, String, Whole, Written
from bot.workspace.blockkit.shapes import Many, OneOf, OrNull, Shape, typed

_CELL = OneOf({"raw_text": typed("raw_text", required={"text": String(3)})})

WRONG: tuple[tuple[Rule, object, str], ...] = (
    (String(), 5, "x: must provide a string"),
    (String(), None, "x: must provide a string"),
    (String(), "", "x: must be more than 0 characters"),
    (String(3), "four", "x: must be less than 4 characters"),
    (Written("[0-9]+", "digits"), "5a", "x: must be digits"),
    (Written("[0-9]+", "digits"), "5\n", "x: must be digits"),
    (Written("[0-9]+", "digits"), 5, "x: must provide a string"),
    (Among(("left", "right")), "up", "x: must be a valid enum value (left, right)"),
    (Among(("left", "right")), [], "x: must provide a string"),
    (Whole(), "5", "x: must provide an integer"),
    (Whole(), True, "x: must provide an integer"),
    (Whole(), 1.5, "x: must provide an integer"),
    (Whole(min=1), 0, "x: must be at least 1"),
    (Whole(max=8), 9, "x: must be at most 8"),
    (Number(), "5", "x: must provide a number"),
    (Number(), False, "x: must provide a number"),
    (Flag(), "true", "x: must provide a boolean"),
    (Flag(), 1, "x: must provide a boolean"),
    (Scalar(), [], "x: must provide a string, a number or a boolean"),
    (Many(String()), {}, "x: must provide an array"),
    (Many(String()), [], "x: must provide at least 1 items"),
    (Many(String(), 1), ["a", "b"], "x: no more than 1 items allowed"),
    (Many(String()), ["a", 2], "x[1]: must provide a string"),
    (Shape(), [], "x: must provide an object"),
    (Shape({"a": String()}), {}, "x: missing required field: a"),
    (Shape({"a": String()}), {"a": 1}, "x.a: must provide a string"),
    (Shape(), {"b": 1}, "x: invalid additional property: b"),
    (_CELL, "raw_text", "x: must provide an object"),
    (_CELL, {}, "x: missing required field: type"),
    (_CELL, {"type": []}, "x.type: must provide a string"),
    (_CELL, {"type": "cell"}, "x.type: unsupported type: cell (this place takes raw_text)"),
    (_CELL, {"type": "raw_text", "text": "long"}, "x.text: must be less than 4 characters"),
)


@pytest.mark.parametrize(("rule", "value", "said"), WRONG, ids=[f"{w[2]} ({w[1]!r})" for w in WRONG])
def test_a_wrong_value_is_refused_with_one_sentence(rule: Rule, value: object, said: str) -> None:
    assert [str(problem) for problem in rule.problems(value, "x")] == [said]


RIGHT: tuple[tuple[Rule, object], ...] = (
    (String(min=0), ""),
    (Whole(min=1, max=1), 1),
    (Number(), 1.5),
    (Flag(), False),
    (Scalar(), 1.5),
    (Many(String(), min=0), []),
    (OrNull(String()), None),
    (OrNull(String()), "x"),
    (Shape(optional={"a": String()}), {}),
    (Shape(open=True), {"anything": 1}),
)


@pytest.mark.parametrize(("rule", "value"), RIGHT, ids=[repr(rule) for rule, _ in RIGHT])
def test_a_right_value_is_taken(rule: Rule, value: object) -> None:
    assert list(rule.problems(value, "x")) == []


def test_an_object_at_the_root_has_paths_without_a_leading_dot() -> None:
    problems = Shape({"name": String()}).problems({"name": 1}, "")
    assert [problem.path for problem in problems] == ["name"]


def test_every_trouble_of_an_object_is_told_not_the_first_only() -> None:
    shape = Shape({"a": String(), "b": String()}, {"c": Flag()})
    problems = shape.problems({"a": "", "c": 1, "d": 2}, "x")
    assert [str(problem) for problem in problems] == [
        "x: missing required field: b",
        "x.a: must be more than 0 characters",
        "x.c: must provide a boolean",
        "x: invalid additional property: d",
    ]
