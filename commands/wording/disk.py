"""The diagnosis of the disk in words: headline, figures, where the space went, and the ladder with risk and way back."""

from collections.abc import Mapping
from dataclasses import dataclass

from commands.ops.disk.diagnosis import DiskDiagnosis
from commands.ops.disk.disk import Disk, Filesystem
from commands.ops.disk.growth import Growth
from commands.ops.disk.ladder import Name, Rung
from commands.reply import Facts, Part, Severity, Size, Span, Table, Text, Value
from commands.wording.disk_left import left, own_is_worse
from commands.wording.figures import count, listed, size, span

ADVICE = {
    "normal": "no action needed",
    "warning": "monitor it closely",
    "alert": "clean up now",
    "critical": "stop operations and clean up",
}
SEVERITIES: Mapping[str, Severity] = {
    "normal": "ok",
    "warning": "warning",
    "alert": "warning",
    "critical": "critical",
}
BIGGEST_SITES = 10
GROWN = 3


@dataclass(frozen=True, slots=True)
class _About:
    """What is said of a rung."""

    title: str
    risk: str
    way_back: str


ABOUT: Mapping[Name, _About] = {
    "own": _About("Our trash of archived batches", "none: archives have it all", "out of the archives"),
    "temp": _About("Agents' temp files", "low: old ones that nobody has open", "none, and none is needed"),
    "cache": _About("Design cache", "low: designing again takes longer", "designing fills it again"),
    "archive": _About(
        "Archive finalized batches", "low: verified before anything moves", "Undo, from trash or archive"
    ),
    "compress": _About("Compress site files", "high: they cannot be served until unpacked", "unpacking them"),
    "delete": _About("Delete the oldest batch", "highest: its data is lost", "none once the trash is empty"),
}


def severity(found: DiskDiagnosis) -> Severity:
    """By the worst level alone, our own disk's among them; info where it could not be read."""
    return SEVERITIES[found.disk.worst] if found.disk.worst else "info"


def headline(found: DiskDiagnosis) -> str:
    """The verdict, and what to do."""
    if not found.disk.filesystems:
        return "How full the disk is cannot be told."
    fullest = found.disk.filesystems[0]
    said = f"at {fullest.level}: {left(fullest)}{_time_left(found.growth)}"
    if found.disk.own and own_is_worse(found.disk):
        return f"{_own(found.disk.own)} The host's disk is {said}."
    return f"The disk is {said}. {_advice(found)}"


def _own(own: Filesystem) -> str:
    return (
        f"Wavewarden's own disk is at {own.level}: {left(own)} in {own.paths[0]}, where plans and audit are kept."
        " Make room there."
    )


def parts(found: DiskDiagnosis) -> tuple[Part, ...]:
    """Everything, the summary first."""
    said = [sentence for sentence in (_inodes(found.disk), _grown(found)) if sentence]
    shown: list[Part] = [Text("\n".join(f"• {sentence}" for sentence in said))] if said else []
    shown += [_figures(found), _ladder(found), _directories(found)]
    if found.use.sites:
        shown.append(_sites(found))
    if found.growth.paces:
        shown.append(_paces(found.growth))
    shown.append(_filesystems(found))
    return tuple(shown)


def _advice(found: DiskDiagnosis) -> str:
    level = found.disk.level or "normal"
    gain = sum(rung.gain_bytes or 0 for rung in found.ladder.rungs if rung.name in ("temp", "cache"))
    said = ADVICE[level]
    if level != "normal" and gain:
        said += f": temp files and cache give {size(gain)}"
    return f"{said[0].upper()}{said[1:]}."


def _time_left(growth: Growth) -> str:
    """`, full in 40 min`, with its range where the paces differ."""
    if growth.seconds_to_full is None:
        return ""
    if growth.soonest is None or growth.latest is None or span(growth.soonest) == span(growth.latest):
        return f", full in {span(growth.seconds_to_full)}"
    return f", full in {span(growth.seconds_to_full)} ({span(growth.soonest)} to {span(growth.latest)})"


