"""The host's settings, `.demo-host.toml`: plain `key = value` lines that running agents read again every second."""

import os
from typing import NamedTuple

NAME = ".demo-host.toml"
MARK = "# A Wavewarden demo batch host. Agents read this file again every second."
SPEED_VARIABLE = "DEMO_HOST_SPEED"  # wins over the file, for one tool call or a whole test


class Settings(NamedTuple):
    """How fast agents work and what goes wrong for them."""

    speed: float = 1.0
    slowdown: float = 1.0
    failing_sites: tuple[str, ...] = ()
    disk_quota: int = 256 * 1024**2


def read(root: str) -> Settings:
    """The settings now. Raises ValueError, one sentence, where a value is not what it should be."""
    with open(os.path.join(root, NAME), encoding="utf-8") as file:
        values = dict(_pairs(file.read()))
    speed = os.environ.get(SPEED_VARIABLE) or values.get("speed", "1.0")
    failing = values.get("failing_sites", '""').strip('"')
    return Settings(
        _positive("speed", speed),
        _positive("slowdown", values.get("slowdown", "1.0")),
        tuple(site for site in failing.split(",") if site),
        int(_positive("disk_quota", values.get("disk_quota", str(Settings().disk_quota)))),
    )


def write(root: str, settings: Settings) -> None:
    """Replace the settings, in one rename, so that no agent reads half of them."""
    path = os.path.join(root, NAME)
    with open(path + ".tmp", "w", encoding="utf-8") as file:
        file.write(
            f"{MARK}\n"
            f"speed = {settings.speed}  # 1: an agent takes 2 to 6 minutes for a site; 100: 2 seconds\n"
            f"slowdown = {settings.slowdown}  # what the fault `slow` divides the speed by\n"
            f'failing_sites = "{",".join(settings.failing_sites)}"  # agents never finish these\n'
            f"disk_quota = {settings.disk_quota}  # bytes that the fault `disk` may take on a shared file system\n"
        )
    os.rename(path + ".tmp", path)


def _pairs(text: str) -> list[tuple[str, str]]:
    lines = (line.partition("#")[0].partition("=") for line in text.splitlines())
    return [(key.strip(), value.strip()) for key, sign, value in lines if sign]


def _positive(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise ValueError(f"{name} in {NAME} must be a number above 0, not {text!r}.")
    return value
