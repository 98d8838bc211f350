"""A house whose team words the long texts itself."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from commands.ops.host_settings import Templates
from commands.ops.house import House

Words = Callable[..., House]


@pytest.fixture
def words(bare: House, tmp_path: Path) -> Words:
    """`words(text, "incident_report.md.j2")`: a house with this template of the team's own."""
    directory = tmp_path / "templates"
    directory.mkdir()

    def worded(text: str, name: str = "incident_report.md.j2") -> House:
        (directory / name).write_text(text)
        return replace(bare, settings=replace(bare.settings, templates=Templates(str(directory))))

    return worded
