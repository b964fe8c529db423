"""A server for the commands and programs of the guides."""

from collections.abc import Iterator

import pytest
from tests.contract.server import environment
from tests.docs.guides import CLUSTER, Program

from duolect.testing import Account, Duolect
from duolect.testing.process import running


@pytest.fixture
def duolect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Duolect]:
    with running(environment=environment(), timing="manual") as started:
        monkeypatch.setenv("DUOLECT_ENDPOINT", started.endpoint)
        yield started


@pytest.fixture
def program(duolect: Duolect) -> Program:
    account = Account(duolect, "me")
    account.lay("alibaba", **CLUSTER)
    return Program(account)
