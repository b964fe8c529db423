"""What the tests of route tables begin with."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount


@pytest.fixture
def account() -> TencentAccount:
    """An account that has nothing yet."""
    return TencentAccount()
