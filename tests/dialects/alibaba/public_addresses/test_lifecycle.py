"""Elastic IP addresses of Alibaba Cloud: the actions of the VPC product, and those that ECS keeps."""

from ipaddress import ip_address, ip_network

import pytest
from tests.dialects.alibaba.town import ECS, VPC, Town, models

from duolect_core.interfaces.lifecycle import AttachInterface
from duolect_dialects.alibaba.rules import PUBLIC_RANGE

BOTH = pytest.mark.parametrize("version", [VPC, ECS])
ALLOCATE, ASSOCIATE, UNASSOCIATE = "AllocateEipAddress", "AssociateEipAddress", "UnassociateEipAddress"
RELEASE, MODIFY, DESCRIBE = "ReleaseEipAddress", "ModifyEipAddressAttribute", "DescribeEipAddresses"
NOTHING = {"AllocationId": "", "PublicIpAddress": ""}


@pytest.fixture
def town():
    return Town()


def allocated(town, version=VPC, **wishes):
    """Allocate an EIP; its answer is what the SDK makes of it."""
    body = town.client.call(ALLOCATE, version, **wishes)
    assert models(version).AllocateEipAddressResponseBody().from_map(body).to_map() == body
    return body


def eip(town, **wishes):
    return allocated(town, **wishes)["AllocationId"]


def listed(town, version=VPC, **criteria):
    answer = town.ask(DESCRIBE, version, **criteria)
    found = answer["EipAddresses"]["EipAddress"]
    assert len(found) <= answer["TotalCount"]
    return found


def show(town, eip_id, version=VPC):
    (shown,) = listed(town, version, AllocationId=eip_id)
    return shown


def associate(town, eip_id, target, **more):
    kind = "EcsInstance" if target.startswith("i-") else "NetworkInterface"
    params = {"AllocationId": eip_id, "InstanceId": target, "InstanceType": kind, **more}
    town.ask(ASSOCIATE, VPC, **params)


def bound(town, target, **more):
    """Return an EIP that is associated."""
    eip_id = eip(town)
    associate(town, eip_id, target, **more)
    town.wait()
    assert show(town, eip_id)["Status"] == "InUse"
    return eip_id


def two_addresses(town):
    """Return the id of an interface, and its primary and its secondary address."""
    interface_id = town.interface(SecondaryPrivateIpAddressCount=1)
    held = town.show(interface_id)["PrivateIpSets"]["PrivateIpSet"]
    return interface_id, *(each["PrivateIpAddress"] for each in held)


# -- allocating --------------------------------------------------------------------------------------------


@BOTH
def test_an_eip_is_available_at_once(town, version):
    body = allocated(town, version)
    assert ip_address(body["EipAddress"]) in ip_network(str(PUBLIC_RANGE))
    shown = show(town, body["AllocationId"], version)
    assert (shown["Status"], shown["IpAddress"]) == ("Available", body["EipAddress"])
    assert (shown["Bandwidth"], shown["InternetChargeType"]) == ("5", "PayByBandwidth")
    assert (shown["ChargeType"], shown["AllocationTime"]) == ("PostPaid", "2026-09-21T14:13:23Z")
    assert (shown["InstanceId"], shown["InstanceType"]) == ("", "")


