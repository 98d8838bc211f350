"""Attachments kept as files of our own."""

import pytest

from commands.ops.attachments.attachment import Attachment
from commands.ops.attachments.kept import keep, kept
from commands.ops.errors import NotReadable
from commands.ops.house import House

LOG = Attachment("wave-5.log", "logs/wave-5.log", "ERROR 蓮\n")


def test_what_is_kept_is_read_back_by_its_name(bare: House) -> None:
    place = keep(bare, "escalations/E-7K2Q", (LOG,))
    assert place == bare.settings.state / "escalations/E-7K2Q"
    assert kept(bare, "escalations/E-7K2Q", ("wave-5.log",)) == (
        Attachment("wave-5.log", "wave-5.log", "ERROR 蓮\n"),
    )


def test_what_is_not_there_is_said(bare: House) -> None:
    with pytest.raises(NotReadable, match=r"There is no .*/nowhere/wave-5\.log"):
        kept(bare, "nowhere", ("wave-5.log",))
