"""How users call the actions on HaVips with Alibaba Cloud's SDK, in both products."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models, vpc_models


def _create(account: SdkAccount) -> str:
    request = vpc_models.CreateHaVipRequest(region_id=REGION, v_switch_id=account.vswitch_id, name="web")
    made = account.vpc.create_ha_vip(request)
    assert made.ip_address.startswith("10.0.0.")
    havip_id: str = made.ha_vip_id
    poll(lambda: _status(account, havip_id), "Available")
    return havip_id


def _show(account: SdkAccount, havip_id: str) -> Any:
    by_id = vpc_models.DescribeHaVipsRequestFilter(key="HaVipId", value=[havip_id])
    request = vpc_models.DescribeHaVipsRequest(region_id=REGION, filter=[by_id])
    found = account.vpc.describe_ha_vips(request).ha_vips.ha_vip
    return found[0] if found else None


def _status(account: SdkAccount, havip_id: str) -> str | None:
    shown = _show(account, havip_id)
    return None if shown is None else shown.status


def _both(account: SdkAccount, havip_id: str) -> dict[str, str]:
    return {"region_id": REGION, "ha_vip_id": havip_id, "instance_id": account.instance_id}


def _associated(account: SdkAccount) -> str:
    """Associate a HaVip with the instance, as a user does who waits for it."""
    havip_id = _create(account)
    account.vpc.associate_ha_vip(vpc_models.AssociateHaVipRequest(**_both(account, havip_id)))
    poll(lambda: _status(account, havip_id), "InUse")
    return havip_id


def vpc_create_ha_vip(account: SdkAccount) -> None:
    assert _show(account, _create(account)).v_switch_id == account.vswitch_id


def vpc_describe_ha_vips(account: SdkAccount) -> None:
    havip_id = _create(account)
    page = account.vpc.describe_ha_vips(vpc_models.DescribeHaVipsRequest(region_id=REGION))
    assert (page.total_count, page.ha_vips.ha_vip[0].ha_vip_id) == (1, havip_id)


def vpc_modify_ha_vip_attribute(account: SdkAccount) -> None:
    havip_id = _create(account)
    request = vpc_models.ModifyHaVipAttributeRequest(region_id=REGION, ha_vip_id=havip_id, name="shop")
    account.vpc.modify_ha_vip_attribute(request)
    assert _show(account, havip_id).name == "shop"


def vpc_associate_ha_vip(account: SdkAccount) -> None:
    shown = _show(account, _associated(account))
    assert shown.associated_instances.associated_instance == [account.instance_id]


def vpc_unassociate_ha_vip(account: SdkAccount) -> None:
    havip_id = _associated(account)
    account.vpc.unassociate_ha_vip(vpc_models.UnassociateHaVipRequest(**_both(account, havip_id)))
    poll(lambda: _status(account, havip_id), "Available")


def vpc_delete_ha_vip(account: SdkAccount) -> None:
    havip_id = _create(account)
    account.vpc.delete_ha_vip(vpc_models.DeleteHaVipRequest(region_id=REGION, ha_vip_id=havip_id))
    poll(lambda: _status(account, havip_id), None)


def ecs_create_ha_vip(account: SdkAccount) -> None:
    request = ecs_models.CreateHaVipRequest(region_id=REGION, v_switch_id=account.vswitch_id)
    havip_id = account.ecs.create_ha_vip(request).ha_vip_id
    poll(lambda: _status(account, havip_id), "Available")


def ecs_describe_ha_vips(account: SdkAccount) -> None:
    havip_id = _create(account)
    page = account.ecs.describe_ha_vips(ecs_models.DescribeHaVipsRequest(region_id=REGION))
    assert [each.ha_vip_id for each in page.ha_vips.ha_vip] == [havip_id]


def ecs_modify_ha_vip_attribute(account: SdkAccount) -> None:
    havip_id = _create(account)
    request = ecs_models.ModifyHaVipAttributeRequest(
        region_id=REGION, ha_vip_id=havip_id, description="of the shop"
    )
    account.ecs.modify_ha_vip_attribute(request)
    assert _show(account, havip_id).description == "of the shop"


def ecs_associate_ha_vip(account: SdkAccount) -> None:
    havip_id = _create(account)
    account.ecs.associate_ha_vip(ecs_models.AssociateHaVipRequest(**_both(account, havip_id)))
    poll(lambda: _status(account, havip_id), "InUse")


def ecs_unassociate_ha_vip(account: SdkAccount) -> None:
    havip_id = _associated(account)
    account.ecs.unassociate_ha_vip(ecs_models.UnassociateHaVipRequest(**_both(account, havip_id)))
    poll(lambda: _status(account, havip_id), "Available")


def ecs_delete_ha_vip(account: SdkAccount) -> None:
    havip_id = _create(account)
    account.ecs.delete_ha_vip(ecs_models.DeleteHaVipRequest(region_id=REGION, ha_vip_id=havip_id))
    poll(lambda: _status(account, havip_id), None)
