"""An empty world of each of the two made-up clouds."""

import pytest
from tests.core.builders import NORTH, SOUTH, World


@pytest.fixture
def north():
    return World(NORTH)


@pytest.fixture
def south():
    return World(SOUTH)
