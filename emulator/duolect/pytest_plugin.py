"""The pytest plugin: an emulator for the session, and an account of its own for each test.

Installed with Duolect; nothing needs to be switched on, and nothing is started until a test asks for it.

- ``duolect``: the running emulator's client. One process a session (with pytest-xdist: one a worker), or
  with ``--duolect-url`` one that is running already. The ini setting ``duolect_flags`` holds flags for
  ``duolect serve``.
- ``duolect_account``: an account that no other test uses, empty before and after the test, with clients of
  both vendors' SDKs.
- ``@pytest.mark.no_leaks``: the test fails when its account leaves something behind.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # most test runs need neither
    from duolect.account import Account
    from duolect.client import Duolect
    from duolect.testing.process import Emulator

_LOOPBACK = "127.0.0.1,localhost"
_EMULATOR: "pytest.StashKey[Emulator]" = pytest.StashKey()
"""The emulator that the run has started."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's options."""
    group = parser.getgroup("duolect", "Duolect, the emulator of cloud networks")
    group.addoption(
        "--duolect-url",
        metavar="URL",
        help="an emulator that is running already; without it one is started (DUOLECT_ENDPOINT)",
    )
    parser.addini("duolect_flags", "flags for `duolect serve`, such as --timing manual", type="args")


def pytest_configure(config: pytest.Config) -> None:
    """Make the plugin's marker known."""
    config.addinivalue_line("markers", "no_leaks: the test's account on Duolect must be empty at its end")


def _endpoint(config: pytest.Config) -> str | None:
    """Return the endpoint of an emulator that is running already, if the user gives one."""
    return config.getoption("duolect_url") or os.environ.get("DUOLECT_ENDPOINT")


@pytest.fixture(scope="session")
def duolect(request: pytest.FixtureRequest) -> Iterator["Duolect"]:
    """A running emulator."""
    from duolect.client import Duolect, Unreachable, WrongEndpoint  # noqa: PLC0415 - most runs need none
    from duolect.testing.process import NotStarted, started  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        for name in ("NO_PROXY", "no_proxy"):
            patch.setenv(name, ",".join(filter(None, (os.environ.get(name), _LOOPBACK))))
        url = _endpoint(request.config)
        with ExitStack() as stack:
            try:
                if url:
                    client = Duolect(url)
                else:
                    emulator = stack.enter_context(started(*request.config.getini("duolect_flags")))
                    request.config.stash[_EMULATOR] = emulator
                    client = emulator.client
                client.health()
            except (NotStarted, Unreachable, WrongEndpoint) as reason:
                pytest.fail(str(reason), pytrace=False)
            yield client


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let a test that needs the emulator fail where that has ended."""
    if "duolect" in getattr(item, "fixturenames", ()):
        _fail_where_it_has_ended(item.config)


def _fail_where_it_has_ended(config: pytest.Config) -> None:
    """Fail where the emulator of this run has ended: once with the reason, then with one line."""
    emulator = config.stash.get(_EMULATOR, None)
    if emulator is not None and emulator.has_ended:
        pytest.fail(emulator.how_it_ended(), pytrace=False)


@pytest.fixture
def duolect_account(duolect: "Duolect", request: pytest.FixtureRequest) -> Iterator["Account"]:
    """An account of the test's own, empty before and after."""
    from duolect.account import Account  # noqa: PLC0415

    # An emulator of its own has the same accounts, and so the same ids, on every run.
    shared = ("PYTEST_XDIST_TESTRUNUID", "PYTEST_XDIST_WORKER") if _endpoint(request.config) else ()
    run = "".join(os.environ.get(each, "") for each in shared)
    name = sha256(f"{request.node.nodeid} {run}".encode()).hexdigest()[:20]
    account = Account(duolect, f"test-{name}")
    account.reset()
    yield account
    _fail_where_it_has_ended(request.config)
    try:
        if request.node.get_closest_marker("no_leaks"):
            _fail_for_leaks(account)
    finally:
        account.reset()


def _fail_for_leaks(account: "Account") -> None:
    """Let a test fail whose account left something behind: with what it left, and none of this source."""
    from duolect.client import VerificationFailed  # noqa: PLC0415 - as above

    try:
        account.assert_no_leaks()
    except VerificationFailed as failed:
        pytest.fail(str(failed), pytrace=False)
