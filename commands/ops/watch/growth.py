"""What grows on a host, at the price of a few system calls: logs, registry, sites, and the disk they fill."""

from commands.ops.disk import disk
from commands.ops.history.samples import Figures
from commands.ops.house import House
from commands.ops.machine.files import glances


def growth(house: House) -> Figures:
    """Bytes of the logs and the registry, the number of site directories, the free bytes and the worst level, our own disk's too."""
    tree, root = house.settings.tree, house.machine.root
    free = disk.read(house.settings, house.machine)
    return {
        "free_bytes": free.free_bytes,
        "level": free.worst,
        "logs_bytes": glances.bytes_in(root / tree.logs, ".log") + glances.bytes_of(root / tree.batch_log),
        "registry_bytes": glances.bytes_of(root / tree.registry),
        "sites": glances.entries_in(root / tree.sites),
    }
