"""Short ids that can be read over a telephone: `P-7K2Q`, `I-7K2Q`, `E-7K2Q`."""

import secrets
import sqlite3
from typing import Literal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U
LETTERS = 4


def free(
    transaction: sqlite3.Connection, prefix: str, table: Literal["plans", "incidents", "escalations"]
) -> str:
    """An id that no row of this table has yet, in an open transaction."""
    while True:
        made = f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
        if not transaction.execute(f"SELECT 1 FROM {table} WHERE id = ?", (made,)).fetchone():  # noqa: S608 - our own text
            return made
