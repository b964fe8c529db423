"""What most tests of security groups begin with."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount


@pytest.fixture
def account() -> TencentAccount:
    """An account that has nothing yet."""
    return TencentAccount()


@pytest.fixture
def group(account):
    return account.create_group()
