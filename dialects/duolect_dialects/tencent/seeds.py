"""The actions of which a world is made, by what they make, dependencies first."""

from typing import Final

from duolect_core.model.rules import ResourceKind
from duolect_dialects.dialect import Seed

_VERSION: Final = "2017-03-12"

SEEDS: Final = {
    "networks": Seed(
        _VERSION, "CreateVpc", {"id": ResourceKind.NETWORK, "route-table-id": ResourceKind.ROUTE_TABLE}
    ),
    "subnets": Seed(_VERSION, "CreateSubnet", {"id": ResourceKind.SUBNET}),
    "groups": Seed(_VERSION, "CreateSecurityGroup", {"id": ResourceKind.GROUP}),
    "rules": Seed(_VERSION, "CreateSecurityGroupPolicies", {}),
    "key-pairs": Seed(_VERSION, "ImportKeyPair", {"id": ResourceKind.KEY_PAIR}),
    "instances": Seed(
        _VERSION, "RunInstances", {"id": ResourceKind.INSTANCE, "interface-id": ResourceKind.INTERFACE}
    ),
    "interfaces": Seed(_VERSION, "CreateNetworkInterface", {"id": ResourceKind.INTERFACE}),
    "attachments": Seed(_VERSION, "AttachNetworkInterface", {}),
    "public-addresses": Seed(_VERSION, "AllocateAddresses", {"id": ResourceKind.PUBLIC_ADDRESS}),
    "associations": Seed(_VERSION, "AssociateAddress", {}),
}
