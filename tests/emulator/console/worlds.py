"""Worlds to look at: laid at once, on either cloud, as large as a test wants them."""

from typing import Any

ALIBABA, TENCENT = "alibaba", "tencent"


def lay(
    account: Any,
    cloud: str = TENCENT,
    *,
    first: int = 0,
    subnets: int = 1,
    interfaces: int = 4,
    instances: int = 1,
) -> None:
    """Give an account a network with subnets, with so many free interfaces and instances in each.

    With ``first`` the network is there already, and the subnets before that one.
    """
    kinds = (_alibaba if cloud == ALIBABA else _tencent)(range(first, subnets), interfaces, instances)
    if first:
        kinds = {name: kinds[name] for name in ("subnets", "instances", "interfaces")}
    account.lay(cloud, **kinds)


def subnet_id(cloud: str, place: int = 0) -> str:
    """Return the id of a subnet."""
    return f"{'vsw' if cloud == ALIBABA else 'subnet'}-{place:08d}"


def interface_id(place: int = 0, subnet: int = 0) -> str:
    """Return the id of a free interface of a subnet."""
    return f"eni-{subnet:03d}{place:05d}"


def instance_id(cloud: str, place: int = 0, subnet: int = 0) -> str:
    """Return the id of an instance in a subnet."""
    return f"{'i' if cloud == ALIBABA else 'ins'}-{subnet:03d}{place:05d}"


def _places(subnets: range, count: int) -> list[tuple[int, int]]:
    return [(subnet, place) for subnet in subnets for place in range(count)]


def _tencent(subnets: range, interfaces: int, instances: int) -> dict[str, Any]:
    vpc = "vpc-00000000"
    return {
        "networks": [{"id": vpc, "VpcName": "staging", "CidrBlock": "10.0.0.0/12"}],
        "subnets": [
            {
                "id": subnet_id(TENCENT, place),
                "VpcId": vpc,
                "SubnetName": f"subnet-{place}",
                "CidrBlock": f"10.{place}.0.0/16",
                "Zone": "ap-guangzhou-3",
            }
            for place in subnets
        ],
        "instances": [
            {
                "id": instance_id(TENCENT, place, subnet),
                "ImageId": "img-487zeit5",
                "InstanceType": "S5.4XLARGE32",
                "Placement": {"Zone": "ap-guangzhou-3"},
                "VirtualPrivateCloud": {"VpcId": vpc, "SubnetId": subnet_id(TENCENT, subnet)},
            }
            for subnet, place in _places(subnets, instances)
        ],
        "interfaces": [
            {
                "id": interface_id(place, subnet),
                "VpcId": vpc,
                "SubnetId": subnet_id(TENCENT, subnet),
                "NetworkInterfaceName": f"web-{place}",
            }
            for subnet, place in _places(subnets, interfaces)
        ],
    }


def _alibaba(subnets: range, interfaces: int, instances: int) -> dict[str, Any]:
    vpc, group = "vpc-00000000", "sg-00000000"
    return {
        "networks": [{"id": vpc, "VpcName": "production", "CidrBlock": "10.0.0.0/8"}],
        "subnets": [
            {
                "id": subnet_id(ALIBABA, place),
                "VpcId": vpc,
                "VSwitchName": f"vswitch-{place}",
                "CidrBlock": f"10.{place}.0.0/16",
                "ZoneId": "cn-hangzhou-b",
            }
            for place in subnets
        ],
        "groups": [{"id": group, "VpcId": vpc, "SecurityGroupName": "all"}],
        "instances": [
            {
                "id": instance_id(ALIBABA, place, subnet),
                "ImageId": "m-bp100000000000000000",
                "InstanceType": "ecs.g7.8xlarge",
                "SecurityGroupId": group,
                "VSwitchId": subnet_id(ALIBABA, subnet),
            }
            for subnet, place in _places(subnets, instances)
        ],
        "interfaces": [
            {
                "id": interface_id(place, subnet),
                "VSwitchId": subnet_id(ALIBABA, subnet),
                "SecurityGroupId": group,
                "NetworkInterfaceName": f"web-{place}",
            }
            for subnet, place in _places(subnets, interfaces)
        ],
    }
