"""Instances that are run: what they are, and where."""

from tests.dialects.alibaba.furnished_account import AlibabaAccount


def primary(account, shown):
    return account.describe_interface(
        shown["NetworkInterfaces"]["NetworkInterface"][0]["NetworkInterfaceId"]
    )


# -- a life --------------------------------------------------------------------------------------------


def test_an_instance_is_pending_then_starting_then_running():
    account = AlibabaAccount.furnished()
    answer = account.call("RunInstances", **account.instance_params())
    assert answer["OrderId"] == ""
    assert answer["TradePrice"] == 0.0
    states = []
    for _ in range(3):
        states.append(account.describe_instances()[0]["Status"])
        account.emulator.advance(200)
    assert states == ["Pending", "Starting", "Running"]


def test_an_instance_comes_with_its_primary_interface(account):
    shown = account.run_instance()
    (interface,) = shown["NetworkInterfaces"]["NetworkInterface"]
    assert interface["Type"] == "Primary"
    assert shown["VpcAttributes"] == {
        "VpcId": account.network.id,
        "VSwitchId": account.subnet.id,
        "PrivateIpAddress": {"IpAddress": [interface["PrimaryIpAddress"]]},
        "NatIpAddress": "",
    }
    assert shown["SecurityGroupIds"] == {"SecurityGroupId": [account.group.id]}
    described = primary(account, shown)
    assert (described["Status"], described["InstanceId"]) == ("InUse", shown["InstanceId"])


def test_an_instance_shows_the_size_of_its_type(account):
    shown = account.run_instance(InstanceType="ecs.t5-lc1m2.small")
    assert (shown["Cpu"], shown["Memory"], shown["InstanceTypeFamily"]) == (1, 2048, "ecs.t5")
    assert (shown["CpuOptions"]["CoreCount"], shown["CpuOptions"]["ThreadsPerCore"]) == (1, 1)


def test_what_is_stored_is_shown_again(account):
    account.add_key_pair("pair")
    shown = account.run_instance(
        Affinity="host",
        AutoReleaseTime="2030-01-01T00:00:00Z",
        ClockOptions={"PtpStatus": "enabled"},
        CpuOptions={"Core": 2, "ThreadsPerCore": 1, "Numa": "ON"},
        CreditSpecification="Standard",
        DedicatedHostId="dh-1",
        DeletionProtection=True,
        Description="all of it",
        HibernationOptions={"Configured": True},
        HpcClusterId="hpc-1",
        HttpEndpoint="disabled",
        HttpPutResponseHopLimit=3,
        HttpTokens="required",
        ImageOptions={"LoginAsNonRoot": True},
        InstanceChargeType="PrePaid",
        Period=1,
        InternetChargeType="PayByTraffic",
        InternetMaxBandwidthIn=200,  # what Ansible sends
        IoOptimized="none",
        Isp="BGP",
        KeyPairName="pair",
        ManagedHostId="mh-1",
        PrivateDnsNameOptions={"HostnameType": "IpBased", "EnableIpDnsARecord": True},
        PrivatePoolOptions={"Id": "eap-1", "MatchCriteria": "Target"},
        ResourceGroupId="rg-1",
        SchedulerOptions={"DedicatedHostClusterId": "dc-1"},
        SecurityOptions={"EnableSecureBoot": True, "TrustedSystemMode": "vTPM"},
        SpotDuration=1,
        SpotInterruptionBehavior="Stop",
        SpotPriceLimit=0.5,
        SpotStrategy="SpotWithPriceLimit",
        Tag=[{"Key": "a", "Value": "b"}],
        Tenancy="host",
    )
    expected = {
        "AutoReleaseTime": "2030-01-01T00:00:00Z",
        "ClockOptions": {"PtpStatus": "enabled"},
        "CreditSpecification": "Standard",
        "DedicatedHostAttribute": {
            "DedicatedHostId": "dh-1",
            "DedicatedHostClusterId": "dc-1",
            "DedicatedHostName": "",
        },
        "DedicatedInstanceAttribute": {"Affinity": "host", "Tenancy": "host"},
        "DeletionProtection": True,
        "Description": "all of it",
        "EcsCapacityReservationAttr": {
            "CapacityReservationId": "eap-1",
            "CapacityReservationPreference": "Target",
        },
        "HibernationOptions": {"Configured": True},
        "HpcClusterId": "hpc-1",
        "ISP": "BGP",
        "ImageId": "m-1",
        "ImageOptions": {"LoginAsNonRoot": True},
        "InstanceChargeType": "PrePaid",
        "InternetChargeType": "PayByTraffic",
        "InternetMaxBandwidthIn": 200,
        "IoOptimized": False,
        "KeyPairName": "pair",
        "ResourceGroupId": "rg-1",
        "SecurityOptions": {"EnableSecureBoot": True},
        "SpotDuration": 1,
        "SpotInterruptionBehavior": "Stop",
        "SpotPriceLimit": 0.5,
        "SpotStrategy": "SpotWithPriceLimit",
        "Tags": {"Tag": [{"TagKey": "a", "TagValue": "b"}]},
    }
    assert {name: shown[name] for name in expected} == expected
    assert shown["AdditionalInfo"]["ManagedHostId"] == "mh-1"
    assert {"CoreCount": 2, "ThreadsPerCore": 1, "Numa": "ON"}.items() <= shown["CpuOptions"].items()
    assert shown["MetadataOptions"]["HttpTokens"] == "required"
    assert shown["PrivateDnsNameOptions"]["HostnameType"] == "IpBased"


