"""The names of attachments."""

from datetime import UTC, datetime

import pytest

from commands.ops.attachments.attachment import named

AT = datetime(2026, 11, 22, 3, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("resource", "what", "name"),
    [
        ("wave 5 of batch 001", "mimplement.log", "2026-11-22T0313Z-wave-5-of-batch-001-mimplement.log"),
        ("site lotus.dev", "diagnosis.txt", "2026-11-22T0313Z-site-lotus.dev-diagnosis.txt"),
        ("../../etc", "/passwd", "2026-11-22T0313Z-etc-passwd"),
        ("a <!channel> & `b`", "\x1b.log", "2026-11-22T0313Z-a-channel-b-log"),
        ("", "x.txt", "2026-11-22T0313Z-x.txt"),
    ],
)
def test_a_file_is_named_by_time_and_resource(resource: str, what: str, name: str) -> None:
    assert named(AT, resource, what) == name


def test_a_long_name_keeps_its_suffix() -> None:
    name = named(AT, "site " + "a" * 300, "b" * 300 + ".log")
    assert len(name) < 200
    assert name.endswith("b.log")
