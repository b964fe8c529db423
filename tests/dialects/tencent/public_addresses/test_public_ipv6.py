"""Public IPv6 addresses of Tencent Cloud: classic ones, which interfaces have, and elastic ones."""

import pytest
from tests.dialects.tencent.public_addresses.eips import result

ABSENT = "eipv6-absent00"


@pytest.fixture
def place(account):
    """Return an interface and its two IPv6 addresses."""
    params = account.ipv6_interface_params()
    interface_id = account.create_interface(**params)
    account.call("AssignIpv6Addresses", NetworkInterfaceId=interface_id, Ipv6AddressCount=2)
    account.wait()
    (shown,) = account.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])[
        "NetworkInterfaceSet"
    ]
    return interface_id, [each["Address"] for each in shown["Ipv6AddressSet"]]


def classic(account, *ips, **params):
    reply = account.call("AllocateIp6AddressesBandwidth", Ip6Addresses=list(ips), **params)
    account.wait()
    assert result(account, reply) == "SUCCESS"
    return reply["AddressSet"]


def elastic(account, **params):
    reply = account.call("AllocateIPv6Addresses", **params)
    account.wait()
    assert result(account, reply) == "SUCCESS"
    return reply["AddressSet"]


def bound(account, interface_id, ip, **params):
    (address_id,) = elastic(account, **params)
    where = {"NetworkInterfaceId": interface_id, "PrivateIPv6Address": ip}
    account.call("AssociateIPv6Address", IPv6AddressId=address_id, **where)
    account.wait()
    return address_id


def listed(account, *ids, action="DescribeIPv6Addresses", **params):
    key = "Ip6AddressIds" if action == "DescribeIp6Addresses" else "IPv6AddressIds"
    reply = account.call(action, **{key: list(ids) or None}, **params)
    assert reply["TotalCount"] >= len(reply["AddressSet"])
    return reply["AddressSet"]


def matching(account, name, *values, action="DescribeIPv6Addresses", **params):
    filters = [{"Name": name, "Values": list(values)}]
    return [each["AddressId"] for each in listed(account, action=action, Filters=filters, **params)]


def package(account):
    package_id = account.call("CreateBandwidthPackage", NetworkType="BGP")["BandwidthPackageId"]
    account.wait()
    return package_id


# -- classic ones ------------------------------------------------------------------------------------------


def test_an_address_becomes_a_public_one_by_its_bandwidth(account, place):
    interface_id, (ip, _) = place
    reply = account.call("AllocateIp6AddressesBandwidth", Ip6Addresses=[ip], InternetMaxBandwidthOut=5)
    (address_id,) = reply["AddressSet"]
    (shown,) = listed(account, address_id, action="DescribeIp6Addresses")
    assert (shown["AddressStatus"], result(account, reply)) == ("CREATING", "RUNNING")
    account.wait()
    (shown,) = listed(account, address_id, action="DescribeIp6Addresses")
    assert (shown["AddressStatus"], shown["AddressType"]) == ("BIND_ENI", "EIP6")
    assert (shown["AddressIp"], shown["PrivateAddressIp"]) == (ip, ip)
    assert (shown["Bandwidth"], shown["InternetChargeType"]) == (5, "TRAFFIC_POSTPAID_BY_HOUR")
    assert (shown["NetworkInterfaceId"], shown["InstanceType"]) == (interface_id, "ENI")
    assert listed(account, address_id) == [shown]
    assert listed(account) == []
    assert listed(account, Traditional=True) == [shown]
    assert matching(account, "address-type", "EIP6") == [address_id]
    assert matching(account, "address-type", "EIP6", "EIPv6") == [address_id]


def test_its_bandwidth_changes_and_goes(account, place):
    _, (ip, other) = place
    first, second = classic(account, ip, other, Tags=[{"Key": "k", "Value": "v"}])
    params = {"Ip6AddressIds": [first], "InternetMaxBandwidthOut": 20}
    reply = account.call("ModifyIp6AddressesBandwidth", **params)
    account.wait()
    assert result(account, reply) == "SUCCESS"
    assert listed(account, first)[0]["Bandwidth"] == 20
    reply = account.call("ReleaseIp6AddressesBandwidth", Ip6Addresses=[ip])
    assert listed(account, first)[0]["AddressStatus"] == "OFFLINING"
    account.wait()
    (shown,) = listed(account, action="DescribeIp6Addresses")
    assert (shown["AddressId"], shown["TagSet"]) == (second, [{"Key": "k", "Value": "v"}])


