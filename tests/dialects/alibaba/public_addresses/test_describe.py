"""Lists of EIPs."""

import pytest
from tests.dialects.alibaba.public_addresses.eips import DESCRIBE, bound, eip, listed, show, two_addresses
from tests.dialects.alibaba.sdk_models import ECS, VPC


def test_eips_are_found_by_what_they_are(account):
    instance = account.add_instance()
    interface_id, *_ = two_addresses(account)
    used, on_card = bound(account, instance.id), bound(account, interface_id)
    plain = eip(account, Name="n", ISP="BGP_PRO", ResourceGroupId="rg-1", Tag=[{"Key": "k", "Value": "v"}])
    safe = eip(
        account, SecurityProtectionTypes=["AntiDDoS_Enhanced"], InstanceChargeType="PrePaid", Period=1
    )
    everything = [safe, plain, on_card, used]
    addresses = {each["AllocationId"]: each["IpAddress"] for each in listed(account)}
    primary = account.partition.graph.primary_interfaces[instance.id]
    for criteria, found in (
        ({}, everything),
        ({"AllocationId": f"{used},{plain},eip-absent"}, [plain, used]),
        ({"EipAddress": f"{addresses[used]},{addresses[safe]},8.8.8.8,x"}, [safe, used]),
        ({"AssociatedInstanceId": instance.id}, [used]),
        ({"AssociatedInstanceId": interface_id}, [on_card]),
        ({"AssociatedInstanceId": primary}, []),
        ({"AssociatedInstanceId": "i-absent"}, []),
        ({"AssociatedInstanceType": "NetworkInterface"}, [on_card]),
        ({"AssociatedInstanceType": "Nat"}, []),
        ({"Status": "Available"}, [safe, plain]),
        ({"Status": "InUse", "AssociatedInstanceType": "EcsInstance"}, [used]),
        ({"ChargeType": "PrePaid"}, [safe]),
        ({"ISP": "BGP_PRO"}, [plain]),
        ({"EipName": "n"}, [plain]),
        ({"ResourceGroupId": "rg-1"}, [plain]),
        ({"Tag": [{"Key": "k", "Value": "v"}]}, [plain]),
        ({"Tag": [{"Key": "k", "Value": "w"}]}, []),
        ({"SecurityProtectionEnabled": True}, [safe]),
        ({"ServiceManaged": True}, []),
        ({"ServiceManaged": False, "IncludeReservationData": True}, everything),
        ({"LockReason": "financial"}, []),
        ({"PublicIpAddressPoolId": "pippool-1"}, []),
        ({"SegmentInstanceId": "eipsg-1"}, []),
        ({"Filter": [{"Key": "CreationStartTime", "Value": "2026-09-21T14:13Z"}]}, everything),
        ({"Filter": [{"Key": "CreationStartTime", "Value": "2027-01-01T00:00Z"}]}, []),
        ({"Filter": [{"Key": "CreationEndTime", "Value": "2026-09-21T14:13Z"}]}, []),
        ({"PageSize": 1, "PageNumber": 2}, [plain]),
    ):
        assert [each["AllocationId"] for each in listed(account, **criteria)] == found, criteria
    assert [each["AllocationId"] for each in listed(account, ECS, ChargeType="PostPaid")] == everything[1:]


@pytest.mark.parametrize(
    "criteria",
    [
        {"Status": "Lost"},
        {"PageSize": 101},
        {"AllocationId": ",".join(["eip-1"] * 51)},
        {"EipAddress": ",".join(["8.8.8.8"] * 51)},
        {"Filter": [{"Key": "Age", "Value": "1"}]},
        {"Filter": [{"Key": "CreationStartTime", "Value": "yesterday"}]},
        {"Filter": [{"Value": "yesterday"}]},
    ],
)
def test_a_wrong_criterion_is_refused(account, criteria):
    assert account.refusal(DESCRIBE, VPC, **criteria) == ("InvalidParameter", 400)


def test_a_filter_without_a_key_narrows_nothing(account):
    eip_id = eip(account)
    assert listed(account, Filter=[{"Value": "2027-01-01T00:00Z"}])[0]["AllocationId"] == eip_id


def test_a_dry_run_only_checks(account):
    assert account.refusal(DESCRIBE, VPC, DryRun=True) == ("DryRunOperation", 400)


def test_instances_are_found_by_their_eips(account):
    instance, _ = account.add_instance(), account.add_instance()
    address = show(account, bound(account, instance.id))["IpAddress"]
    found = account.describe_instances(EipAddresses=f'["{address}"]')
    assert [each["InstanceId"] for each in found] == [instance.id]
    loose = show(account, eip(account))["IpAddress"]
    assert account.describe_instances(EipAddresses=f'["{loose}", "8.8.8.8"]') == []
