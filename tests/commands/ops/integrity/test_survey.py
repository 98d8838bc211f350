"""A registry read in pieces: the same is found as in one that is held whole."""

from dataclasses import replace

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from commands.ops.batches.batches import Expected
from commands.ops.host_settings import Ladder
from commands.ops.integrity import survey
from commands.ops.integrity.integrity import Integrity, examine
from commands.ops.registry import line_list, registry

HEAD = "| Domain | Batch | Wave | Status | Updated |\n|---|---|---|---|---|\n"
NAMES = st.sampled_from(["a.dev", "b.dev", "c.dev", "d.dev", "e e", "x\\|y", ""])
ROWS = st.builds(
    "| {} | {} | {} | {} | {}\n".format,
    NAMES,
    st.sampled_from(["001", "002", "", "x"]),
    st.sampled_from(["1", "2", "late", ""]),
    st.sampled_from(["i", "I", "Z", ""]),
    st.sampled_from(["|", "now |", "", "now | more |"]),
)
OTHERS = st.sampled_from(
    ["\n", "prose\n", "<<<<<<< HEAD\n", "|---|---|---|---|---|\n", "a.dev | 001 |\n", HEAD, "\0\n"]
)
TEXTS = st.tuples(
    st.sampled_from([HEAD, "", "\ufeff" + HEAD, "# Sites\n\n" + HEAD]), st.lists(ROWS | OTHERS)
).map(lambda parts: parts[0] + "".join(parts[1]))
TABLES = st.one_of(
    TEXTS.map(str.encode),
    TEXTS.map(lambda text: text.encode()[:-3]),
    TEXTS.map(lambda text: b"\xff" + text.encode()),
)
EXPECTED = st.dictionaries(
    st.sampled_from(["001", "002", "003"]),
    st.builds(
        Expected,
        st.lists(NAMES.filter(bool), unique=True).map(tuple),
        st.sampled_from(["file", "commit", "unknown"]),
    ),
)


def without_waves(found: Integrity) -> Integrity:
    """The survey does not ask for waves: they stand in no column, or are no matter of integrity."""

    def rid(doubled: object) -> object:
        return [(one.domain, [row._replace(wave=None) for row in one.rows]) for one in doubled]  # type: ignore[attr-defined]

    return replace(found, identical=rid(found.identical), conflicting=rid(found.conflicting))  # type: ignore[arg-type]


@pytest.mark.parametrize("piece", [1, 40, 10_000])
def test_pieces_of_any_size_come_to_the_whole(piece: int) -> None:
    survey_of_pieces(piece)


def survey_of_pieces(piece: int) -> None:
    @hypothesis_settings(max_examples=150, deadline=None)
    @given(TABLES, EXPECTED)
    def check(data: bytes, expected: dict[str, Expected]) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(line_list, "PIECE", piece)
            found = survey.survey(data, expected, Ladder())
        assert without_waves(found.found) == without_waves(
            examine(registry.parse(data, Ladder(), 25), expected)
        )
        assert found.problems == ()

    check()


def test_more_than_can_be_listed_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "MOST", 10)
    data = HEAD + "".join(f"| s{n}.dev | 001 | 1 | i |\n" for n in range(50))
    found = survey.survey(data.encode(), {}, Ladder())
    assert len(found.found.malformed) == 10
    assert "More is wrong with the registry than can be listed" in found.problems[0]
