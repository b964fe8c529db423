"""The life of an interface as users of Tencent Cloud's Python SDK live it."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.contract.polling import poll
from tests.contract.sdks.tencent import OTHER_ZONE, ZONE, Refused, Sdk
from tests.contract.server import Server


@pytest.fixture(
    params=[
        pytest.param({}, id="tc3"),
        pytest.param({"method": "GET"}, id="tc3-get"),
        pytest.param({"unsigned_payload": True}, id="tc3-unsigned-payload"),
        pytest.param({"endpoint_is_url": True}, id="tc3-endpoint-is-url"),
        pytest.param({"asynchronous": True}, id="tc3-async"),
        pytest.param({"signMethod": "HmacSHA256"}, id="hmac-sha256"),
        pytest.param({"signMethod": "HmacSHA1", "method": "GET"}, id="hmac-sha1-get"),
        pytest.param({"signMethod": "HmacSHA1"}, id="hmac-sha1"),
        pytest.param({"signMethod": "HmacSHA256", "asynchronous": True}, id="hmac-sha256-async"),
    ]
)
def sdk(request: pytest.FixtureRequest, server: Server, access_key: str) -> Iterator[Sdk]:
    made = Sdk(server.address, access_key, **request.param)
    yield made
    made.close()


@pytest.fixture
def plain(server: Server, access_key: str) -> Sdk:
    return Sdk(server.address, access_key)


def instance_state(sdk: Sdk, instance_id: str) -> str | None:
    found = sdk.cvm("DescribeInstances", InstanceIds=[instance_id]).InstanceSet
    return found[0].InstanceState if found else None


def interface(sdk: Sdk, interface_id: str) -> Any:
    found = sdk.vpc("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id]).NetworkInterfaceSet
    return found[0] if found else None


def state(sdk: Sdk, interface_id: str) -> str | None:
    found = interface(sdk, interface_id)
    return found.State if found else None


def task(sdk: Sdk, request_id: str) -> str:
    return sdk.vpc("DescribeVpcTaskResult", TaskId=request_id).Status


def build_network(sdk: Sdk) -> tuple[str, str, str]:
    """Create a network with one subnet in each of two zones."""
    vpc = sdk.vpc("CreateVpc", VpcName="shop", CidrBlock="10.0.0.0/16").Vpc
    assert vpc.IsDefault is False
    subnets = [
        sdk.vpc(
            "CreateSubnet", VpcId=vpc.VpcId, SubnetName=zone, Zone=zone, CidrBlock=f"10.0.{octet}.0/24"
        ).Subnet.SubnetId
        for octet, zone in enumerate((ZONE, OTHER_ZONE))
    ]
    return vpc.VpcId, *subnets


def run_instance(sdk: Sdk, zone: str, vpc_id: str, subnet_id: str, group_id: str) -> str:
    (instance_id,) = sdk.cvm(
        "RunInstances",
        ImageId="img-487zeit5",
        InstanceType="S5.MEDIUM4",
        Placement={"Zone": zone},
        VirtualPrivateCloud={"VpcId": vpc_id, "SubnetId": subnet_id},
        SecurityGroupIds=[group_id],
        InstanceName="web",
    ).InstanceIdSet
    poll(lambda: instance_state(sdk, instance_id), "RUNNING")
    return instance_id


def test_the_life_of_an_interface(sdk: Sdk) -> None:
    network = vpc_id, subnet_id, other_subnet_id = build_network(sdk)
    group_id = sdk.vpc(
        "CreateSecurityGroup", GroupName="web", GroupDescription="web servers"
    ).SecurityGroup.SecurityGroupId
    instance_id = run_instance(sdk, ZONE, vpc_id, subnet_id, group_id)
    distant_id = run_instance(sdk, OTHER_ZONE, vpc_id, other_subnet_id, group_id)

    created = sdk.vpc(
        "CreateNetworkInterface",
        VpcId=vpc_id,
        SubnetId=subnet_id,
        NetworkInterfaceName="second",
        SecurityGroupIds=[group_id],
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.77", "Primary": True, "Description": "mine"}],
        SecondaryPrivateIpAddressCount=2,
        Tags=[{"Key": "team", "Value": "net"}],
    )
    interface_id = created.NetworkInterface.NetworkInterfaceId
    assert created.NetworkInterface.State == "PENDING"
    assert created.NetworkInterface.Zone == ""  # known only later, as recorded in 2024
    assert created.NetworkInterface.Attachment is None
    addresses = created.NetworkInterface.PrivateIpAddressSet
    assert [each.Primary for each in addresses] == [True, False, False]
    assert (addresses[0].PrivateIpAddress, addresses[0].Description) == ("10.0.0.77", "mine")
    assert [(tag.Key, tag.Value) for tag in created.NetworkInterface.TagSet] == [("team", "net")]
    assert poll(lambda: state(sdk, interface_id), "AVAILABLE")[-1:] == ["AVAILABLE"]
    assert task(sdk, created.RequestId) == "SUCCESS"

    with pytest.raises(Refused) as refused:
        sdk.vpc("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=distant_id)
    assert refused.value.code == "UnsupportedOperation.ZoneMismatch"
    assert refused.value.message
    assert len(refused.value.requestId) == 36
    assert state(sdk, interface_id) == "AVAILABLE"

    attached = sdk.vpc("AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    assert task(sdk, attached.RequestId) == "RUNNING"
    assert interface(sdk, interface_id).Attachment is None
    assert poll(lambda: state(sdk, interface_id), "AVAILABLE") == ["ATTACHING", "AVAILABLE"]
    assert task(sdk, attached.RequestId) == "SUCCESS"
    shown = interface(sdk, interface_id)
    assert shown.Attachment.InstanceId == instance_id
    assert shown.Attachment.DeviceIndex == 1
    assert [each.State for each in shown.PrivateIpAddressSet] == ["AVAILABLE"] * 3

    detached = sdk.vpc("DetachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id)
    assert poll(lambda: task(sdk, detached.RequestId), "SUCCESS") == ["RUNNING", "SUCCESS"]
    assert interface(sdk, interface_id).Attachment is None

    tear_down(sdk, interface_id, [instance_id, distant_id], group_id, network)


def tear_down(
    sdk: Sdk, interface_id: str, instances: list[str], group_id: str, network: tuple[str, str, str]
) -> None:
    """Delete everything, each thing when nothing needs it any more, and watch it go."""
    deleted = sdk.vpc("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    poll(lambda: state(sdk, interface_id), None)
    assert task(sdk, deleted.RequestId) == "SUCCESS"
    sdk.cvm("TerminateInstances", InstanceIds=instances)
    for instance_id in instances:
        poll(lambda: instance_state(sdk, instance_id), None)  # noqa: B023 - called at once
    sdk.vpc("DeleteSecurityGroup", SecurityGroupId=group_id)
    vpc_id, *subnets = network
    for subnet_id in subnets:
        sdk.vpc("DeleteSubnet", SubnetId=subnet_id)
    sdk.vpc("DeleteVpc", VpcId=vpc_id)
    assert sdk.vpc("DescribeVpcs").VpcSet == []


def test_an_unknown_interface_is_not_found(sdk: Sdk) -> None:
    with pytest.raises(Refused) as refused:
        sdk.vpc("DeleteNetworkInterface", NetworkInterfaceId="eni-nowhere0")
    assert refused.value.code == "ResourceNotFound"


def test_a_missing_parameter_is_refused_by_name(sdk: Sdk) -> None:
    with pytest.raises(Refused) as refused:
        sdk.vpc("CreateNetworkInterface", VpcId="vpc-12345678")
    assert refused.value.code == "MissingParameter"
    assert "NetworkInterfaceName" in refused.value.message


def test_errors_are_told_in_chinese_unless_english_is_asked_for(sdk: Sdk) -> None:
    """The SDK asks for zh-CN where its profile names no language."""
    with pytest.raises(Refused) as refused:
        sdk.vpc("DescribeVpcTaskResult", TaskId="none")
    assert refused.value.message == "资源 `none` 不存在。"


@pytest.mark.parametrize("method", ["TC3-HMAC-SHA256", "HmacSHA256"])
def test_errors_are_told_in_english(server: Server, access_key: str, method: str) -> None:
    sdk = Sdk(server.address, access_key, language="en-US", signMethod=method)
    with pytest.raises(Refused) as refused:
        sdk.vpc("DescribeVpcTaskResult", TaskId="none")
    assert refused.value.message == "The resource `none` does not exist."


def test_an_unknown_task_is_not_found(plain: Sdk) -> None:
    with pytest.raises(Refused) as refused:
        task(plain, "00000000-0000-0000-0000-000000000000")
    assert refused.value.code in {"ResourceNotFound", "InvalidParameterValue"}


def test_a_filter_that_does_not_exist_is_refused(sdk: Sdk) -> None:
    with pytest.raises(Refused) as refused:
        sdk.vpc("DescribeNetworkInterfaces", Filters=[{"Name": "colour", "Values": ["red"]}])
    assert refused.value.code == "InvalidParameter.FilterInvalidKey"


def test_an_unknown_region_is_not_supported(server: Server, access_key: str) -> None:
    with pytest.raises(Refused) as refused:
        Sdk(server.address, access_key, region="zz-nowhere").vpc("DescribeNetworkInterfaces")
    assert refused.value.code == "UnsupportedRegion"


def test_an_action_that_is_not_served_is_refused_and_not_swallowed(plain: Sdk) -> None:
    with pytest.raises(Refused) as refused:
        plain.vpc("DescribeVpnGateways")
    assert refused.value.code == "InvalidAction"


def test_accounts_see_only_their_own(server: Server, access_key: str, other_access_key: str) -> None:
    one, other = (Sdk(server.address, key) for key in (access_key, other_access_key))
    build_network(one)
    assert one.vpc("DescribeVpcs").TotalCount == 1
    assert other.vpc("DescribeVpcs").TotalCount == 0


def test_a_client_token_creates_once(plain: Sdk) -> None:
    vpc_id, subnet_id, _ = build_network(plain)

    def create(token: str, name: str = "once") -> str:
        return plain.vpc(
            "CreateNetworkInterface",
            VpcId=vpc_id,
            SubnetId=subnet_id,
            NetworkInterfaceName=name,
            ClientToken=token,
        ).NetworkInterface.NetworkInterfaceId

    first = create("one")
    poll(lambda: state(plain, first), "AVAILABLE")
    assert create("one") == first != create("two")
    with pytest.raises(Refused) as refused:
        create("one", "another")
    assert refused.value.code == "UnsupportedOperation.IdempotentParameterMismatch"


@pytest.mark.parametrize("scheme", ["TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1"])
def test_a_wrong_secret_is_found_out(server: Server, access_key: str, scheme: str) -> None:
    with pytest.raises(Refused) as refused:
        Sdk(server.address, access_key, "another-secret", signMethod=scheme).vpc("DescribeVpcs")
    assert refused.value.code == "AuthFailure.SignatureFailure"


def test_an_unknown_key_is_not_found(server: Server) -> None:
    with pytest.raises(Refused) as refused:
        Sdk(server.address, "AKIDunknown").vpc("DescribeVpcs")
    assert refused.value.code == "AuthFailure.SecretIdNotFound"


@pytest.mark.parametrize("scheme", ["TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1"])
def test_any_key_will_do_where_signatures_are_off(
    open_server: Server, access_key: str, scheme: str
) -> None:
    sdk = Sdk(open_server.address, access_key, "any-secret", token="any-token", signMethod=scheme)
    assert sdk.vpc("DescribeVpcs").TotalCount == 0
