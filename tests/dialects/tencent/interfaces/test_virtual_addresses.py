"""HAVIPs: created in a subnet, associated with instances and interfaces, bound to EIPs."""

import pytest

ASSOCIATE, DISASSOCIATE = "AssociateHaVipInstance", "DisassociateHaVipInstance"
BIND, UNBIND = "HaVipAssociateAddressIp", "HaVipDisassociateAddressIp"


def params(account, **changes):
    place = {"VpcId": account.network.id, "SubnetId": account.subnet.id}
    return {"HaVipName": "name", **place, **changes}


def create(account, **changes):
    return account.call("CreateHaVip", **params(account, **changes))["HaVip"]


def shown(account, *ids, **filters):
    named = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
    return account.call("DescribeHaVips", HaVipIds=list(ids), Filters=named)["HaVipSet"]


def association(havip_id, instance_id, kind="CVM"):
    return {"HaVipId": havip_id, "InstanceId": instance_id, "InstanceType": kind}


def allocate(account):
    (address_id,) = account.call("AllocateAddresses")["AddressSet"]
    account.wait()
    return address_of(account, address_id)


def address_of(account, address_id):
    (found,) = account.call("DescribeAddresses", AddressIds=[address_id])["AddressSet"]
    return found


# -- creating, describing, deleting --------------------------------------------------------------------


def test_a_havip_is_created_and_shown(account):
    made = create(account, Vip="10.0.0.77", CheckAssociate=True, Tags=[{"Key": "k", "Value": "v"}])
    assert made == {
        "HaVipId": made["HaVipId"],
        "HaVipName": "name",
        "Vip": "10.0.0.77",
        "VpcId": account.network.id,
        "SubnetId": account.subnet.id,
        "NetworkInterfaceId": "",
        "InstanceId": "",
        "AddressIp": "",
        "State": "UNBIND",
        "CreatedTime": made["CreatedTime"],
        "Business": "",
        "HaVipAssociationSet": [],
        "CheckAssociate": True,
        "CdcId": "",
        "FlushedTime": "0000-00-00 00:00:00",
        "TagSet": [{"Key": "k", "Value": "v"}],
    }
    assert shown(account, made["HaVipId"]) == [made]


def test_it_is_put_on_an_interface(account):
    instance = account.add_instance()
    interface_id = account.create_interface()
    account.attach(interface_id, instance)
    made = create(account, NetworkInterfaceId=interface_id)
    assert (made["State"], made["InstanceId"]) == ("AVAILABLE", instance.id)
    assert made["NetworkInterfaceId"] == interface_id


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"VpcId": "vpc-absent00"}, "ResourceNotFound"),
        ({"SubnetId": "subnet-absent00"}, "ResourceNotFound"),
        ({"SubnetId": None}, "MissingParameter"),
        ({"Vip": "10.9.9.9"}, "InvalidParameterValue.Range"),
        ({"Vip": "10.0.0.0"}, "InvalidParameterValue.Reserved"),
        ({"Vip": "10.0.0"}, "InvalidParameterValue.Malformed"),
        ({"NetworkInterfaceId": "eni-absent00"}, "ResourceNotFound"),
        ({"HaVipName": "n" * 61}, "InvalidParameterValue.TooLong"),
        ({"HaVipAssociationSet": [{"InstanceId": "ins-absent00"}]}, "ResourceNotFound"),
        ({"HaVipAssociationSet": [{"InstanceId": "i"}] * 11}, "InvalidParameterValue.LimitExceeded"),
    ],
)
def test_a_wrong_creation_is_refused(account, changes, code):
    assert account.refusal("CreateHaVip", **params(account, **changes)) == code


