"""The jinja2 environment of the long texts. Import it late: jinja2 takes five MiB, and texts are rare."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

BUILT_IN = Path(__file__).parent / "templates"
_MARKUP = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#"})


def rendered(directory: Path, name: str, values: Mapping[str, object]) -> str:
    """The text of a template; compiled once a process.

    Raises:
        jinja2.TemplateError: the template is not there, or wrong, or names what is not there.
    """
    return _environment(directory).get_template(name).render(values)


@cache
def _environment(directory: Path) -> ImmutableSandboxedEnvironment:
    # not HTML: what is no Markdown of ours goes through `inline`, and a face escapes what it shows
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(directory), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"moment": _moment, "one_line": _one_line, "inline": _inline}
    return environment


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _one_line(text: str) -> str:
    """Blanks for line ends: it must not look like a heading or another line."""
    return " ".join(str(text).split())


def _inline(text: str) -> str:
    """On one line, and no Markdown: it may be what a log said."""
    return _one_line(text).translate(_MARKUP)