def test_filters_of_classic_ones(account, place):
    interface_id, (ip, other) = place
    first, second = classic(account, ip, other)
    find = lambda name, *values: matching(account, name, *values, action="DescribeIp6Addresses")  # noqa: E731
    assert find("address-ip", ip, "nothing") == [first]
    assert find("network-interface-id", interface_id) == [second, first]
    both = {"Ip6AddressIds": [first], "Filters": [{"Name": "address-ip", "Values": [ip]}]}
    assert account.refusal("DescribeIp6Addresses", **both) == "InvalidParameter"
    unknown = [{"Name": "nothing", "Values": ["a"]}]
    assert account.refusal("DescribeIp6Addresses", Filters=unknown) == "InvalidParameter.InvalidFilter"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Ip6Addresses": ["nothing"]}, "InvalidParameterValue.InvalidIpv6"),
        ({"Ip6Addresses": ["2001:db8::1"]}, "InvalidParameterValue.AddressIpNotFound"),
        ({"Ip6Addresses": []}, "MissingParameter"),
        ({"InternetMaxBandwidthOut": 101}, "InvalidParameterValue.BandwidthOutOfRange"),
        ({"BandwidthPackageId": "bwp-absent00"}, "InvalidParameterValue.BandwidthPackageNotFound"),
    ],
)
def test_what_is_wrong_with_classic_bandwidth(account, place, changes, code):
    params = {"Ip6Addresses": [place[1][0]], **changes}
    assert account.refusal("AllocateIp6AddressesBandwidth", **params) == code


def test_an_address_has_bandwidth_once(account, place):
    _, (ip, other) = place
    (address_id,) = classic(account, ip)
    refused = account.refusal
    params = {"Ip6Addresses": [ip]}
    assert refused("AllocateIp6AddressesBandwidth", **params) == "InvalidParameterValue.AddressPublished"
    twice = {"Ip6Addresses": [other, other]}
    assert refused("AllocateIp6AddressesBandwidth", **twice) == "InvalidParameterValue.Malformed"
    none = {"Ip6Addresses": [other]}
    assert refused("ReleaseIp6AddressesBandwidth", **none) == "InvalidParameterValue.AddressIpNotFound"
    both = {"Ip6Addresses": [ip], "Ip6AddressIds": [address_id]}
    assert refused("ReleaseIp6AddressesBandwidth", **both) == "InvalidParameter.Coexist"
    assert refused("ReleaseIp6AddressesBandwidth") == "MissingParameter"
    absent = {"Ip6AddressIds": ["eip-absent00"], "InternetMaxBandwidthOut": 2}
    assert refused("ModifyIp6AddressesBandwidth", **absent) == "InvalidAddressId.NotFound"
    much = {"Ip6AddressIds": [address_id], "InternetMaxBandwidthOut": 101}
    assert refused("ModifyIp6AddressesBandwidth", **much) == "InvalidParameterValue.BandwidthOutOfRange"


def test_public_ones_go_with_their_private_address(account, place):
    interface_id, (ip, other) = place
    classic(account, ip)
    elastic_id = bound(account, interface_id, other)
    leaving = [{"Address": each} for each in (ip, other)]
    account.call("UnassignIpv6Addresses", NetworkInterfaceId=interface_id, Ipv6Addresses=leaving)
    account.wait()
    assert listed(account, Traditional=True) == []
    (shown,) = listed(account, elastic_id)
    assert (shown["AddressStatus"], shown["NetworkInterfaceId"]) == ("UNBIND", None)


# -- elastic ones ------------------------------------------------------------------------------------------


