"""`wavewarden break-glass`: approve and run a plan alone, from the terminal only."""

import os
import secrets

from bot.ask import reply_here, said
from commands.break_glass import break_glass
from commands.line import Asked
from commands.ops.house import House
from commands.ops.roles import terminal_caller
from commands.reply import Ask, Reply


def break_glass_here(plan_id: str, name: str, reason: str, *, as_json: bool) -> int:
    """Do it, print the ended plan, and tell the exit code."""

    def work(house: House) -> Reply:
        caller = terminal_caller(os.environ)
        ask = Ask(secrets.token_hex(8), ("break-glass", plan_id), caller, house.clock.now())
        return break_glass(Asked(ask, house, house.roles.role_of(caller)), plan_id, name, reason)

    return said(reply_here(work, f"breaking the glass for {plan_id}"), as_json=as_json)
