"""Where the lives of resources take place."""

from collections.abc import Iterator

import pytest
from tests.consumers.alibaba.terraform.lives.test_lives import Workspace
from tests.consumers.alibaba.terraform.provider import Provider
from tests.harness import emulator

from duolect.record import leaks


@pytest.fixture
def site() -> Iterator[Workspace]:
    """A workspace that is destroyed after the test, of which nothing is left."""
    system = emulator()
    workspace = Workspace(Provider(system, system.alibaba()))
    yield workspace
    workspace.destroy()
    pipeline = system.pipeline
    found = leaks.leaks(
        pipeline.partitions.items(), pipeline.partitions, pipeline.marks.start, pipeline.journal
    )
    assert [each.resource.id for each in found] == []
