"""Programs on Tencent Cloud: their calls, in their order, with their waits.

Each story makes the calls of one program through the official SDK against the server, with the parameters
that it sends, goes on where it would go on, and stops where it would stop.
"""

from collections.abc import Iterator

import pytest
from tests.consumers.tencent.program_account import TencentProgram
from tests.contract.server import Server


@pytest.fixture
def account(server: Server, access_key: str) -> Iterator[TencentProgram]:
    """The account of a program that signs in the newer way."""
    with TencentProgram(server, access_key).in_use() as account:
        yield account


@pytest.fixture
def older_account(server: Server, access_key: str) -> Iterator[TencentProgram]:
    """The account of a program that signs a flat form in the older way."""
    with TencentProgram(server, access_key, signMethod="HmacSHA256").in_use() as account:
        yield account
