"""The diagnosis of a batch's finalization in words: the verdict with what to do, and why it broke off."""

from collections.abc import Iterator, Sequence

from commands.ops.finalization.finalization import INVESTIGATE_FROM, Finalization
from commands.ops.logs.log_lines import kind_of
from commands.ops.registry import findings
from commands.reply import Severity
from commands.wording.figures import count, listed, size
from commands.wording.wave import KINDS

NAMED = 3
EXAMPLE = 160  # characters of a line of a log
WORDS = 80  # characters of a command line


def severity(found: Finalization) -> Severity:
    """Lost sites, a damaged registry and a finalization that broke off early are critical, as the decision matrix says."""
    if found.verdict in ("lost", "corrupted") or found.recommended == "investigate":
        return "critical"
    if found.verdict == "partial":
        return "warning" if not found.traces.running else "info"
    return "info" if found.open or found.implemented else "ok"


def headline(found: Finalization) -> str:
    """The verdict, and what to do."""
    name = f"Batch {found.batch}"
    if found.verdict == "lost":
        return f"{name}: {_lost(found)} Restore the registry{'' if found.open else ', then finalize'}."
    if found.verdict == "corrupted":
        do = "Fix it" if found.recommended == "fix" else "Go back to a whole version"
        return f"{name}: {_damage(found)[0]} {do}{'' if found.open else ', then finalize'}."
    if found.verdict == "not_ready":
        return f"{name} is not ready to be finalized: {_open(found)}"
    if found.verdict == "partial":
        return f"{name} is finalized in part: {found.finalized} of {count(found.total, 'site')}, {found.implemented} left. {_left_to_do(found)}"
    if found.implemented:
        do = "Finalize it" if not found.busy else f"{_busy(found)}: wait"
        return f"{name} is ready to be finalized: {_all(found)} implemented. {do}."
    return f"{name} is finalized: {_all(found)} at {found.ladder.finalized}."


def process_in_words(pid: int, argv: Sequence[str]) -> str:
    """`process 4711 (bash tools/implement/finish.sh --batch 001)`."""
    return f"process {pid} ({' '.join(argv)[:WORDS]})"


def reasons(found: Finalization) -> list[str]:
    """What else is wrong, what keeps a finalization from going on, and why one broke off; each a sentence."""
    said = _damage(found)[found.verdict == "corrupted" :]
    if found.lost and found.verdict != "lost":
        said.append(_lost(found))
    if found.unexpected:
        said.append(
            f"{count(len(found.unexpected), 'site')} that its file does not list: {listed(found.unexpected, NAMED)}."
        )
    if found.open and found.verdict != "not_ready":
        said.append(f"{count(found.open, 'site')} open: {_by_letter(found)}.")
    return [*said, *_obstacles(found), *_broken_off(found)]


def _all(found: Finalization) -> str:
    return "its one site is" if found.total == 1 else f"all {found.total:,} sites are"


def _left_to_do(found: Finalization) -> str:
    if found.busy:
        return f"{_busy(found)}: wait."
    if found.recommended == "retry":
        return "Retry it."
    return f"{INVESTIGATE_FROM} or more left may have a deeper cause: look at the log, locks and disk first."


def _busy(found: Finalization) -> str:
    if found.traces.running:
        return "The tool is at work on it"
    return f"{count(len(found.agents or ()), 'agent or launcher', 'agents or launchers')} at work"


def _open(found: Finalization) -> str:
    if not found.total:
        return "it has no sites in the registry."
    do = {"wait": f" {_busy(found)}: wait.", "redeploy": " No agent is at work: redeploy them."}
    return f"{found.open} of {count(found.total, 'site')} open ({_by_letter(found)}).{do.get(found.recommended, '')}"


def _by_letter(found: Finalization) -> str:
    words = dict(found.ladder.steps)
    done = (found.ladder.implemented, found.ladder.finalized)
    return ", ".join(
        f"{number} {words.get(letter, f'at {letter}' if letter else 'without a status')}"
        for letter, number in found.counts.items()
        if number and letter not in done
    )


def _lost(found: Finalization) -> str:
    names = listed(found.lost, NAMED)
    if not found.total:
        return f"none of its {count(len(found.lost), 'expected site')} is in the registry: lost, or never put in."
    one = len(found.lost) == 1
    return f"{count(len(found.lost), 'expected site')} {'is' if one else 'are'} lost: {names}."


def _damage(found: Finalization) -> list[str]:
    """What is wrong with the rows, the worst first."""
    said = [sentence[0].lower() + sentence[1:] for sentence in findings.sentences(found.malformed)]
    if found.elsewhere:
        names = [f"{row.domain} (in {row.batch or 'none'})" for row in found.elsewhere]
        said.append(
            f"{count(len(found.elsewhere), 'expected site')} in another batch's rows: {listed(names, NAMED)}."
        )
    if found.doubled:
        names = [one.domain for one in found.doubled]
        said.append(f"{count(len(names), 'site')} in the registry more than once: {listed(names, NAMED)}.")
    return said


def _obstacles(found: Finalization) -> Iterator[str]:
    traces = found.traces
    if found.agents:
        pids = listed([str(one.pid) for one in found.agents], NAMED)
        yield f"{_busy_agents(found)} (processes {pids}): it is not finalized while they run."
    if traces.running:
        yield f"The tool runs for it: {listed([process_in_words(one.pid, one.argv) for one in traces.running], NAMED)}."
    if traces.locked:
        who = listed([process_in_words(one.pid, one.argv) for one in traces.lockers], NAMED) or "a tool"
        yield f"The registry's lock is held by {who}."
    for holder in traces.holders:
        yield f"The registry is held by {holder.text} since {holder.since:%H:%M} UTC."
    if traces.disk.level in ("warning", "alert", "critical"):
        yield f"The disk is at {traces.disk.level}: {size(traces.disk.free_bytes or 0)} free."


def _busy_agents(found: Finalization) -> str:
    return f"{count(len(found.agents or ()), 'agent or launcher is', 'agents or launchers are')}, or may be, at work on it"


def _broken_off(found: Finalization) -> Iterator[str]:
    """Why the last one broke off, as far as the tool's end and its log tell."""
    if found.verdict != "partial":
        return
    traces = found.traces
    if traces.launched and traces.launched[1].bad:
        yield f"The tool that was called last {traces.launched[1]}."
    wrong = [line for line in (*traces.last_words, *traces.log.lines) if kind_of(line)]
    if wrong:
        kind = kind_of(wrong[-1])
        yield f"The last error in its log ({KINDS[kind or 'other']}): {wrong[-1][:EXAMPLE]}"
    elif traces.log.problem:
        yield f"Its log tells nothing: {traces.log.problem}"
