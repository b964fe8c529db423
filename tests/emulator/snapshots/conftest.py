import pytest
from tests.emulator.resources import create_resources
from tests.harness import emulator


@pytest.fixture
def world():
    """An emulator with resources in three partitions: two accounts, two clouds."""
    made = emulator()
    for client in (made.alibaba("one"), made.alibaba("two"), made.tencent("one")):
        create_resources(client)
    return made
