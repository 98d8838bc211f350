"""Where the space went: the host's directories, its sites, and our own, as `du` counts them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commands.ops.disk import disk
from commands.ops.machine.files import sizes
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings

ROOT = "."
COMPLAINTS = 3  # of du, that are told
SITE_ENDING = "-v1"


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes by path, relative to the root, the biggest first; None: it could not be measured.

    directories: those right below the root, and those that the settings name. sites: by the directory's name.
    own_bytes: our state directory.
    """

    directories: dict[str, int]
    sites: dict[str, int]
    own_bytes: int | None
    problems: tuple[str, ...]

    def site_bytes(self, domain: str) -> int:
        """The bytes of a site's files; 0 where there are none."""
        return self.sites.get(f"{domain}{SITE_ENDING}", 0)


def read(settings: OpsSettings, machine: Machine) -> DiskUse:
    """Measure all of it. Never raises an OpsError."""
    problems: list[str] = []
    named = [str(path) for path in disk.directories(settings.tree)]
    found: dict[str, int] = {}
    for start in _starts(machine.root, named):
        depth = max(_depth(settings.tree.sites) + 1, *map(_depth, named)) - _depth(start)
        for path, size in _measured(machine.root / start, depth, settings, problems).items():
            found[_joined(start, path)] = size
    sites = settings.tree.sites
    own = _measured(settings.state, 0, settings, problems).get(ROOT) if settings.state.exists() else 0
    return DiskUse(
        directories=_biggest({path: size for path, size in found.items() if _is_shown(path, named)}),
        sites=_biggest(
            {path.rpartition("/")[2]: size for path, size in found.items() if _parent(path) == sites}
        ),
        own_bytes=own,
        problems=tuple(problems),
    )


def _starts(root: Path, named: list[str]) -> Iterator[str]:
    """The root, and each of the host's directories that another file system is mounted on."""
    yield ROOT
    for path in named:
        try:
            if path != ROOT and (root / path).stat().st_dev != (root / path).parent.stat().st_dev:
                yield path
        except OSError:
            continue  # one that is not there takes no space


def _measured(base: Path, depth: int, settings: OpsSettings, problems: list[str]) -> dict[str, int]:
    try:
        measured = sizes.measure(base, max(depth, 0), settings.limits.tool_seconds)
    except OSError as error:  # a TimeoutError is one
        problems.append(f"The sizes below {base} could not be measured: {error.strerror or error}.")
        return {}
    if measured.complaints:
        more = f" (and {len(measured.complaints) - COMPLAINTS} more)"
        said = "; ".join(measured.complaints[:COMPLAINTS])
        problems.append(
            f"Not all below {base} could be measured: {said}{more if len(measured.complaints) > COMPLAINTS else ''}."
        )
    return measured.sizes


def _is_shown(path: str, named: list[str]) -> bool:
    return path != ROOT and (path in named or "/" not in path)


def _biggest(found: dict[str, int]) -> dict[str, int]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _joined(start: str, path: str) -> str:
    if start == ROOT:
        return path
    return start if path == ROOT else f"{start}/{path}"


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _depth(path: str) -> int:
    return len(Path(path).parts)
