"""The machine's accounts."""

import os
import pwd
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its number, name, home directory, main group, all its groups."""

    user: int
    name: str
    home: str
    group: int
    groups: tuple[int, ...]


def user_id(name: str) -> int:
    """An account's number.

    Raises:
        KeyError: there is no such account.
    """
    return pwd.getpwnam(name).pw_uid


def account(user: int) -> Account:
    """The account with this number.

    Raises:
        KeyError: there is no such account.
    """
    entry = pwd.getpwuid(user)
    groups = os.getgrouplist(entry.pw_name, entry.pw_gid)
    return Account(user, entry.pw_name, entry.pw_dir, entry.pw_gid, tuple(groups))
