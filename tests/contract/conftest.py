"""What several contract tests look at."""

from collections.abc import Mapping
from typing import Any

import pytest


@pytest.fixture(scope="session")
def replies() -> Mapping[str, list[Mapping[str, Any]]]:
    """The replies of every action of Tencent Cloud in its scenarios."""
    from tests.contract.scenarios.calls import find_calls, modules_of  # noqa: PLC0415 - it needs the SDK
    from tests.contract.sdks.recording import recorded  # noqa: PLC0415 - likewise

    from duolect_dialects.tencent.dialect import TencentDialect  # noqa: PLC0415 - likewise

    return recorded(find_calls(TencentDialect().actions, modules_of("tests.contract.scenarios.tencent")))
