"""What a command line tells."""

import pytest

from commands.ops.agents.command_line import batch_of, is_bystander, pattern_of, runs, site_of, wave_of

OPUS = pattern_of("opus")


@pytest.mark.parametrize(
    "line",
    ["opus", "claude-opus-4 --x", "OPUS_agent.py", "python\0tools/opus-agent.py", "opus4", "/opt/Opus/run"],
)
def test_the_pattern_is_found_as_a_word_in_either_case(line: str) -> None:
    assert OPUS.search(line.encode())


@pytest.mark.parametrize("line", ["octopus", "opusculum", "magnumopus --x", "opu s"])
def test_the_pattern_within_a_word_is_not_found(line: str) -> None:
    assert not OPUS.search(line.encode())


def test_a_pattern_s_signs_are_only_signs() -> None:
    assert not pattern_of("o.us").search(b"opus")


@pytest.mark.parametrize(
    "argv",
    [
        ("vim", "opus.md"),
        ("/usr/bin/less", "logs/opus.log"),
        ("tail", "-f", "logs/opus-5.log"),
        ("grep", "-ri", "opus", "."),
        ("sh", "-c", "ps aux | grep -i opus | grep -v grep | wc -l"),
        ("/bin/bash", "-lc", "LC_ALL=C tail -5 opus.log; sudo grep opus x"),
        ("nice", "-n", "10", "timeout", "5m", "tail", "-f", "opus.log"),
        ("tmux", "new", "-s", "opus"),
        ("wavewarden", "ask", "batch logs opus"),
        ("python3", "/usr/local/bin/wavewarden", "ask", "opus"),
        ("-vim", "opus.md"),
    ],
)
def test_what_only_shows_searches_or_edits_is_a_bystander(argv: tuple[str, ...]) -> None:
    assert is_bystander(argv, None, OPUS)


@pytest.mark.parametrize(
    "argv",
    [
        ("opus", "--wave", "5"),
        ("python3", "tools/opus-agent.py"),
        ("node", "/opt/claude/cli.js", "--model", "opus"),
        ("sh", "-c", "opus --wave 5 | tee -a logs/wave-5.log"),
        ("bash", "tools/opus.sh"),
        ("timeout", "600", "opus", "--wave", "5"),
    ],
)
def test_what_works_is_none(argv: tuple[str, ...]) -> None:
    assert not is_bystander(argv, None, OPUS)


def test_the_file_that_runs_counts_as_well_as_the_name_a_process_gives_itself() -> None:
    assert is_bystander(("notes", "opus.md"), "/usr/bin/vim", OPUS)
    assert not is_bystander(("opus-agent",), "/usr/bin/tail", OPUS)


@pytest.mark.parametrize("argv", [("x", "--wave", "5"), ("x", "--wave=5"), ("x", "-v", "--wave", "05", "y")])
def test_the_wave_is_an_option(argv: tuple[str, ...]) -> None:
    assert wave_of(argv) == 5


@pytest.mark.parametrize("argv", [("x",), ("x", "--wave"), ("x", "--wave", "five"), ("x", "--waves", "5")])
def test_a_wave_that_is_not_told_is_unknown(argv: tuple[str, ...]) -> None:
    assert wave_of(argv) is None


def test_the_batch_is_an_option_called_as_everywhere() -> None:
    assert batch_of(("x", "--batch", "1")) == "001"
    assert batch_of(("x", "--batch=001")) == "001"
    assert batch_of(("x",)) is None


@pytest.mark.parametrize(
    ("argv", "site"),
    [
        (("x", "--site", "lotus.dev"), "lotus.dev"),
        (("x", "--domain=new.dev"), "new.dev"),
        (("x", "lotus.dev"), "lotus.dev"),
        (("x", "opus.md"), None),
        (("x", "lotus.dev", "iris.dev"), None),
        (("x", "--site", "-rf"), None),
    ],
)
def test_the_site_is_an_option_or_the_name_of_a_known_one(argv: tuple[str, ...], site: str | None) -> None:
    assert site_of(argv, {"lotus.dev", "iris.dev"}) == site


@pytest.mark.parametrize(
    ("argv", "does"),
    [
        (("bash", "tools/implement/go.sh", "--batch", "001"), True),
        (("/srv/host/tools/implement/go.sh",), True),
        (("python", "-S", "-E", "tools/run.py", "go.sh", "--batch", "001"), True),
        (("opus-agent", "5", "--launched-by", "go.sh"), False),
    ],
)
def test_a_script_runs_itself_or_through_others(argv: tuple[str, ...], does: bool) -> None:  # noqa: FBT001 - a table
    assert runs(argv, ["tools/implement/go.sh"]) is does
