"""A running emulator for tests of what controls one: the client, the account, the command line."""

import pytest
from tests.contract.server import environment

from duolect.account import Account
from duolect.testing.process import running


@pytest.fixture(scope="module")
def duolect():
    with running(environment=environment(), timing="manual") as started:
        yield started


@pytest.fixture
def account(duolect, request):
    account = Account(duolect, f"key-{request.node.name}")
    yield account
    account.reset()