def test_an_elastic_one_is_bound_and_unbound(account, place):
    interface_id, (ip, _) = place
    named = {"AddressName": "web", "InternetMaxBandwidthOut": 10, "Tags": [{"Key": "k", "Value": "v"}]}
    reply = account.call("AllocateIPv6Addresses", **named)
    (address_id,) = reply["AddressSet"]
    assert address_id.startswith("eipv6-")
    assert listed(account, address_id)[0]["AddressStatus"] == "CREATING"
    account.wait()
    where = {"NetworkInterfaceId": interface_id, "PrivateIPv6Address": ip}
    account.call("AssociateIPv6Address", IPv6AddressId=address_id, **where)
    assert listed(account, address_id)[0]["AddressStatus"] == "BINDING"
    account.wait()
    (shown,) = listed(account)
    assert (shown["AddressStatus"], shown["AddressName"], shown["Bandwidth"]) == ("BIND_ENI", "web", 10)
    assert (shown["PrivateAddressIp"], shown["NetworkInterfaceId"]) == (ip, interface_id)
    assert (shown["AddressType"], shown["Egress"]) == ("EIPv6", "CENTER_EGRESS_1")
    assert shown["TagSet"] == [{"Key": "k", "Value": "v"}]
    released = {"IPv6AddressIds": [address_id]}
    assert account.refusal("ReleaseIPv6Addresses", **released) == "InvalidAddressState"
    account.call("DisassociateIPv6Address", IPv6AddressId=address_id)
    assert listed(account, address_id)[0]["AddressStatus"] == "UNBINDING"
    account.wait()
    assert listed(account, address_id)[0]["AddressStatus"] == "UNBIND"
    account.call("ReleaseIPv6Addresses", **released)
    account.wait()
    assert listed(account) == []


def test_filters_of_elastic_ones(account, place):
    interface_id, (ip, _) = place
    address_id = bound(account, interface_id, ip, AddressName="web", Tags=[{"Key": "k", "Value": "v"}])
    elastic(account)
    (shown,) = listed(account, address_id)
    for name, value in (
        ("address-id", address_id),
        ("public-ipv6-address", shown["AddressIp"]),
        ("private-ipv6-address", ip),
        ("network-interface-id", interface_id),
        ("address-status", "BIND_ENI"),
        ("address-name", "web"),
        ("tag-key", "k"),
        ("tag-value", "v"),
        ("tag:k", "v"),
    ):
        assert matching(account, name, value) == [address_id], name
    for name, value in (
        ("charge-type", "TRAFFIC_POSTPAID_BY_HOUR"),
        ("egress", "CENTER_EGRESS_1"),
        ("address-type", "EIPv6"),
        ("address-isp", "BGP"),
    ):
        assert len(matching(account, name, value)) == 2, name
    assert matching(account, "instance-id", "ins-absent00") == []


def test_an_elastic_one_changes_its_name_and_bandwidth(account, place):
    (address_id,) = elastic(account)
    (other,) = classic(account, place[1][0])
    account.call("ModifyIPv6AddressesAttributes", IPv6AddressIds=[address_id, other], IPv6AddressName="n")
    account.call("ModifyIPv6AddressesAttributes", IPv6AddressIds=[address_id], EipVisibleOnEni=True)
    account.call("ModifyIPv6AddressesBandwidth", IPv6AddressIds=[address_id], InternetMaxBandwidthOut=7)
    shown = {each["AddressId"]: each for each in listed(account, address_id, other)}
    assert [shown[each]["AddressName"] for each in (address_id, other)] == ["n", "n"]
    assert (shown[address_id]["Bandwidth"], shown[address_id]["EipVisibleOnEni"]) == (7, True)
    seen = {"IPv6AddressIds": [other], "EipVisibleOnEni": True}
    code = "InvalidParameterValue.TraditionalIPv6VisibleOnEniNotSupported"
    assert account.refusal("ModifyIPv6AddressesAttributes", **seen) == code
    much = {"IPv6AddressIds": [address_id], "InternetMaxBandwidthOut": 101}
    code = "InvalidParameterValue.BandwidthOutOfRange"
    assert account.refusal("ModifyIPv6AddressesBandwidth", **much) == code
    absent = {"IPv6AddressIds": [ABSENT], "InternetMaxBandwidthOut": 1}
    assert account.refusal("ModifyIPv6AddressesBandwidth", **absent) == "InvalidAddressId.NotFound"


