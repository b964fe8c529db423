"""Projects, which resources can be said to belong to. There is only the default one, which is not listed.

Source: the definition of DescribeProjects in tccli.
"""

import attrs

from duolect_dialects.action import Body
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent.common import tag_action
from duolect_dialects.tencent.tags.common import LIMIT, OFFSET
from duolect_dialects.values import OneOf


@attrs.frozen(kw_only=True)
class DescribeProjects:
    """List projects."""

    AllList: int = required(OneOf(0, 1), code="InvalidParameter")
    Limit: int = required(LIMIT, code="InvalidParameter")
    Offset: int = required(OFFSET, code="InvalidParameter")
    ProjectId: int | None = param()
    ProjectName: str | None = param()


@tag_action(request=DescribeProjects)
def describe_projects(_session: Session, _request: DescribeProjects) -> Body:
    """List none: nothing here creates one, and the ids of any are taken."""
    return {"Total": 0, "Projects": []}
