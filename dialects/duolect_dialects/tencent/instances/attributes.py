"""What instances keep for whoever asks: their user data.

Source: the definition and the example in tccli.
"""

import attrs

from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import NonEmpty, cvm_action
from duolect_dialects.values import Coded, Count, Each, OneOf


@attrs.frozen(kw_only=True, slots=False)
class DescribeInstancesAttributes:
    """Show certain attributes of instances, of which there is one: the user data."""

    Attributes: tuple[str, ...] = required(
        Coded(NonEmpty(), "MissingParameter"), Each(OneOf("UserData")), code="InvalidParameterValue"
    )
    InstanceIds: tuple[str, ...] = required(
        Coded(NonEmpty(), "MissingParameter"),
        Coded(Count(0, 100), "InvalidParameterValue"),
        Coded(Each(common.INSTANCE_ID), "InvalidParameterValue.InstanceIdMalformed"),
    )


@cvm_action()
def describe_instances_attributes(session: Session, request: DescribeInstancesAttributes) -> Body:
    """Show the user data as it was given, or none, in the order in which the instances are named."""
    found = [lookup.instance(session.graph, each) for each in dict.fromkeys(request.InstanceIds)]
    return {
        "InstanceSet": [
            {"InstanceId": shown.id, "Attributes": {"UserData": shown.extras.get("UserData") or ""}}
            for shown in found
        ]
    }
