"""The table of deeds and the methods of ``Workspace`` agree."""

import inspect
from typing import get_args, get_origin, get_type_hints

import pytest

from bot.workspace.page.deeds import DEEDS
from bot.workspace.shapes import Json
from bot.workspace.workspace import Workspace

SHARED = {"set_fault", "rehearse"}
NOT_FOR_PAGES = {"start", "stop"}


def taken_by(name: str) -> dict[str, inspect.Parameter]:
    signature = inspect.signature(getattr(Workspace, name))
    own = {"self"} if name in SHARED else {"self", "user"}
    return {key: value for key, value in signature.parameters.items() if key not in own}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_takes_what_its_method_takes(name: str) -> None:
    taken = taken_by(name)
    required = {key for key, value in taken.items() if value.default is inspect.Parameter.empty}
    assert set(DEEDS[name].needs) == required
    assert set(DEEDS[name].takes) == set(taken) - required


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_takes_arguments_of_the_types_its_method_takes(name: str) -> None:
    hints = get_type_hints(getattr(Workspace, name))
    for key, kinds in {**DEEDS[name].needs, **DEEDS[name].takes}.items():
        hint = hints[key]
        plain = [dict if kind == Json else get_origin(kind) or kind for kind in get_args(hint) or (hint,)]
        allowed = kinds if isinstance(kinds, tuple) else (kinds,)
        assert dict in allowed if dict in plain or hint == Json else set(allowed) & set(plain)


def test_every_act_of_a_person_can_be_asked_for() -> None:
    acts = {
        name
        for name, method in inspect.getmembers(Workspace, inspect.iscoroutinefunction)
        if not name.startswith("_") and name not in NOT_FOR_PAGES
    }
    assert acts == set(DEEDS)
