"""`list-sites.sh`: the registry's sites, one domain a line, in file order."""

import sys

from commands.demo_host.hosttools import arguments, registry


def main(root: str, words: list[str]) -> int:
    """List the sites of a batch, of a status, or all."""
    parser = arguments.parser("list-sites.sh", "Lists sites, one domain a line.")
    parser.add_argument("--batch", type=arguments.batch)
    parser.add_argument("--status", type=arguments.status)
    asked = parser.parse_args(words)
    rows = registry.read_rows(root)
    if asked.batch:
        arguments.check_batch(parser, rows, asked.batch)
    for row in rows:
        if asked.batch in (None, row.batch) and asked.status in (None, row.status):
            sys.stdout.write(f"{row.domain}\n")
    return 0
