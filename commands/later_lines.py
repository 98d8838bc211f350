"""What a line says that is not built yet: what it will do, that nothing was done, and what helps now."""

from commands.reply import Proposal, Reply


def not_yet(path: str, will: str, *now: Proposal) -> Reply:
    """A plain word to the caller; no plan is made."""
    return Reply(
        "refused",
        f"“{path}” is not built yet, and nothing was done. It will {will}.",
        "info",
        error=f"“{path}” is not built yet, and nothing was done.",
        proposals=now,
        audience="caller",
    )
