"""The closure report: a batch's sites that were accepted by hand, each with who, when and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.logs import mentions
from commands.ops.machine.files import files
from commands.ops.machine.writing import append
from commands.ops.machine.writing.flag_file import OutsideError
from commands.ops.names import is_number
from commands.ops.texts import wording
from commands.ops.texts.filters import inline
from commands.ops.texts.wording import Worded

TEMPLATE = "closure_report.md.j2"
MOST_BYTES = 4 * 1024**2  # of a report that are read


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report of one batch: `lotus.dev: finalized by hand …`."""

    batch: str
    text: str


def tell(house: House, lines: Sequence[Line]) -> str:
    """Append these lines, each to the report of its batch, with the time.

    Returns:
        What was written where, as a sentence; sites without a batch have no report.

    Raises:
        OperationFailed: a report could not be written.
    """
    batches = sorted({line.batch for line in lines if is_number(line.batch)})
    problems = {
        _append(house, batch, [line.text for line in lines if line.batch == batch]) for batch in batches
    }
    without = sum(not is_number(line.batch) for line in lines)
    written = f"Written to {', '.join(_path(house, batch) for batch in batches)}." if batches else ""
    left = f"{without} without a batch: no report tells of them." if without else ""
    return " ".join(filter(None, (written, left, *sorted(problems))))


def told_of(house: House, batch: str, sites: Sequence[str]) -> set[str]:
    """Those of these sites that the batch's report names; all of them where there is one that cannot be read."""
    try:
        return _named(house, batch, sites)
    except files.Unreadable:
        return set(sites)


def tells_of(house: House, batch: str, site: str) -> bool:
    """Whether the batch's report surely names this site."""
    try:
        return is_number(batch) and site in _named(house, batch, [site])
    except files.Unreadable:
        return False


def _named(house: House, batch: str, sites: Sequence[str]) -> set[str]:
    """Those that it names; none where there is no report."""
    try:
        text = files.beginning(house.machine.root / _path(house, batch), MOST_BYTES)
    except files.Missing:
        return set()
    return set(mentions.finder(sites).findall(text.decode("utf-8", "backslashreplace")))


def _append(house: House, batch: str, texts: Sequence[str]) -> str:
    """What is to be said of the template of the report, if anything."""
    path = _path(house, batch)
    heading, lines = _worded(house, batch, ()), _worded(house, batch, texts)
    try:
        append.append_whole(house.machine.root, path, heading.text, f"{lines.text.rstrip()}\n")
    except OutsideError as error:
        raise OperationFailed(f"The closure report was not written: {error}.") from None
    except OSError as error:
        raise OperationFailed(f"The closure report {path} was not written: {error.strerror}.") from None
    return lines.problem


def _worded(house: House, batch: str, texts: Sequence[str]) -> Worded:
    """The heading of a new report, where there are no lines; else these lines, each of them whole."""
    values = {"batch": batch, "at": house.clock.now(), "new": not texts, "lines": texts}
    return wording.worded(house, TEMPLATE, values, [inline(text) for text in texts])


def _path(house: House, batch: str) -> str:
    return f"{house.settings.tree.closure}/Batch_{batch}.md"
