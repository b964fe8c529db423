"""Elastic IP addresses of Alibaba Cloud: the actions of the VPC product, and those that ECS keeps."""

from ipaddress import ip_address, ip_network

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import ECS, VPC, models

from duolect_core.interfaces.lifecycle import AttachInterface
from duolect_dialects.alibaba.rules import PUBLIC_RANGE

BOTH = pytest.mark.parametrize("version", [VPC, ECS])
ALLOCATE, ASSOCIATE, UNASSOCIATE = "AllocateEipAddress", "AssociateEipAddress", "UnassociateEipAddress"
RELEASE, MODIFY, DESCRIBE = "ReleaseEipAddress", "ModifyEipAddressAttribute", "DescribeEipAddresses"
NOTHING = {"AllocationId": "", "PublicIpAddress": ""}


def allocated(account, version=VPC, **wishes):
    """Allocate an EIP; its answer is what the SDK makes of it."""
    body = account.client.call(ALLOCATE, version, **wishes)
    assert models(version).AllocateEipAddressResponseBody().from_map(body).to_map() == body
    return body


def eip(account, **wishes):
    return allocated(account, **wishes)["AllocationId"]


def listed(account, version=VPC, **criteria):
    answer = account.call(DESCRIBE, version, **criteria)
    found = answer["EipAddresses"]["EipAddress"]
    assert len(found) <= answer["TotalCount"]
    return found


def show(account, eip_id, version=VPC):
    (shown,) = listed(account, version, AllocationId=eip_id)
    return shown


def associate(account, eip_id, target, **more):
    kind = "EcsInstance" if target.startswith("i-") else "NetworkInterface"
    params = {"AllocationId": eip_id, "InstanceId": target, "InstanceType": kind, **more}
    account.call(ASSOCIATE, VPC, **params)


def bound(account, target, **more):
    """Return an EIP that is associated."""
    eip_id = eip(account)
    associate(account, eip_id, target, **more)
    account.wait()
    assert show(account, eip_id)["Status"] == "InUse"
    return eip_id


def two_addresses(account):
    """Return the id of an interface, and its primary and its secondary address."""
    interface_id = account.create_interface(SecondaryPrivateIpAddressCount=1)
    held = account.describe_interface(interface_id)["PrivateIpSets"]["PrivateIpSet"]
    return interface_id, *(each["PrivateIpAddress"] for each in held)


# -- allocating --------------------------------------------------------------------------------------------


@BOTH
def test_an_eip_is_available_at_once(account, version):
    body = allocated(account, version)
    assert ip_address(body["EipAddress"]) in ip_network(str(PUBLIC_RANGE))
    shown = show(account, body["AllocationId"], version)
    assert (shown["Status"], shown["IpAddress"]) == ("Available", body["EipAddress"])
    assert (shown["Bandwidth"], shown["InternetChargeType"]) == ("5", "PayByBandwidth")
    assert (shown["ChargeType"], shown["AllocationTime"]) == ("PostPaid", "2026-09-21T14:13:23Z")
    assert (shown["InstanceId"], shown["InstanceType"]) == ("", "")


def test_what_an_eip_is_allocated_with_is_shown(account):
    eip_id = eip(
        account,
        Name="web",
        Description="front",
        Bandwidth="200",
        InternetChargeType="PayByTraffic",
        ISP="BGP_PRO",
        Netmode="public",
        ResourceGroupId="rg-1",
        SecurityProtectionTypes=["AntiDDoS_Enhanced"],
        Zone="cn-hangzhou-h",
        Tag=[{"Key": "team", "Value": "net"}],
    )
    shown = show(account, eip_id)
    assert (shown["Name"], shown["Description"], shown["Bandwidth"]) == ("web", "front", "200")
    assert (shown["InternetChargeType"], shown["ISP"]) == ("PayByTraffic", "BGP_PRO")
    assert (shown["ResourceGroupId"], shown["Zone"]) == ("rg-1", "cn-hangzhou-h")
    assert shown["SecurityProtectionTypes"] == {"SecurityProtectionType": ["AntiDDoS_Enhanced"]}
    assert shown["Tags"] == {"Tag": [{"Key": "team", "Value": "net"}]}


def test_a_subscription_is_told_by_its_order_and_cannot_be_released_or_widened(account):
    body = allocated(account, InstanceChargeType="PrePaid", Bandwidth="1000", Period=1, AutoPay=True)
    assert set(body) == {"RequestId", "AllocationId", "OrderId"}
    assert show(account, body["AllocationId"])["ChargeType"] == "PrePaid"
    for action, more in ((RELEASE, {}), (MODIFY, {"Bandwidth": "1"})):
        refused = account.refusal(action, VPC, AllocationId=body["AllocationId"], **more)
        assert refused == ("Forbidden.ChargeTypeIsPrepaid", 400)
    account.call(MODIFY, VPC, AllocationId=body["AllocationId"], Name="named")


