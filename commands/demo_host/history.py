"""The host's git repository: hundreds of commits of the registry, made by one `git fast-import`."""

import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from commands.demo_host.errors import HostError
from commands.demo_host.hosttools import registry
from commands.demo_host.hosttools.checkpoint import environment
from commands.demo_host.hosttools.registry import Row
from commands.demo_host.plan import Site

RUNNER = "Batch Runner <runner@batch-host.example>"
PEOPLE = ("Mara Lindqvist <mara@batch-host.example>", "Theo Okafor <theo@batch-host.example>")
FEW = 4  # sites moved by one commit; more of them on a very large host, to keep the history short
HOST_OF_HUNDREDS = 600
GIT_SECONDS = 120
DEEDS = {"d": "in design", "D": "designed", "i": "in progress", "I": "implemented", "Q": "finalized"}


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """One site reaching a rung: `at` in epoch seconds, `place` in the registry, `step` in the site's steps."""

    at: float
    place: int
    step: int


def commit_history(root: Path, sites: Sequence[Site], tracked: dict[str, str]) -> None:
    """Make the repository: `tracked` files (path to text) and every state of the registry, the last checked out."""
    _git(root, "init", "--quiet", "--template=", "--initial-branch=main")
    name, _, mail = RUNNER.partition(" <")
    with (root / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(f"[user]\n\tname = {name}\n\temail = {mail.rstrip('>')}\n")
        config.write("[gc]\n\tauto = 0\n")  # a collection would run in the background, past --stop
    _import(root, _stream(sites, tracked))
    _git(root, "reset", "--quiet")


def commit_rows(root: Path, changes: Sequence[tuple[Row, float, str]]) -> None:
    """Commit one changed row after the other (row, epoch seconds, message) on top of the newest registry."""
    lines = _git(root, "show", f"HEAD:{registry.PATH}").decode().split("\n")
    stream = []
    for number, (changed, at, message) in enumerate(changes):
        lines = [changed.line() if _is_row_of(line, changed.domain) else line for line in lines]
        parent = b"" if number else b"from refs/heads/main^0\n"
        stream += [_commit(RUNNER, at, message), parent, _file(registry.PATH, "\n".join(lines))]
    _import(root, stream)
    _git(root, "reset", "--quiet")


def _is_row_of(line: str, domain: str) -> bool:
    row = registry.parse(line)
    return row is not None and row.domain == domain


def _import(root: Path, stream: Iterable[bytes]) -> None:
    # by way of a file: the history of a large host does not fit in memory
    with tempfile.TemporaryFile(dir=root / ".git") as file:
        file.writelines(stream)
        file.seek(0)
        _git(root, "fast-import", "--quiet", "--date-format=raw", entry=file)


def _git(root: Path, *arguments: str, entry: IO[bytes] | int = subprocess.DEVNULL) -> bytes:
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        env=environment(),
        stdin=entry,
        capture_output=True,
        timeout=GIT_SECONDS,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise HostError(f"git {arguments[0]} failed in {root}: {said}")
    return done.stdout


def _stream(sites: Sequence[Site], tracked: dict[str, str]) -> Iterator[bytes]:
    """The whole history in fast-import's language, see https://git-scm.com/docs/git-fast-import."""
    lines = [site.row(0) for site in sites]
    batches = len({site.batch for site in sites})
    yield _commit(
        PEOPLE[0], sites[0].steps[0][1], f"Registry: {len(sites)} sites planned in {batches} batches"
    )
    for path, text in tracked.items():
        yield _file(path, text)
    yield _file(registry.PATH, registry.table(lines))
    for number, moves in enumerate(_grouped(sites)):
        for move in moves:
            lines[move.place] = sites[move.place].row(move.step)
        yield _commit(_author(sites, moves, number), moves[-1].at, _message(sites, moves))
        yield _file(registry.PATH, registry.table(lines))


def _grouped(sites: Sequence[Site]) -> Iterator[list[Move]]:
    """The moves in order of time, a few of one wave together, never two of one site."""
    group: list[Move] = []
    for move in sorted(_moves(sites)):
        if group and not _fits(sites, group, move):
            yield group
            group = []
        group.append(move)
    if group:
        yield group


def _moves(sites: Sequence[Site]) -> Iterator[Move]:
    for place, site in enumerate(sites):
        for step, (_status, at) in enumerate(site.steps):
            if step:
                yield Move(at, place, step)


def _fits(sites: Sequence[Site], group: list[Move], move: Move) -> bool:
    one, other = sites[group[0].place], sites[move.place]
    return (
        len(group) < FEW * max(1, len(sites) // HOST_OF_HUNDREDS)
        and (one.batch, one.wave) == (other.batch, other.wave)
        and all(earlier.place != move.place for earlier in group)
    )


def _author(sites: Sequence[Site], moves: list[Move], number: int) -> str:
    """People finalize; all else is the runner's."""
    finalized = any(sites[move.place].steps[move.step][0] == "Q" for move in moves)
    return PEOPLE[number % len(PEOPLE)] if finalized else RUNNER


def _message(sites: Sequence[Site], moves: list[Move]) -> str:
    first = sites[moves[0].place]
    counts = Counter(sites[move.place].steps[move.step][0] for move in moves)
    deeds = ", ".join(f"{number} {DEEDS[letter]}" for letter, number in counts.items())
    return f"Batch {first.batch} wave {first.wave}: {deeds}"


def _commit(author: str, at: float, message: str) -> bytes:
    text = message.encode()
    who = f"{author} {int(at)} +0000"
    head = f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(text)}\n"
    return head.encode() + text + b"\n"


def _file(path: str, text: str) -> bytes:
    data = text.encode()
    mode = "100755" if path.endswith(".sh") else "100644"
    return f"M {mode} inline {path}\ndata {len(data)}\n".encode() + data + b"\n"
