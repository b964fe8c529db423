"""A sound world to damage."""

import pytest
from tests.core.invariants.damage import SoundWorld


@pytest.fixture
def world():
    return SoundWorld()
