"""The batch host's contract, as settings: where things are, how tools are called, what is normal."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Template = Annotated[tuple[str, ...], Field(min_length=1)]

MIB = 1024**2
GIB = 1024**3


class Section(BaseModel):
    """One table of the TOML file; a word it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


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


class Tools(Section):
    """The host's own tools as argument lists; never a shell string.

    Filled in: `{batch}`, `{wave}`, `{sites}` (comma-separated), `{agents}`.
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


class Agents(Section):
    """How an agent is told from other processes.

    pattern: words in its command line, case-blind, separated by nothing but themselves.
    user: the account it runs as; the owner of the root if none is named.
    per_wave: how many work on one wave, and how many sites one wave has. most: how many a redeploy may ask for.
    grace_seconds: how long one that is told to end (SIGTERM) has for it, before it is killed (SIGKILL).
    """

    pattern: str = Field("opus", min_length=2)
    user: str | None = None
    per_wave: int = Field(25, ge=1, le=1000)
    most: int = Field(50, ge=1, le=1000)
    grace_seconds: float = Field(10, ge=0, le=600)


class Ladder(Section):
    """The letters of a site's status, lowest first; case matters."""

    planned: str = Field("P", min_length=1, max_length=8)
    designing: str = Field("d", min_length=1, max_length=8)
    designed: str = Field("D", min_length=1, max_length=8)
    in_progress: str = Field("i", min_length=1, max_length=8)
    implemented: str = Field("I", min_length=1, max_length=8)
    finalized: str = Field("Q", min_length=1, max_length=8)

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """Each letter with its word, lowest first, as `("P", "planned")`."""
        return tuple((getattr(self, field), field.replace("_", " ")) for field in type(self).model_fields)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters alone, lowest first."""
        return tuple(letter for letter, _ in self.steps)


class DiskLevels(Section):
    """Free space, in bytes, below which a level begins (GiB, as `df -h` counts).

    start_bytes: how much must be free before a batch's first launch; 0: whatever there is.
    """

    warning_below: int = Field(GIB, gt=0)
    alert_below: int = Field(500 * MIB, gt=0)
    critical_below: int = Field(100 * MIB, gt=0)
    start_bytes: int = Field(50 * GIB, ge=0)


class Cleaning(Section):
    """What a cleanup leaves alone, in seconds: files that were changed less than `keep_seconds` ago."""

    keep_seconds: float = Field(300, ge=0)


class Approvals(Section):
    """What needs whom.

    tiers: raises an operation (`redeploy = "second"`); a lower tier than its own is passed over.
    needed: how many approvers an operation needs; one if it is not named.
    """

    tiers: dict[str, Literal["confirm", "second", "grave"]] = {}
    needed: dict[str, Annotated[int, Field(ge=1, le=10)]] = {}


class Watch(Section):
    """How often the bot looks, and how long it remembers. `most_samples` caps the journal whatever the days."""

    every_seconds: float = Field(15, ge=1, le=3600)
    keep_days: float = Field(14, gt=0, le=3650)
    most_samples: int = Field(400_000, ge=1000)


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

    crashed_below: int = Field(10, ge=1)
    usual_seconds: float = Field(900, gt=0)
    overdue_times: float = Field(2, ge=1)
    slow_share: float = Field(0.5, gt=0, lt=1)
    settle_seconds: float = Field(60, ge=0)
    next_seconds: float = Field(7200, gt=0)
    follow_up_seconds: float = Field(600, gt=0)


class Limits(Section):
    """How long and how much we are willing to read. Seconds and bytes.

    registry_retries: how often a registry that changes while being read is read again.
    registry_lock_seconds: how long an edit waits for the tool that holds the registry's lock.
    registry_writer_seconds: how long it waits for one that has the registry open for writing.
    backups_kept: how many copies of the registry, the newest.
    archive_seconds: how long packing a batch, and reading it back, may take.
    """

    registry_retries: int = Field(20, ge=1, le=1000)
    registry_bytes: int = Field(256 * MIB, gt=0)
    registry_lock_seconds: float = Field(10, gt=0)
    registry_writer_seconds: float = Field(5, gt=0)
    backups_kept: int = Field(50, ge=1, le=10_000)
    tool_seconds: float = Field(60, gt=0)
    archive_seconds: float = Field(3600, gt=0)
