"""The diagnosis of the registry: what is wrong with it, how bad that is, and what to do about it."""

from dataclasses import dataclass, field
from typing import Literal

from commands.ops import hold
from commands.ops.agents import agents
from commands.ops.batches import batches
from commands.ops.batches.batches import Expected
from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.house import House
from commands.ops.integrity import evidence, integrity, large_registry
from commands.ops.integrity.integrity import Integrity
from commands.ops.integrity.resolution import Resolution, resolve
from commands.ops.integrity.trouble import LOW, MEDIUM
from commands.ops.machine import git
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry

Level = Literal["none", "low", "medium", "high"]
Recommended = Literal["none", "fix", "restore"]


@dataclass(frozen=True, slots=True)
class RegistryDiagnosis:
    """What one look at the registry found; None is what could not be read, and `problems` says why.

    found: what is wrong. resolved: what a fix would make of each doubled site. git: how the file stands in git;
    detached: whether the repository is on no branch. agents: how many run, and may write. held: no new launches.
    """

    found: Integrity | None
    resolved: tuple[Resolution, ...]
    git: git.State | None
    detached: bool
    agents: int | None
    held: bool
    problems: tuple[str, ...]

    @property
    def level(self) -> Level | None:
        """How bad the doubles are, by how many sites have them."""
        if self.found is None:
            return None
        number = len(self.found.doubled)
        if not number:
            return "none"
        return "low" if number <= LOW else "medium" if number <= MEDIUM else "high"

    @property
    def recommended(self) -> Recommended:
        """Going back where rows are lost or the table is damaged, and, as the runbook has it, from 21 doubles on."""
        if self.found is None or self.found.beyond_mending or self.found.missing or self.level == "high":
            return "restore"
        if self.found.doubled:
            return "fix"
        return "none" if self.found.whole else "restore"

    @property
    def undecided(self) -> tuple[str, ...]:
        """Doubled sites of which nothing proves which row is right."""
        return tuple(one.domain for one in self.resolved if one.kept is None)


@dataclass(slots=True)
class _Look:
    """One look. problems: what could not be read."""

    house: House
    problems: list[str] = field(default_factory=list)

    def integrity(self) -> Integrity | None:
        """What is wrong; a large registry is looked at by a process of its own."""
        try:
            if large_registry.is_large(self.house):
                surveyed = large_registry.look(self.house)
                self.problems += surveyed.problems
                return surveyed.found
            table = registry.read(self.house.settings, self.house.machine)
        except (NotReadable, OperationFailed) as error:
            self.problems.append(error.sentence)
            return None
        return integrity.examine(table, self._expected(table))

    def _expected(self, table: Registry) -> dict[str, Expected]:
        try:
            expected, problems = batches.expected_of_all(self.house.settings, self.house.machine, table)
        except NotReadable as error:
            self.problems.append(error.sentence)
            return {}
        self.problems += problems
        return expected

    def git(self) -> git.State | None:
        try:
            return git.state(self.house.machine.root, self.house.settings.tree.registry)
        except git.GitFailed as error:
            self.problems.append(error.sentence)
            return None

    def agents(self) -> int | None:
        try:
            seen = agents.read(self.house.settings, self.house.machine)
        except NotReadable as error:
            self.problems.append(error.sentence)
            return None
        self.problems += seen.problems
        return len(seen.agents)

    def held(self) -> bool:
        try:
            return hold.read(self.house.settings, self.house.machine) is not None
        except NotReadable as error:
            self.problems.append(error.sentence)
            return False


def look(house: House) -> RegistryDiagnosis:
    """Look at the registry, whatever state it is in."""
    seen = _Look(house)
    found = seen.integrity()
    conflicting = {one.domain: one.rows for one in found.conflicting} if found else {}
    speaking = evidence.gather(house, conflicting)
    return RegistryDiagnosis(
        found=found,
        resolved=resolve(found.doubled, speaking, house.settings.ladder, {}) if found else (),
        git=seen.git(),
        detached=git.is_detached(house.machine.root),
        agents=seen.agents(),
        held=seen.held(),
        problems=tuple(seen.problems),
    )
