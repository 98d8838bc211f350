"""Settings: where our own files go."""

from pathlib import Path

from commands.ops.settings import default_state


def test_our_own_files_go_where_systemd_or_the_user_keeps_state() -> None:
    assert default_state({"STATE_DIRECTORY": "/var/lib/wavewarden:/x"}) == Path("/var/lib/wavewarden")
    assert default_state({"XDG_STATE_HOME": "/x"}) == Path("/x/wavewarden")
