"""Whatever a test of a dialect has made of its partitions can be written, read, and is the same again.

So archives know what actions store, what tokens repeat and every new kind of resource as soon as one test
uses it.
"""

import json
from collections.abc import Iterator

import pytest

from duolect.state.partitions import Partitions
from duolect_core.archive import dump, load
from duolect_core.engine.partition import Partition

_KEPT = 20
"""How many partitions of a test are looked at: property tests make hundreds."""


@pytest.fixture(autouse=True)
def _archives_hold_everything(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made: list[Partition] = []
    put = Partitions.put

    def note(self, key, partition):
        made[:] = [*made[-_KEPT:], partition]
        put(self, key, partition)

    monkeypatch.setattr(Partitions, "put", note)
    yield
    for partition in made:
        tree = dump(partition)
        assert dump(load(json.loads(json.dumps(tree)), partition.rules)) == tree
