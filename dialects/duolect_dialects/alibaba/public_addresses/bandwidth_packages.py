"""Common bandwidth packages: create, describe, modify, resize and delete.

Sources: the vendor's pages CreateCommonBandwidthPackage, DescribeCommonBandwidthPackages,
ModifyCommonBandwidthPackageAttribute, ModifyCommonBandwidthPackageSpec and DeleteCommonBandwidthPackage,
and the models of its Python SDK.
"""

from typing import Any, Final

import attrs

from duolect_core.model.public_addresses import BandwidthPackage
from duolect_core.public_addresses import bandwidth_packages as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.public_addresses import bandwidth_package_views as views
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import AtMost, Between, Count, Each, Form, OneOf

MEGABITS: Final = Form(r"[1-9][0-9]{0,4}", "a number of Mbit/s")
_BAD_BANDWIDTH: Final = "InvalidParameter.Bandwidth"
_RANGES: Final = {
    "PayByTraffic": (1, 1000),
    "PayByBandwidth": (2, 20000),
    "PayBy95": (200, 20000),
    "PayByDominantTraffic": (1, 2000),
}
"""The least and the most bandwidth, by how it is metered; as the models of the SDK have them."""
_LINES: Final = (
    "BGP", "BGP_PRO", "BGP_FinanceCloud", "BGP_International", "ChinaTelecom", "ChinaUnicom", "ChinaMobile",
    "ChinaTelecom_L2", "ChinaUnicom_L2", "ChinaMobile_L2",
)  # fmt: skip


def check_bandwidth(bandwidth: str, metered: str) -> None:
    """Raise ``Refusal`` where a package that is metered in this way has no such bandwidth."""
    least, most = _RANGES[metered]
    if not least <= int(bandwidth) <= most:
        message = f"The specified parameter Bandwidth must be from {least} to {most}."
        raise Refusal(_BAD_BANDWIDTH, message, 400)


@attrs.frozen(kw_only=True)
class CreateCommonBandwidthPackage:
    """Create a bandwidth package."""

    Bandwidth: str = required(MEGABITS, code=_BAD_BANDWIDTH)
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str = param(
        AtMost(256), common.NOT_A_LINK, default="", code="InvalidParameter.Description.Malformed"
    )
    ISP: str | None = stored(OneOf(*_LINES))
    InternetChargeType: str = stored(
        OneOf(*_RANGES), default="PayByBandwidth", code="InvalidParameter.InvalidChargeType"
    )
    Name: str = param(AtMost(128), common.NOT_A_LINK, default="", code="InvalidParameter.Name.Malformed")
    Ratio: int | None = stored(Between(10, 100), code="IllegalParam.Ratio", note="of PayBy95")
    ResourceGroupId: str | None = stored()
    SecurityProtectionTypes: tuple[str, ...] = stored(
        Count(0, 10), Each(OneOf("AntiDDoS_Enhanced")), default=()
    )
    Tag: tuple[TagParam, ...] = common.tag_params()
    Zone: str | None = stored()


@vpc_action(idempotent_by="ClientToken")
def create_common_bandwidth_package(session: Session, request: CreateCommonBandwidthPackage) -> Body:
    """Create it, Available at once."""
    check_bandwidth(request.Bandwidth, request.InternetChargeType)
    group = _resource_group(request.ResourceGroupId)
    extras: dict[str, Any] = {
        "Bandwidth": request.Bandwidth,
        "ISP": request.ISP,
        "InternetChargeType": request.InternetChargeType,
        "Ratio": request.Ratio,
        "ResourceGroupId": group,
        "SecurityProtectionTypes": request.SecurityProtectionTypes,
        "Zone": request.Zone,
    }
    (made,) = session.execute(
        commands.CreateBandwidthPackages(
            name=request.Name,
            description=request.Description,
            tags=common.tags(request.Tag),
            extras={name: value for name, value in extras.items() if value},
        )
    )
    return {"BandwidthPackageId": made.id, "ResourceGroupId": views.resource_group(session, made)}


