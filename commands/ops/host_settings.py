"""The batch host's contract, as settings: where things are, how tools are called, what is normal."""

from dataclasses import dataclass, field, fields
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Gt, Interval, Len, MinLen

Template = Annotated[tuple[str, ...], MinLen(1)]
Letter = Annotated[str, Len(1, 8)]

MIB = 1024**2
GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the TOML file; `settings_reading` holds what it reads to the bounds here, and refuses unknown words."""

    # read by pydantic, which is not loaded here: https://docs.pydantic.dev/latest/concepts/config/
    __pydantic_config__: ClassVar = {"extra": "forbid", "str_strip_whitespace": True}


@dataclass(frozen=True, slots=True)
class Tree(Section):
    """Where things are; every path is under the root. `trash` lies on the file system of `sites`."""

    registry: str = ".smbatcher/REGISTRY.md"
    registry_lock: str = ".smbatcher/REGISTRY.md.lock"
    hold: str = ".smbatcher/HOLD"
    batches: str = ".smbatcher/batches"
    designs: str = ".smbatcher/designs"
    temp: str = ".smbatcher/tmp"
    design_cache: str = ".smbatcher/design-cache"
    sites: str = "sites"
    logs: str = "logs"
    batch_log: str = "batch.log"
    archive: str = ".project-archive"
    trash: str = ".smbatcher/trash"
    closure: str = ".smbatcher/closure"


@dataclass(frozen=True, slots=True)
class Tools(Section):
    """The host's own tools as argument lists; never a shell string.

    Filled in: `{batch}`, `{wave}`, `{sites}` (comma-separated), `{agents}`, `{timeout}` (seconds).
    """

    list_sites: Template = ("tools/shared/list-sites.sh",)
    implement_wave: Template = (
        *("tools/implement/mimplement-bg.sh", "--batch", "{batch}"),
        *("--max-agents", "{agents}", "--wave", "{wave}"),
    )
    implement_sites: Template = (
        *("tools/implement/mimplement-bg.sh", "--batch", "{batch}"),
        *("--max-agents", "{agents}", "--sites", "{sites}"),
    )
    design_sites: Template = (
        *("tools/prepare/mdesign.sh", "--batch", "{batch}"),
        *("--max-agents", "{agents}", "--sites", "{sites}"),
    )
    finalize: Template = ("tools/implement/finish.sh", "--batch", "{batch}", "--root", ".")


@dataclass(frozen=True, slots=True)
class Agents(Section):
    """How an agent is told from other processes.

    pattern: words in its command line, case-blind, separated by nothing but themselves.
    user: the account it runs as; the owner of the root if none is named.
    per_wave: how many work on one wave, and how many sites one wave has. most: how many a redeploy may ask for.
    grace_seconds: how long one that is told to end (SIGTERM) has for it, before it is killed (SIGKILL).
    timeout_seconds: how long one may work on a site, for a tool's template that has `{timeout}`.
    """

    pattern: Annotated[str, MinLen(2)] = "opus"
    user: str | None = None
    per_wave: Annotated[int, Interval(ge=1, le=1000)] = 25
    most: Annotated[int, Interval(ge=1, le=1000)] = 50
    grace_seconds: Annotated[float, Interval(ge=0, le=600)] = 10
    timeout_seconds: Annotated[int, Interval(ge=1, le=86_400)] = 600


@dataclass(frozen=True, slots=True)
class Ladder(Section):
    """The letters of a site's status, lowest first; case matters."""

    planned: Letter = "P"
    designing: Letter = "d"
    designed: Letter = "D"
    in_progress: Letter = "i"
    implemented: Letter = "I"
    finalized: Letter = "Q"

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """Each letter with its word, lowest first, as `("P", "planned")`."""
        return tuple((getattr(self, letter.name), letter.name.replace("_", " ")) for letter in fields(self))

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters alone, lowest first."""
        return tuple(letter for letter, _ in self.steps)


@dataclass(frozen=True, slots=True)
class DiskLevels(Section):
    """Free space, in bytes, below which a level begins (GiB, as `df -h` counts).

    inodes_*: free inodes, which are files that can still be made; they count where less than a tenth of all is free.
    state_*: bytes, of our own state directory where that is a file system apart from the host's.
    start_bytes: how much must be free before a batch's first launch; 0: whatever there is. hold_at_critical: launches
    are held by itself once the disk is critical.
    """

    warning_below: Annotated[int, Gt(0)] = GIB
    alert_below: Annotated[int, Gt(0)] = 500 * MIB
    critical_below: Annotated[int, Gt(0)] = 100 * MIB
    inodes_warning_below: Annotated[int, Gt(0)] = 20_000
    inodes_alert_below: Annotated[int, Gt(0)] = 10_000
    inodes_critical_below: Annotated[int, Gt(0)] = 2_000
    state_warning_below: Annotated[int, Gt(0)] = 64 * MIB
    state_alert_below: Annotated[int, Gt(0)] = 16 * MIB
    state_critical_below: Annotated[int, Gt(0)] = 4 * MIB
    start_bytes: Annotated[int, Ge(0)] = 50 * GIB
    hold_at_critical: bool = True


@dataclass(frozen=True, slots=True)
class Cleaning(Section):
    """What a cleanup leaves alone, in seconds: files that were changed less than `keep_seconds` ago.

    trash_days: how long sites that a verified archive has lie in the trash, before it is emptied of them by itself;
    0: never. Deleted batches, which no archive has, are told of then, and stay.
    """

    keep_seconds: Annotated[float, Ge(0)] = 300
    trash_days: Annotated[float, Interval(ge=0, le=3650)] = 14


@dataclass(frozen=True, slots=True)
class Designs(Section):
    """What makes a design compliant.

    headings: words that its headings must have, of those parted by `|` one. colors: how many `#RRGGBB` values at least.
    """

    headings: tuple[str, ...] = ("color|colour|palette", "typography|type|fonts", "layout|grid")
    colors: Annotated[int, Interval(ge=0, le=100)] = 1


@dataclass(frozen=True, slots=True)
class Approvals(Section):
    """What needs whom.

    tiers: raises an operation (`redeploy = "second"`); a lower tier than its own is passed over.
    needed: how many approvers an operation needs; one if it is not named.
    """

    tiers: dict[str, Literal["confirm", "second", "grave"]] = field(default_factory=dict)
    needed: dict[str, Annotated[int, Interval(ge=1, le=10)]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watch(Section):
    """How often the bot looks, and how long it remembers. `most_samples` caps the journal whatever the days.

    tidy_seconds: how often it looks whether something in the trash is old enough to go.
    """

    every_seconds: Annotated[float, Interval(ge=1, le=3600)] = 15
    tidy_seconds: Annotated[float, Interval(ge=1, le=86_400)] = 600
    keep_days: Annotated[float, Interval(gt=0, le=3650)] = 14
    most_samples: Annotated[int, Ge(1000)] = 400_000


@dataclass(frozen=True, slots=True)
class Waves(Section):
    """How a wave is judged.

    crashed_below: with fewer agents than this and work left, a wave has crashed; up to those expected it is degraded.
    usual_seconds: how long a site may be in progress where nothing is known of the wave's own times.
    overdue_times: how many times the wave's median time a site may take.
    slow_share: under this share of its median rate a wave is slower than usual.
    settle_seconds: how long a site of a wave that was just launched may be in progress without an agent to be seen.
    next_seconds: how long a batch's next wave waits at most for the one before it.
    follow_up_seconds: how long after a launch it is looked at by itself, and what came of it is said.
    """

    crashed_below: Annotated[int, Ge(1)] = 10
    usual_seconds: Annotated[float, Gt(0)] = 900
    overdue_times: Annotated[float, Ge(1)] = 2
    slow_share: Annotated[float, Interval(gt=0, lt=1)] = 0.5
    settle_seconds: Annotated[float, Ge(0)] = 60
    next_seconds: Annotated[float, Gt(0)] = 7200
    follow_up_seconds: Annotated[float, Gt(0)] = 600


@dataclass(frozen=True, slots=True)
class Templates(Section):
    """A team's own wording of the long texts: jinja2 templates of the built-in ones' names. Relative to the root."""

    directory: str | None = None


@dataclass(frozen=True, slots=True)
class Limits(Section):
    """How long and how much we are willing to read. Seconds and bytes.

    registry_retries: how often a registry that changes while being read is read again.
    registry_bytes: a larger registry is not read. registry_here_bytes: a larger one is analysed in a process of its
    own, so that it holds up nothing else, and only its damage is watched, not each site's changes.
    registry_lock_seconds: how long an edit waits for the tool that holds the registry's lock.
    registry_writer_seconds: how long it waits for one that has the registry open for writing.
    backups_kept: how many copies of the registry, the newest.
    archive_seconds: how long packing a batch, and reading it back, may take.
    tool_seconds: how long a tool that launches is waited for. finalize_idle_seconds: how long one that finalizes may
    change nothing in the registry before it is ended.
    attachment_bytes: how much of a log is attached, its end.
    """

    registry_retries: Annotated[int, Interval(ge=1, le=1000)] = 20
    registry_bytes: Annotated[int, Gt(0)] = 256 * MIB
    registry_here_bytes: Annotated[int, Gt(0)] = 2 * MIB
    registry_lock_seconds: Annotated[float, Gt(0)] = 10
    registry_writer_seconds: Annotated[float, Gt(0)] = 5
    backups_kept: Annotated[int, Interval(ge=1, le=10_000)] = 50
    tool_seconds: Annotated[float, Gt(0)] = 60
    archive_seconds: Annotated[float, Gt(0)] = 3600
    finalize_idle_seconds: Annotated[float, Gt(0)] = 300
    attachment_bytes: Annotated[int, Interval(ge=1024, le=64 * MIB)] = MIB
