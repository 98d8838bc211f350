"""The local workspace, served with its page."""

from pathlib import Path

import yaml

from bot.manifest import as_dict
from bot.workspace.manifest import Manifest, ManifestError, manifest_from, read_manifest
from bot.workspace.page.routes import page_routes
from bot.workspace.server import Served, serve
from bot.workspace.workspace import Rehearsal, Workspace
from commands.ops.errors import WrongUsage


async def open_workspace(port: int, manifest: Manifest, rehearsals: tuple[Rehearsal, ...] = ()) -> Served:
    """Serve it on loopback.

    Raises:
        WrongUsage: the port is taken.
    """
    workspace = Workspace(manifest, rehearsals=rehearsals)
    try:
        return await serve(workspace, port=port, routes=page_routes(workspace))
    except OSError as error:
        raise WrongUsage(f"Port {port} cannot be used: {error.strerror}; name another with --port.") from None


def manifest_of(file: Path | None) -> Manifest:
    """The app's manifest from a file, or Wavewarden's own.

    Raises:
        WrongUsage: the file is no manifest.
    """
    try:
        return read_manifest(file) if file else manifest_from(as_dict())
    except (ManifestError, yaml.YAMLError, OSError) as error:
        raise WrongUsage(str(error)) from None
