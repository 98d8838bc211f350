"""A team's own templates, each tried on its samples before anybody needs it."""

from collections.abc import Mapping

from commands.ops import events
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.texts import wording
from commands.ops.texts.samples import TEXTS

KIND = "template broken"  # of an event


def tried(house: House) -> Mapping[str, str]:
    """What is wrong with each of our texts' own template, by name, as a sentence; empty where it works.

    Raises:
        OperationFailed: the directory that the settings name cannot be read.
    """
    return {
        name: _problem(house, name) for name in sorted(set(TEXTS).intersection(wording.own_templates(house)))
    }


def tell(house: House) -> None:
    """Log what is wrong, and let the channel know."""
    try:
        problems = [problem for problem in tried(house).values() if problem]
    except OperationFailed as error:
        problems = [error.sentence]
    for problem in problems:
        wording.log.warning("%s", problem)
        with house.journal.write() as transaction:
            events.append(transaction, house.clock.now(), "templates", KIND, {"said": problem})


def _problem(house: House, name: str) -> str:
    try:
        for sample in TEXTS[name]:
            wording.own_text(house, name, sample.values, sample.must)
    except OperationFailed as error:
        return error.sentence
    return ""
