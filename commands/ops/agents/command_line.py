"""What a process's command line tells: whether the pattern is in it, the wave, the batch, the site."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from itertools import takewhile
from pathlib import PurePosixPath

from commands.ops.agents.bystanders import BYSTANDERS, PREFIXES, SHELLS
from commands.ops.domains import is_domain
from commands.ops.names import batch_name, wave_number

_SEGMENT = re.compile(r"[|;&\n()`]+")
_NO_PROGRAM = re.compile(r"-|\w+=|[\d.]+[smhd]?$")  # an option, an assignment, a number


@cache
def pattern_of(words: str) -> re.Pattern[bytes]:
    """The agents' pattern as a whole word: no letter before it and none after, in either case."""
    return re.compile(rb"(?<![a-z])" + re.escape(words.encode()) + rb"(?![a-z])", re.IGNORECASE)


def wave_of(argv: tuple[str, ...]) -> int | None:
    """`--wave 5` or `--wave=5`."""
    return wave_number(_option(argv, ("--wave",)) or "")


def batch_of(argv: tuple[str, ...]) -> str | None:
    """`--batch 001` or `--batch=001`."""
    text = _option(argv, ("--batch",))
    return batch_name(text) if text else None


def site_of(argv: tuple[str, ...], known: Collection[str]) -> str | None:
    """`--site lotus.dev`, `--domain lotus.dev`, or a word that is the name of a known site."""
    named = _option(argv, ("--site", "--domain"))
    if named and is_domain(named):
        return named
    words = [word for word in argv if word in known]
    return words[0] if len(set(words)) == 1 else None


def runs(argv: tuple[str, ...], scripts: Iterable[str]) -> bool:
    """Whether the command line runs one of these scripts, itself or through others: `bash tools/x.sh --batch 001`."""
    names = {_name(script) for script in scripts}
    return any(_name(word) in names for word in _before_options(argv))


def is_bystander(argv: tuple[str, ...], program: str | None, pattern: re.Pattern[bytes]) -> bool:
    """Whether this is a program that only shows, searches or edits, or a shell that runs nothing else.

    A process that calls itself by the pattern (`opus-agent`, whatever file it runs) is none.
    """
    own_name = _name(argv[0])
    if pattern.search(own_name.encode()):
        return False
    names = {own_name, _name(program or ""), _first_program(argv)}
    if names & BYSTANDERS or any(_name(word) == "wavewarden" for word in _before_options(argv)):
        return True
    return bool(names & SHELLS) and _shell_only_looks(argv, pattern)


def _shell_only_looks(argv: tuple[str, ...], pattern: re.Pattern[bytes]) -> bool:
    """For `sh -c '…'`: each command in it that has the pattern is a bystander's, as in `ps aux | grep opus`."""
    script = _script(argv)
    if script is None:
        return False
    segments = [part for part in _SEGMENT.split(script) if pattern.search(part.encode())]
    return bool(segments) and all(_first_program(part.split()) in BYSTANDERS for part in segments)


def _script(argv: tuple[str, ...]) -> str | None:
    for place, word in enumerate(argv[1:-1], 1):
        if word.startswith("-") and not word.startswith("--") and "c" in word:
            return argv[place + 1]
        if not word.startswith("-"):
            return None
    return None


def _first_program(words: Iterable[str]) -> str:
    """The program after what only stands before one: `nice -n 10 timeout 5m tail -f x` runs tail."""
    for word in words:
        name = _name(word.strip("'\""))
        if name not in PREFIXES and not _NO_PROGRAM.match(word):
            return name
    return ""


def _before_options(argv: tuple[str, ...]) -> tuple[str, ...]:
    """The program, the script it interprets, and the words up to that script's first option."""
    own_options = takewhile(_is_option, argv[1:])
    rest = argv[1 + len(tuple(own_options)) :]
    return (argv[0], *takewhile(lambda word: not _is_option(word), rest))


def _is_option(word: str) -> bool:
    return word.startswith("-")


def _name(word: str) -> str:
    return PurePosixPath(word).name.lstrip("-")


def _option(argv: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    for place, word in enumerate(argv):
        name, equals, value = word.partition("=")
        if name in names:
            return value if equals else next(iter(argv[place + 1 : place + 2]), None)
    return None
