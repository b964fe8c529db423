import pytest
from tests.emulator.store.sleepy import Sleepy
from tests.emulator.store.stored import Stored


@pytest.fixture
def stored(tmp_path):
    """An emulator with a store, whose clock stands still."""
    emulator = Stored(tmp_path / "state.db")
    yield emulator
    emulator.pipeline.keeper.store.close()


@pytest.fixture
def sleepy(stored):
    one = Sleepy(stored)
    one.emulator = stored.emulator
    return one
