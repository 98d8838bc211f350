"""What may go wrong for the caller, each as one full sentence.

    OpsError
    ├── WrongUsage      the line, or what it names, is not right (exit code 2)
    ├── NotReadable     the host, its files or the settings cannot be read (exit code 2)
    ├── Refusal         it may not be done, or not by this caller (exit code 3)
    └── OperationFailed it was begun and did not succeed (exit code 4)

Anything else that is raised is a bug of ours.
"""


class OpsError(Exception):
    """A sentence for the caller: the thing named, the next step given."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class WrongUsage(OpsError):
    """The line, or what it names, is not right."""


class NotReadable(OpsError):
    """The host, its files or the settings cannot be read."""


class Refusal(OpsError):
    """It may not be done, or not by this caller."""


class OperationFailed(OpsError):
    """It was begun and did not succeed."""
