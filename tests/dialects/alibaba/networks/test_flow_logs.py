"""Flow logs of Alibaba Cloud: created, started, stopped, listed and deleted, and their service."""

import pytest
from tests.dialects.alibaba.sdk_models import VPC


def wanted(account, **changes):
    """Return the parameters of a flow log of a new VPC."""
    kept = {"ResourceType": "VPC", "TrafficType": "All", "ProjectName": "main", "LogStoreName": "flows"}
    vpc_id = {} if "ResourceId" in changes else {"ResourceId": account.create_vpc()}
    return {**kept, **vpc_id, **changes}


def create(account, **changes):
    """Create a flow log that is Active; return its id."""
    log_id = account.call("CreateFlowLog", VPC, **wanted(account, **changes))["FlowLogId"]
    account.wait()
    return log_id


def rows(account, **criteria):
    return account.call("DescribeFlowLogs", VPC, **criteria)["FlowLogs"]["FlowLog"]


def listed(account, **criteria):
    return [each["FlowLogId"] for each in rows(account, **criteria)]


def show(account, log_id):
    (shown,) = rows(account, FlowLogId=log_id)
    return shown


def status(account, log_id):
    return show(account, log_id)["Status"]


def test_a_new_flow_log_is_activating_then_active(account):
    vpc_id = account.create_vpc()
    created = account.call(
        "CreateFlowLog",
        VPC,
        ResourceType="VPC",
        ResourceId=vpc_id,
        TrafficType="Drop",
        ProjectName="project-1",
        LogStoreName="store_1",
        FlowLogName="n",
        Description="d",
        AggregationInterval="1",
        IpVersion="DualStack",
        LogFormat="${eni-id}",
        ResourceGroupId="rg-mine",
        TrafficPath=["natGateway", "vbr"],
        Tag=[{"Key": "k", "Value": "v"}],
    )
    log_id = created["FlowLogId"]
    assert (log_id[:3], created["ResourceGroupId"], created["Success"]) == ("fl-", "rg-mine", "true")
    assert status(account, log_id) == "Activating"
    account.wait()
    shown = show(account, log_id)
    assert shown.pop("CreationTime").endswith("Z")
    assert shown == {
        "AggregationInterval": 1,
        "BusinessStatus": "Normal",
        "Description": "d",
        "FlowLogDeliverErrorMessage": "",
        "FlowLogDeliverStatus": "SUCCESS",
        "FlowLogId": log_id,
        "FlowLogName": "n",
        "IpVersion": "DualStack",
        "LogFormat": "${eni-id}",
        "LogStoreName": "store_1",
        "ProjectName": "project-1",
        "RegionId": "cn-hangzhou",
        "ResourceGroupId": "rg-mine",
        "ResourceId": vpc_id,
        "ResourceType": "VPC",
        "ServiceType": "",
        "Status": "Active",
        "Tags": {"Tag": [{"Key": "k", "Value": "v"}]},
        "TrafficPath": {"TrafficPathList": ["natGateway", "vbr"]},
        "TrafficType": "Drop",
    }


def test_a_flow_log_that_says_little_has_the_defaults(account):
    shown = show(account, create(account, ProjectName=None, LogStoreName=None))
    assert (shown["AggregationInterval"], shown["IpVersion"]) == (10, "IPv4")
    assert (shown["TrafficPath"], shown["ProjectName"]) == ({"TrafficPathList": ["all"]}, "")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ResourceId": None}, ("MissingParameter", 400)),
        ({"TrafficType": None}, ("MissingParameter", 400)),
        ({"ResourceType": "Ccn"}, ("INVALID_PARAMETER", 400)),
        ({"TrafficType": "ALL"}, ("INVALID_PARAMETER", 400)),
        ({"AggregationInterval": 2}, ("INVALID_PARAMETER", 400)),
        ({"IpVersion": "IPv6"}, ("INVALID_PARAMETER", 400)),
        ({"ProjectName": "Main"}, ("INVALID_PARAMETER", 400)),
        ({"ProjectName": "ab"}, ("INVALID_PARAMETER", 400)),
        ({"LogStoreName": "-flows"}, ("INVALID_PARAMETER", 400)),
        ({"FlowLogName": "http://n"}, ("INVALID_PARAMETER", 400)),
        ({"Description": "d" * 257}, ("INVALID_PARAMETER", 400)),
        ({"TrafficPath": ["somewhere"]}, ("INVALID_PARAMETER", 400)),
        ({"ResourceId": "vpc-none"}, ("INVALID_PARAMETER", 400)),
        ({"ResourceType": "VSwitch", "ResourceId": "vsw-none"}, ("INVALID_PARAMETER", 400)),
        ({"ResourceType": "NetworkInterface", "ResourceId": "eni-none"}, ("INVALID_PARAMETER", 400)),
        ({"Tag": [{"Key": "k"}, {"Key": "k"}]}, ("Duplicate.TagKey", 400)),
    ],
)
def test_what_is_wrong_with_a_new_flow_log(account, changes, refusal):
    assert account.refusal("CreateFlowLog", VPC, **wanted(account, **changes)) == refusal
    assert listed(account) == []


