"""What is written twice agrees: README, manifest, settings, pins."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import requires, version as installed
from pathlib import Path

from dotenv import dotenv_values
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.cli import cli
from bot.manifest import as_yaml
from bot.settings import SlackSettings
from bot.settings_reading import known_names
from commands.demo_host.command import demo_host
from commands.ops.settings import name_of
from commands.version import __version__
from docs.tables import renewed

CHECKOUT = Path(__file__).parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
README = (CHECKOUT / "README.md").read_text()
CONSTRAINTS = (CHECKOUT / "constraints.txt").read_text().splitlines()


def _slack_names() -> set[str]:
    return {name_of(setting) for setting in fields(SlackSettings)} - known_names()


def _pins() -> dict[str, str]:
    return {
        canonicalize_name(name): version for name, _, version in (pin.partition("==") for pin in CONSTRAINTS)
    }


def _needed(name: str, extra: str = "") -> Iterator[Requirement]:
    for text in requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def test_the_manifest_is_the_one_that_the_commands_make() -> None:
    assert (CHECKOUT / "manifest.yml").read_text() == as_yaml(), (
        "renew it: wavewarden manifest > manifest.yml"
    )


def test_the_tables_of_the_readme_are_those_that_the_code_makes() -> None:
    assert renewed(README) == README, "renew them: make docs"


def test_the_readme_tells_every_setting_and_no_other() -> None:
    told = re.findall(r"^\| `((?:SLACK|WAVEWARDEN)_[A-Z_]+)` \|", README, re.MULTILINE)
    assert sorted(told) == sorted(known_names() | _slack_names())


def test_the_readme_tells_every_command_and_no_other() -> None:
    told = re.findall(r"^\| `wavewarden ([a-z-]+)[ `]", README, re.MULTILINE)
    assert sorted(told) == sorted([*cli.commands, str(demo_host.name)])


def test_the_example_of_settings_knows_only_settings() -> None:
    assert set(dotenv_values(CHECKOUT / ".env.example")) <= known_names() | _slack_names()


def test_every_picture_of_the_readme_is_there_and_small() -> None:
    pictures = [CHECKOUT / path for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)]
    assert pictures
    assert [picture for picture in pictures if picture.stat().st_size > 300_000] == []


def test_a_constraint_is_a_name_and_a_version_and_nothing_else() -> None:
    pin = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9a-z.]*")
    assert [line for line in CONSTRAINTS if not pin.fullmatch(line)] == []


def test_all_that_gets_installed_is_pinned_to_a_version_that_we_accept() -> None:
    pins, todo = _pins(), [*_needed("wavewarden"), *_needed("wavewarden", "dev")]
    seen: dict[str, Requirement] = {}
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        assert pins.get(name, "nothing") in requirement.specifier, (
            f"{requirement} is pinned to {pins.get(name)}"
        )
        if str(requirement) not in seen:
            seen[str(requirement)] = requirement
            todo += [*_needed(name), *(more for extra in requirement.extras for more in _needed(name, extra))]
    assert {canonicalize_name(requirement.name) for requirement in seen.values()} == set(pins)


def test_the_changelog_tells_of_this_version_or_of_what_is_not_released_yet() -> None:
    changelog = (CHECKOUT / "CHANGELOG.md").read_text()
    assert re.search(rf"^## \[(?:Unreleased|{re.escape(__version__)})\]", changelog, re.MULTILINE)


def test_what_is_installed_calls_itself_as_the_code_does() -> None:
    assert installed("wavewarden") == __version__
