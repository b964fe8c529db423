"""What an account may have in a region, and how much of it is used.

Source: the vendor's page DescribeAccountAttributes and the model of its Python SDK. Where no quota is in
force the answer tells that of a new account.
"""

from typing import Final

import attrs

from duolect_dialects.action import Body
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.rules import VENDOR_QUOTAS
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Count, Each, OneOf

_VCPUS: Final = 500
"""What is shown as the limit of vCPUs, which is not in force here."""
_COMMANDS, _INVOCATIONS, _ACTIVATIONS = 500, 5000, 10
"""Limits of the Cloud Assistant, of which there is nothing here."""
_NAMES: Final = (
    "instance-network-type",
    "max-security-groups",
    "max-elastic-network-interfaces",
    "max-postpaid-instance-vcpu-count",
    "max-spot-instance-vcpu-count",
    "used-postpaid-instance-vcpu-count",
    "used-spot-instance-vcpu-count",
    "max-postpaid-yundisk-capacity",
    "used-postpaid-yundisk-capacity",
    "max-dedicated-hosts",
    "supported-postpaid-instance-types",
    "max-axt-command-count",
    "max-axt-invocation-daily",
    "real-name-authentication",
    "max-cloud-assistant-activation-count",
)


@attrs.frozen(kw_only=True)
class DescribeAccountAttributes:
    """Tell the attributes that are named, or all of them."""

    RegionId: str = required()
    AttributeName: tuple[str, ...] = param(Count(0, len(_NAMES)), Each(OneOf(*_NAMES)), default=())
    ZoneId: str | None = ignored(note="every zone offers the same")


@ecs_action()
def describe_account_attributes(session: Session, request: DescribeAccountAttributes) -> Body:
    """Tell the quotas that are in force and what is used."""
    values = _values(session)
    return {
        "AccountAttributeItems": {
            "AccountAttributeItem": [
                {
                    "AttributeName": name,
                    "AttributeValues": {"ValueItem": [_item(value) for value in values[name]]},
                }
                for name in dict.fromkeys(request.AttributeName or _NAMES)
            ]
        }
    }


def _values(session: Session) -> dict[str, list[str]]:
    rules, graph = session.rules, session.graph
    types = rules.instance_types
    used = sum(types[instance.type_name].cpu for instance in graph.instances.values())
    limits = {
        "max-security-groups": rules.quotas.groups or VENDOR_QUOTAS.groups,
        "max-elastic-network-interfaces": rules.quotas.interfaces or VENDOR_QUOTAS.interfaces,
        "max-postpaid-instance-vcpu-count": _VCPUS,
        "max-spot-instance-vcpu-count": _VCPUS,
        "used-postpaid-instance-vcpu-count": used,
        "used-spot-instance-vcpu-count": 0,
        "max-dedicated-hosts": 0,
        "max-axt-command-count": _COMMANDS,
        "max-axt-invocation-daily": _INVOCATIONS,
        "max-cloud-assistant-activation-count": _ACTIVATIONS,
    }
    return {
        **{name: [str(limit)] for name, limit in limits.items()},
        "instance-network-type": ["vpc"],
        "max-postpaid-yundisk-capacity": [],
        "used-postpaid-yundisk-capacity": [],
        "supported-postpaid-instance-types": list(types),
        "real-name-authentication": ["yes"],
    }


def _item(value: str) -> Body:
    return {
        "Value": value,
        "Count": 0,
        "DiskCategory": "",
        "ExpiredTime": "",
        "InstanceChargeType": "",
        "InstanceType": "",
        "ZoneId": "",
    }