def test_a_certain_address_can_be_had_when_it_is_free(account):
    wanted = str(PUBLIC_RANGE[77])
    assert allocated(account, IpAddress=wanted)["EipAddress"] == wanted
    for taken in (wanted, "8.8.8.8"):
        assert account.refusal(ALLOCATE, VPC, IpAddress=taken) == ("ReserveIpFail", 400)


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ({"Bandwidth": "0"}, "InvalidBandwidth.Malformed"),
        ({"Bandwidth": "fast"}, "InvalidBandwidth.Malformed"),
        ({"Bandwidth": "501"}, "InvalidBandwidth.Malformed"),
        ({"Bandwidth": "201", "InternetChargeType": "PayByTraffic"}, "InvalidBandwidth.Malformed"),
        ({"Bandwidth": "1001", "InstanceChargeType": "PrePaid"}, "InvalidBandwidth.Malformed"),
        ({"InternetChargeType": "Free"}, "InvalidParameter"),
        ({"InternetChargeType": "PayByTraffic", "InstanceChargeType": "PrePaid"}, "InvalidParameter"),
        ({"ISP": "PigeonPost"}, "InvalidParameter"),
        ({"Name": "http://x"}, "InvalidParameter"),
        ({"Description": "d" * 257}, "InvalidParameter"),
        ({"IpAddress": "8.8.8"}, "InvalidParameter"),
        ({"InstanceId": "eip-1"}, "UnsupportedParameter"),
        ({"PublicIpAddressPoolId": "pippool-1"}, "UnsupportedParameter"),
    ],
)
def test_a_wrong_wish_is_refused(account, wishes, code):
    assert account.refusal(ALLOCATE, VPC, **wishes) == (code, 400)


def test_an_account_has_as_many_eips_as_its_quota():
    account = AlibabaAccount.furnished(quotas={"public_addresses": 1})
    eip(account)
    assert account.refusal(ALLOCATE, VPC) == ("QuotaExceeded.Eip", 400)


@BOTH
def test_a_token_allocates_once(account, version):
    first, again = (allocated(account, version, ClientToken="once") for _ in range(2))
    assert first["AllocationId"] == again["AllocationId"]
    refused = account.refusal(ALLOCATE, version, ClientToken="once", Bandwidth="7")
    assert refused == ("IdempotentParameterMismatch", 400)


# -- associating -------------------------------------------------------------------------------------------


def test_an_eip_is_associated_with_an_instance(account):
    instance = account.add_instance()
    eip_id = eip(account, Bandwidth="8")
    associate(account, eip_id, instance.id)
    assert show(account, eip_id)["Status"] == "Associating"
    (before,) = account.describe_instances()
    assert before["EipAddress"]["AllocationId"] == ""
    account.wait()
    shown = show(account, eip_id)
    assert (shown["Status"], shown["InstanceId"]) == ("InUse", instance.id)
    assert (shown["InstanceType"], shown["InstanceRegionId"]) == ("EcsInstance", "cn-hangzhou")
    (described,) = account.describe_instances()
    assert described["EipAddress"] == {
        "AllocationId": eip_id,
        "IpAddress": shown["IpAddress"],
        "Bandwidth": 8,
        "InternetChargeType": "PayByBandwidth",
        "IsSupportUnassociate": True,
    }
    (primary,) = described["VpcAttributes"]["PrivateIpAddress"]["IpAddress"]
    assert (shown["PrivateIpAddress"], shown["VpcId"]) == (primary, account.network.id)


def test_an_eip_is_associated_with_one_address_of_an_interface(account):
    interface_id, primary, secondary = two_addresses(account)
    eip_id = bound(account, interface_id, PrivateIpAddress=secondary)
    shown = show(account, eip_id)
    assert (shown["InstanceId"], shown["InstanceType"]) == (interface_id, "NetworkInterface")
    assert shown["PrivateIpAddress"] == secondary
    found = account.describe_interface(interface_id)
    assert found["AssociatedPublicIp"] == NOTHING
    here = {"AllocationId": eip_id, "PublicIpAddress": shown["IpAddress"]}
    assert [each["AssociatedPublicIp"] for each in found["PrivateIpSets"]["PrivateIpSet"]] == [
        NOTHING,
        here,
    ]
    other = bound(account, interface_id)
    assert show(account, other)["PrivateIpAddress"] == primary
    assert account.describe_interface(interface_id)["AssociatedPublicIp"]["AllocationId"] == other
    attribute = account.client.call("DescribeNetworkInterfaceAttribute", NetworkInterfaceId=interface_id)
    assert attribute["AssociatedPublicIp"]["AllocationId"] == other


