"""What most of these tests begin with."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount


@pytest.fixture
def account() -> TencentAccount:
    """An account that has a network, a subnet and a group."""
    return TencentAccount.furnished()
