"""What is left out, cleared, given back or overlooked: how the cloud is, beside its documents."""

from base64 import b64encode

import pytest


@pytest.fixture
def instance_id(account):
    return account.run_instances()[0]


def one(account):
    return account.describe_instances()[0]


def attribute(account, instance_id):
    return account.call("DescribeInstanceAttribute", InstanceId=instance_id)


def test_an_empty_text_clears_names_descriptions_and_user_data(account, instance_id):
    """The Terraform provider alicloud sends the empty text where a configuration drops the attribute."""
    change = {"InstanceId": instance_id}
    data = b64encode(b"echo").decode()
    account.call("ModifyInstanceAttribute", **change, InstanceName="new", Description="d2", UserData=data)
    account.call("ModifyInstanceAttribute", **change, InstanceName="", Description="", UserData="")
    shown = attribute(account, instance_id)
    assert (shown["InstanceName"], shown["Description"]) == (instance_id, "")
    assert account.call("DescribeUserData", InstanceId=instance_id)["UserData"] == ""


@pytest.mark.parametrize("style", ["get", "query", "form", "acs3"])
def test_an_empty_text_clears_in_every_way_of_asking(account, instance_id, style):
    account.call("ModifyInstanceAttribute", InstanceId=instance_id, Description="something")
    account.call("ModifyInstanceAttribute", InstanceId=instance_id, Description="", style=style)
    assert attribute(account, instance_id)["Description"] == ""


def test_an_empty_text_is_nothing_where_there_is_nothing_to_clear(account):
    assert len(account.describe_instances(InstanceName="", Status="")) == 0
    account.run_instances(InstanceName="", Description="", HostName="")
    assert len(account.describe_instances(InstanceName="", Status="")) == 1


def test_what_there_is_not_is_left_out(account):
    """Recorded in 2024, with 37 to 42 of 43 instances."""
    shown = account.run_instance()
    assert not shown.keys() & {"Tags", "KeyPairName", "LocalStorageAmount", "LocalStorageCapacity"}
    assert "Bandwidth" not in shown["EipAddress"]
    assert shown["ImageOptions"] == shown["PrivateDnsNameOptions"] == {}
    assert shown["MetadataOptions"]["HttpEndpoint"] == shown["MetadataOptions"]["HttpTokens"] == ""
    assert shown["InternetChargeType"] == "PayByTraffic"
    assert list(shown).index("EipAddress") < list(shown).index("PublicIpAddress")
    account.add_key_pair("key")
    account.run_instances(Tag=[{"Key": "k", "Value": "v"}], KeyPairName="key")
    assert {"Tags", "KeyPairName"} <= one(account).keys()


def test_what_a_running_instance_shows_may_be_given_back(account, instance_id):
    (instance,) = account.describe_instances()
    account.call("StopInstance", InstanceId=instance_id, StoppedMode=instance["StoppedMode"])
    account.wait()
    assert one(account)["StoppedMode"] == "KeepCharging"
    account.call("StartInstance", InstanceId=instance_id)
    account.wait()
    account.call("StopInstances", InstanceId=[instance_id], StoppedMode="Not-applicable")


TOKENS = {
    "ModifyInstanceAttribute": {"InstanceName": "new"},
    "ModifyInstanceMaintenanceAttributes": {"NotifyOnMaintenance": True},
    "StopInstance": {},
    "StartInstance": {},
    "RebootInstance": {},
    "DeleteInstance": {"Force": True},
}


def test_every_change_takes_a_token_although_no_page_lists_it(account, instance_id):
    """Terraform's provider, karpenter and others send one with every change."""
    for action, more in TOKENS.items():
        ids = [instance_id] if action.endswith("Attributes") else instance_id
        account.client.call(action, InstanceId=ids, ClientToken="token", **more)
        account.wait()
    assert account.describe_instances() == []


def test_high_density_is_shown_again(account, instance_id):
    info = {"EnableHighDensityMode": True}
    account.call("ModifyInstanceAttribute", InstanceId=instance_id, AdditionalInfo=info)
    assert one(account)["AdditionalInfo"]["EnableHighDensityMode"] is True
    account.run_instances(AdditionalInfo=info)
    assert one(account)["AdditionalInfo"]["EnableHighDensityMode"] is True


def test_parameters_that_gateways_overlook_are_overlooked(account, instance_id):
    """Known programs send them: the Terraform provider, cloudmux and csi-driver."""
    types = account.call("DescribeInstanceTypes")["InstanceTypes"]
    overlooked = {"InstanceType": "ecs.none", "SystemDiskCategory": "cloud_essd"}
    assert account.call("DescribeInstanceTypes", **overlooked)["InstanceTypes"] == types
    disks = account.call("DescribeDisks", OperationLocks="none")["Disks"]["Disk"]
    assert [each["InstanceId"] for each in disks] == [instance_id]


def test_a_system_disk_keeps_its_snapshots_and_has_no_placement(account):
    """Recorded in 2024 (17 disks)."""
    account.run_instances(DataDisk=[{"Size": 40}])
    system, data = account.call("DescribeDisks")["Disks"]["Disk"]
    assert (system["DeleteAutoSnapshot"], data["DeleteAutoSnapshot"]) == (False, True)
    assert system["Placement"] == data["Placement"] == {}
