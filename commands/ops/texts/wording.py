"""Long texts, worded by a team's own template where it works, and by the built-in one where not.

A template is read anew each time: what is changed in the directory counts from the next text on.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.ops import own_program
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.machine.files import files
from commands.ops.machine.files.files import Unreadable
from commands.ops.own_program import NoAnswer

log = logging.getLogger("wavewarden.texts")

PROCESS = "commands.ops.texts.process"
SECONDS = 20.0  # until it is killed; a busy machine takes one to start it
MOST_BYTES = 4 * 1024**2
MOST_WHY = 300  # characters of an error, which may quote the template


@dataclass(frozen=True, slots=True)
class Worded:
    """A text. problem: why a team's own template was not used, as a sentence; empty where all is well."""

    text: str
    problem: str = ""


def worded(house: House, name: str, values: Mapping[str, object], must: Sequence[str] = ()) -> Worded:
    """A text by its template; that a team's own one does not work is for the caller to say.

    Args:
        house: its settings name the directory of a team's own templates.
        name: of the template, as `incident_report.md.j2`.
        values: what it may show: text, numbers, aware times, and mappings and sequences of these; nothing else.
        must: what the text must contain whoever words it.
    """
    try:
        if name in own_templates(house):
            return Worded(own_text(house, name, values, must))
        problem = ""
    except OperationFailed as error:
        problem = error.sentence
        log.info("%s", problem)
    return Worded(_built_in(name, values), problem)


def directory_of(house: House) -> Path | None:
    """Where a team's own templates are; none where the settings name no directory."""
    named = house.settings.templates.directory
    return house.machine.root / named if named else None


def own_templates(house: House) -> tuple[str, ...]:
    """The names of what lies there.

    Raises:
        OperationFailed: there is no such directory, or it cannot be read.
    """
    directory = directory_of(house)
    if directory is None:
        return ()
    try:
        return files.names_in(directory)
    except Unreadable as error:
        raise OperationFailed(f"The built-in wording is used: {error.sentence}") from None


def own_text(house: House, name: str, values: Mapping[str, object], must: Sequence[str]) -> str:
    """A text by a team's own template, which runs in a process of its own.

    Raises:
        OperationFailed: it does not work; the sentence says which it is and why.
    """
    directory = directory_of(house)
    try:
        return _by_process(house, name, values, must)
    except NoAnswer as error:
        raise OperationFailed(
            f"The template {directory}/{name} does not work, the built-in wording is used: {error}."
        ) from None


def _by_process(house: House, name: str, values: Mapping[str, object], must: Sequence[str]) -> str:
    order = (str(directory_of(house)), name, values)
    said = own_program.answer_of(PROCESS, order, seconds=SECONDS, most_bytes=MOST_BYTES)
    if "why" in said:
        raise NoAnswer(" ".join(str(said["why"])[:MOST_WHY].split()).rstrip("."))
    text = str(said["text"])
    if missing := [words for words in must if words not in text]:
        raise NoAnswer(f"it leaves out “{missing[0]}”")
    return text


def _built_in(name: str, values: Mapping[str, object]) -> str:
    from commands.ops.texts.environment import BUILT_IN, rendered

    return rendered(BUILT_IN, name, values)
