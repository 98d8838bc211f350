"""Lines asked, and their plans carried out."""

from commands.answer import answer
from commands.ops.house import House
from commands.ops.roles import Caller
from commands.reply import Ask, Reply
from commands.words import words
from tests.commands.conftest import OMAR


def ask_in(house: House, line: str, caller: Caller = OMAR, **values: str) -> Reply:
    """The reply of the one door."""
    return answer(Ask("test", words(line), caller, house.clock.now(), values), house)


def planned(house: House, line: str, caller: Caller = OMAR) -> str:
    """The plan that a line made."""
    reply = ask_in(house, line, caller)
    assert reply.facts.get("plan"), reply.headline
    return str(reply.facts["plan"])


def run_in(house: House, plan: str, caller: Caller = OMAR) -> Reply:
    """Approved and run."""
    approved = ask_in(house, f"batch approve {plan}", caller)
    assert approved.facts["state"] == "approved", approved.headline
    return ask_in(house, f"batch run {plan}", OMAR)