@BOTH
def test_an_instance_is_what_an_eip_is_associated_with_by_default(account, version):
    instance, eip_id = account.add_instance(), eip(account)
    account.call(ASSOCIATE, version, AllocationId=eip_id, InstanceId=instance.id)
    account.wait()
    assert show(account, eip_id)["InstanceId"] == instance.id
    account.call(UNASSOCIATE, version, AllocationId=eip_id)
    assert show(account, eip_id)["Status"] == "Unassociating"
    assert account.describe_instances()[0]["EipAddress"]["AllocationId"] == eip_id
    account.wait()
    assert show(account, eip_id)["Status"] == "Available"


def test_the_primary_address_of_an_instance_may_be_named(account):
    instance, eip_id = account.add_instance(), eip(account)
    primary = account.describe_instances()[0]["VpcAttributes"]["PrivateIpAddress"]["IpAddress"][0]
    named = {"AllocationId": eip_id, "InstanceId": instance.id}
    refused = account.refusal(ASSOCIATE, VPC, PrivateIpAddress="10.0.0.77", **named)
    assert refused == ("InvalidParameter", 400)
    account.call(ASSOCIATE, VPC, PrivateIpAddress=primary, **named)


def associating(account, **changes):
    params = {"AllocationId": eip(account), "InstanceId": account.add_instance().id}
    return {**params, **changes}


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"AllocationId": "eip-absent"}, "InvalidAllocationId.NotFound", 404),
        ({"InstanceId": "i-absent"}, "InvalidInstanId.NotFound", 404),
        (
            {"InstanceId": "eni-absent", "InstanceType": "NetworkInterface"},
            "InvalidInstanId.NotFound",
            404,
        ),
        ({"InstanceType": "Toaster"}, "InvalidInstanceType.ValueNotSupported", 400),
        ({"InstanceType": "Nat"}, "InvalidInstanceType.ValueNotSupported", 400),
        ({"Mode": "BINDED"}, "UnsupportedParameter", 400),
        ({"Mode": "Sticky"}, "InvalidParameter", 400),
        ({"PrivateIpAddress": "10.0.0"}, "InvalidParameter", 400),
    ],
)
def test_a_wrong_association_is_refused(account, changes, code, status):
    assert account.refusal(ASSOCIATE, VPC, **associating(account, **changes)) == (code, status)


def test_only_an_available_eip_is_associated(account):
    params = associating(account)
    account.call(ASSOCIATE, VPC, **params)
    assert account.refusal(ASSOCIATE, VPC, **params) == ("IncorrectEipStatus", 400)
    account.wait()
    assert account.refusal(ASSOCIATE, VPC, **params) == ("IncorrectEipStatus", 400)
    again = {**params, "AllocationId": eip(account)}
    assert account.refusal(ASSOCIATE, VPC, **again) == ("InvalidAssociation.Duplicated", 400)


def test_an_address_of_an_interface_has_one_eip(account):
    interface_id, *_ = two_addresses(account)
    bound(account, interface_id)
    named = {"InstanceId": interface_id, "InstanceType": "NetworkInterface", "AllocationId": eip(account)}
    refused = account.refusal(ASSOCIATE, VPC, **named)
    assert refused == ("ResourceAlreadyAssociated.IpAddress", 400)
    refused = account.refusal(ASSOCIATE, VPC, PrivateIpAddress="10.0.0.200", **named)
    assert refused == ("InvalidParameter", 400)


def test_the_state_of_the_target_counts(account):
    eip_id, interface_id = eip(account), two_addresses(account)[0]
    booting = {"AllocationId": eip_id, "InstanceId": account.add_starting_instance().id}
    assert account.refusal(ASSOCIATE, VPC, **booting) == ("IncorrectInstanceStatus", 400)
    account.wait()
    bond = bound(account, interface_id)
    account.execute(AttachInterface(interface_id=interface_id, instance_id=booting["InstanceId"]))
    attaching = {"InstanceId": interface_id, "InstanceType": "NetworkInterface", "AllocationId": eip_id}
    assert account.refusal(ASSOCIATE, VPC, **attaching) == ("InvalidStatus.EniStatusNotSupport", 400)
    refused = account.refusal(UNASSOCIATE, VPC, AllocationId=bond)
    assert refused == ("InvalidStatus.EniStatusNotSupport", 400)


def test_a_primary_interface_is_associated_by_its_instance_only(account):
    instance = account.add_instance()
    primary = account.partition.graph.primary_interfaces[instance.id]
    params = {"AllocationId": eip(account), "InstanceId": primary, "InstanceType": "NetworkInterface"}
    assert account.refusal(ASSOCIATE, VPC, **params) == ("InvalidParameter.EniInstanceId", 400)


