"""The actions of which a world is made, by what they make, dependencies first."""

from typing import Final

from duolect_core.model.rules import ResourceKind
from duolect_dialects.dialect import Seed

_ECS: Final = "2014-05-26"
_VPC: Final = "2016-04-28"

SEEDS: Final = {
    "networks": Seed(
        _VPC, "CreateVpc", {"id": ResourceKind.NETWORK, "route-table-id": ResourceKind.ROUTE_TABLE}
    ),
    "subnets": Seed(_VPC, "CreateVSwitch", {"id": ResourceKind.SUBNET}),
    "groups": Seed(_ECS, "CreateSecurityGroup", {"id": ResourceKind.GROUP}),
    "ingress-rules": Seed(_ECS, "AuthorizeSecurityGroup", {}),
    "egress-rules": Seed(_ECS, "AuthorizeSecurityGroupEgress", {}),
    "key-pairs": Seed(_ECS, "ImportKeyPair", {"id": ResourceKind.KEY_PAIR}),
    "instances": Seed(
        _ECS, "RunInstances", {"id": ResourceKind.INSTANCE, "interface-id": ResourceKind.INTERFACE}
    ),
    "interfaces": Seed(_ECS, "CreateNetworkInterface", {"id": ResourceKind.INTERFACE}),
    "attachments": Seed(_ECS, "AttachNetworkInterface", {}),
    "public-addresses": Seed(_VPC, "AllocateEipAddress", {"id": ResourceKind.PUBLIC_ADDRESS}),
    "associations": Seed(_VPC, "AssociateEipAddress", {}),
}