def test_what_concerns_disks_guests_and_billing_changes_nothing(account):
    shown = account.run_instance(
        Arn=[{"RoleType": "a"}],
        AutoPay=True,
        DataDisk=[{"Size": 20, "Category": "cloud_essd", "DeleteWithInstance": False}],
        ImageFamily="acs:linux",
        InternetMaxBandwidthOut=0,
        NetworkOptions={"EnableJumboFrame": True},
        Password="Secret-0",
        Period=1,
        PeriodUnit="Month",
        SystemDisk={"Size": "40", "Category": "cloud_essd"},
        UserData="IyEvYmluL3No",
    )
    assert shown["PublicIpAddress"] == {"IpAddress": []}


# -- numbers and addresses -----------------------------------------------------------------------------


def test_several_instances_take_the_addresses_that_follow(account):
    account.run_instances(Amount=3, PrivateIpAddress="10.0.0.10")
    assert [
        shown["VpcAttributes"]["PrivateIpAddress"]["IpAddress"] for shown in account.describe_instances()
    ] == [
        ["10.0.0.12"],
        ["10.0.0.11"],
        ["10.0.0.10"],
    ]


def test_as_many_instances_are_created_as_there_is_room_for():
    account = AlibabaAccount.furnished()
    small = account.add_subnet(block="10.0.5.0/29")
    assert len(account.run_instances(VSwitchId=small.id, Amount=10, MinAmount=2)) == 4
    assert account.refusal("RunInstances", **account.instance_params(VSwitchId=small.id)) == (
        "QuotaExceeded.PrivateIpAddress",
        400,
    )
    wanted = account.instance_params(VSwitchId=small.id, Amount=10, MinAmount=2)
    assert account.refusal("RunInstances", **wanted)[0] == "QuotaExceeded.PrivateIpAddress"


def test_instances_are_a_quota():
    account = AlibabaAccount.furnished(quotas={"instances": 2})
    assert account.refusal("RunInstances", **account.instance_params(Amount=3)) == (
        "QuotaExceed.ElasticQuota",
        403,
    )
    assert len(account.run_instances(Amount=3, MinAmount=1)) == 2


def test_ipv6_addresses_are_counted_or_named(account):
    subnet = account.add_ipv6_subnet()
    place = {"VSwitchId": subnet.id, "SecurityGroupId": account.add_group(subnet).id}
    counted = account.run_instance(**place, Ipv6AddressCount=2)
    (interface,) = counted["NetworkInterfaces"]["NetworkInterface"]
    assert len(interface["Ipv6Sets"]["Ipv6Set"]) == 2
    wanted = str(subnet.ipv6_block[0x77])
    named = account.run_instance(**place, Ipv6Address=[wanted])
    (interface,) = named["NetworkInterfaces"]["NetworkInterface"]
    assert interface["Ipv6Sets"]["Ipv6Set"] == [{"Ipv6Address": wanted, "Primary": False}]


def test_the_primary_interface_may_be_described_as_one(account):
    shown = account.run_instance(
        VSwitchId=None,
        SecurityGroupId=None,
        NetworkInterface=[
            {
                "InstanceType": "Primary",
                "VSwitchId": account.subnet.id,
                "SecurityGroupIds": [account.group.id],
                "PrimaryIpAddress": "10.0.0.9",
                "SecondaryPrivateIpAddressCount": 2,
                "NetworkInterfaceName": "front",
                "Description": "the first",
                "QueueNumber": 1,
                "RxQueueSize": 8192,
                "TxQueueSize": 8192,
                "SourceDestCheck": True,
                "DeleteOnRelease": True,
                "NetworkCardIndex": 0,
                "NetworkInterfaceTrafficMode": "Standard",
            }
        ],
    )
    described = primary(account, shown)
    assert described["PrivateIpAddress"] == "10.0.0.9"
    assert len(described["PrivateIpSets"]["PrivateIpSet"]) == 3
    assert (described["NetworkInterfaceName"], described["Description"]) == ("front", "the first")
    assert (described["QueueNumber"], described["SourceDestCheck"]) == (1, True)


def test_the_flat_form_sets_the_queues_of_the_primary_interface(account):
    assert primary(account, account.run_instance(NetworkInterfaceQueueNumber=1))["QueueNumber"] == 1
