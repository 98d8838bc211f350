"""Our own bugs: logged with a reference id, and the id told to the caller. The one handler of them."""

import logging
import secrets

from commands.reply import Reply, failed

log = logging.getLogger("wavewarden")


def report(error: BaseException, doing: str) -> str:
    """Log it whole; returns the reference id."""
    reference = f"W-{secrets.token_hex(3).upper()}"
    log.error("%s: a bug while %s", reference, doing, exc_info=error)
    return reference


def apology(reference: str) -> Reply:
    """What the caller is told."""
    sentence = f"Wavewarden failed on this; nothing was changed by this line. The log has the details under {reference}."
    reply = failed(sentence)
    return Reply(reply.outcome, sentence, "critical", error=sentence, audience="caller")
