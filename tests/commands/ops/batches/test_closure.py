"""The closure report, in the team's own words where those name every site."""

from datetime import timedelta

from commands.ops.batches import closure
from commands.ops.batches.closure import Line
from commands.ops.house import House
from tests.commands.ops.texts.conftest import Words, words
from tests.commands.watched import clock_of

__all__ = ["words"]  # the fixture

TEMPLATE = "closure_report.md.j2"
LOTUS = Line("001", "lotus.dev was marked Q by hand. Asked by Omar: <close> to\n# the deadline")
FERN = Line("001", "fern.dev was marked Q by hand.")


def _report(house: House) -> str:
    return (house.settings.root / ".smbatcher/closure/Batch_001.md").read_text()


def test_lines_are_appended_under_one_heading_and_what_was_typed_is_no_markdown(bare: House) -> None:
    assert closure.tell(bare, [LOTUS]) == "Written to .smbatcher/closure/Batch_001.md."
    clock_of(bare).move(timedelta(minutes=5).total_seconds())
    closure.tell(bare, [FERN])
    assert _report(bare) == (
        "# Batch 001: sites decided by hand\n"
        "\n"
        "- 2026-11-22 03:12 UTC: lotus.dev was marked Q by hand. Asked by Omar: \\<close\\> to \\# the deadline\n"
        "- 2026-11-22 03:17 UTC: fern.dev was marked Q by hand.\n"
    )
    assert closure.told_of(bare, "001", ["lotus.dev", "fern.dev", "moss.dev"]) == {"lotus.dev", "fern.dev"}


def test_a_team_words_it_itself(words: Words) -> None:
    house = words(
        "{% if new %}# Abnahme {{ batch }}\n{% endif %}{% for line in lines %}* {{ line | inline }}\n{% endfor %}",
        TEMPLATE,
    )
    assert closure.tell(house, [LOTUS, FERN]) == "Written to .smbatcher/closure/Batch_001.md."
    assert _report(house).splitlines()[0] == "# Abnahme 001"
    assert [line[:12] for line in _report(house).splitlines()[1:]] == ["* lotus.dev ", "* fern.dev w"]


def test_where_the_teams_words_leave_out_a_site_ours_are_written_and_that_is_said(words: Words) -> None:
    """`batch finalize` reads the report: a site that it does not name would count as lost."""
    said = closure.tell(words("{{ lines | length }} sites", TEMPLATE), [FERN])
    house = words("{{ lines | length }} sites", TEMPLATE)
    assert "it leaves out “fern.dev was marked Q by hand.”" in said
    assert _report(house).endswith("UTC: fern.dev was marked Q by hand.\n")