def test_it_takes_an_address_of_its_subnet(account):
    (before,) = account.call("DescribeSubnets", SubnetIds=[account.subnet.id])["SubnetSet"]
    made = create(account, Vip="10.0.0.77")
    assert account.refusal("CreateHaVip", **params(account, Vip="10.0.0.77")) == "ResourceInUse"
    (after,) = account.call("DescribeSubnets", SubnetIds=[account.subnet.id])["SubnetSet"]
    assert after["AvailableIpAddressCount"] == before["AvailableIpAddressCount"] - 1
    place = {"VpcId": account.network.id}
    (used,) = account.call("DescribeUsedIpAddress", **place, IpAddresses=["10.0.0.77"])["IpAddressStates"]
    assert (used["ResourceType"], used["ResourceId"]) == ("HAVIP", made["HaVipId"])
    private = account.call("DescribeVpcPrivateIpAddresses", **place, PrivateIpAddresses=["10.0.0.77"])
    (found,) = private["VpcPrivateIpAddressSet"]
    assert found["PrivateIpAddressType"] == "HAVIP"
    in_subnet = account.call("DescribeUsedIpAddress", **place, SubnetId=account.subnet.id)
    assert in_subnet["TotalCount"] == 1
    (counted,) = account.call("DescribeSubnetResourceDashboard", SubnetIds=[account.subnet.id])[
        "ResourceStatisticsSet"
    ]
    assert counted["ResourceStatisticsItemSet"] == [
        {"ResourceType": "HAVIP", "ResourceName": "HAVIP", "ResourceCount": 1}
    ]
    assert account.refusal("DeleteSubnet", SubnetId=account.subnet.id) == "ResourceInUse"
    assert account.refusal("DeleteVpc", VpcId=account.network.id) == "ResourceInUse"


def test_an_address_of_another_vpc_is_not_used_here(account):
    create(account, Vip="10.0.0.77")
    other = account.add_network()
    answer = account.call("DescribeVpcPrivateIpAddresses", VpcId=other.id, PrivateIpAddresses=["10.0.0.77"])
    assert answer["VpcPrivateIpAddressSet"] == []


def test_a_subnet_of_another_vpc_is_refused(account):
    other = account.add_network()
    code = account.refusal("CreateHaVip", **params(account, VpcId=other.id))
    assert code == "UnsupportedOperation.SubnetNotExists"


def test_there_are_ten_in_a_vpc(account):
    for _ in range(10):
        create(account)
    assert account.refusal("CreateHaVip", **params(account)) == "LimitExceeded"
    (limit,) = account.call("DescribeVpcLimits", LimitTypes=["vpc-max-havips"])["VpcLimitSet"]
    assert limit["LimitValue"] == 10


def test_it_is_renamed_and_deleted(account):
    havip_id = create(account)["HaVipId"]
    account.call("ModifyHaVipAttribute", HaVipId=havip_id, HaVipName="other")
    assert shown(account, havip_id)[0]["HaVipName"] == "other"
    account.call("DeleteHaVip", HaVipId=havip_id)
    assert shown(account) == []
    for action in ("ModifyHaVipAttribute", "DeleteHaVip"):
        assert account.refusal(action, HaVipId=havip_id) == "ResourceNotFound"
    assert account.refusal("DeleteHaVip", HaVipId="havip") == "InvalidParameterValue.Malformed"