def test_what_an_eip_is_allocated_with_is_shown(town):
    eip_id = eip(
        town,
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
    shown = show(town, eip_id)
    assert (shown["Name"], shown["Description"], shown["Bandwidth"]) == ("web", "front", "200")
    assert (shown["InternetChargeType"], shown["ISP"]) == ("PayByTraffic", "BGP_PRO")
    assert (shown["ResourceGroupId"], shown["Zone"]) == ("rg-1", "cn-hangzhou-h")
    assert shown["SecurityProtectionTypes"] == {"SecurityProtectionType": ["AntiDDoS_Enhanced"]}
    assert shown["Tags"] == {"Tag": [{"Key": "team", "Value": "net"}]}


def test_a_subscription_is_told_by_its_order_and_cannot_be_released_or_widened(town):
    body = allocated(town, InstanceChargeType="PrePaid", Bandwidth="1000", Period=1, AutoPay=True)
    assert set(body) == {"RequestId", "AllocationId", "OrderId"}
    assert show(town, body["AllocationId"])["ChargeType"] == "PrePaid"
    for action, more in ((RELEASE, {}), (MODIFY, {"Bandwidth": "1"})):
        refused = town.refused(action, VPC, AllocationId=body["AllocationId"], **more)
        assert refused == ("Forbidden.ChargeTypeIsPrepaid", 400)
    town.ask(MODIFY, VPC, AllocationId=body["AllocationId"], Name="named")


def test_a_certain_address_can_be_had_when_it_is_free(town):
    wanted = str(PUBLIC_RANGE[77])
    assert allocated(town, IpAddress=wanted)["EipAddress"] == wanted
    for taken in (wanted, "8.8.8.8"):
        assert town.refused(ALLOCATE, VPC, IpAddress=taken) == ("ReserveIpFail", 400)


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
def test_a_wrong_wish_is_refused(town, wishes, code):
    assert town.refused(ALLOCATE, VPC, **wishes) == (code, 400)


def test_an_account_has_as_many_eips_as_its_quota():
    town = Town(quotas={"public_addresses": 1})
    eip(town)
    assert town.refused(ALLOCATE, VPC) == ("QuotaExceeded.Eip", 400)


@BOTH
def test_a_token_allocates_once(town, version):
    first, again = (allocated(town, version, ClientToken="once") for _ in range(2))
    assert first["AllocationId"] == again["AllocationId"]
    refused = town.refused(ALLOCATE, version, ClientToken="once", Bandwidth="7")
    assert refused == ("IdempotentParameterMismatch", 400)


# -- associating -------------------------------------------------------------------------------------------


def test_an_eip_is_associated_with_an_instance(town):
    instance = town.instance()
    eip_id = eip(town, Bandwidth="8")
    associate(town, eip_id, instance.id)
    assert show(town, eip_id)["Status"] == "Associating"
    (before,) = town.instances()
    assert before["EipAddress"]["AllocationId"] == ""
    town.wait()
    shown = show(town, eip_id)
    assert (shown["Status"], shown["InstanceId"]) == ("InUse", instance.id)
    assert (shown["InstanceType"], shown["InstanceRegionId"]) == ("EcsInstance", "cn-hangzhou")
    (described,) = town.instances()
    assert described["EipAddress"] == {
        "AllocationId": eip_id,
        "IpAddress": shown["IpAddress"],
        "Bandwidth": 8,
        "InternetChargeType": "PayByBandwidth",
        "IsSupportUnassociate": True,
    }
    (primary,) = described["VpcAttributes"]["PrivateIpAddress"]["IpAddress"]
    assert (shown["PrivateIpAddress"], shown["VpcId"]) == (primary, town.network.id)


def test_an_eip_is_associated_with_one_address_of_an_interface(town):
    interface_id, primary, secondary = two_addresses(town)
    eip_id = bound(town, interface_id, PrivateIpAddress=secondary)
    shown = show(town, eip_id)
    assert (shown["InstanceId"], shown["InstanceType"]) == (interface_id, "NetworkInterface")
    assert shown["PrivateIpAddress"] == secondary
    found = town.show(interface_id)
    assert found["AssociatedPublicIp"] == NOTHING
    here = {"AllocationId": eip_id, "PublicIpAddress": shown["IpAddress"]}
    assert [each["AssociatedPublicIp"] for each in found["PrivateIpSets"]["PrivateIpSet"]] == [
        NOTHING,
        here,
    ]
    other = bound(town, interface_id)
    assert show(town, other)["PrivateIpAddress"] == primary
    assert town.show(interface_id)["AssociatedPublicIp"]["AllocationId"] == other
    attribute = town.client.call("DescribeNetworkInterfaceAttribute", NetworkInterfaceId=interface_id)
    assert attribute["AssociatedPublicIp"]["AllocationId"] == other


@BOTH
def test_an_instance_is_what_an_eip_is_associated_with_by_default(town, version):
    instance, eip_id = town.instance(), eip(town)
    town.ask(ASSOCIATE, version, AllocationId=eip_id, InstanceId=instance.id)
    town.wait()
    assert show(town, eip_id)["InstanceId"] == instance.id
    town.ask(UNASSOCIATE, version, AllocationId=eip_id)
    assert show(town, eip_id)["Status"] == "Unassociating"
    assert town.instances()[0]["EipAddress"]["AllocationId"] == eip_id
    town.wait()
    assert show(town, eip_id)["Status"] == "Available"


def test_the_primary_address_of_an_instance_may_be_named(town):
    instance, eip_id = town.instance(), eip(town)
    primary = town.instances()[0]["VpcAttributes"]["PrivateIpAddress"]["IpAddress"][0]
    named = {"AllocationId": eip_id, "InstanceId": instance.id}
    refused = town.refused(ASSOCIATE, VPC, PrivateIpAddress="10.0.0.77", **named)
    assert refused == ("InvalidParameter", 400)
    town.ask(ASSOCIATE, VPC, PrivateIpAddress=primary, **named)


def associating(town, **changes):
    params = {"AllocationId": eip(town), "InstanceId": town.instance().id}
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
def test_a_wrong_association_is_refused(town, changes, code, status):
    assert town.refused(ASSOCIATE, VPC, **associating(town, **changes)) == (code, status)


def test_only_an_available_eip_is_associated(town):
    params = associating(town)
    town.ask(ASSOCIATE, VPC, **params)
    assert town.refused(ASSOCIATE, VPC, **params) == ("IncorrectEipStatus", 400)
    town.wait()
    assert town.refused(ASSOCIATE, VPC, **params) == ("IncorrectEipStatus", 400)
    again = {**params, "AllocationId": eip(town)}
    assert town.refused(ASSOCIATE, VPC, **again) == ("InvalidAssociation.Duplicated", 400)


def test_an_address_of_an_interface_has_one_eip(town):
    interface_id, *_ = two_addresses(town)
    bound(town, interface_id)
    named = {"InstanceId": interface_id, "InstanceType": "NetworkInterface", "AllocationId": eip(town)}
    refused = town.refused(ASSOCIATE, VPC, **named)
    assert refused == ("ResourceAlreadyAssociated.IpAddress", 400)
    refused = town.refused(ASSOCIATE, VPC, PrivateIpAddress="10.0.0.200", **named)
    assert refused == ("InvalidParameter", 400)


def test_the_state_of_the_target_counts(town):
    eip_id, interface_id = eip(town), two_addresses(town)[0]
    booting = {"AllocationId": eip_id, "InstanceId": town.booting().id}
    assert town.refused(ASSOCIATE, VPC, **booting) == ("IncorrectInstanceStatus", 400)
    town.wait()
    bond = bound(town, interface_id)
    town.do(AttachInterface(interface_id=interface_id, instance_id=booting["InstanceId"]))
    attaching = {"InstanceId": interface_id, "InstanceType": "NetworkInterface", "AllocationId": eip_id}
    assert town.refused(ASSOCIATE, VPC, **attaching) == ("InvalidStatus.EniStatusNotSupport", 400)
    refused = town.refused(UNASSOCIATE, VPC, AllocationId=bond)
    assert refused == ("InvalidStatus.EniStatusNotSupport", 400)


def test_a_primary_interface_is_associated_by_its_instance_only(town):
    instance = town.instance()
    primary = town.partition.graph.primary_interfaces[instance.id]
    params = {"AllocationId": eip(town), "InstanceId": primary, "InstanceType": "NetworkInterface"}
    assert town.refused(ASSOCIATE, VPC, **params) == ("InvalidParameter.EniInstanceId", 400)


@pytest.mark.parametrize("action", [ASSOCIATE, UNASSOCIATE])
def test_a_token_associates_and_unassociates_once(town, action):
    params = associating(town)
    if action == UNASSOCIATE:
        town.ask(ASSOCIATE, VPC, **params)
        town.wait()
    for _ in range(2):
        town.ask(action, VPC, ClientToken="once", **params)


# -- unassociating, releasing, modifying -------------------------------------------------------------------


def test_what_is_said_of_the_association_must_be_true(town):
    interface_id, primary, secondary = two_addresses(town)
    eip_id = bound(town, interface_id)
    for wrong in (
        {"InstanceId": "i-1"},
        {"InstanceType": "EcsInstance"},
        {"InstanceType": "Nat"},
        {"PrivateIpAddress": secondary},
    ):
        refused = town.refused(UNASSOCIATE, VPC, AllocationId=eip_id, **wrong)
        assert refused == ("InvalidBindInstance.NotFound", 404)
    right = {"InstanceId": interface_id, "InstanceType": "NetworkInterface", "PrivateIpAddress": primary}
    town.ask(UNASSOCIATE, VPC, AllocationId=eip_id, Force=True, **right)


def test_only_an_eip_in_use_is_unassociated(town):
    assert town.refused(UNASSOCIATE, VPC, AllocationId="eip-absent") == (
        "InvalidAllocationId.NotFound",
        404,
    )
    assert town.refused(UNASSOCIATE, VPC, AllocationId=eip(town)) == ("IncorrectEipStatus", 400)


@BOTH
def test_a_released_eip_is_gone(town, version):
    eip_id = eip(town)
    town.ask(RELEASE, version, AllocationId=eip_id)
    assert show(town, eip_id)["Status"] == "Releasing"
    assert town.refused(RELEASE, version, AllocationId=eip_id) == ("IncorrectEipStatus", 400)
    town.wait()
    assert listed(town, AllocationId=eip_id) == []
    assert town.refused(RELEASE, version, AllocationId=eip_id) == ("InvalidAllocationId.NotFound", 404)


def test_an_eip_in_use_is_not_released(town):
    eip_id = bound(town, town.instance().id)
    assert town.refused(RELEASE, VPC, AllocationId=eip_id) == ("IncorrectEipStatus", 400)


def test_an_eip_outlives_what_it_is_associated_with(town):
    interface_id, _, secondary = two_addresses(town)
    mine, its, second = (
        bound(town, town.instance().id),
        bound(town, interface_id),
        bound(town, interface_id, PrivateIpAddress=secondary),
    )
    town.ask("UnassignPrivateIpAddresses", NetworkInterfaceId=interface_id, PrivateIpAddress=[secondary])
    assert show(town, second)["Status"] == "Available"
    assert show(town, its)["Status"] == "InUse"
    town.ask("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    town.ask("DeleteInstance", InstanceId=show(town, mine)["InstanceId"], Force=True)
    town.wait()
    assert {each["Status"] for each in listed(town)} == {"Available"}


def test_name_description_and_bandwidth_can_be_modified(town):
    eip_id = eip(town, Name="a", InternetChargeType="PayByTraffic")
    town.ask(MODIFY, VPC, AllocationId=eip_id, Name="b", Description="d", Bandwidth="200")
    shown = show(town, eip_id)
    assert (shown["Name"], shown["Description"], shown["Bandwidth"]) == ("b", "d", "200")
    town.ask(MODIFY, ECS, AllocationId=eip_id, Bandwidth="7")
    assert show(town, eip_id)["EipBandwidth"] == "7"
    for bandwidth in ("201", "x"):
        refused = town.refused(MODIFY, VPC, AllocationId=eip_id, Bandwidth=bandwidth)
        assert refused == ("InvalidParameter", 400)
    assert town.refused(MODIFY, VPC, AllocationId="eip-1") == ("InvalidAllocationId.NotFound", 404)
    associate(town, eip_id, town.instance().id)
    assert town.refused(MODIFY, VPC, AllocationId=eip_id, Name="c") == ("IncorrectEipStatus", 400)


# -- describing --------------------------------------------------------------------------------------------


def test_eips_are_found_by_what_they_are(town):
    instance = town.instance()
    interface_id, *_ = two_addresses(town)
    used, on_card = bound(town, instance.id), bound(town, interface_id)
    plain = eip(town, Name="n", ISP="BGP_PRO", ResourceGroupId="rg-1", Tag=[{"Key": "k", "Value": "v"}])
    safe = eip(town, SecurityProtectionTypes=["AntiDDoS_Enhanced"], InstanceChargeType="PrePaid")
    everything = [safe, plain, on_card, used]
    addresses = {each["AllocationId"]: each["IpAddress"] for each in listed(town)}
    primary = town.partition.graph.primary_interfaces[instance.id]
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
        assert [each["AllocationId"] for each in listed(town, **criteria)] == found, criteria
    assert [each["AllocationId"] for each in listed(town, ECS, ChargeType="PostPaid")] == everything[1:]


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
def test_a_wrong_criterion_is_refused(town, criteria):
    assert town.refused(DESCRIBE, VPC, **criteria) == ("InvalidParameter", 400)


def test_a_filter_without_a_key_narrows_nothing(town):
    eip_id = eip(town)
    assert listed(town, Filter=[{"Value": "2027-01-01T00:00Z"}])[0]["AllocationId"] == eip_id


def test_a_dry_run_only_checks(town):
    assert town.refused(DESCRIBE, VPC, DryRun=True) == ("DryRunOperation", 400)


def test_instances_are_found_by_their_eips(town):
    instance, _ = town.instance(), town.instance()
    address = show(town, bound(town, instance.id))["IpAddress"]
    found = town.instances(EipAddresses=f'["{address}"]')
    assert [each["InstanceId"] for each in found] == [instance.id]
    loose = show(town, eip(town))["IpAddress"]
    assert town.instances(EipAddresses=f'["{loose}", "8.8.8.8"]') == []