@pytest.mark.parametrize("action", [ASSOCIATE, UNASSOCIATE])
def test_a_token_associates_and_unassociates_once(account, action):
    params = associating(account)
    if action == UNASSOCIATE:
        account.call(ASSOCIATE, VPC, **params)
        account.wait()
    for _ in range(2):
        account.call(action, VPC, ClientToken="once", **params)


# -- unassociating, releasing, modifying -------------------------------------------------------------------


def test_what_is_said_of_the_association_must_be_true(account):
    interface_id, primary, secondary = two_addresses(account)
    eip_id = bound(account, interface_id)
    for wrong in (
        {"InstanceId": "i-1"},
        {"InstanceType": "EcsInstance"},
        {"InstanceType": "Nat"},
        {"PrivateIpAddress": secondary},
    ):
        refused = account.refusal(UNASSOCIATE, VPC, AllocationId=eip_id, **wrong)
        assert refused == ("InvalidBindInstance.NotFound", 404)
    right = {"InstanceId": interface_id, "InstanceType": "NetworkInterface", "PrivateIpAddress": primary}
    account.call(UNASSOCIATE, VPC, AllocationId=eip_id, Force=True, **right)


def test_only_an_eip_in_use_is_unassociated(account):
    assert account.refusal(UNASSOCIATE, VPC, AllocationId="eip-absent") == (
        "InvalidAllocationId.NotFound",
        404,
    )
    assert account.refusal(UNASSOCIATE, VPC, AllocationId=eip(account)) == ("IncorrectEipStatus", 400)


@BOTH
def test_a_released_eip_is_gone(account, version):
    eip_id = eip(account)
    account.call(RELEASE, version, AllocationId=eip_id)
    assert show(account, eip_id)["Status"] == "Releasing"
    assert account.refusal(RELEASE, version, AllocationId=eip_id) == ("IncorrectEipStatus", 400)
    account.wait()
    assert listed(account, AllocationId=eip_id) == []
    assert account.refusal(RELEASE, version, AllocationId=eip_id) == ("InvalidAllocationId.NotFound", 404)


def test_an_eip_in_use_is_not_released(account):
    eip_id = bound(account, account.add_instance().id)
    assert account.refusal(RELEASE, VPC, AllocationId=eip_id) == ("IncorrectEipStatus", 400)


def test_an_eip_outlives_what_it_is_associated_with(account):
    interface_id, _, secondary = two_addresses(account)
    mine, its, second = (
        bound(account, account.add_instance().id),
        bound(account, interface_id),
        bound(account, interface_id, PrivateIpAddress=secondary),
    )
    account.call(
        "UnassignPrivateIpAddresses", NetworkInterfaceId=interface_id, PrivateIpAddress=[secondary]
    )
    assert show(account, second)["Status"] == "Available"
    assert show(account, its)["Status"] == "InUse"
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.call("DeleteInstance", InstanceId=show(account, mine)["InstanceId"], Force=True)
    account.wait()
    assert {each["Status"] for each in listed(account)} == {"Available"}


def test_name_description_and_bandwidth_can_be_modified(account):
    eip_id = eip(account, Name="a", InternetChargeType="PayByTraffic")
    account.call(MODIFY, VPC, AllocationId=eip_id, Name="b", Description="d", Bandwidth="200")
    shown = show(account, eip_id)
    assert (shown["Name"], shown["Description"], shown["Bandwidth"]) == ("b", "d", "200")
    account.call(MODIFY, ECS, AllocationId=eip_id, Bandwidth="7")
    assert show(account, eip_id)["EipBandwidth"] == "7"
    for bandwidth in ("201", "x"):
        refused = account.refusal(MODIFY, VPC, AllocationId=eip_id, Bandwidth=bandwidth)
        assert refused == ("InvalidParameter", 400)
    assert account.refusal(MODIFY, VPC, AllocationId="eip-1") == ("InvalidAllocationId.NotFound", 404)
    associate(account, eip_id, account.add_instance().id)
    assert account.refusal(MODIFY, VPC, AllocationId=eip_id, Name="c") == ("IncorrectEipStatus", 400)


# -- describing --------------------------------------------------------------------------------------------


def test_eips_are_found_by_what_they_are(account):
    instance = account.add_instance()
    interface_id, *_ = two_addresses(account)
    used, on_card = bound(account, instance.id), bound(account, interface_id)
    plain = eip(account, Name="n", ISP="BGP_PRO", ResourceGroupId="rg-1", Tag=[{"Key": "k", "Value": "v"}])
    safe = eip(account, SecurityProtectionTypes=["AntiDDoS_Enhanced"], InstanceChargeType="PrePaid")
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