def test_they_are_chosen_by_filters(account):
    instance = account.add_instance()
    one = create(account, Vip="10.0.0.77", HaVipName="one", CheckAssociate=True)
    create(account, HaVipName="two")
    account.call(ASSOCIATE, HaVipAssociationSet=[association(one["HaVipId"], instance.id)])
    eip = allocate(account)
    account.call(BIND, HaVipId=one["HaVipId"], AddressIp=eip["AddressIp"])
    for filters in (
        {"havip_id": one["HaVipId"]},
        {"havip_name": "one"},
        {"vip": "10.0.0.77"},
        {"address_ip": eip["AddressIp"]},
        {"havip_association.instance_id": instance.id},
        {"havip_association.instance_type": "CVM"},
        {"check_associate": "true"},
        {"vpc_id": account.network.id, "subnet_id": account.subnet.id, "havip_name": "one"},
    ):
        assert [found["HaVipName"] for found in shown(account, **filters)] == ["one"], filters
    for nothing in (
        {"vip": "none"},
        {"address_ip": "198.18.0.1" if eip["AddressIp"] != "198.18.0.1" else "198.18.0.2"},
        {"havip_association.instance_type": "ENI"},
        {"cdc_id": "cluster-1"},
        {"type": "GWLB"},
        {"termination_protection": "true"},
        {"traffic_protection": "true"},
    ):
        assert shown(account, **nothing) == [], nothing
    assert len(shown(account, type="NORMAL", termination_protection="false")) == 2
    wrong = account.refusal("DescribeHaVips", Filters=[{"Name": "color", "Values": ["red"]}])
    assert wrong == "InvalidParameter.FilterInvalidKey"
    many = account.refusal("DescribeHaVips", Filters=[{"Name": "vip", "Values": ["a"] * 6}])
    assert many == "InvalidParameterValue.LimitExceeded"


# -- associating ---------------------------------------------------------------------------------------


def test_instances_and_interfaces_are_associated(account):
    instance, interface_id = account.add_instance(), account.create_interface()
    first = create(account, HaVipAssociationSet=[{"InstanceId": instance.id}])["HaVipId"]
    second = create(account)["HaVipId"]
    given = [
        association(first, interface_id, "ENI"),
        association(second, interface_id, "ENI"),
        association(second, instance.id),
    ]
    account.call(ASSOCIATE, HaVipAssociationSet=given)
    assert shown(account, second)[0]["HaVipAssociationSet"] == given[1:]
    assert shown(account, first)[0]["HaVipAssociationSet"] == [association(first, instance.id), given[0]]
    account.call(DISASSOCIATE, HaVipAssociationSet=given)
    assert shown(account, second)[0]["HaVipAssociationSet"] == []
    account.call("DeleteHaVip", HaVipId=first)


def test_a_wrong_association_is_refused(account):
    havip_id, instance = create(account)["HaVipId"], account.add_instance()
    elsewhere = account.add_instance(account.add_subnet(block="10.0.1.0/24"))

    def refused(*given, action=ASSOCIATE):
        return account.refusal(action, HaVipAssociationSet=list(given))

    good = association(havip_id, instance.id)
    assert refused() == "MissingParameter"
    assert refused({"InstanceId": instance.id}) == "MissingParameter"
    assert refused(*[good] * 11) == "InvalidParameterValue.LimitExceeded"
    assert refused(association("havip-absent00", instance.id)) == "ResourceNotFound"
    assert refused(association(havip_id, "ins-absent00")) == "ResourceNotFound"
    assert refused(association(havip_id, "eni-absent00", "ENI")) == "ResourceNotFound"
    assert refused(association(havip_id, elsewhere.id)) == "InvalidParameterValue"
    assert refused(good, good) == "InvalidParameterValue.DuplicatedHaVipAssociations"
    assert refused(good, action=DISASSOCIATE) == "InvalidParameterValue"
    starting = account.add_starting_instance()
    assert refused(association(havip_id, starting.id)) == "InvalidParameterValue"
    twice = params(account, HaVipAssociationSet=[{"InstanceId": instance.id}] * 2)
    assert account.refusal("CreateHaVip", **twice) == "InvalidParameterValue.Duplicate"


# -- EIPs and routes -----------------------------------------------------------------------------------


