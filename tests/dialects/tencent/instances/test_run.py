"""Creating instances."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, IMAGE, ZONE, TencentAccount

from duolect_core.instances.creation import RunInstances

TAGS = [{"Key": "city", "Value": "shanghai"}]


def test_what_is_stored_is_shown_again(account):
    given = {
        "SystemDisk": {"DiskType": "CLOUD_SSD", "DiskSize": 80, "DiskName": "root", "Encrypt": True},
        "InternetAccessible": {
            "InternetMaxBandwidthOut": 5,
            "BandwidthPackageId": "bwp-1",
        },
        "CpuTopology": {"CoreCount": 2, "ThreadPerCore": 1},
        "Metadata": {"Items": [{"Key": "a", "Value": "b"}]},
        "ImageId": IMAGE,
        "CamRoleName": "role",
        "EnableJumboFrame": True,
        "DisableApiTermination": True,
        "InstanceChargeType": "SPOTPAID",
        "InstanceType": "S5.LARGE16",
        "HostName": "web-1",
    }
    key_id = account.add_key_pair().id
    (instance_id,) = account.run_instances(
        {"AsVpcGateway": True},
        Placement={"Zone": ZONE, "ProjectId": 7},
        DataDisks=[
            {"DiskSize": 10},
            {"DiskSize": 20, "DiskType": "CLOUD_HSSD", "ThroughputPerformance": 100},
        ],
        LoginSettings={"KeyIds": [key_id]},
        TagSpecification=[{"ResourceType": "instance", "Tags": TAGS}],
        InstanceMarketOptions={"SpotOptions": {"MaxPrice": "0.1"}, "MarketType": "spot"},
        EnhancedService={"MonitorService": {"Enabled": True}},
        UserData="ZWNobw==",
        **given,
    )
    shown = account.describe_instance(instance_id)
    for name, value in given.items():
        if isinstance(value, dict):
            assert shown[name].items() >= value.items()
        else:
            assert shown[name] == value
    assert shown["Placement"]["ProjectId"] == 7
    assert shown["VirtualPrivateCloud"]["AsVpcGateway"] is True
    assert shown["LoginSettings"] == {"KeyIds": [key_id]}
    assert [(tag["Key"], tag["Value"]) for tag in shown["Tags"]] == [
        (tag["Key"], tag["Value"]) for tag in TAGS
    ]
    assert [(tag["tagKey"], tag["tagValue"]) for tag in shown["Tags"]] == [
        (tag["Key"], tag["Value"]) for tag in TAGS
    ]
    assert (shown["CPU"], shown["Memory"]) == (4, 16)
    disks = [shown["SystemDisk"], *shown["DataDisks"]]
    assert [disk["DiskSize"] for disk in disks] == [80, 10, 20]
    assert len({disk["DiskId"] for disk in disks}) == 3
    assert shown["DataDisks"][1]["ThroughputPerformance"] == 100


def test_an_instance_has_the_defaults_of_the_vendor(account):
    (instance_id,) = account.run_instances({"PrivateIpAddresses": ["10.0.0.18"]}, SecurityGroupIds=None)
    shown = account.describe_instance(instance_id)
    assert shown["InstanceName"] == "未命名"
    assert shown["InstanceChargeType"] == "POSTPAID_BY_HOUR"
    assert shown["RenewFlag"] is shown["ExpiredTime"] is None
    assert shown["SystemDisk"]["DiskSize"] == 50
    assert shown["DataDisks"] == []
    assert shown["HostName"] == "VM-0-18-tencentos"
    assert shown["SecurityGroupIds"] == []
    assert shown["InternetAccessible"]["InternetMaxBandwidthOut"] == 0
    assert shown["DisableApiTermination"] is False


def test_an_instance_shows_null_where_it_has_nothing(account):
    """Source: cloud-custodian, tools/c7n_tencentcloud/tests/cassettes, 2022: 199 instances."""
    (instance_id,) = account.run_instances(DataDisks=[{"DiskSize": 10}])
    shown = account.describe_instance(instance_id)
    assert shown["PublicIpAddresses"] is shown["IPv6Addresses"] is None
    assert shown["LoginSettings"] == {"KeyIds": None}
    assert shown["Placement"]["HostId"] is shown["SystemDisk"]["KmsKeyId"] is None
    assert shown["InternetAccessible"]["InternetChargeType"] is None
    assert shown["PlatformProjectId"] is None
    assert shown["OperatorUin"] == ""
    assert shown["RdmaIpAddresses"] == []
    disks = [shown["SystemDisk"], *shown["DataDisks"]]
    assert [disk["ThroughputPerformance"] for disk in disks] == [0, 0]


def test_an_instance_with_a_public_address_shows_how_it_is_charged_for(account):
    plain, packaged = (
        account.run_instances(InternetAccessible={"InternetChargeType": way})[0]
        for way in ("TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_PACKAGE")
    )
    addresses = account.call("AllocateAddresses", AddressCount=2)["AddressSet"]
    account.wait()
    for address_id, instance_id in zip(addresses, (plain, packaged), strict=True):
        account.call("AssociateAddress", AddressId=address_id, InstanceId=instance_id)
    account.wait()
    shown = [account.describe_instance(each) for each in (plain, packaged)]
    assert [len(each["PublicIpAddresses"]) for each in shown] == [1, 1]
    assert [each["InternetAccessible"]["InternetChargeType"] for each in shown] == [
        "TRAFFIC_POSTPAID_BY_HOUR",
        "BANDWIDTH_PACKAGE",
    ]


def test_an_instance_made_beside_the_api_can_be_shown(account):
    command = RunInstances(type_name="S5.MEDIUM4", subnet_id=account.subnet_id, names=("seeded",))
    (created,) = account.client.partition.execute(command, account.emulator.clock.now())
    assert account.describe_instance(created.id)["InstanceName"] == "seeded"


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_instances_get_the_addresses_that_are_named(account, style):
    params = account.instance_params({"PrivateIpAddresses": ["10.0.0.19", "10.0.0.18"]}, InstanceCount=2)
    ids = account.call("RunInstances", style=style, **params)["InstanceIdSet"]
    assert [account.describe_instance(each)["PrivateIpAddresses"] for each in ids] == [
        ["10.0.0.19"],
        ["10.0.0.18"],
    ]


def test_a_batch_is_numbered(account):
    ids = account.run_instances(InstanceCount=2, InstanceName="web_{R:9,F:3}", HostName="h-{IP}-{R:1}")
    shown = [account.describe_instance(each) for each in ids]
    assert [each["InstanceName"] for each in shown] == ["web_009", "web_010"]
    hosts = [f"h-{each['PrivateIpAddresses'][0]}-{place}" for place, each in enumerate(shown, 1)]
    assert [each["HostName"] for each in shown] == hosts


def test_a_hundred_instances_can_be_created_at_once(account):
    assert len(set(account.run_instances(InstanceCount=100, MinCount=100))) == 100


def test_a_repeat_with_its_token_creates_nothing(account):
    params = account.instance_params(ClientToken="once")
    first = account.call("RunInstances", **params)
    at_once = account.call("RunInstances", **params)
    account.wait()
    later = account.call("RunInstances", style="form", **params)
    assert first["InstanceIdSet"] == at_once["InstanceIdSet"] == later["InstanceIdSet"]
    assert account.call("DescribeInstances")["TotalCount"] == 1
    code = account.refusal("RunInstances", **{**params, "InstanceCount": 2})
    assert code == "UnsupportedOperation.IdempotentParameterMismatch"


def test_a_dry_run_checks_and_creates_nothing(account):
    assert account.call("RunInstances", **account.instance_params(DryRun=True))["InstanceIdSet"] == []
    assert account.call("DescribeInstances")["TotalCount"] == 0
    params = account.instance_params({"PrivateIpAddresses": ["10.9.0.1"]}, DryRun=True)
    assert account.refusal("RunInstances", **params) == "VpcAddrNotInSubNet"


def test_a_dry_run_sees_what_has_ended(account):
    (instance_id,) = account.run_instances({"PrivateIpAddresses": ["10.0.0.18"]})
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    account.call(
        "RunInstances", **account.instance_params({"PrivateIpAddresses": ["10.0.0.18"]}, DryRun=True)
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Placement": None}, "MissingParameter"),
        ({"Placement": {}}, "MissingParameter"),
        ({"Placement": {"Zone": "ap-shanghai-2"}}, "InvalidZone.MismatchRegion"),
        ({"Placement": {"Zone": "ap-guangzhou-1"}}, "ResourceInsufficient.AvailabilityZoneSoldOut"),
        ({"Placement": {"Zone": "ap-guangzhou-4"}}, "InvalidParameterValue.SubnetIdZoneIdNotMatch"),
        ({"Placement": {"Zone": ZONE, "HostIds": ["host-1"]}}, "InvalidHostId.NotFound"),
        ({"ImageId": None}, "MissingParameter"),
        ({"ImageId": "image"}, "InvalidImageId.Malformed"),
        ({"InstanceType": "large"}, "InvalidInstanceType.Malformed"),
        ({"InstanceType": "S5.HUGE1"}, "InvalidParameterValue.InstanceTypeNotFound"),
        ({"InstanceCount": 0}, "InvalidParameterValue.Range"),
        ({"InstanceCount": 101}, "InvalidParameterValue.Range"),
        ({"MinCount": 2}, "InvalidParameterValue.InvalidParameterMinCount"),
        ({"MinCount": 0}, "InvalidParameterValue.InvalidParameterMinCount"),
        ({"InstanceName": "n" * 129}, "InvalidInstanceName.TooLong"),
        ({"ClientToken": "t" * 65}, "InvalidClientToken.TooLong"),
        ({"SecurityGroupIds": ["group"]}, "InvalidSgId.Malformed"),
        ({"SecurityGroupIds": [ABSENT["sg"]]}, "InvalidSecurityGroupId.NotFound"),
        ({"LoginSettings": {"Password": "short"}}, "InvalidPassword"),
        (
            {"LoginSettings": {"Password": "Long!enough1", "KeyIds": ["skey-absent00"]}},
            "InvalidParameterCombination",
        ),
        ({"HostName": "-web"}, "InvalidParameterValue.IllegalHostName"),
        ({"HostName": "we..b"}, "InvalidParameterValue.IllegalHostName"),
        ({"HostName": "w"}, "InvalidParameterValue.IllegalHostName"),
        ({"UserData": "not base64!"}, "InvalidParameterValue.InvalidUserDataFormat"),
        ({"UserData": "A" * 22_000}, "InvalidParameterValue.TooLarge"),
        ({"CpuTopology": {"ThreadPerCore": 3}}, "InvalidParameterValue.ThreadPerCoreValue"),
        ({"DataDisks": [{"DiskSize": 10}] * 22}, "InvalidParameterValue.LimitExceeded"),
        ({"DataDisks": [{}]}, "MissingParameter"),
        ({"DataDisks": [{"DiskSize": 10, "SnapshotId": "snap-1"}]}, "InvalidParameter.SnapshotNotFound"),
        ({"DataDisks": "none"}, "InvalidParameter"),
        ({"SystemDisk": {"Colour": "red"}}, "UnknownParameter"),
        ({"InstanceChargeType": "PREPAID"}, "MissingParameter"),
        ({"InstanceChargeType": "CDHPAID"}, "UnsupportedOperation"),
        ({"InstanceChargeType": "FREE"}, "InvalidParameterValue"),
        ({"InstanceChargePrepaid": {"Period": 13}}, "InvalidPeriod"),
        ({"InstanceChargePrepaid": {"Period": 1, "RenewFlag": "NEVER"}}, "InvalidParameterValue"),
        (
            {"LaunchTemplate": {"LaunchTemplateId": "lt-absent00"}},
            "InvalidParameterValue.LaunchTemplateIdNotExisted",
        ),
        ({"HpcClusterId": "hpc-1"}, "ResourceNotFound.HpcCluster"),
        ({"DisasterRecoverGroupIds": ["ps-1"]}, "FailedOperation.DisasterRecoverGroupNotFound"),
    ],
)
def test_instances_are_refused_for(account, changes, code):
    assert account.refusal("RunInstances", **account.instance_params(**changes)) == code


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ([{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}], "InvalidParameterValue.DuplicateTags"),
        ([{"Key": "qcs:a", "Value": "1"}], "FailedOperation.TagKeyReserved"),
        ([{"Key": "a?", "Value": "1"}], "FailedOperation.IllegalTagKey"),
        ([{"Key": "a" * 128, "Value": "1"}], "FailedOperation.IllegalTagKey"),
        ([{"Key": "a", "Value": "?"}], "FailedOperation.IllegalTagValue"),
        ([{"Key": "a"}], "MissingParameter"),
        (
            [{"Key": str(n), "Value": "1"} for n in range(51)],
            "InvalidParameterValue.TagQuotaLimitExceeded",
        ),
        (
            [{"Key": str(n), "Value": "1"} for n in range(101)],
            "InvalidParameterValue.TagQuotaLimitExceeded",
        ),
    ],
)
def test_tags_are_refused_for(account, tags, code):
    params = account.instance_params(TagSpecification=[{"ResourceType": "instance", "Tags": tags}])
    assert account.refusal("RunInstances", **params) == code


def test_only_instances_are_tagged(account):
    params = account.instance_params(TagSpecification=[{"ResourceType": "host", "Tags": TAGS}])
    assert account.refusal("RunInstances", **params) == "InvalidParameterValue"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"VpcId": ABSENT["vpc"]}, "InvalidParameterValue.VpcIdNotExist"),
        ({"SubnetId": ABSENT["subnet"]}, "InvalidParameterValue.SubnetNotExist"),
        ({"VpcId": "v-1"}, "InvalidParameterValue.VpcIdMalformed"),
        ({"VpcId": "DEFAULT"}, "InvalidParameterValue.VpcIdMalformed"),
        ({"SubnetId": "DEFAULT"}, "InvalidParameterValue.SubnetIdMalformed"),
        ({"PrivateIpAddresses": ["10.0.1.18"]}, "VpcAddrNotInSubNet"),
        ({"PrivateIpAddresses": ["10.0.0.1"]}, "VpcIpIsUsed"),
        ({"PrivateIpAddresses": ["10.0.0.18", "10.0.0.19"]}, "InvalidParameterCombination"),
        ({"PrivateIpAddresses": ["ten"]}, "InvalidParameterValue.InvalidIpFormat"),
        ({"PrivateIpAddresses": ["10.0.0.18"] * 21}, "InvalidParameterValue.LimitExceeded"),
        ({"Ipv6AddressCount": 11}, "LimitExceeded.IPv6AddressNum"),
        ({"Ipv6AddressCount": -1}, "InvalidParameterValue"),
    ],
)
def test_a_place_is_refused_for(account, place, code):
    assert account.refusal("RunInstances", **account.instance_params(place)) == code


def test_an_address_is_given_only_once(account):
    account.run_instances({"PrivateIpAddresses": ["10.0.0.18"]})
    assert (
        account.refusal("RunInstances", **account.instance_params({"PrivateIpAddresses": ["10.0.0.18"]}))
        == "VpcIpIsUsed"
    )
    params = account.instance_params({"PrivateIpAddresses": ["10.0.0.19"] * 2}, InstanceCount=2)
    assert account.refusal("RunInstances", **params) == "InvalidParameterValue.Duplicate"


def test_subnet_and_vpc_must_belong_together(account):
    place = {"VpcId": account.create_vpc(CidrBlock="10.1.0.0/16")}
    code = account.refusal("RunInstances", **account.instance_params(place))
    assert code == "InvalidParameterValue.VpcIdSubnetIdNotMatch"


def test_a_small_subnet_is_soon_full(account):
    small = {"SubnetId": account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/28")}
    account.run_instances(small, InstanceCount=13)
    code = account.refusal("RunInstances", **account.instance_params(small))
    assert code == "FailedOperation.NoAvailableIpAddressCountInSubnet"


def test_ipv6_needs_a_dual_stack_subnet(account):
    place = {
        "SubnetId": account.create_subnet(account.vpc_id, CidrBlock="10.0.1.0/24"),
        "Ipv6AddressCount": 1,
    }
    code = account.refusal("RunInstances", **account.instance_params(place))
    assert code == "InvalidParameterValue.VpcNotSupportIpv6Address"


def test_an_instance_joins_at_most_five_groups(account):
    groups = [account.create_group() for _ in range(6)]
    account.run_instances(SecurityGroupIds=groups[:5])
    code = account.refusal("RunInstances", **account.instance_params(SecurityGroupIds=groups))
    assert code == "LimitExceeded.AssociateUSGLimitExceeded"


def test_quotas_of_instances_and_group_members_are_kept():
    account = TencentAccount.furnished(quotas={"instances": 3, "basic_group_members": 2})
    account.run_instances(InstanceCount=2)
    code = account.refusal("RunInstances", **account.instance_params())
    assert code == "LimitExceeded.CvmsVifsPerSecGroupLimitExceeded"
    params = account.instance_params(SecurityGroupIds=[], InstanceCount=2)
    assert account.refusal("RunInstances", **params) == "LimitExceeded.InstanceQuota"
