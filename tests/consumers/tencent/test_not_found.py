"""What programs are told of what is not there."""

import pytest
from tests.consumers.tencent.interfaces import MISSING
from tests.harness import ApiError


def test_an_interface_that_is_not_there_is_an_empty_list_with_a_count_of_0(account):
    """terraform, wecube and bk-bcs take it for gone."""
    reply = account.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[MISSING])
    assert (reply["NetworkInterfaceSet"], reply["TotalCount"]) == ([], 0)
    interface_id = account.create_interface()
    reply = account.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[MISSING, interface_id])
    assert [each["NetworkInterfaceId"] for each in reply["NetworkInterfaceSet"]] == [interface_id]


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("DeleteNetworkInterface", {"NetworkInterfaceId": MISSING}),
        ("AttachNetworkInterface", {"NetworkInterfaceId": MISSING, "InstanceId": "ins-missing0"}),
        ("DetachNetworkInterface", {"NetworkInterfaceId": MISSING, "InstanceId": "ins-missing0"}),
        ("AssignPrivateIpAddresses", {"NetworkInterfaceId": MISSING, "SecondaryPrivateIpAddressCount": 1}),
        ("DeleteSubnet", {"SubnetId": "subnet-missing0"}),
        ("DeleteVpc", {"VpcId": "vpc-missing0"}),
        ("DeleteSecurityGroup", {"SecurityGroupId": "sg-missing0"}),
        ("DescribeSecurityGroups", {"SecurityGroupIds": ["sg-missing0"]}),
        ("DescribeRouteTables", {"RouteTableIds": ["rtb-missing0"]}),
    ],
)
def test_what_is_not_there_is_resource_not_found(account, action, params):
    """terraform and cloudmux compare the whole code, wecube looks for it within the text."""
    assert account.refusal(action, **params) == "ResourceNotFound"


@pytest.mark.parametrize(
    ("action", "ids", "missing", "outer"),
    [
        ("DescribeVpcs", "VpcIds", "vpc-missing0", "VpcSet"),
        ("DescribeSubnets", "SubnetIds", "subnet-missing0", "SubnetSet"),
    ],
)
def test_a_vpc_or_subnet_that_is_not_there_is_an_empty_list(account, action, ids, missing, outer):
    """terraform, cloudmux and wecube take a TotalCount of 0 for gone; terraform takes a code as well."""
    reply = account.call(action, **{ids: [missing]})
    assert (reply[outer], reply["TotalCount"]) == ([], 0)


def test_an_instance_that_is_not_there_has_a_code_of_its_own_in_cvm(account):
    """terraform takes it for terminated."""
    assert (
        account.refusal("TerminateInstances", InstanceIds=["ins-missing0"]) == "InvalidInstanceId.NotFound"
    )
    reply = account.call("DescribeInstances", InstanceIds=["ins-missing0"])
    assert (reply["InstanceSet"], reply["TotalCount"]) == ([], 0)


def test_to_detach_what_is_there_but_not_attached_is_a_wrong_state_and_not_not_found(account):
    """terraform retries the one; after the other it reads an answer that it does not have."""
    (instance_id,) = account.run_instances()
    params = {"NetworkInterfaceId": account.create_interface(), "InstanceId": instance_id}
    assert account.refusal("DetachNetworkInterface", **params) == "UnsupportedOperation.InvalidState"


def test_an_error_comes_with_status_200_a_code_a_message_and_a_request_id(account):
    """All: the SDK takes Response.Error for an exception."""
    with pytest.raises(ApiError) as refusal:
        account.client.call("DeleteNetworkInterface", NetworkInterfaceId=MISSING)
    assert refusal.value.status == 200
    assert set(refusal.value.body) == {"Error", "RequestId"}
    assert set(refusal.value.body["Error"]) == {"Code", "Message"}
