"""Resources: one name, however a line or a lock calls them."""

import pytest

from commands.ops.incidents import resources


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("batch wave 5 --batch 001", ("wave 5 of batch 001",)),
        ("batch wave 5 --batch 001 --since 2026-11-22T03:12Z", ("wave 5 of batch 001",)),
        ("batch stop wave 5 --batch 001 --now", ("wave 5 of batch 001",)),
        ("batch site Lotus.dev", ("site lotus.dev",)),
        ("redeploy site lotus.dev fern.dev --insist", ("site lotus.dev", "site fern.dev")),
        ("batch mark lotus.dev I --reason built", ("site lotus.dev",)),
        ("dedupe", ("registry",)),
        ("dedupe fix", ("registry",)),
        ("batch disk", ("disk",)),
        ("batch emergency", ("host",)),
        ("batch finalize --batch 1", ("finalization of batch 001",)),
        ("batch reach", ("network",)),
        ("batch status --batch 001", ()),
        ("batch sites --batch 001", ()),
        ("batch wave 5", ()),
    ],
)
def test_a_line_is_about_its_resource(line: str, found: tuple[str, ...]) -> None:
    assert resources.of_line(line) == found


def test_a_plan_is_about_what_its_line_names_and_what_it_locks() -> None:
    locks = ("wave 001/5", "registry", "sites of 001")
    assert resources.of_work("redeploy site lotus.dev", locks) == (
        "site lotus.dev",
        "wave 5 of batch 001",
        "registry",
    )
