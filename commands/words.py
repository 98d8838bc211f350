"""A line into words."""

import shlex

RAW_LINES = ("escalate", "batch note", "note")


def words(line: str) -> tuple[str, ...]:
    """The words of a line: only `"` groups, an apostrophe is a letter; `note` and `escalate` keep their rest whole."""
    line = line.strip().lstrip("/").strip()
    for raw in RAW_LINES:
        if line.lower() == raw or line.lower().startswith(raw + " "):
            rest = line[len(raw) :].strip()
            return (*raw.split(), *([rest] if rest else []))
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters, lexer.quotes, lexer.escape = "", '"', ""
    try:
        return tuple(lexer)
    except ValueError:  # an odd quote is a letter: 5" disk
        return tuple(line.split())
