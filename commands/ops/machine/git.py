"""What git knows of a file of the host. Only ever read: no lock, no index refresh, no prompt, no pager."""

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

from commands.ops.machine.tools import Ran, printing, run

State = Literal["clean", "modified", "staged", "conflicted", "none"]

TIMEOUT = 20.0  # seconds
CONTENT_BYTES = 256 * 1024**2
ANSWER_BYTES = 1024**2

PATCH_BYTES = 32 * 1024**2
LOG_BYTES = 16 * 1024**2
COMMIT = b"commit "
SEPARATOR = "\x1f"
FIELDS = 4

_GIT = ("git", "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false")
_CONFLICTS = frozenset({"DD", "AU", "UD", "UA", "DU", "AA", "UU"})


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: when it was made, by whom, and the first line of its message."""

    id: str
    at: datetime
    author: str
    subject: str


class GitFailed(Exception):
    """git is there and the root is a repository, and yet it did not answer; `sentence` says what it said."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def commits(root: Path, path: str, most: int) -> tuple[str, ...]:
    """The commits that changed a file, the newest first; none without git or a repository."""
    ran = _git(root, "log", f"--max-count={most}", "--format=%H", "--", path)
    return tuple(ran.stdout.decode("ascii", "replace").split()) if ran and ran.code == 0 else ()


def log(root: Path, path: str, most: int) -> tuple[Commit, ...]:
    """The commits that changed a file with who made them, the newest first; none without git or a repository."""
    what = (f"--max-count={most}", f"--format=%H{SEPARATOR}%ct{SEPARATOR}%an{SEPARATOR}%s")
    ran = _git(root, "log", *what, "--", path, most_bytes=LOG_BYTES)
    if ran is None or ran.code or ran.truncated:
        return ()
    fields = (line.split(SEPARATOR, 3) for line in ran.stdout.decode("utf-8", "backslashreplace").split("\n"))
    return tuple(
        Commit(found[0], datetime.fromtimestamp(int(found[1]), UTC), found[2], found[3])
        for found in fields
        if len(found) == FIELDS
    )


def contents(
    root: Path, path: str, commits: Sequence[str], most_bytes: int
) -> Generator[tuple[str, bytes | None], None, None]:
    """A file's bytes as of each of these commits, in their order, without filters, one in memory at a time.

    None where it is not there; commits in which it has more than `most_bytes` are passed over. Nothing more where git
    does not answer, or not in time.
    """
    # Not `git log -S`: that finds commits in which the number of occurrences changes, 1 of 8 changes of a status.
    entry = "".join(f"{one}:./{path}\n" for one in commits).encode()
    try:
        with printing(
            [*_GIT, "cat-file", "--batch", "--buffer"],
            cwd=root,
            timeout=TIMEOUT,
            env=dict(_environment()),
            entry=entry,
        ) as printed:
            for commit in commits:
                # One answer: `ID blob SIZE`, the content, a line feed; or `NAME missing`.
                heading = printed.readline()
                size = heading.rpartition(b" ")[2].strip()
                if not size.isdigit():
                    if not heading:
                        return
                    yield commit, None
                elif int(size) > most_bytes:
                    _pass_over(printed, int(size) + 1)
                else:
                    data = printed.read(int(size))
                    if not printed.read(1):
                        return
                    yield commit, data
    except OSError:
        return


def _pass_over(printed: IO[bytes], left: int) -> None:
    while left and (passed := printed.read(min(left, ANSWER_BYTES))):
        left -= len(passed)


def is_shallow(root: Path) -> bool:
    """Whether the repository's history was cut off when it was cloned.

    Its file says so (gitrepository-layout(5)); git is only asked where the root is no main work tree.
    """
    if (root / ".git").is_dir():
        return (root / ".git" / "shallow").exists()
    ran = _git(root, "rev-parse", "--is-shallow-repository")
    return ran is not None and ran.stdout.strip() == b"true"


def content(root: Path, path: str, commit: str = "HEAD") -> bytes | None:
    """A file's bytes as committed, without filters; None where that commit has none, or more than we read."""
    with closing(contents(root, path, (commit,), CONTENT_BYTES)) as found:
        return next(found, (commit, None))[1]


def changed_lines(root: Path, path: str, most: int) -> tuple[bytes, ...]:
    """The lines that the last commits took out of a file (`-…`) and put in (`+…`), with their ends.

    Each commit, the newest first, begins with `COMMIT` and its time in seconds of the epoch. None without git, a
    repository, or room for them.
    """
    what = (f"--max-count={most}", "--format=commit %ct", "--patch", "--unified=0", "--no-color")
    raw = ("--no-ext-diff", "--no-textconv", "--no-renames", "--text")
    ran = _git(root, "log", *what, *raw, "--", path, most_bytes=PATCH_BYTES)
    return tuple(ran.stdout.splitlines(keepends=True)) if ran and ran.code == 0 and not ran.truncated else ()


def state(root: Path, path: str) -> State:
    """How the file differs from what is committed; `none`: git does not track it, or there is no git.

    Raises:
        GitFailed: git did not answer.
    """
    ran = _git(root, "status", "--porcelain=v1", "-z", "--ignored", "--untracked-files=all", "--", path)
    if ran is None or not _is_repository(root):
        return "none"
    if ran.code:
        raise GitFailed(f"git did not tell the state of {path}: {_last_line(ran)}.")
    return _state(ran.stdout[:2].decode("ascii", "replace"), tracked=bool(_tracked(root, path)))


def is_detached(root: Path) -> bool:
    """Whether the repository is on a commit, and on no branch: what is committed there is easily lost."""
    ran = _git(root, "symbolic-ref", "--quiet", "HEAD")
    return ran is not None and ran.code == 1  # 128: no repository


def _state(letters: str, *, tracked: bool) -> State:
    if letters in _CONFLICTS:
        return "conflicted"
    if not tracked or letters in ("??", "!!"):
        return "staged" if letters[:1] == "D" else "none"
    if letters[:1].strip():
        return "staged"
    return "modified" if letters[1:].strip() else "clean"


def _tracked(root: Path, path: str) -> bytes:
    ran = _git(root, "ls-files", "--cached", "-z", "--", path)
    return ran.stdout if ran and ran.code == 0 else b""


def _is_repository(root: Path) -> bool:
    ran = _git(root, "rev-parse", "--git-dir")
    return ran is not None and ran.code == 0


def _git(root: Path, *arguments: str, most_bytes: int = ANSWER_BYTES) -> Ran | None:
    """Run git in the root; None where there is no git, or no root."""
    argv = [*_GIT, *arguments]
    try:
        return run(argv, cwd=root, timeout=TIMEOUT, max_bytes=most_bytes, env=dict(_environment()))
    except OSError:
        return None


def _environment() -> Iterator[tuple[str, str]]:
    """Ours, without what would point git elsewhere (we may be run from a hook) or let it ask or lock."""
    yield from ((name, value) for name, value in os.environ.items() if not name.startswith("GIT_"))
    yield from {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}.items()


def _last_line(ran: Ran) -> str:
    lines = ran.stderr.decode("utf-8", "backslashreplace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else f"it ended with {ran.code}"
