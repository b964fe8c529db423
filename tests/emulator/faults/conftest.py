import pytest
from tests.emulator.faults.cloud import CloudClient

from duolect_core.invariants import check


@pytest.fixture(params=["alibaba", "tencent"])
def cloud(request):
    """A client of each cloud in turn, whose partition must be sound in the end."""
    made = CloudClient(request.param)
    yield made
    assert check(made.client.partition) == []
