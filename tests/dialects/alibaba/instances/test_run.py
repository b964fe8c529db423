"""RunInstances of Alibaba Cloud: what the new instances are, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_core.invariants import check
from duolect_dialects.alibaba.instances.naming import HOST_NAME, INSTANCE_NAME, sequence


def run_one(account, **changes):
    """Run one instance and return what DescribeInstances shows of it."""
    (instance_id,) = account.run_instances(**changes)
    return account.describe_instances(InstanceIds=f'["{instance_id}"]')[0]


def primary(account, shown):
    return account.describe_interface(
        shown["NetworkInterfaces"]["NetworkInterface"][0]["NetworkInterfaceId"]
    )


# -- a life ----------------------------------------------------------------------------------------------


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
    shown = run_one(account)
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
    shown = run_one(account, InstanceType="ecs.t5-lc1m2.small")
    assert (shown["Cpu"], shown["Memory"], shown["InstanceTypeFamily"]) == (1, 2048, "ecs.t5")
    assert (shown["CpuOptions"]["CoreCount"], shown["CpuOptions"]["ThreadsPerCore"]) == (1, 1)


def test_what_is_stored_is_shown_again(account):
    shown = run_one(
        account,
        Affinity="host",
        AutoReleaseTime="2030-01-01T00:00:00Z",
        ClockOptions={"PtpStatus": "enabled"},
        CpuOptions={"Core": 2, "ThreadsPerCore": 1, "Numa": "ON"},
        CreditSpecification="Standard",
        DedicatedHostId="dh-1",
        DeletionProtection=True,
        DeploymentSetGroupNo=2,
        DeploymentSetId="ds-1",
        Description="all of it",
        HibernationOptions={"Configured": True},
        HpcClusterId="hpc-1",
        HttpEndpoint="disabled",
        HttpPutResponseHopLimit=3,
        HttpTokens="required",
        ImageOptions={"LoginAsNonRoot": True},
        InstanceChargeType="PrePaid",
        InternetChargeType="PayByTraffic",
        InternetMaxBandwidthIn=5,
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
        "DeploymentSetGroupNo": 2,
        "DeploymentSetId": "ds-1",
        "Description": "all of it",
        "EcsCapacityReservationAttr": {
            "CapacityReservationId": "eap-1",
            "CapacityReservationPreference": "Target",
        },
        "HibernationOptions": {"Configured": True},
        "HpcClusterId": "hpc-1",
        "ISP": "BGP",
        "ImageId": "m-1",
        "ImageOptions": {"CurrentOSNVMeSupported": False, "LoginAsNonRoot": True},
        "InstanceChargeType": "PrePaid",
        "InternetChargeType": "PayByTraffic",
        "InternetMaxBandwidthIn": 5,
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
    shown = run_one(
        account,
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


# -- names -----------------------------------------------------------------------------------------------


def test_unnamed_instances_are_called_by_their_ids(account):
    shown = run_one(account)
    assert shown["InstanceName"] == shown["InstanceId"]
    assert shown["HostName"] == f"iZ{shown['InstanceId'][2:]}Z"


def test_each_of_several_instances_has_a_name_of_its_own(account):
    account.run_instances(Amount=2, InstanceName="web", HostName="${instance_id}.host", UniqueSuffix=True)
    found = account.describe_instances()
    assert [shown["InstanceName"] for shown in found] == ["web002", "web001"]
    assert [shown["HostName"] for shown in found] == [
        f"{shown['InstanceId']}.host00{2 - place}" for place, shown in enumerate(found)
    ]


def test_host_names_are_given_one_by_one(account):
    account.run_instances(Amount=2, HostNames=["first", "second"])
    assert [shown["HostName"] for shown in account.describe_instances()] == ["second", "first"]


@pytest.mark.parametrize(
    ("name", "suffixed", "names"),
    [
        ("web", False, ("web", "web")),
        ("web", True, ("web001", "web002")),
        ("k-[7,3]", False, ("k-007", "k-008")),
        ("k-[7,3]", True, ("k-007", "k-008")),
        ("k-[7,3]-n", True, ("k-007-n001", "k-008-n002")),
        ("k[,]", False, ("k000000", "k000001")),
        ("k[99,1]", False, ("k000099", "k000100")),
        ("k[99,2]", False, ("k99", "k100")),
    ],
)
def test_a_sequence_counts_as_its_name_says(name, suffixed, names):
    assert sequence(name, 2, suffixed=suffixed) == names
    assert INSTANCE_NAME.accepts(name)


def test_a_single_instance_gets_no_suffix():
    assert sequence("web", 1, suffixed=True) == ("web",)


@given(st.text(max_size=20), st.integers(1, 100), st.booleans())
def test_there_are_always_as_many_names_as_instances(name, count, suffixed):
    names = sequence(name, count, suffixed=suffixed)
    assert len(names) == count
    if suffixed:
        assert len(set(names)) == count


@pytest.mark.parametrize("name", ["a", "a.b", "a-b", "h-${instance_id}", "h[1,2]", "H0"])
def test_these_are_host_names(name):
    assert HOST_NAME.accepts(name)


@pytest.mark.parametrize("name", ["-a", "a-", ".a", "a.", "a..b", "a--b", "a_b", "ä", "", "a{b}"])
def test_these_are_no_host_names(name):
    assert not HOST_NAME.accepts(name)


# -- numbers and addresses -------------------------------------------------------------------------------


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
    counted = run_one(account, **place, Ipv6AddressCount=2)
    (interface,) = counted["NetworkInterfaces"]["NetworkInterface"]
    assert len(interface["Ipv6Sets"]["Ipv6Set"]) == 2
    wanted = str(subnet.ipv6_block[0x77])
    named = run_one(account, **place, Ipv6Address=[wanted])
    (interface,) = named["NetworkInterfaces"]["NetworkInterface"]
    assert interface["Ipv6Sets"]["Ipv6Set"] == [{"Ipv6Address": wanted, "Primary": False}]


def test_the_primary_interface_may_be_described_as_one(account):
    shown = run_one(
        account,
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
    assert primary(account, run_one(account, NetworkInterfaceQueueNumber=1))["QueueNumber"] == 1


# -- refusals --------------------------------------------------------------------------------------------

PRIMARY = {"InstanceType": "Primary", "VSwitchId": "vsw-1", "SecurityGroupId": "sg-1"}
ALONE = {"VSwitchId": None, "SecurityGroupId": None}


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"InstanceType": None}, ("MissingParameter", 400)),
        ({"ImageId": None}, ("MissingParameter", 400)),
        ({"SecurityGroupId": None}, ("MissingParameter", 400)),
        ({"VSwitchId": None}, ("MissingParameter", 400)),
        (
            {"InstanceType": "ecs.none", "Amount": 2, "MinAmount": 1},
            ("InvalidInstanceType.ValueNotSupported", 403),
        ),
        ({"InstanceType": "ecs.none"}, ("InvalidInstanceType.ValueNotSupported", 403)),
        ({"VSwitchId": "vsw-none"}, ("InvalidVSwitchId.NotFound", 404)),
        ({"SecurityGroupId": "sg-none"}, ("InvalidSecurityGroupId.NotFound", 404)),
        ({"SecurityGroupIds": ["sg-1"]}, ("InvalidParameter.Conflict", 400)),
        ({"ZoneId": "cn-hangzhou-k"}, ("InvalidParameter.Mismatch", 400)),
        ({"ResourceGroupId": "none"}, ("InvalidResourceGroup.NotFound", 404)),
        ({"PrivateIpAddress": "10.0.9.9"}, ("InvalidPrivateIpAddress", 400)),
        ({"PrivateIpAddress": "10.0.0.255"}, ("InvalidPrivateIpAddress", 400)),
        ({"PrivateIpAddress": "ten"}, ("InvalidPrivateIpAddress", 400)),
        ({"Amount": 0}, ("InvalidParameter", 400)),
        ({"Amount": 101}, ("InvalidParameter", 400)),
        ({"Amount": 1, "MinAmount": 2}, ("InvalidParameter", 400)),
        ({"InstanceName": "1st"}, ("InvalidInstanceName.Malformed", 400)),
        ({"Description": "http://x"}, ("InvalidDescription.Malformed", 400)),
        ({"HostName": "a_b"}, ("InvalidHostName.Malformed", 400)),
        ({"HostNames": ["ok", "a_b"]}, ("InvalidHostName.Malformed", 400)),
        ({"HostNames": ["one", "two"]}, ("InvalidParameter", 400)),
        ({"HostName": "one", "HostNames": ["one"]}, ("InvalidParameter.Conflict", 400)),
        ({"Password": "short"}, ("InvalidPassword.Malformed", 400)),
        ({"Password": "allsmall1"}, ("InvalidPassword.Malformed", 400)),
        ({"Password": "/Slash-0000"}, ("InvalidPassword.Malformed", 400)),
        ({"Ipv6Address": ["::zz"]}, ("InvalidParameter", 400)),
        ({"Ipv6Address": ["::1"], "Ipv6AddressCount": 1}, ("InvalidParameter.Conflict", 400)),
        ({"Ipv6Address": ["::1"], "Amount": 2}, ("InvalidParam.SecondaryNetworkInterface", 400)),
        ({"Ipv6AddressCount": 1}, ("InvalidVSwitch.Ipv6NotTurnOn", 403)),
        ({"NetworkInterfaceQueueNumber": 64}, ("InvalidOperation.MaxEniQueueNumberExceeded", 403)),
        ({"LaunchTemplateId": "lt-1"}, ("UnsupportedParameter", 400)),
        ({"InternetMaxBandwidthOut": 1}, ("UnsupportedParameter", 400)),
        ({"NetworkInterface": [{"InstanceType": "Third"}]}, ("InvalidParameter.EniType", 403)),
        ({"NetworkInterface": [PRIMARY, PRIMARY]}, ("InvalidParameter.NetworkInterface", 403)),
        ({"NetworkInterface": [PRIMARY]}, ("InvalidParameter.Combination", 403)),
        (
            {**ALONE, "Amount": 2, "NetworkInterface": [{**PRIMARY, "PrimaryIpAddress": "10.0.0.9"}]},
            ("InvalidPrimaryIpAddress.SizeInvalid", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "DeleteOnRelease": False}]},
            ("UnsupportedParameter", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "NetworkInterfaceTrafficMode": "HighPerformance"}]},
            ("UnsupportedParameter", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "NetworkInterfaceTrafficMode": "Fast"}]},
            ("InvalidParameter.EniTrafficMode", 403),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "QueuePairNumber": 1}]},
            ("InvalidParameter.QueuePairNumberMustEmpty", 403),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "RxQueueSize": 8192}]},
            ("InvalidParameter", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "SecondaryPrivateIpAddressCount": 50}]},
            ("InvalidParam.IpCount", 403),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "NetworkCardIndex": 1}]},
            ("InvalidParameter.NetworkCardIndexInvalid", 400),
        ),
        (
            {**ALONE, "NetworkInterface": [{**PRIMARY, "NetworkInterfaceId": "eni-1"}]},
            ("InvalidParameter.NetworkInterface", 403),
        ),
        ({"Tag": [{"Key": "acs:x"}]}, ("InvalidTagKey.Malformed", 400)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
        ({"DryRun": True, "VSwitchId": "vsw-none"}, ("InvalidVSwitchId.NotFound", 404)),
    ],
)
def test_instances_are_refused_for_what_is_wrong_with_them(account, wrong, refusal):
    assert account.refusal("RunInstances", **account.instance_params(**wrong)) == refusal


def test_an_address_in_use_is_refused(account):
    account.run_instances(PrivateIpAddress="10.0.0.9")
    assert account.refusal("RunInstances", **account.instance_params(PrivateIpAddress="10.0.0.9")) == (
        "InvalidPrivateIpAddress.Duplicated",
        400,
    )


def test_a_group_of_another_vpc_is_refused(account):
    other = account.add_group(account.add_ipv6_subnet())
    assert account.refusal("RunInstances", **account.instance_params(SecurityGroupId=other.id)) == (
        "InvalidParameter.Mismatch",
        400,
    )


def test_more_addresses_than_the_type_allows_are_refused(account):
    interface = {**PRIMARY, "VSwitchId": account.subnet.id, "SecurityGroupId": account.group.id}
    interface["SecondaryPrivateIpAddressCount"] = 6
    assert account.refusal(
        "RunInstances", **account.instance_params(**ALONE, NetworkInterface=[interface])
    ) == (
        "InvalidParam.IpCount",
        403,
    )
    subnet = account.add_ipv6_subnet()
    wanted = {
        "VSwitchId": subnet.id,
        "SecurityGroupId": account.add_group(subnet).id,
        "Ipv6AddressCount": 7,
    }
    assert account.refusal("RunInstances", **account.instance_params(**wanted)) == (
        "InvalidParam.IpCount",
        403,
    )


def test_a_repeated_token_runs_instances_once(account):
    first = account.run_instances(Amount=2, ClientToken="t")
    assert account.run_instances(Amount=2, ClientToken="t") == first
    assert len(account.describe_instances()) == 2
    assert account.refusal("RunInstances", **account.instance_params(ClientToken="t", Amount=3)) == (
        "IdempotentParameterMismatch",
        400,
    )
    assert check(account.partition) == []
