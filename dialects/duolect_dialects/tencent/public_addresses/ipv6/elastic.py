"""Elastic public IPv6 addresses: allocate, associate, disassociate, release, modify.

Source: the definitions in tccli. An instance is bound by the first IPv6 address of its primary interface
that has no public one (assumed).
"""

from typing import Final

import attrs

from duolect_core.addressing.pools import parse_ipv6
from duolect_core.public_addresses import ipv6_bandwidths, public_ipv6
from duolect_core.relations import named_gateways
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, refused, required, stored
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.public_addresses.ipv6.classic import CHARGES
from duolect_dialects.tencent.public_addresses.lifecycle import (
    ADDRESS_ID,
    BY_PACKAGE,
    MALFORMED,
    NAME,
    TAG_CODES,
    AddressTag,
    check_bandwidth,
    execute_as_task,
)
from duolect_dialects.tencent.public_addresses.views import BY_TRAFFIC, UNNAMED
from duolect_dialects.values import AtMost, Between, Each, Form, OneOf

ELASTIC_ID: Final = common.id_of("eipv6")
ANY_ID: Final = Form(r"eip(v6)?-[0-9a-z]{6,20}", "an id of the form eip-xxxxxxxx or eipv6-xxxxxxxx")
_NOT_MATCHING: Final = "InvalidParameterValue.PrivateIpAddressNotMatch"


@attrs.frozen(kw_only=True)
class AllocateIPv6Addresses:
    """Allocate elastic public IPv6 addresses."""

    AddressName: str = param(AtMost(128), NAME, default=UNNAMED)
    AddressType: str | None = stored(OneOf("EIPv6", "HighQualityEIPv6"))
    AddressCount: int = param(Between(1, 20), default=1)
    InternetChargeType: str = stored(CHARGES, default=BY_TRAFFIC)
    InternetServiceProvider: str | None = stored(OneOf("BGP", "CMCC", "CTCC", "CUCC"))
    InternetMaxBandwidthOut: int = stored(default=1)
    BandwidthPackageId: str | None = param(
        common.id_of("bwp"), code="InvalidParameterValue.BandwidthPackageIdMalformed"
    )
    Tags: tuple[AddressTag, ...] = param(default=())
    Egress: str | None = stored(
        OneOf("CENTER_EGRESS_1", "CENTER_EGRESS_2"), code="InvalidParameterValue.InvalidEgress"
    )


@vpc_action(name="AllocateIPv6Addresses")
def allocate_ipv6_addresses(session: Session, request: AllocateIPv6Addresses) -> Body:
    """Allocate them: CREATING, then UNBIND."""
    charge_type = BY_PACKAGE if request.BandwidthPackageId else request.InternetChargeType
    check_bandwidth(request.InternetMaxBandwidthOut, charge_type)
    extras = common.stored_extras(request)
    extras["Bandwidth"] = extras.pop("InternetMaxBandwidthOut")
    extras["InternetChargeType"] = charge_type
    made, task = execute_as_task(
        session,
        public_ipv6.AllocatePublicIpv6Addresses(
            count=request.AddressCount,
            package_id=request.BandwidthPackageId,
            name=request.AddressName,
            tags=common.tags(request.Tags, TAG_CODES),
            extras=extras,
        ),
    )
    return {"AddressSet": [each.id for each in made], "TaskId": task}


@attrs.frozen(kw_only=True)
class AssociateIPv6Address:
    """Bind an elastic public IPv6 address to an instance, or to a private address of an interface."""

    IPv6AddressId: str = required(ELASTIC_ID, code=MALFORMED)
    InstanceId: str | None = param(common.INSTANCE_ID, code="InvalidParameterValue.InstanceIdMalformed")
    NetworkInterfaceId: str | None = param()
    PrivateIPv6Address: str | None = param()


