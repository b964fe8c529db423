"""Tags of resources: put on, take off, list; the same for ECS and VPC, each with its own kinds of resource.

Sources: the vendor's pages TagResources, UntagResources (UnTagResources in VPC) and ListTagResources, and
the models of its Python SDK. Where the page of VPC lists no codes, those of ECS are taken.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final, Protocol

import attrs

from duolect_core.graph.graph import Graph
from duolect_core.model.key_pairs import KeyPair
from duolect_core.model.resources import Resource
from duolect_core.model.rules import ResourceKind
from duolect_core.tags.tags import ChangeTags
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ECS, VPC, TagParam, ecs_action, vpc_action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Length

KINDS: Final[Mapping[str, Mapping[str, ResourceKind | None]]] = {
    ECS: {
        "instance": ResourceKind.INSTANCE,
        "eni": ResourceKind.INTERFACE,
        "securitygroup": ResourceKind.GROUP,
        "keypair": ResourceKind.KEY_PAIR,
        "disk": ResourceKind.DISK,
        "snapshot": ResourceKind.SNAPSHOT,
        "image": ResourceKind.IMAGE,
        "launchtemplate": ResourceKind.LAUNCH_TEMPLATE,
        **dict.fromkeys(
            (
                "volume", "ddh", "ddhcluster",
                "reservedinstance", "snapshotpolicy", "elasticityassurance", "capacityreservation",
                "command", "invocation", "activation", "managedinstance",
            )
        ),
    },
    VPC: {
        "vpc": ResourceKind.NETWORK,
        "vswitch": ResourceKind.SUBNET,
        "routetable": ResourceKind.ROUTE_TABLE,
        "prefixlist": ResourceKind.ROUTE_LIST,
        "networkacl": ResourceKind.NETWORK_ACL,
        "eip": ResourceKind.PUBLIC_ADDRESS,
        "havip": ResourceKind.VIRTUAL_ADDRESS,
        "natgateway": ResourceKind.NAT_GATEWAY,
        "ipv4gateway": ResourceKind.IPV4_GATEWAY,
        "ipv6gateway": ResourceKind.IPV6_GATEWAY,
        "dhcpoptionsset": ResourceKind.DHCP_OPTIONS_SET,
        "flowlog": ResourceKind.FLOW_LOG,
        "commonbandwidthpackage": ResourceKind.BANDWIDTH_PACKAGE,
        **dict.fromkeys(
            (
                "vpngateway", "publicipaddresspool",
                "trafficmirrorfilter", "trafficmirrorsession", "gatewayendpoint", "ipv6address",
            )
        ),
    },
}  # fmt: skip
"""What each product calls the kinds of resource; None stands for kinds of which there are none here."""
_PAGE: Final = 50
_TOO_MANY_IDS: Final = "NumberExceed.ResourceIds"
_TOO_MANY_TAGS: Final = "NumberExceed.Tags"
_IDS = Count(1, 50)
_TAGS = Count(1, 20)
_UP_TO_50 = Count(0, 50)
_UP_TO_20 = Count(0, 20)


def kind_of(version: str, resource_type: str) -> ResourceKind | None:
    """Return the kind of resource that a product's word stands for; VPC overlooks the case of letters.

    Raises:
        Refusal: there is no such type.
    """
    kinds = KINDS[version]
    name = resource_type.lower() if version == VPC else resource_type
    if name not in kinds:
        raise Refusal(
            "InvalidResourceType.NotFound", f"The resource type {resource_type} does not exist.", 404
        )
    return kinds[name]


def no_resource(resource_id: str) -> Refusal:
    """Return the refusal of a resource that does not exist."""
    return Refusal("InvalidResourceId.NotFound", f"The resource {resource_id} does not exist.", 404)


def change(
    session: Session,
    resource_type: str,
    resource_ids: tuple[str, ...],
    put: Mapping[str, str],
    drop: tuple[str, ...] | None = (),
) -> Body:
    """Change the tags of resources of one type."""
    kind = kind_of(session.call.version, resource_type)
    if kind is None:
        raise no_resource(resource_ids[0])
    ids = ids_of(session.graph, kind, resource_ids)
    session.execute(ChangeTags(kind=kind, resource_ids=ids, put=put, drop=drop))
    return {}


def ids_of(graph: Graph, kind: ResourceKind | None, resource_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of resources that are named in a request: key pairs go by their names.

    Source: terraform-provider-alicloud's resource of key pairs.
    """
    if kind is not ResourceKind.KEY_PAIR:
        return resource_ids
    return tuple(graph.key_pairs_by_name.get(each, each) for each in resource_ids)