def test_an_eip_is_bound_and_unbound(account):
    made, eip = create(account), allocate(account)
    havip_id, ip = made["HaVipId"], eip["AddressIp"]
    task = account.call(BIND, HaVipId=havip_id, AddressIp=ip)["RequestId"]
    assert account.call("DescribeVpcTaskResult", TaskId=task)["Status"] == "RUNNING"
    busy = "UnsupportedOperation.MutexOperationTaskRunning"
    assert account.refusal(UNBIND, HaVipId=havip_id) == busy
    account.wait()
    bound = address_of(account, eip["AddressId"])
    assert (bound["AddressStatus"], bound["InstanceId"], bound["InstanceType"]) == (
        "BIND",
        havip_id,
        "HAVIP",
    )
    assert (bound["NetworkInterfaceId"], bound["PrivateAddressIp"]) == (None, made["Vip"])
    by_instance = [{"Name": "instance-id", "Values": [havip_id]}]
    assert account.call("DescribeAddresses", Filters=by_instance)["TotalCount"] == 1
    assert shown(account, havip_id)[0]["AddressIp"] == ip
    assert account.refusal("DeleteHaVip", HaVipId=havip_id) == "UnsupportedOperation"
    direct = account.refusal(
        "ModifyAddressAttribute", AddressId=eip["AddressId"], EipDirectConnection="TRUE"
    )
    assert direct == "UnsupportedOperation.AddressStatusNotPermit"
    account.call(UNBIND, HaVipId=havip_id)
    account.wait()
    assert address_of(account, eip["AddressId"])["InstanceId"] is None
    assert account.refusal(UNBIND, HaVipId=havip_id) == "UnsupportedOperation.UnbindEIP"


def test_a_wrong_binding_is_refused(account):
    havip_id, other, eip = create(account)["HaVipId"], create(account)["HaVipId"], allocate(account)
    absent = {"HaVipId": "havip-absent00"}
    assert account.refusal(BIND, **absent, AddressIp=eip["AddressIp"]) == "ResourceNotFound"
    assert account.refusal(UNBIND, **absent) == "ResourceNotFound"
    assert account.refusal(BIND, HaVipId=havip_id, AddressIp="8.8.8.8") == "ResourceNotFound"
    malformed = account.refusal(BIND, HaVipId=havip_id, AddressIp="8.8")
    assert malformed == "InvalidParameterValue.Malformed"
    account.call(BIND, HaVipId=havip_id, AddressIp=eip["AddressIp"])
    busy = "UnsupportedOperation.MutexOperationTaskRunning"
    assert account.refusal(BIND, HaVipId=other, AddressIp=eip["AddressIp"]) == busy
    account.wait()
    taken = account.refusal(BIND, HaVipId=other, AddressIp=eip["AddressIp"])
    assert taken == "UnsupportedOperation.BindEIP"
    full = account.refusal(BIND, HaVipId=havip_id, AddressIp=allocate(account)["AddressIp"])
    assert full == "UnsupportedOperation.BindEIP"


@pytest.mark.parametrize("name", ["HaVipId", "Vip"])
def test_a_route_leads_to_it(account, name):
    made = create(account)
    table = {"RouteTableId": account.network.route_table_id}
    route = {"DestinationCidrBlock": "172.16.0.0/16", "GatewayType": "HAVIP", "GatewayId": made[name]}
    absent = [{**route, "GatewayId": "havip-absent00"}]
    code = account.refusal("CreateRoutes", **table, Routes=absent)
    assert code == "InvalidParameterValue.RouteNextHopInvalid"
    account.call("CreateRoutes", **table, Routes=[route])
    account.call("DeleteHaVip", HaVipId=made["HaVipId"])


def test_it_is_tagged(account):
    havip_id = create(account)["HaVipId"]
    name = f"qcs::vpc:ap-guangzhou::havip/{havip_id}"
    account.call("TagResources", ResourceList=[name], Tags=[{"TagKey": "k", "TagValue": "v"}])
    assert shown(account, havip_id)[0]["TagSet"] == [{"Key": "k", "Value": "v"}]
    assert (
        len(account.call("DescribeHaVips", Filters=[{"Name": "tag:k", "Values": ["v"]}])["HaVipSet"]) == 1
    )
