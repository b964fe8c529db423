"""How programs walk through lists, and when they stop.

Each walk in test_paging.py of a cloud is the rule by which a program goes on, so that a wrong echo or a
page too many shows there as it would with the program: as an endless loop, or as resources that are
overlooked.
"""

from collections.abc import Iterator
from itertools import islice

MANY = 23
"""Interfaces, so that pages of ten are two full ones and a rest."""


def ended(walk: Iterator[list[str]]) -> list[list[str]]:
    """Walk, and return the pages; there are fewer than fifty of whatever is listed here."""
    found = list(islice(walk, 50))
    assert len(found) < 50, "the walk has no end"
    return found