def _inodes(seen: Disk) -> str:
    """Full of files, whatever space is left."""
    few = [one for one in _all(seen) if one.inodes != "normal"]
    if not few:
        return ""
    where, inodes = listed(few[0].paths), few[0].space.free_inodes
    if not inodes:
        return f"No file can be made any more on {where}: its inodes are used up."
    return (
        f"The inodes of {where} are at {few[0].inodes}: {inodes:,} more files can be made, whatever space is free."
        " Many small files take them; cleaning and archiving give them back."
    )


def _all(seen: Disk) -> tuple[Filesystem, ...]:
    return (*seen.filesystems, *((seen.own,) if seen.own else ()))


def _grown(found: DiskDiagnosis) -> str:
    if not found.grown:
        return ""
    most = [f"{one.what} by {size(one.by)}" for one in found.grown[:GROWN]]
    return f"Grown most in {span(found.grown[0].span_seconds)}: {listed(most)}."


def pace(per_minute: float | None) -> str:
    """`12.5 MiB a minute`, or that nobody has watched."""
    if per_minute is None:
        return "no earlier sample"
    return f"{size(per_minute)} a minute" if per_minute >= 0 else f"{size(-per_minute)} a minute come back"


def _figures(found: DiskDiagnosis) -> Facts:
    free, growth = found.disk.free_bytes, found.growth
    items: list[tuple[str, Value]] = [
        ("Free", None if free is None else Size(free)),
        ("Level", found.disk.level),
        ("Growth", pace(growth.per_minute)),
    ]
    if growth.seconds_to_full is not None:
        items.append(("Full in", Span(growth.seconds_to_full)))
    own = found.use.own_bytes
    items.append(("Our own files", None if own is None else Size(own)))
    return Facts(tuple(items))


def _ladder(found: DiskDiagnosis) -> Table:
    rows = tuple(
        (
            str(place),
            _title(rung),
            None if rung.gain_bytes is None else Size(rung.gain_bytes),
            ABOUT[rung.name].risk,
            ABOUT[rung.name].way_back,
            rung.tier,
        )
        for place, rung in enumerate(found.ladder.rungs)
    )
    columns = ("Rung", "What", "Gain", "Risk", "Way back", "Tier")
    return Table(columns, rows, "What can be freed, the safest first", evidence=False)


def _title(rung: Rung) -> str:
    of = f": {listed(rung.batches)}" if rung.batches else ""
    left = f" (left: {rung.left})" if rung.left else ""
    return f"{ABOUT[rung.name].title}{of}{left}"


def _directories(found: DiskDiagnosis) -> Table:
    rows = tuple((path, Size(taken)) for path, taken in found.use.directories.items())
    return Table(("Directory", "Size"), rows, "Directories, the biggest first")


def _sites(found: DiskDiagnosis) -> Table:
    taken = tuple(found.use.sites.items())
    rows = tuple((name, Size(one)) for name, one in taken[:BIGGEST_SITES])
    total = sum(found.use.sites.values())
    title = f"The biggest of {count(len(taken), 'site')}, {size(total)} together"
    return Table(("Site", "Size"), rows, title)


def _paces(growth: Growth) -> Table:
    rows = tuple((Span(one.span_seconds), pace(one.bytes_per_minute)) for one in growth.paces)
    return Table(("Over", "Growth"), rows, "Growth")


def _filesystems(found: DiskDiagnosis) -> Table:
    rows = tuple(
        (
            ", ".join(one.paths),
            one.level,
            Size(one.space.free_bytes),
            Size(one.space.total_bytes),
            one.space.free_inodes,
        )
        for one in _all(found.disk)
    )
    return Table(("Holds", "Level", "Free", "Of", "Free inodes"), rows, "File systems")
