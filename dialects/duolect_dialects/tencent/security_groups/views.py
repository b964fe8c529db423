"""Security groups as the vendor shows them: every documented field, of its exact type."""

from duolect_core.model.resources import SecurityGroup
from duolect_dialects.action import Body
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.tags.views import tags


def security_group(shown: SecurityGroup) -> Body:
    """Return a security group."""
    created = local_time(shown.created)
    return {
        "SecurityGroupId": shown.id,
        "SecurityGroupName": shown.name,
        "SecurityGroupDesc": shown.description,
        "ProjectId": project(shown),
        "IsDefault": shown.default,
        "CreatedTime": created,
        "TagSet": tags(shown.tags),
        "UpdateTime": local_time(shown.modified),
    }


def project(of: SecurityGroup) -> str:
    """Return the project that a security group belongs to: 0 unless it was created in another."""
    number: str = of.extras.get("ProjectId", "0")
    return number
