"""EIPs are protected against deletion, and stay in the mode NAT."""

import pytest
from tests.dialects.alibaba.public_addresses.eips import BOTH, RELEASE, bound, eip, show
from tests.dialects.alibaba.sdk_models import VPC

PROTECT, MODE = "DeletionProtection", "ModifyEipForwardMode"


@BOTH
def test_a_protected_eip_is_not_released(account, version):
    eip_id = eip(account)
    named = {"InstanceId": eip_id, "Type": "EIP"}
    account.call(PROTECT, VPC, ProtectionEnable=True, ClientToken="t", **named)
    assert show(account, eip_id)["DeletionProtection"] is True
    refused = account.refusal(RELEASE, version, AllocationId=eip_id)
    assert refused == ("InvalidOperation.DeletionProtection", 400)
    account.call(PROTECT, VPC, ProtectionEnable=False, **named)
    assert show(account, eip_id)["DeletionProtection"] is False
    account.call(RELEASE, version, AllocationId=eip_id)


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"InstanceId": "eip-absent"}, "InvalidAllocationId.NotFound", 404),
        ({"Type": "NATGW"}, "InvalidNatGatewayId.NotFound", 404),
        ({"Type": "Toaster"}, "InvalidParameter", 400),
        ({"ProtectionEnable": None}, "MissingParameter", 400),
    ],
)
def test_a_wrong_protection_is_refused(account, changes, code, status):
    good = {"InstanceId": eip(account), "Type": "EIP", "ProtectionEnable": True}
    assert account.refusal(PROTECT, VPC, **{**good, **changes}) == (code, status)


def test_the_mode_of_an_eip_of_an_interface_is_nat_and_stays_so(account):
    eip_id = bound(account, account.create_interface())
    account.call(MODE, VPC, InstanceId=eip_id, Mode="NAT")
    assert show(account, eip_id)["Mode"] == "NAT"
    assert account.refusal(MODE, VPC, InstanceId=eip_id, Mode="BINDED") == ("UnsupportedParameter", 400)
    free = account.refusal(MODE, VPC, InstanceId=eip(account), Mode="NAT")
    assert free == ("IncorrectEipStatus", 400)
    absent = account.refusal(MODE, VPC, InstanceId="eip-absent", Mode="NAT")
    assert absent == ("InvalidAllocationId.NotFound", 404)
