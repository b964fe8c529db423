import pytest
from tests.emulator.store.shared.postgresql import running_postgres
from tests.emulator.store.sleepy import Sleepy
from tests.emulator.store.stored import Stored


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL for all tests of a session."""
    with running_postgres() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path, monkeypatch):
    """Return where a store of a name can be, anew for each test: in a file, in a database."""
    if request.param == "sqlite":
        return lambda name="state": tmp_path / f"{name}.db"
    database = request.getfixturevalue("postgres")
    from duolect.store import seat  # noqa: PLC0415 - it needs a driver

    monkeypatch.setattr(seat, "WAIT", 0.0)  # nobody follows whom it would have to wait for
    monkeypatch.setattr(seat, "VALID", 600.0)  # nor does anybody beat
    places = {}
    return lambda name="state": places.get(name) or places.setdefault(name, database.fresh())


@pytest.fixture
def stored(place):
    """An emulator with a store, whose clock stands still."""
    emulator = Stored(place())
    yield emulator
    emulator.pipeline.keeper.store.close()


@pytest.fixture
def sleepy(stored):
    one = Sleepy(stored)
    one.emulator = stored.emulator
    return one
