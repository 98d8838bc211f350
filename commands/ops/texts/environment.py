"""The jinja2 environment of the long texts. Import it late: jinja2 takes some MiB, and texts are rare."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from commands.ops.texts.filters import FILTERS

BUILT_IN = Path(__file__).parent / "templates"


def rendered(directory: Path, name: str, values: Mapping[str, object]) -> str:
    """The text of a template; compiled once a process.

    Raises:
        jinja2.TemplateError: the template is not there, or wrong, or names what is not there; a template may raise
            anything else, too.
    """
    return _environment(directory).get_template(name).render(values)


@cache
def _environment(directory: Path) -> ImmutableSandboxedEnvironment:
    # not HTML: what is no Markdown of ours goes through `inline`, and a face escapes what it shows
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(directory), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= FILTERS
    return environment
