"""What the parameters of actions on gateways have in common."""

from typing import Final

from duolect_dialects.alibaba import common
from duolect_dialects.values import Between, Length

NAME: Final = (Length(1, 128), common.NOT_A_LINK)
DESCRIPTION: Final = (Length(1, 256), common.NOT_A_LINK)
GROUP_CODE: Final = "IllegalParam.ResourceGroupId"
RESULTS: Final = Between(1, 100)
"""How many there may be on a page."""
