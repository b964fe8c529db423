"""What every test can ask for: the real server, and an account that nobody else uses.

The server believes no request whose signature is wrong: each test of an SDK verifies how it signs.
"""

import os
import tempfile
from collections.abc import Iterator
from hashlib import sha256

import pytest
from hypothesis import settings
from tests.contract.server import PROXIES, SECRET, Server, running, settings_file

# A run walks the same ways as the last one: red is red for everyone. DUOLECT_EXPLORE=1 walks new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("exploring", print_blob=True, deadline=None)
# What is kept for the user is kept elsewhere, by this process and by all that it starts.
_data = tempfile.TemporaryDirectory(prefix="duolect-tests-")
os.environ["XDG_DATA_HOME"] = _data.name
settings.load_profile("exploring" if os.environ.get("DUOLECT_EXPLORE") else "steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="run what is repeated as often as is claimed")


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether a test that repeats something does so in full: minutes, where a part of it takes seconds."""
    return bool(request.config.getoption("thorough"))


def _key(test: str, of: str = "") -> str:
    """Return a test's access key; it may have more than one."""
    return "LTAI" + sha256(test.encode()).hexdigest()[:20] + of


@pytest.fixture(scope="session")
def _no_proxies() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in PROXIES:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _no_proxies: None
) -> Iterator[Server]:
    """A server process for the whole session; tests keep apart by their access keys."""
    keys = ",".join(
        f"{_key(item.nodeid, of)}:{SECRET}"
        for item in request.session.items
        if "server" in getattr(item, "fixturenames", ())
        for of in ("", "other")
    )
    config = settings_file(tmp_path_factory.mktemp("server"), f'signatures = "strict"\nkeys = "{keys}"\n')
    with running("--config", config) as started:
        yield started


@pytest.fixture(scope="session")
def open_server(tmp_path_factory: pytest.TempPathFactory, _no_proxies: None) -> Iterator[Server]:
    """A server that takes any access key, as it does unless it is told otherwise."""
    with running("--config", settings_file(tmp_path_factory.mktemp("open_server"))) as started:
        yield started


@pytest.fixture
def access_key(request: pytest.FixtureRequest) -> str:
    """An access key, which is an account, of the test's own."""
    return _key(request.node.nodeid)


@pytest.fixture
def other_access_key(request: pytest.FixtureRequest) -> str:
    """Another account of the test's own."""
    return _key(request.node.nodeid, "other")