def test_what_cannot_be_bound(account, place):
    interface_id, (ip, other) = place
    classic(account, ip)
    (address_id,) = elastic(account)
    good = {
        "IPv6AddressId": address_id,
        "NetworkInterfaceId": interface_id,
        "PrivateIPv6Address": other,
    }
    refused = lambda **changes: account.refusal("AssociateIPv6Address", **{**good, **changes})  # noqa: E731
    assert refused(PrivateIPv6Address=ip) == "InvalidPrivateIpAddress.AlreadyBindEip"
    code = "InvalidParameterValue.PrivateIpAddressNotMatch"
    assert refused(PrivateIPv6Address="nothing") == code
    assert refused(PrivateIPv6Address="2001:db8::1") == code
    assert refused(PrivateIPv6Address=None) == "MissingParameter"
    assert refused(IPv6AddressId=ABSENT) == "InvalidAddressId.NotFound"
    assert refused(NetworkInterfaceId="eni-absent00") == "InvalidNetworkInterfaceId.NotFound"
    assert refused(InstanceId="ins-absent00") == "InvalidParameterConflict"
    alone = {"NetworkInterfaceId": None, "PrivateIPv6Address": None}
    assert refused(**alone) == "InvalidParameterValue.MissingAssociateEntity"
    assert refused(**alone, InstanceId="ins-absent00") == "InvalidInstanceId.NotFound"
    unbound = {"IPv6AddressId": address_id}
    assert account.refusal("DisassociateIPv6Address", **unbound) == "InvalidAddressIdStatus.NotPermit"
    account.call("AssociateIPv6Address", **good)
    account.wait()
    published = {"Ip6Addresses": [other]}
    code = "InvalidPrivateIpAddress.AlreadyBindEip"
    assert account.refusal("AllocateIp6AddressesBandwidth", **published) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"AddressCount": 21}, "InvalidParameterValue.Range"),
        ({"InternetMaxBandwidthOut": 101}, "InvalidParameterValue.BandwidthOutOfRange"),
        ({"Egress": "elsewhere"}, "InvalidParameterValue.InvalidEgress"),
        ({"BandwidthPackageId": "bwp-absent00"}, "InvalidParameterValue.BandwidthPackageNotFound"),
    ],
)
def test_what_is_wrong_with_an_elastic_one(account, changes, code):
    assert account.refusal("AllocateIPv6Addresses", **changes) == code


# -- packages ----------------------------------------------------------------------------------------------


def test_public_ipv6_addresses_share_a_package(account, place):
    package_id, (ip, _) = package(account), place[1]
    (born,) = elastic(account, BandwidthPackageId=package_id, InternetMaxBandwidthOut=500)
    (later,) = classic(account, ip)
    account.call("AddBandwidthPackageResources", BandwidthPackageId=package_id, ResourceIds=[later])
    found = account.call("DescribeBandwidthPackageResources", BandwidthPackageId=package_id)
    assert [each["ResourceId"] for each in found["ResourceSet"]] == [later, born]
    filters = [{"Name": "address-ip", "Values": [ip]}]
    found = account.call(
        "DescribeBandwidthPackageResources", BandwidthPackageId=package_id, Filters=filters
    )
    assert [each["AddressIp"] for each in found["ResourceSet"]] == [ip]
    (shown,) = account.call("DescribeBandwidthPackages", BandwidthPackageIds=[package_id])[
        "BandwidthPackageSet"
    ]
    assert {each["ResourceId"] for each in shown["ResourceSet"]} == {born, later}
    assert {each["InternetChargeType"] for each in listed(account, born, later)} == {"BANDWIDTH_PACKAGE"}
    in_use = {"BandwidthPackageId": package_id}
    code = "InvalidParameterValue.BandwidthPackageInUse"
    assert account.refusal("DeleteBandwidthPackage", **in_use) == code
    leaving = {"BandwidthPackageId": package_id, "ResourceIds": [born, later]}
    account.call("RemoveBandwidthPackageResources", **leaving)
    assert {each["BandwidthPackageId"] for each in listed(account, born, later)} == {None}
    account.call("DeleteBandwidthPackage", BandwidthPackageId=package_id)
