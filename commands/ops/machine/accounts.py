"""The machine's accounts."""

import pwd


def user_id(name: str) -> int:
    """An account's number.

    Raises:
        KeyError: there is no such account.
    """
    return pwd.getpwnam(name).pw_uid
