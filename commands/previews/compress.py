"""The previews of packing a batch's site files, and of unpacking them."""

from commands.ops.operation import Args, Target
from commands.reply import Facts, Part, Size, Table
from commands.wording.figures import count, size

Targets = tuple[Target, ...]
SHOWN = 100


def pack_title(args: Args, targets: Targets) -> str:
    """`pack 12 files of batch 002 (3.1 MiB), which cannot be served until unpacked`."""
    return f"pack {_what(args, targets)}, which cannot be served until unpacked"


def unpack_title(args: Args, targets: Targets) -> str:
    """`unpack 12 files of batch 002 (1.5 MiB)`."""
    return f"unpack {_what(args, targets)}"


def pack_parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """Risk and way back in the summary, the biggest files in the thread."""
    figures = (
        ("Risk", "web servers do not find these files until they are unpacked"),
        ("Way back", "Undo unpacks them; it needs the space again"),
    )
    return (Facts(figures), *unpack_parts(args, targets))


def unpack_parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """The biggest files."""
    del args
    rows = tuple((target.key, Size(target.about["bytes"])) for target in targets[:SHOWN])
    title = "Exactly these files" if len(targets) <= SHOWN else f"The biggest {SHOWN} of {len(targets):,}"
    return (Table(("File", "Size"), rows, title),)


def _what(args: Args, targets: Targets) -> str:
    taken = size(sum(int(target.about["bytes"]) for target in targets))
    return f"{count(len(targets), 'file')} of batch {args['batch']} ({taken})"
