"""An error at any system call of a replacement: the old file or the new one, and the truth about which."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.ops.machine.writing import strays
from tests.commands.ops.machine.writing import straced

OLD, NEW = b"| old |\n" * 400, b"| new |\n" * 500
ERRORS = ("ENOSPC", "EIO", "EROFS")

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")


class Case:
    """A file to be replaced, in a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "table" / "REGISTRY.md"
        self.old, self.new = directory / "old", directory / "new"
        self.path.parent.mkdir()
        self.old.write_bytes(OLD)
        self.new.write_bytes(NEW)

    def replaced(self, *inject: str) -> tuple[str, dict[str, int]]:
        for entry in self.path.parent.iterdir():
            entry.unlink()
        self.path.write_bytes(OLD)
        return straced.replaced(self.path, self.old, self.new, *inject)

    def assert_told_truly(self, said: str) -> None:
        data = self.path.read_bytes()
        assert said.startswith("replaced" if data == NEW else "not replaced"), said
        assert data in (OLD, NEW)
        assert strays.sweep(self.path) == ()
        assert list(self.path.parent.iterdir()) == [self.path]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def points(case: Case) -> Iterator[str]:
    """Every call that a replacement makes, as strace counts them."""
    said, calls = case.replaced()
    assert said == "replaced durable=True exchanged=True"
    assert {"write", "fsync", "renameat2", "fchmod"} <= calls.keys()
    for call in straced.CALLS:
        yield from (f"{call}:when={number}" for number in range(1, calls.get(call, 0) + 1))


def with_error(point: str, error: str) -> str:
    call, _, when = point.partition(":")
    return f"{call}:error={error}:{when}"


@pytest.mark.parametrize("call", ["write", "fsync", "renameat2", "fchmod"])
def test_an_error_before_the_new_file_stands_leaves_the_old_one(case: Case, call: str) -> None:
    said, _ = case.replaced(f"{call}:error=ENOSPC:when=1")
    assert said.startswith("not replaced: ")
    assert said.endswith("was not changed: No space left on device.")
    assert case.path.read_bytes() == OLD
    assert list(case.path.parent.iterdir()) == [case.path]


def test_an_error_after_the_exchange_is_told_as_applied_but_perhaps_not_durable(case: Case) -> None:
    said, calls = case.replaced("fsync:error=EIO:when=2")
    assert said == "replaced durable=False exchanged=True"
    assert case.path.read_bytes() == NEW
    assert calls["fsync"] == 2, "a failed fsync is never tried again"


def test_a_file_system_that_cannot_exchange_gets_a_rename_and_says_so(case: Case) -> None:
    said, _ = case.replaced("renameat2:error=EINVAL")
    assert said == "replaced durable=True exchanged=False"
    case.assert_told_truly(said)


def test_a_short_write_is_gone_on_with(case: Case) -> None:
    said, calls = case.replaced("write:retval=8:when=1")
    assert calls["write"] > 1
    assert said.startswith("replaced"), "strace pretends that eight bytes were written"


@pytest.mark.long
@pytest.mark.parametrize("error", ERRORS)
def test_an_error_at_any_call_leaves_the_old_file_or_the_new_one_and_tells_which(
    case: Case, error: str
) -> None:
    for point in points(case):
        said, _ = case.replaced(with_error(point, error))
        case.assert_told_truly(said)


@pytest.mark.long
def test_two_errors_one_after_the_other_do_not_tear_it_either(case: Case) -> None:
    """The cleaning up fails as well."""
    for call in ("write", "fsync", "renameat2", "renameat", "rename"):
        said, _ = case.replaced(f"{call}:error=EIO:when=1", "unlink:error=EIO", "unlinkat:error=EIO")
        case.assert_told_truly(said)
