"""Roles."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from commands.ops.roles import Caller, ListedRoles, Role, terminal_caller
from commands.ops.settings import OpsSettings


def _role(caller: Caller, **lists: object) -> Role:
    settings = TypeAdapter(OpsSettings).validate_python({"root": Path("/"), **lists})
    return ListedRoles(settings).role_of(caller)


ASHA = Caller("U0ASHA", "Asha", "slack")
ANN = Caller("os:ann", "ann", "terminal")


def test_an_approver_is_an_operator_and_a_viewer() -> None:
    role = _role(ASHA, approvers=("U0ASHA",))
    assert role is Role.approver
    assert role >= Role.operator >= Role.viewer


def test_nobody_is_listed_by_default() -> None:
    assert _role(ASHA) is Role.none


def test_a_star_makes_everybody_a_viewer_and_nobody_more() -> None:
    assert _role(ASHA, viewers=("*",)) is Role.viewer
    assert _role(ASHA, approvers=("*",), operators=("*",)) is Role.none


def test_a_terminal_user_views_what_their_shell_could_read_anyway() -> None:
    assert _role(ANN) is Role.viewer
    assert _role(ANN, operators=("os:ann",)) is Role.operator


def test_a_terminal_user_has_the_role_of_the_slack_user_they_are() -> None:
    assert _role(ANN, approvers=("U0ANN",), people={"os:ann": "U0ANN"}) is Role.approver


def test_behind_sudo_it_is_the_one_who_called_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getuid", lambda: 0)
    assert terminal_caller({"SUDO_USER": "ann"}) == ANN
    assert terminal_caller({}).id == "os:root"


def test_only_root_is_believed_about_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getuid", lambda: 65534)
    assert terminal_caller({"SUDO_USER": "ann"}).id != "os:ann"
