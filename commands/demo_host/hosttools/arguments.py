"""The words the host's tools take, checked: each trouble is one sentence on standard error and exit code 2."""

import argparse
import os
import re

from commands.demo_host.hosttools import registry

MOST_AGENTS = 25
CODE_NOTHING_TO_DO = 1
CODE_HELD = 75  # EX_TEMPFAIL of sysexits.h: try again later
DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


def parser(tool: str, about: str) -> argparse.ArgumentParser:
    """A parser that spells every option out."""
    return argparse.ArgumentParser(prog=tool, description=about, allow_abbrev=False)


def batch(text: str) -> str:
    """A batch's number, three digits."""
    if not re.fullmatch(r"[0-9]{3}", text):
        raise argparse.ArgumentTypeError(f"a batch is three digits like 001, not {text!r}")
    return text


def wave(text: str) -> str:
    """A wave's number, from 1."""
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise argparse.ArgumentTypeError(f"a wave is a number from 1, not {text!r}")
    return text


def agents(text: str) -> int:
    """How many agents at most."""
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MOST_AGENTS:
        raise argparse.ArgumentTypeError(f"1 to {MOST_AGENTS} agents may run, not {text!r}")
    return int(text)


def sites(text: str) -> tuple[str, ...]:
    """Domains, separated by commas."""
    found = tuple(text.split(","))
    for domain in found:
        if not DOMAIN.fullmatch(domain):
            raise argparse.ArgumentTypeError(f"{domain!r} is not a domain")
    return found


def status(text: str) -> str:
    """A status letter; letters outside the ladder may be asked for too."""
    if len(text) != 1:
        raise argparse.ArgumentTypeError(
            f"a status is one letter, one of {' '.join(registry.LADDER)}, not {text!r}"
        )
    return text


def check_batch(words: argparse.ArgumentParser, rows: list[registry.Row], number: str) -> None:
    """End with a usage error where the registry does not have the batch."""
    batches = sorted({row.batch for row in rows})
    if number not in batches:
        words.error(f"batch {number} is not in the registry, which has {', '.join(batches)}")


def check_sites(
    words: argparse.ArgumentParser, rows: list[registry.Row], number: str, wanted: tuple[str, ...]
) -> list[registry.Row]:
    """The wanted sites' rows among the batch's; ends with a usage error where one is not there."""
    known = {row.domain for row in rows}
    for domain in wanted:
        if domain not in known:
            words.error(f"{domain} is not a site of batch {number}")
    return [row for row in rows if row.domain in wanted]


def hold(root: str) -> str | None:
    """Why nothing may be launched now, one sentence; None where it may."""
    path = os.path.join(root, ".smbatcher", "HOLD")
    if not os.path.lexists(path):
        return None
    return "Launches are on hold: remove .smbatcher/HOLD first."
