"""Whom an escalation calls: those on call, and others where these do not answer or are nobody."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.mentions import mention

NOBODY = "Nobody is on call (WAVEWARDEN_ON_CALL is empty)."


@dataclass(frozen=True, slots=True)
class Calls:
    """on_call, widen_to: users and user groups. members: of a group; None where Slack has not told."""

    on_call: tuple[str, ...]
    widen_to: tuple[str, ...]
    members: Callable[[str], Collection[str] | None]

    def words(self, *, widened: bool = False) -> str:
        """The mentions, and whom they do not reach: `<!subteam^S1>`, `Nobody is on call (…). <@U1>`."""
        reached = any(map(self._reaches, self.on_call))
        called = (*self.on_call, *(self.widen_to if widened or not reached else ()))
        said = [*([] if self.on_call else [NOBODY]), *(mention(one) for one in dict.fromkeys(called))]
        empty = [mention(one) for one in called if not self._reaches(one)]
        if empty:
            said.append(f"(no members, so nobody is called: {', '.join(empty)})")
        return " ".join(said)

    def _reaches(self, one: str) -> bool:
        return not one.startswith("S") or self.members(one) != frozenset()
