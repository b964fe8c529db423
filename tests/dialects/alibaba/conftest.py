"""What most tests of this dialect begin with."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount


@pytest.fixture
def account() -> AlibabaAccount:
    """An account that has a network, a subnet and a group."""
    return AlibabaAccount.furnished()
