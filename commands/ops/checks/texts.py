"""The wording of the long texts: is it a team's own, and does that work?"""

from collections.abc import Mapping
from difflib import get_close_matches

from commands.ops.checks.finding import Check
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.texts import trying, wording
from commands.ops.texts.samples import TEXTS

AREA = "templates"
SUFFIX = ".j2"


def check_texts(house: House) -> list[Check]:
    """Each text, tried on a sample where the team words it; and files that word none of ours."""
    directory = wording.directory_of(house)
    if directory is None:
        return [Check(AREA, "wording", "the built-in one")]
    try:
        problems, names = trying.tried(house), wording.own_templates(house)
    except OperationFailed as error:
        remedy = "make it, or leave out “directory” of [templates] in the settings file"
        return [Check(AREA, "wording", error.sentence, "trouble", remedy)]
    strays = [name for name in sorted(names) if name.endswith(SUFFIX) and name not in TEXTS]
    return [*(_text(name, problems) for name in sorted(TEXTS)), *map(_stray, strays)]


def _text(name: str, problems: Mapping[str, str]) -> Check:
    if name not in problems:
        return Check(AREA, name, "the built-in wording")
    if problem := problems[name]:
        return Check(AREA, name, problem, "trouble", "mend it; it counts from the next text on")
    return Check(AREA, name, "the team's own wording, which works")


def _stray(name: str) -> Check:
    near = get_close_matches(name, TEXTS, n=1, cutoff=0.5)
    remedy = f"call it {near[0]}" if near else f"the texts are {', '.join(sorted(TEXTS))}"
    return Check(AREA, name, "no text of ours has this name", "note", remedy)