def shown_id(resource: Resource) -> str:
    """Return what a resource goes by."""
    return resource.name if isinstance(resource, KeyPair) else resource.id


@attrs.frozen(kw_only=True)
class TagResources:
    """Put tags on resources of one type; a key that a resource has gets the new value."""

    RegionId: str = required()
    ResourceId: tuple[str, ...] = required(_IDS, code=_TOO_MANY_IDS)
    ResourceType: str = required()
    Tag: tuple[TagParam, ...] = required(_TAGS, code=_TOO_MANY_TAGS)


@vpc_action()
@ecs_action()
def tag_resources(session: Session, request: TagResources) -> Body:
    """Put the tags on."""
    return change(session, request.ResourceType, request.ResourceId, common.tags(request.Tag))


@attrs.frozen(kw_only=True)
class UntagResources:
    """Take tags off resources of one type."""

    RegionId: str = required()
    ResourceId: tuple[str, ...] = required(_IDS, code=_TOO_MANY_IDS)
    ResourceType: str = required()
    All: bool = param(default=False)
    TagKey: tuple[str, ...] = param(_UP_TO_20, default=(), code=_TOO_MANY_TAGS)


@vpc_action(name="UnTagResources")
@ecs_action()
def untag_resources(session: Session, request: UntagResources) -> Body:
    """Take off the keys that are named, or all of them; a key that a resource lacks is no mistake."""
    if request.All and request.TagKey:
        raise Refusal("Param.Conflict", "All and TagKey cannot be used together.", 403)
    drop = None if request.All else request.TagKey
    return change(session, request.ResourceType, request.ResourceId, {}, drop)


@attrs.frozen(kw_only=True)
class TagCriterion:
    """One Tag.N of a list action."""

    Key: str | None = param(Length(1, 128), code="InvalidTagKey.Malformed")
    Value: str | None = param(Length(0, 128), code="InvalidTagValue.Malformed")


@attrs.frozen(kw_only=True)
class FuzzyTag:
    """One TagFilter.N: a key or, under an exact key, values; a star at either end stands for anything."""

    TagKey: str | None = param(Length(1, 128), code="InvalidTagKey.Malformed")
    TagValues: tuple[str, ...] = param(Count(0, 5), default=(), code="InvalidTagCount")


@attrs.frozen(kw_only=True)
class ListEcsTagResources:
    """List the tags of resources of ECS."""

    RegionId: str = required()
    ResourceType: str = required()
    NextToken: str | None = param()
    ResourceId: tuple[str, ...] = param(_UP_TO_50, default=(), code=_TOO_MANY_IDS)
    Tag: tuple[TagCriterion, ...] = param(_UP_TO_20, default=(), code=_TOO_MANY_TAGS)
    TagFilter: tuple[FuzzyTag, ...] = param(Count(0, 5), default=(), code=_TOO_MANY_TAGS)


@attrs.frozen(kw_only=True)
class ListVpcTagResources:
    """List the tags of resources of VPC."""

    RegionId: str = required()
    ResourceType: str = required()
    MaxResults: int = param(Between(1, _PAGE), default=_PAGE)
    NextToken: str | None = param()
    ResourceId: tuple[str, ...] = param(_UP_TO_50, default=(), code=_TOO_MANY_IDS)
    Tag: tuple[TagCriterion, ...] = param(_UP_TO_20, default=(), code=_TOO_MANY_TAGS)


