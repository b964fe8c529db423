"""Worlds with what elastic public addresses are associated with, in each cloud and in both."""

import pytest
from tests.core.model.rules import NORTH, SOUTH
from tests.core.public_addresses.worlds import AddressWorld


@pytest.fixture
def north():
    return AddressWorld(NORTH)


@pytest.fixture
def south():
    return AddressWorld(SOUTH)


@pytest.fixture(params=[NORTH, SOUTH], ids=["north", "south"])
def world(request):
    return AddressWorld(request.param)
