"""Drives the workspace from a test, in words that read aloud.

    operator = workspace.person("Omar")
    await operator.slash("/batch status")
    message = await workspace.wait_for(text="Batch 001")
    await approver.click(message, "Approve")

It waits for events, never for time; what hangs is cut off after some seconds, with what was said so far.
"""

from bot.workspace.driver.actor import Actor
from bot.workspace.driver.handles import Message, View
from bot.workspace.driver.stage import Driver

__all__ = ["Actor", "Driver", "Message", "View"]
