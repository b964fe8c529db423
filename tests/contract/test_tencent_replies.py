"""The replies of every action, in states where they hold something, against the vendor's definitions.

They come from the scenarios, run in this process; each is checked when it is made. What the vendor recorded
is held against them too: see ``test_tccli_examples.py``.
"""

from tests.contract.scenarios.tencent.vpc.traffic_packages import AFTER_A_MONTH

from duolect_dialects.tencent.dialect import TencentDialect


def test_every_action_that_is_served_is_among_them(replies):
    assert replies.keys() >= {name for _, name in TencentDialect().actions} - AFTER_A_MONTH
