"""What stories begin with on each cloud: a network with a subnet, a security group and two instances."""

from collections.abc import Sequence
from typing import Any, Final

import attrs


@attrs.frozen
class Ground:
    """What every story begins with, by ids, and as a world file has it."""

    network: str
    subnet: str
    group: str
    instances: Sequence[str]
    slots: int
    """How many interfaces an instance takes, its primary one included."""
    world: dict[str, Any]


def _alibaba() -> Ground:
    network, subnet, group = "vpc-story", "vsw-story", "sg-story"
    instances = ("i-story1", "i-story2")
    return Ground(
        network,
        subnet,
        group,
        instances,
        slots=3,
        world={
            "networks": [{"id": network, "CidrBlock": "10.0.0.0/8"}],
            "subnets": [
                {
                    "id": subnet,
                    "VpcId": network,
                    "ZoneId": "cn-hangzhou-h",
                    "CidrBlock": "10.0.0.0/24",
                }
            ],
            "groups": [{"id": group, "VpcId": network}],
            "instances": [
                {
                    "id": each,
                    "InstanceType": "ecs.g7.large",
                    "ImageId": "aliyun_3_x64_20G_alibase_20240528.vhd",
                    "VSwitchId": subnet,
                    "SecurityGroupId": group,
                }
                for each in instances
            ],
        },
    )


def _tencent() -> Ground:
    network, subnet, group = "vpc-story001", "subnet-story001", "sg-story001"
    instances = ("ins-story001", "ins-story002")
    place = {"VpcId": network, "SubnetId": subnet}
    return Ground(
        network,
        subnet,
        group,
        instances,
        slots=4,
        world={
            "networks": [{"id": network, "VpcName": "story", "CidrBlock": "10.0.0.0/16"}],
            "subnets": [
                {
                    "id": subnet,
                    "VpcId": network,
                    "SubnetName": "story",
                    "CidrBlock": "10.0.0.0/24",
                    "Zone": "ap-guangzhou-3",
                }
            ],
            "groups": [{"id": group, "GroupName": "story", "GroupDescription": "story"}],
            "instances": [
                {
                    "id": each,
                    "InstanceType": "S5.MEDIUM4",
                    "ImageId": "img-l8og963d",
                    "Placement": {"Zone": "ap-guangzhou-3"},
                    "VirtualPrivateCloud": place,
                    "SecurityGroupIds": [group],
                }
                for each in instances
            ],
        },
    )


GROUNDS: Final = {"alibaba": _alibaba(), "tencent": _tencent()}
"""The ground of the stories on each cloud, in its default region."""