@ecs_action(name="ListTagResources")
def list_ecs_tag_resources(session: Session, request: ListEcsTagResources) -> Body:
    """List one page, narrowed by ids, exact tags or filters; without any, what has tags at all.

    Pages of about 1000 tags were seen: 50 resources with up to 20 each.
    """
    if request.Tag and request.TagFilter:
        raise Refusal("InvalidParameter", "Tag and TagFilter cannot be used together.", 400)
    criteria = Criteria[Resource](session.graph)
    kind = kind_of(session.call.version, request.ResourceType)
    narrow(criteria, ids_of(session.graph, kind, request.ResourceId), request.Tag)
    for each in request.TagFilter:
        _narrow_by_filter(criteria, each)
    return _listed(session, request, criteria, _PAGE)


@vpc_action(name="ListTagResources")
def list_vpc_tag_resources(session: Session, request: ListVpcTagResources) -> Body:
    """List one page, narrowed by ids or exact tags."""
    criteria = Criteria[Resource](session.graph)
    narrow(criteria, request.ResourceId, request.Tag)
    return _listed(session, request, criteria, request.MaxResults)


def narrow(
    criteria: Criteria[Resource], resource_ids: tuple[str, ...], tags: Iterable[TagCriterion]
) -> None:
    """Narrow to resources of these ids with all these tags.

    Raises:
        Refusal: a tag has a value and no key.
    """
    criteria.ids(resource_ids)
    for tag in tags:
        if tag.Key is None:
            raise Refusal("InvalidParameter.TagValue", "The value of a tag has no key beside it.", 400)
        criteria.tagged(tag.Key, tag.Value)


def _narrow_by_filter(criteria: Criteria[Resource], wanted: FuzzyTag) -> None:
    if wanted.TagKey is None:
        raise Refusal("InvalidTagKey.Malformed", "A TagFilter has no TagKey.", 400)
    if wanted.TagValues:
        values = "|".join(map(_pattern, wanted.TagValues))
        criteria.test(wanted, partial(_matches, re.escape(wanted.TagKey), values))
    else:
        criteria.test(wanted, partial(_matches, _pattern(wanted.TagKey), r"[\s\S]*"))


def _pattern(text: str) -> str:
    """Return the pattern of a text that may have a star at either end."""
    head, tail = text.startswith("*"), len(text) > 1 and text.endswith("*")
    middle = re.escape(text[head : len(text) - tail])
    return (r"[\s\S]*" if head else "") + middle + (r"[\s\S]*" if tail else "")


def _matches(key: str, values: str, resource: Resource) -> bool:
    return any(
        re.fullmatch(key, each) and re.fullmatch(values, value) for each, value in resource.tags.items()
    )


class _Listing(Protocol):
    """A request to list tags."""

    @property
    def ResourceType(self) -> str:  # noqa: N802 - the vendor's spelling
        """The type of the resources."""
        ...

    @property
    def NextToken(self) -> str | None:  # noqa: N802
        """Where the page begins."""
        ...


def _listed(session: Session, request: _Listing, criteria: Criteria[Resource], size: int) -> Body:
    """Return the tags of the resources of one page: ``size`` counts resources, whose tags stay together."""
    kind = kind_of(session.call.version, request.ResourceType)
    criteria.test("any", lambda resource: bool(resource.tags))
    found, token = common.page_by_token(table(session.graph, kind), criteria.selection, request, size)
    return {
        "NextToken": token,
        "TagResources": {
            "TagResource": [
                {
                    "ResourceId": shown_id(resource),
                    "ResourceType": request.ResourceType,
                    "TagKey": key,
                    "TagValue": value,
                }
                for resource in found.items
                for key, value in resource.tags.items()
            ]
        },
    }


def table(graph: Graph, kind: ResourceKind | None) -> dict[str, Resource]:
    """Return the resources of a kind by id."""
    return {} if kind is None else graph.table(kind)
