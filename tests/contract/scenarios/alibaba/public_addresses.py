"""How users call the actions on elastic IP addresses with Alibaba Cloud's SDK, in both products."""

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models, vpc_models


def _eip(account: SdkAccount) -> str:
    allocation_id, address = account.allocate_eip()
    assert address.count(".") == 3
    return allocation_id


def _status(account: SdkAccount, allocation_id: str) -> str | None:
    shown = account.describe_eip(allocation_id)
    return None if shown is None else shown.status


def _associated(account: SdkAccount) -> str:
    """Associate an EIP with an interface, as a user does who waits for it."""
    allocation_id = _eip(account)
    account.vpc.associate_eip_address(
        vpc_models.AssociateEipAddressRequest(
            region_id=REGION,
            allocation_id=allocation_id,
            instance_id=account.interface_id,
            instance_type="NetworkInterface",
        )
    )
    poll(lambda: _status(account, allocation_id), "InUse")
    return allocation_id


def vpc_allocate_eip_address(account: SdkAccount) -> None:
    assert _status(account, _eip(account)) == "Available"


def vpc_associate_eip_address(account: SdkAccount) -> None:
    shown = account.describe_eip(_associated(account))
    assert (shown.instance_id, shown.instance_type) == (account.interface_id, "NetworkInterface")
    (interface,) = account.describe_interfaces()
    assert interface.associated_public_ip.public_ip_address == shown.ip_address


def vpc_unassociate_eip_address(account: SdkAccount) -> None:
    allocation_id = _associated(account)
    account.vpc.unassociate_eip_address(
        vpc_models.UnassociateEipAddressRequest(region_id=REGION, allocation_id=allocation_id)
    )
    poll(lambda: _status(account, allocation_id), "Available")


def vpc_release_eip_address(account: SdkAccount) -> None:
    allocation_id = _eip(account)
    account.vpc.release_eip_address(
        vpc_models.ReleaseEipAddressRequest(region_id=REGION, allocation_id=allocation_id)
    )
    poll(lambda: _status(account, allocation_id), None)


def vpc_modify_eip_address_attribute(account: SdkAccount) -> None:
    allocation_id = _eip(account)
    account.vpc.modify_eip_address_attribute(
        vpc_models.ModifyEipAddressAttributeRequest(
            region_id=REGION, allocation_id=allocation_id, name="shop", bandwidth="20"
        )
    )
    shown = account.describe_eip(allocation_id)
    assert (shown.name, shown.bandwidth, shown.service_managed) == ("shop", "20", 0)


def vpc_describe_eip_addresses(account: SdkAccount) -> None:
    first, second = _eip(account), _eip(account)
    page = account.vpc.describe_eip_addresses(
        vpc_models.DescribeEipAddressesRequest(region_id=REGION, page_size=1, page_number=2)
    )
    assert (page.total_count, page.page_size) == (2, 1)
    assert [each.allocation_id for each in page.eip_addresses.eip_address] == [first]
    assert first != second


def _ecs_eip(account: SdkAccount) -> str:
    request = ecs_models.AllocateEipAddressRequest(region_id=REGION, internet_charge_type="PayByTraffic")
    allocation_id: str = account.ecs.allocate_eip_address(request).allocation_id
    return allocation_id


def ecs_allocate_eip_address(account: SdkAccount) -> None:
    assert account.describe_eip(_ecs_eip(account)).internet_charge_type == "PayByTraffic"


def ecs_associate_eip_address(account: SdkAccount) -> str:
    allocation_id = _ecs_eip(account)
    account.ecs.associate_eip_address(
        ecs_models.AssociateEipAddressRequest(
            region_id=REGION, allocation_id=allocation_id, instance_id=account.instance_id
        )
    )
    poll(lambda: _status(account, allocation_id), "InUse")
    (shown,) = account.ecs.describe_instances(
        ecs_models.DescribeInstancesRequest(region_id=REGION)
    ).instances.instance
    assert shown.eip_address.allocation_id == allocation_id
    return allocation_id


def ecs_unassociate_eip_address(account: SdkAccount) -> None:
    allocation_id = ecs_associate_eip_address(account)
    account.ecs.unassociate_eip_address(
        ecs_models.UnassociateEipAddressRequest(
            region_id=REGION, allocation_id=allocation_id, instance_id=account.instance_id
        )
    )
    poll(lambda: _status(account, allocation_id), "Available")


def ecs_release_eip_address(account: SdkAccount) -> None:
    allocation_id = _ecs_eip(account)
    account.ecs.release_eip_address(
        ecs_models.ReleaseEipAddressRequest(region_id=REGION, allocation_id=allocation_id)
    )
    poll(lambda: _status(account, allocation_id), None)


def ecs_modify_eip_address_attribute(account: SdkAccount) -> None:
    allocation_id = _ecs_eip(account)
    account.ecs.modify_eip_address_attribute(
        ecs_models.ModifyEipAddressAttributeRequest(
            region_id=REGION, allocation_id=allocation_id, bandwidth="7"
        )
    )
    assert account.describe_eip(allocation_id).bandwidth == "7"


def ecs_describe_eip_addresses(account: SdkAccount) -> None:
    allocation_id = _ecs_eip(account)
    page = account.ecs.describe_eip_addresses(
        ecs_models.DescribeEipAddressesRequest(region_id=REGION, status="Available")
    )
    assert [each.allocation_id for each in page.eip_addresses.eip_address] == [allocation_id]


def modify_instance_network_spec(account: SdkAccount) -> None:
    request = ecs_models.ModifyInstanceNetworkSpecRequest(
        instance_id=account.instance_id, internet_max_bandwidth_out=5, network_charge_type="PayByTraffic"
    )
    account.ecs.modify_instance_network_spec(request)
    assert account.describe_instance(account.instance_id).internet_max_bandwidth_out == 5


def allocate_public_ip_address(account: SdkAccount) -> None:
    modify_instance_network_spec(account)
    request = ecs_models.AllocatePublicIpAddressRequest(instance_id=account.instance_id)
    given = account.ecs.allocate_public_ip_address(request).ip_address
    shown = account.describe_instance(account.instance_id)
    assert shown.public_ip_address.ip_address == [given]


def deletion_protection(account: SdkAccount) -> None:
    allocation_id = _eip(account)
    account.protect("EIP", allocation_id, on=True)
    assert account.describe_eip(allocation_id).deletion_protection is True


def modify_eip_forward_mode(account: SdkAccount) -> None:
    allocation_id = _associated(account)
    account.vpc.modify_eip_forward_mode(
        vpc_models.ModifyEipForwardModeRequest(region_id=REGION, instance_id=allocation_id, mode="NAT")
    )
    assert account.describe_eip(allocation_id).mode == "NAT"
