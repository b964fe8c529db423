"""How users call the actions on elastic IP addresses with Alibaba Cloud's SDK, in both products."""

from collections.abc import Callable
from typing import Any

from tests.contract.scenarios.alibaba import REGION, ecs_models, vpc_models
from tests.contract.watching import watch

ECS, VPC = "2014-05-26", "2016-04-28"


def _eip(scene: Any) -> str:
    request = vpc_models.AllocateEipAddressRequest(region_id=REGION, name="web", bandwidth="10")
    made = scene.vpc.allocate_eip_address(request)
    assert made.eip_address.count(".") == 3
    allocation_id: str = made.allocation_id
    return allocation_id


def _show(scene: Any, allocation_id: str) -> Any:
    request = vpc_models.DescribeEipAddressesRequest(region_id=REGION, allocation_id=allocation_id)
    found = scene.vpc.describe_eip_addresses(request).eip_addresses.eip_address
    return found[0] if found else None


def _status(scene: Any, allocation_id: str) -> str | None:
    shown = _show(scene, allocation_id)
    return None if shown is None else shown.status


def _associated(scene: Any) -> str:
    """Associate an EIP with an interface, as a user does who waits for it."""
    allocation_id = _eip(scene)
    scene.vpc.associate_eip_address(
        vpc_models.AssociateEipAddressRequest(
            region_id=REGION,
            allocation_id=allocation_id,
            instance_id=scene.interface_id,
            instance_type="NetworkInterface",
        )
    )
    watch(lambda: _status(scene, allocation_id), "InUse")
    return allocation_id


def allocate(scene: Any) -> None:
    assert _status(scene, _eip(scene)) == "Available"


def associate(scene: Any) -> None:
    shown = _show(scene, _associated(scene))
    assert (shown.instance_id, shown.instance_type) == (scene.interface_id, "NetworkInterface")
    (interface,) = scene.interfaces().network_interface_sets.network_interface_set
    assert interface.associated_public_ip.public_ip_address == shown.ip_address


def unassociate(scene: Any) -> None:
    allocation_id = _associated(scene)
    scene.vpc.unassociate_eip_address(
        vpc_models.UnassociateEipAddressRequest(region_id=REGION, allocation_id=allocation_id)
    )
    watch(lambda: _status(scene, allocation_id), "Available")


def release(scene: Any) -> None:
    allocation_id = _eip(scene)
    scene.vpc.release_eip_address(
        vpc_models.ReleaseEipAddressRequest(region_id=REGION, allocation_id=allocation_id)
    )
    watch(lambda: _status(scene, allocation_id), None)


def modify(scene: Any) -> None:
    allocation_id = _eip(scene)
    scene.vpc.modify_eip_address_attribute(
        vpc_models.ModifyEipAddressAttributeRequest(
            region_id=REGION, allocation_id=allocation_id, name="shop", bandwidth="20"
        )
    )
    shown = _show(scene, allocation_id)
    assert (shown.name, shown.bandwidth, shown.service_managed) == ("shop", "20", 0)


def describe(scene: Any) -> None:
    first, second = _eip(scene), _eip(scene)
    page = scene.vpc.describe_eip_addresses(
        vpc_models.DescribeEipAddressesRequest(region_id=REGION, page_size=1, page_number=2)
    )
    assert (page.total_count, page.page_size) == (2, 1)
    assert [each.allocation_id for each in page.eip_addresses.eip_address] == [first]
    assert first != second


def _ecs_eip(scene: Any) -> str:
    request = ecs_models.AllocateEipAddressRequest(region_id=REGION, internet_charge_type="PayByTraffic")
    allocation_id: str = scene.ecs.allocate_eip_address(request).allocation_id
    return allocation_id


def ecs_allocate(scene: Any) -> None:
    assert _show(scene, _ecs_eip(scene)).internet_charge_type == "PayByTraffic"


def ecs_associate(scene: Any) -> str:
    allocation_id = _ecs_eip(scene)
    scene.ecs.associate_eip_address(
        ecs_models.AssociateEipAddressRequest(
            region_id=REGION, allocation_id=allocation_id, instance_id=scene.instance_id
        )
    )
    watch(lambda: _status(scene, allocation_id), "InUse")
    (shown,) = scene.ecs.describe_instances(
        ecs_models.DescribeInstancesRequest(region_id=REGION)
    ).instances.instance
    assert shown.eip_address.allocation_id == allocation_id
    return allocation_id


def ecs_unassociate(scene: Any) -> None:
    allocation_id = ecs_associate(scene)
    scene.ecs.unassociate_eip_address(
        ecs_models.UnassociateEipAddressRequest(
            region_id=REGION, allocation_id=allocation_id, instance_id=scene.instance_id
        )
    )
    watch(lambda: _status(scene, allocation_id), "Available")


def ecs_release(scene: Any) -> None:
    allocation_id = _ecs_eip(scene)
    scene.ecs.release_eip_address(
        ecs_models.ReleaseEipAddressRequest(region_id=REGION, allocation_id=allocation_id)
    )
    watch(lambda: _status(scene, allocation_id), None)


def ecs_modify(scene: Any) -> None:
    allocation_id = _ecs_eip(scene)
    scene.ecs.modify_eip_address_attribute(
        ecs_models.ModifyEipAddressAttributeRequest(
            region_id=REGION, allocation_id=allocation_id, bandwidth="7"
        )
    )
    assert _show(scene, allocation_id).bandwidth == "7"


def ecs_describe(scene: Any) -> None:
    allocation_id = _ecs_eip(scene)
    page = scene.ecs.describe_eip_addresses(
        ecs_models.DescribeEipAddressesRequest(region_id=REGION, status="Available")
    )
    assert [each.allocation_id for each in page.eip_addresses.eip_address] == [allocation_id]


CALLS: dict[tuple[str, str], Callable[[Any], object]] = {
    (VPC, "AllocateEipAddress"): allocate,
    (VPC, "AssociateEipAddress"): associate,
    (VPC, "UnassociateEipAddress"): unassociate,
    (VPC, "ReleaseEipAddress"): release,
    (VPC, "ModifyEipAddressAttribute"): modify,
    (VPC, "DescribeEipAddresses"): describe,
    (ECS, "AllocateEipAddress"): ecs_allocate,
    (ECS, "AssociateEipAddress"): ecs_associate,
    (ECS, "UnassociateEipAddress"): ecs_unassociate,
    (ECS, "ReleaseEipAddress"): ecs_release,
    (ECS, "ModifyEipAddressAttribute"): ecs_modify,
    (ECS, "DescribeEipAddresses"): ecs_describe,
}