def test_a_flow_log_is_stopped_and_started(account):
    log_id = create(account)
    account.call("DeactiveFlowLog", VPC, FlowLogId=log_id)
    assert status(account, log_id) == "Deactivating"
    for action in ("ActiveFlowLog", "DeactiveFlowLog", "DeleteFlowLog", "ModifyFlowLogAttribute"):
        assert account.refusal(action, VPC, FlowLogId=log_id) == ("IncorrectStatus.flowlog", 400)
    account.wait()
    assert status(account, log_id) == "Inactive"
    account.call("DeactiveFlowLog", VPC, FlowLogId=log_id)
    assert status(account, log_id) == "Inactive"
    account.call("ActiveFlowLog", VPC, FlowLogId=log_id)
    assert status(account, log_id) == "Activating"
    account.wait()
    assert status(account, log_id) == "Active"


def test_a_flow_log_changes_what_it_says_and_how_it_writes(account):
    log_id = create(account, FlowLogName="a", Description="d")
    account.call(
        "ModifyFlowLogAttribute",
        VPC,
        FlowLogId=log_id,
        FlowLogName="b",
        AggregationInterval=5,
        IpVersion="DualStack",
        LogFormat="f",
    )
    shown = show(account, log_id)
    assert (shown["FlowLogName"], shown["Description"], shown["LogFormat"]) == ("b", "d", "f")
    assert (shown["AggregationInterval"], shown["IpVersion"]) == (5, "DualStack")
    wrong = {"FlowLogId": log_id, "AggregationInterval": 0}
    assert account.refusal("ModifyFlowLogAttribute", VPC, **wrong) == ("INVALID_PARAMETER", 400)


def test_a_flow_log_is_deleted_active_or_not(account):
    log_id = create(account)
    account.call("DeleteFlowLog", VPC, FlowLogId=log_id)
    assert status(account, log_id) == "Deleting"
    account.wait()
    assert listed(account) == []
    assert account.refusal("DeleteFlowLog", VPC, FlowLogId=log_id) == ("INVALID_PARAMETER", 400)


def test_a_flow_log_goes_with_what_it_watches(account):
    vpc_id = account.create_vpc()
    create(account, ResourceId=vpc_id)
    account.call("DeleteVpc", VPC, VpcId=vpc_id)
    account.wait()
    assert listed(account) == []


def test_flow_logs_are_found(account):
    interface_id = account.create_interface()
    (interface,) = account.call("DescribeNetworkInterfaces", NetworkInterfaceId=[interface_id])[
        "NetworkInterfaceSets"
    ]["NetworkInterfaceSet"]
    of_interface = create(
        account,
        ResourceType="NetworkInterface",
        ResourceId=interface_id,
        FlowLogName="a",
        Description="x",
        TrafficType="Allow",
        Tag=[{"Key": "k", "Value": "v"}],
    )
    of_vswitch = create(
        account, ResourceType="VSwitch", ResourceId=interface["VSwitchId"], ResourceGroupId="rg-b"
    )
    other = create(account, ProjectName="other", LogStoreName="store")
    assert listed(account) == [other, of_vswitch, of_interface]
    assert listed(account, VpcId=interface["VpcId"]) == [of_vswitch, of_interface]
    for criteria, found in (
        ({"FlowLogId": other}, [other]),
        ({"FlowLogName": "a"}, [of_interface]),
        ({"Description": "x"}, [of_interface]),
        ({"TrafficType": "Allow"}, [of_interface]),
        ({"ResourceType": "VSwitch"}, [of_vswitch]),
        ({"ResourceId": interface_id}, [of_interface]),
        ({"ResourceGroupId": "rg-b"}, [of_vswitch]),
        ({"ProjectName": "other"}, [other]),
        ({"LogStoreName": "store"}, [other]),
        ({"Status": "Inactive"}, []),
        ({"Tags": [{"Key": "k", "Value": "v"}]}, [of_interface]),
        ({"PageSize": 1, "PageNumber": 2}, [of_vswitch]),
        ({"VpcId": "vpc-none"}, []),
    ):
        assert listed(account, **criteria) == found
    about = account.call("DescribeFlowLogs", VPC, PageSize=1)
    assert (about["TotalCount"], about["PageNumber"], about["PageSize"]) == ("3", "1", "1")
    assert account.refusal("DescribeFlowLogs", VPC, PageSize=51) == ("INVALID_PARAMETER", 400)


def test_tags_and_groups_change(account):
    log_id = create(account)
    of_log = {"ResourceType": "FLOWLOG"}
    account.call("TagResources", VPC, ResourceId=[log_id], Tag=[{"Key": "k", "Value": "v"}], **of_log)
    account.call("MoveResourceGroup", VPC, ResourceId=log_id, NewResourceGroupId="rg-new", **of_log)
    shown = show(account, log_id)
    assert shown["Tags"] == {"Tag": [{"Key": "k", "Value": "v"}]}
    assert shown["ResourceGroupId"] == "rg-new"


def test_the_service_is_opened_once(account):
    enabled = lambda: account.call("GetFlowLogServiceStatus", VPC)["Enabled"]  # noqa: E731
    assert enabled() is False
    opened = account.call("OpenFlowLogService", VPC, ClientToken="t")
    assert (opened["Code"], enabled()) == ("200", True)
    assert account.call("OpenFlowLogService", VPC, ClientToken="t")["Code"] == "200"
    assert account.refusal("OpenFlowLogService", VPC) == ("OperationFailed.ExceedPurchaseLimit", 400)