def _resource_group(given: str | None) -> str:
    if given is not None and not common.RESOURCE_GROUP.accepts(given):
        raise Refusal("InvalidResourceGroupId", f"The resource group {given} does not exist.", 400)
    return given or ""


@attrs.frozen(kw_only=True)
class DescribeCommonBandwidthPackages:
    """List bandwidth packages, newest first; all criteria must hold."""

    RegionId: str = required()
    BandwidthPackageId: str | None = param()
    DryRun: bool = param(default=False)
    IncludeReservationData: bool | None = ignored(note="billing is not modelled")
    Name: str | None = param()
    PageNumber: int = param(networks.PAGES, default=1)
    PageSize: int = param(networks.SIZES, default=10)
    ResourceGroupId: str | None = param()
    SecurityProtectionEnabled: bool | None = param()
    Tag: tuple[TagFilter, ...] = common.tag_filters()


@vpc_action()
def describe_common_bandwidth_packages(session: Session, request: DescribeCommonBandwidthPackages) -> Body:
    """List one page."""
    common.end_dry_run(request)
    graph = session.graph
    criteria: Criteria[BandwidthPackage] = Criteria(graph)
    criteria.ids(() if request.BandwidthPackageId is None else (request.BandwidthPackageId,))
    common.narrow_by_tags(criteria, request.Tag)
    criteria.test(request.Name, lambda found: found.name == request.Name)
    criteria.test(
        request.ResourceGroupId,
        lambda found: views.resource_group(session, found) == request.ResourceGroupId,
    )
    enabled = request.SecurityProtectionEnabled
    criteria.test(enabled, lambda found: bool(views.protections(found)) is enabled)
    page, about = common.numbered_page(graph.bandwidth_packages, criteria.selection, request)
    return {
        "CommonBandwidthPackages": {
            "CommonBandwidthPackage": [views.package(session, shown) for shown in page.items]
        },
        **about,
    }


@attrs.frozen(kw_only=True)
class ModifyCommonBandwidthPackageAttribute:
    """Rename a bandwidth package, or describe it anew."""

    BandwidthPackageId: str = required()
    RegionId: str = required()
    Description: str | None = param(
        AtMost(256),
        common.NOT_A_LINK,
        code="InvalidParameter.Description.Malformed",
        clearable=True,
    )
    Name: str | None = param(
        AtMost(128), common.NOT_A_LINK, code="InvalidParameter.Name.Malformed", clearable=True
    )


@vpc_action()
def modify_common_bandwidth_package_attribute(
    session: Session, request: ModifyCommonBandwidthPackageAttribute
) -> Body:
    """Change what is given, at once."""
    session.execute(
        commands.ModifyBandwidthPackage(
            package_id=request.BandwidthPackageId, name=request.Name, description=request.Description
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class ModifyCommonBandwidthPackageSpec:
    """Give a bandwidth package another bandwidth."""

    Bandwidth: str = required(MEGABITS, code=_BAD_BANDWIDTH)
    BandwidthPackageId: str = required()
    RegionId: str = required()


@vpc_action()
def modify_common_bandwidth_package_spec(
    session: Session, request: ModifyCommonBandwidthPackageSpec
) -> Body:
    """Change it: Modifying, then Available."""
    found = session.graph.bandwidth_packages.get(request.BandwidthPackageId)
    if found is not None:
        check_bandwidth(request.Bandwidth, found.extras["InternetChargeType"])
    session.execute(
        commands.ResizeBandwidthPackage(
            package_id=request.BandwidthPackageId, extras={"Bandwidth": request.Bandwidth}
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteCommonBandwidthPackage:
    """Delete a bandwidth package, perhaps with EIPs in it."""

    BandwidthPackageId: str = required()
    RegionId: str = required()
    Force: bool = param(default=False, note="EIPs are taken out of it")


@vpc_action()
def delete_common_bandwidth_package(session: Session, request: DeleteCommonBandwidthPackage) -> Body:
    """Delete it at once."""
    session.execute(
        commands.DeleteBandwidthPackage(package_id=request.BandwidthPackageId, force=request.Force)
    )
    return {}
