"""EIPs in a common bandwidth package: put in, take out, and how much of it each may have.

Sources: the vendor's pages AddCommonBandwidthPackageIp, AddCommonBandwidthPackageIps,
RemoveCommonBandwidthPackageIp, ModifyCommonBandwidthPackageIpBandwidth and
CancelCommonBandwidthPackageIpBandwidth, and the models of its Python SDK.
"""

from typing import Any, Final

import attrs

from duolect_core.errors import PublicAddressNotInPackage
from duolect_core.public_addresses import bandwidth_packages as commands
from duolect_core.public_addresses.lifecycle import ModifyPublicAddresses
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.public_addresses import bandwidth_package_views as views
from duolect_dialects.alibaba.public_addresses import views as eips
from duolect_dialects.alibaba.public_addresses.bandwidth_packages import MEGABITS
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Coded, Count, OneOf

_IP_TYPE: Final = OneOf("EIP")
_UNSUPPORTED_TYPE: Final = "OperationUnsupported.IpType"


@attrs.frozen(kw_only=True)
class AddCommonBandwidthPackageIp:
    """Put an EIP into a bandwidth package."""

    BandwidthPackageId: str = required()
    IpInstanceId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    IpType: str = param(Coded(_IP_TYPE, _UNSUPPORTED_TYPE), default="EIP")


@vpc_action(idempotent_by="ClientToken")
def add_common_bandwidth_package_ip(session: Session, request: AddCommonBandwidthPackageIp) -> Body:
    """Put it in, at once."""
    command = _addition(session, request.BandwidthPackageId, (request.IpInstanceId,))
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class AddCommonBandwidthPackageIps:
    """Put EIPs into a bandwidth package."""

    BandwidthPackageId: str = required()
    IpInstanceIds: tuple[str, ...] = required(Count(1, 10))
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    IpType: str = param(Coded(_IP_TYPE, _UNSUPPORTED_TYPE), default="EIP")


@vpc_action(idempotent_by="ClientToken")
def add_common_bandwidth_package_ips(session: Session, request: AddCommonBandwidthPackageIps) -> Body:
    """Put them in at once: all of them, or none."""
    session.execute(_addition(session, request.BandwidthPackageId, request.IpInstanceIds))
    return {}


def _addition(
    session: Session, package_id: str, address_ids: tuple[str, ...]
) -> commands.AddToBandwidthPackage:
    """Return the command, or raise ``Refusal`` where an EIP does not fit the package."""
    graph = session.graph
    package = lookup.bandwidth_package(graph, package_id)
    for address_id in address_ids:
        address = lookup.public_address(graph, address_id)
        if eips.charge_type(address) == eips.PREPAID:
            message = f"The subscription EIP {address_id} cannot be put into a bandwidth package."
            raise Refusal("IpInstanceId.ChargeType.NotSupport", message, 400)
        if eips.line(address) != views.line(package):
            message = (
                f"The EIP {address_id} is on the line {eips.line(address)}, not {views.line(package)}."
            )
            raise Refusal(_UNSUPPORTED_TYPE, message, 400)
        if sorted(eips.protections(address)) != sorted(views.protections(package)):
            message = f"The EIP {address_id} is protected in another way than the bandwidth package."
            raise Refusal("OperationDenied.SecurityProtectionTypesInconsistent", message, 400)
    return commands.AddToBandwidthPackage(
        package_id=package_id, address_ids=address_ids, extras={eips.IN_PACKAGE: ""}
    )


@attrs.frozen(kw_only=True)
class RemoveCommonBandwidthPackageIp:
    """Take an EIP out of a bandwidth package."""

    BandwidthPackageId: str = required()
    IpInstanceId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def remove_common_bandwidth_package_ip(session: Session, request: RemoveCommonBandwidthPackageIp) -> Body:
    """Take it out at once; it has the bandwidth again that it had before."""
    command = commands.RemoveFromBandwidthPackage(
        package_id=request.BandwidthPackageId,
        address_ids=(request.IpInstanceId,),
        extras={eips.IN_PACKAGE: ""},
    )
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class CancelCommonBandwidthPackageIpBandwidth:
    """Let an EIP have as much of a bandwidth package as it can get."""

    BandwidthPackageId: str = required()
    EipId: str = required()
    RegionId: str = required()


@attrs.frozen(kw_only=True)
class ModifyCommonBandwidthPackageIpBandwidth(CancelCommonBandwidthPackageIpBandwidth):
    """Limit how much of a bandwidth package an EIP may have."""

    Bandwidth: str = required(MEGABITS)


@vpc_action()
def modify_common_bandwidth_package_ip_bandwidth(
    session: Session, request: ModifyCommonBandwidthPackageIpBandwidth
) -> Body:
    """Limit it at once, to no more than the package has."""
    package = lookup.bandwidth_package(session.graph, request.BandwidthPackageId)
    most = int(views.bandwidth(package))
    if int(request.Bandwidth) > most:
        message = f"The specified parameter Bandwidth must be from 1 to {most}, as the package has."
        raise Refusal("InvalidParameter", message, 400)
    return _limit(session, request, request.Bandwidth)


@vpc_action()
def cancel_common_bandwidth_package_ip_bandwidth(
    session: Session, request: CancelCommonBandwidthPackageIpBandwidth
) -> Body:
    """Lift the limit at once."""
    return _limit(session, request, "")


def _limit(session: Session, request: CancelCommonBandwidthPackageIpBandwidth, bandwidth: str) -> Body:
    graph = session.graph
    package = lookup.bandwidth_package(graph, request.BandwidthPackageId)
    address = lookup.public_address(graph, request.EipId)
    if address.package_id != package.id:
        raise PublicAddressNotInPackage(address.id, package.id)
    extras: dict[str, Any] = {eips.IN_PACKAGE: bandwidth}
    session.execute(ModifyPublicAddresses(address_ids=(address.id,), extras=extras))
    return {}
