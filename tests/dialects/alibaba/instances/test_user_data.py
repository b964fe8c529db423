"""User data are shown as they were given, whichever action gave them.

Sources: the vendor's pages DescribeUserData, RunInstances, CreateInstance and ModifyInstanceAttribute.
"""

import pytest
from tests.harness import emulator

VPC = "2016-04-28"
SCRIPT = "IyEvYmluL3NoCmVjaG8gb25lCg=="
OTHER = "IyEvYmluL3NoCmVjaG8gdHdvCg=="


@pytest.fixture
def client():
    return emulator().alibaba()


def created(client, action, **more):
    """Return the id of an instance that an action has created."""
    vpc_id = client.call("CreateVpc", VPC)["VpcId"]
    client.emulator.advance()
    place = {"VpcId": vpc_id, "ZoneId": "cn-hangzhou-h"}
    vswitch_id = client.call("CreateVSwitch", VPC, CidrBlock="172.16.0.0/24", **place)["VSwitchId"]
    group_id = client.call("CreateSecurityGroup", VpcId=vpc_id)["SecurityGroupId"]
    client.emulator.advance()
    wanted = {"VSwitchId": vswitch_id, "SecurityGroupId": group_id, "ImageId": "m-1"}
    answer = client.call(action, InstanceType="ecs.g7.large", **wanted, **more)
    client.emulator.advance()
    return (
        answer["InstanceId"] if action == "CreateInstance" else answer["InstanceIdSets"]["InstanceIdSet"][0]
    )


def shown(client, instance_id):
    """Return the user data of an instance, which no other action shows."""
    listed = client.call("DescribeInstances")["Instances"]["Instance"]
    assert not any("UserData" in each for each in listed)
    assert "UserData" not in client.call("DescribeInstanceAttribute", InstanceId=instance_id)
    return client.call("DescribeUserData", InstanceId=instance_id)["UserData"]


@pytest.mark.parametrize("action", ["RunInstances", "CreateInstance"])
def test_an_instance_shows_the_user_data_that_it_was_created_with(client, action):
    assert shown(client, created(client, action, UserData=SCRIPT)) == SCRIPT


@pytest.mark.parametrize("action", ["RunInstances", "CreateInstance"])
def test_other_user_data_take_the_place_of_the_first(client, action):
    instance_id = created(client, action, UserData=SCRIPT)
    client.call("ModifyInstanceAttribute", InstanceId=instance_id, UserData=OTHER)
    assert shown(client, instance_id) == OTHER
    client.call("ModifyInstanceAttribute", InstanceId=instance_id, Description="another")
    assert shown(client, instance_id) == OTHER


@pytest.mark.parametrize("action", ["RunInstances", "CreateInstance"])
def test_an_instance_may_have_no_user_data(client, action):
    assert shown(client, created(client, action)) == ""
