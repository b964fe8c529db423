"""An empty world of each of the two made-up clouds."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH


@pytest.fixture
def north():
    return World(NORTH)


@pytest.fixture
def south():
    return World(SOUTH)
