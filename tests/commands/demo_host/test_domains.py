"""The names of the demo host's sites."""

from commands.demo_host.domains import names
from commands.demo_host.hosttools.arguments import DOMAIN


def test_every_name_is_a_domain_and_stands_once() -> None:
    domains = names(20_000, seed=1)
    assert len(set(domains)) == 20_000
    assert all(DOMAIN.fullmatch(domain) for domain in domains)


def test_a_seed_always_gives_the_same_names() -> None:
    assert names(50, seed=3) == names(50, seed=3)
    assert names(50, seed=3) != names(50, seed=4)
