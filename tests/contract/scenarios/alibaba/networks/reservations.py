"""How users call the actions on reserved CIDR blocks of vSwitches with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, vpc_models


def _rows(account: SdkAccount, **criteria: Any) -> Any:
    request = vpc_models.ListVSwitchCidrReservationsRequest(region_id=REGION, **criteria)
    return account.vpc.list_vswitch_cidr_reservations(request).v_switch_cidr_reservations


def _statuses(account: SdkAccount, reservation_id: str) -> list[str]:
    return [each.status for each in _rows(account, v_switch_cidr_reservation_ids=[reservation_id])]


def _new(account: SdkAccount) -> str:
    request = vpc_models.CreateVSwitchCidrReservationRequest(
        region_id=REGION,
        v_switch_id=account.vswitch_id,
        v_switch_cidr_reservation_mask="28",
        v_switch_cidr_reservation_name="pods",
        v_switch_cidr_reservation_type="Prefix",
        tag=[vpc_models.CreateVSwitchCidrReservationRequestTag(key="k", value="v")],
    )
    created = account.vpc.create_vswitch_cidr_reservation(request)
    reservation_id: str = created.v_switch_cidr_reservation_id
    poll(lambda: _statuses(account, reservation_id), ["Assigned"])
    return reservation_id


def create_vswitch_cidr_reservation(account: SdkAccount) -> None:
    (shown,) = _rows(account, v_switch_cidr_reservation_ids=[_new(account)])
    assert (shown.v_switch_cidr_reservation_name, shown.type, shown.ip_version) == (
        "pods",
        "Prefix",
        "IPv4",
    )
    assert (shown.v_switch_id, shown.vpc_id) == (account.vswitch_id, account.vpc_id)
    assert (shown.assigned_cidr_count, shown.available_cidr_count) == (0, 1)


def list_vswitch_cidr_reservations(account: SdkAccount) -> None:
    reservation_id = _new(account)
    tags = [vpc_models.ListVSwitchCidrReservationsRequestTags(key="k", value="v")]
    (shown,) = _rows(account, v_switch_id=account.vswitch_id, ip_version="IPv4", tags=tags)
    assert shown.v_switch_cidr_reservation_id == reservation_id
    assert [(tag.key, tag.value) for tag in shown.tags] == [("k", "v")]


def get_vswitch_cidr_reservation_usage(account: SdkAccount) -> None:
    request = vpc_models.GetVSwitchCidrReservationUsageRequest(
        region_id=REGION, v_switch_cidr_reservation_id=_new(account)
    )
    usage = account.vpc.get_vswitch_cidr_reservation_usage(request)
    assert (usage.total_count, usage.cidr_reservation_usages) == (0, [])


def modify_vswitch_cidr_reservation_attribute(account: SdkAccount) -> None:
    reservation_id = _new(account)
    request = vpc_models.ModifyVSwitchCidrReservationAttributeRequest(
        region_id=REGION,
        v_switch_cidr_reservation_id=reservation_id,
        v_switch_cidr_reservation_name="renamed",
    )
    account.vpc.modify_vswitch_cidr_reservation_attribute(request)
    (shown,) = _rows(account, v_switch_cidr_reservation_ids=[reservation_id])
    assert shown.v_switch_cidr_reservation_name == "renamed"


def delete_vswitch_cidr_reservation(account: SdkAccount) -> None:
    reservation_id = _new(account)
    request = vpc_models.DeleteVSwitchCidrReservationRequest(
        region_id=REGION, v_switch_cidr_reservation_id=reservation_id
    )
    account.vpc.delete_vswitch_cidr_reservation(request)
    poll(lambda: _statuses(account, reservation_id), [])
