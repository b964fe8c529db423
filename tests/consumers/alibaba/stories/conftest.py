"""Programs on Alibaba Cloud: their calls, in their order, with their waits.

Each story makes the calls of one program through the official SDK against the server, with the parameters
that it sends, goes on where it would go on, and stops where it would stop. The ways of signing are those of
the programs: version 1 for terway, cilium and terraform, ACS3 for ali-nuke.
"""

from collections.abc import Iterator

import pytest
from tests.consumers.alibaba.program_account import AlibabaProgram
from tests.contract.server import Server


@pytest.fixture
def account(server: Server, access_key: str) -> Iterator[AlibabaProgram]:
    """The account of a program that signs in the way of version 1."""
    with AlibabaProgram(server, access_key, signature_algorithm="v2").in_use() as account:
        yield account


@pytest.fixture
def acs3_account(server: Server, access_key: str) -> Iterator[AlibabaProgram]:
    """The account of a program that signs in the way of version 3."""
    with AlibabaProgram(server, access_key).in_use() as account:
        yield account