@vpc_action(name="AssociateIPv6Address")
def associate_ipv6_address(session: Session, request: AssociateIPv6Address) -> Body:
    """Start to bind: BINDING, then BIND."""
    by_instance, by_interface = request.InstanceId is not None, request.NetworkInterfaceId is not None
    if by_instance and by_interface:
        raise Refusal(
            "InvalidParameterConflict", "InstanceId and NetworkInterfaceId cannot be used together."
        )
    if not by_instance and not by_interface:
        raise Refusal(
            "InvalidParameterValue.MissingAssociateEntity",
            "InstanceId or NetworkInterfaceId must be given.",
        )
    if by_interface and request.PrivateIPv6Address is None:
        raise request_errors.missing("PrivateIPv6Address")
    ip = None
    if request.PrivateIPv6Address is not None:
        ip = parse_ipv6(request.PrivateIPv6Address)
        if ip is None:
            raise Refusal(_NOT_MATCHING, "PrivateIPv6Address is not an IPv6 address.")
    session.execute(
        public_ipv6.AssociatePublicIpv6Address(
            address_id=request.IPv6AddressId,
            instance_id=request.InstanceId,
            interface_id=request.NetworkInterfaceId,
            ip=ip,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DisassociateIPv6Address:
    """Unbind an elastic public IPv6 address."""

    IPv6AddressId: str = required(ELASTIC_ID, code=MALFORMED)
    KeepBindWithEni: bool | None = refused("what is unbound is bound to nothing", default=None)


@vpc_action(name="DisassociateIPv6Address")
def disassociate_ipv6_address(session: Session, request: DisassociateIPv6Address) -> Body:
    """Start to unbind: UNBINDING, then UNBIND."""
    session.execute(public_ipv6.DisassociatePublicIpv6Address(request.IPv6AddressId))
    return {}


@attrs.frozen(kw_only=True)
class ReleaseIPv6Addresses:
    """Release elastic public IPv6 addresses that are bound to nothing."""

    IPv6AddressIds: tuple[str, ...] = required(*common.non_empty(100), Each(ELASTIC_ID), code=MALFORMED)


@vpc_action(name="ReleaseIPv6Addresses")
def release_ipv6_addresses(session: Session, request: ReleaseIPv6Addresses) -> Body:
    """Start to release them: OFFLINING, then gone."""
    session.execute(public_ipv6.ReleasePublicIpv6Addresses(request.IPv6AddressIds))
    return {}


@attrs.frozen(kw_only=True)
class ModifyIPv6AddressesAttributes:
    """Change the name of public IPv6 addresses, elastic or classic ones."""

    IPv6AddressIds: tuple[str, ...] = required(*common.non_empty(100), Each(ANY_ID), code=MALFORMED)
    IPv6AddressName: str | None = param(AtMost(128), NAME)
    EipVisibleOnEni: bool | None = stored()


@vpc_action(name="ModifyIPv6AddressesAttributes")
def modify_ipv6_addresses_attributes(session: Session, request: ModifyIPv6AddressesAttributes) -> Body:
    """Change what is given, at once: of all of them, or none."""
    classic = tuple(each for each in request.IPv6AddressIds if ADDRESS_ID.accepts(each))
    elastic = tuple(each for each in request.IPv6AddressIds if each not in classic)
    if classic and request.EipVisibleOnEni is not None:
        raise Refusal(
            "InvalidParameterValue.TraditionalIPv6VisibleOnEniNotSupported",
            "EipVisibleOnEni is for elastic public IPv6 addresses alone.",
        )
    extras = common.stored_extras(request)
    of_classic = ipv6_bandwidths.RenameIpv6Bandwidths(classic, request.IPv6AddressName)
    of_elastic = public_ipv6.ModifyPublicIpv6Addresses(
        address_ids=elastic, name=request.IPv6AddressName, extras=extras
    )
    for command in (of_classic, of_elastic):
        session.check(command)
    if classic:
        session.execute(of_classic)
    if elastic:
        session.execute(of_elastic)
    return {}


@attrs.frozen(kw_only=True)
class ModifyIPv6AddressesBandwidth:
    """Change the bandwidth of elastic public IPv6 addresses."""

    IPv6AddressIds: tuple[str, ...] = required(*common.non_empty(100), Each(ELASTIC_ID), code=MALFORMED)
    InternetMaxBandwidthOut: int = required()


@vpc_action(name="ModifyIPv6AddressesBandwidth")
def modify_ipv6_addresses_bandwidth(session: Session, request: ModifyIPv6AddressesBandwidth) -> Body:
    """Change it at once: of all of them, or none."""
    for each in request.IPv6AddressIds:
        found = named_gateways.public_ipv6_address(session.graph, each)
        check_bandwidth(request.InternetMaxBandwidthOut, found.extras["InternetChargeType"])
    session.execute(
        public_ipv6.ModifyPublicIpv6Addresses(
            address_ids=request.IPv6AddressIds, extras={"Bandwidth": request.InternetMaxBandwidthOut}
        )
    )
    return {}
