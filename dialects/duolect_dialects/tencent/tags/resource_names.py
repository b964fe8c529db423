"""Six-part names of resources: ``qcs::vpc:ap-guangzhou:uin/100000000001:eni/eni-12345678``.

Sources: the vendor's pages on resource names (598/10606) and on the services that have tags (651/89122). A
security group is named under cvm; vpc is taken too, because clients do both. The account may be left out. A
disk is a volume of cvm to terraform-provider-tencentcloud, and an instance of cbs to cloud-custodian, which
recorded the answer to that (2022-11). Templates are named as terraform-provider-tencentcloud does; how
groups of them are named is assumed.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.model.resources import Resource
from duolect_core.model.rules import ResourceKind
from duolect_dialects.session import Session
from duolect_dialects.tencent import regions

_PARTS: Final = 6


NAMES: Final[Mapping[ResourceKind, tuple[str, str]]] = MappingProxyType(
    {
        ResourceKind.NETWORK: ("vpc", "vpc"),
        ResourceKind.SUBNET: ("vpc", "subnet"),
        ResourceKind.ROUTE_TABLE: ("vpc", "rtb"),
        ResourceKind.NETWORK_ACL: ("vpc", "acl"),
        ResourceKind.INTERFACE: ("vpc", "eni"),
        ResourceKind.PUBLIC_ADDRESS: ("vpc", "eip"),
        ResourceKind.VIRTUAL_ADDRESS: ("vpc", "havip"),
        ResourceKind.NAT_GATEWAY: ("vpc", "nat"),
        ResourceKind.FLOW_LOG: ("vpc", "fl"),
        ResourceKind.BANDWIDTH_PACKAGE: ("vpc", "bandwidthPackage"),
        ResourceKind.ADDRESS_LIST: ("vpc", "address"),
        ResourceKind.SERVICE_LIST: ("vpc", "service-template"),
        ResourceKind.ADDRESS_LIST_GROUP: ("vpc", "address-group"),
        ResourceKind.SERVICE_LIST_GROUP: ("vpc", "service-template-group"),
        ResourceKind.GROUP: ("cvm", "sg"),
        ResourceKind.INSTANCE: ("cvm", "instance"),
        ResourceKind.KEY_PAIR: ("cvm", "keypair"),
        ResourceKind.DISK: ("cvm", "volume"),
        ResourceKind.SNAPSHOT: ("cvm", "snapshot"),
        ResourceKind.IMAGE: ("cvm", "image"),
    }
)
"""Service and prefix of each kind that can have tags."""
_KINDS: Final[Mapping[tuple[str, str], ResourceKind]] = {
    **{name: kind for kind, name in NAMES.items()},
    ("vpc", "sg"): ResourceKind.GROUP,
    ("cvm", "eip"): ResourceKind.PUBLIC_ADDRESS,
    ("cbs", "instance"): ResourceKind.DISK,
    ("cbs", "snapshot"): ResourceKind.SNAPSHOT,
}
SERVICES: Final = frozenset(service for service, _ in _KINDS)


class InvalidResourceName(ValueError):
    """A text is no name of a resource of this account."""


class NoSuchResources(InvalidResourceName):
    """A name is well formed, but nothing of this account can have it."""


@attrs.frozen
class ResourceName:
    """What a name says: where a resource is, of what kind it is, and its id."""

    region: str
    kind: ResourceKind
    resource_id: str


def kind_of(service: str, prefix: str) -> ResourceKind | None:
    """Return the kind that a service's prefix stands for, or None."""
    return _KINDS.get((service, prefix))


def parse(name: str, uin: str) -> ResourceName:
    """Return what a name says, for the account of this number.

    Raises:
        NoSuchResources: no service here has such resources, or it is a name of another account.
        InvalidResourceName: it is none.
    """
    parts = name.split(":")
    if len(parts) != _PARTS or parts[:2] != ["qcs", ""]:
        raise InvalidResourceName(name)
    _, _, service, region, owner, last = parts
    prefix, slash, resource_id = last.partition("/")
    if region not in regions.REGIONS:
        raise InvalidResourceName(name)
    kind = kind_of(service, prefix)
    if kind is None or owner not in {"", "uin/", f"uin/{uin}"}:
        raise NoSuchResources(name)
    if not (slash and resource_id):
        raise InvalidResourceName(name)
    return ResourceName(region, kind, resource_id)


def write(named: ResourceName, uin: str) -> str:
    """Return the name of a resource of this account."""
    service, prefix = NAMES[named.kind]
    return f"qcs::{service}:{named.region}:uin/{uin}:{prefix}/{named.resource_id}"


def complete(name: str, uin: str) -> str:
    """Return a name that ``parse`` can read, as it was given, with the account in it."""
    qcs, empty, service, region, _, last = name.split(":")
    return ":".join([qcs, empty, service, region, f"uin/{uin}", last])


def tagged_resources(session: Session) -> Iterator[tuple[ResourceName, Resource]]:
    """Yield every resource of the account that can have tags and has some, in all its regions."""
    for region, partition in session.account_regions.used().items():
        graph = partition.read(session.at)
        for kind in NAMES:
            for resource in graph.table(kind).values():
                if resource.tags:
                    yield ResourceName(region, kind, resource.id), resource


def find(session: Session, named: ResourceName) -> Resource | None:
    """Return the resource of a name, or None where there is none; no partition is made for that."""
    partition = session.account_regions.used().get(named.region)
    if partition is None:
        return None
    graph = partition.read(session.at)
    found: Resource | None = graph.table(named.kind).get(named.resource_id)
    return found
