"""Flow logs of Tencent Cloud: created, switched on and off, listed and deleted."""

import pytest

ABSENT = "fl-absent00"
TAGS = [{"Key": "city", "Value": "shanghai"}]


def wanted(account, **changes):
    """Return the parameters of a flow log of the account's VPC."""
    of_vpc = {"ResourceType": "VPC", "ResourceId": account.vpc_id, "VpcId": account.vpc_id}
    return {"FlowLogName": "demo", "TrafficType": "ALL", "CloudLogId": "topic", **of_vpc, **changes}


def create(account, **changes):
    """Create a flow log; return its id."""
    (created,) = account.call("CreateFlowLog", **wanted(account, **changes))["FlowLog"]
    return created["FlowLogId"]


def show(account, log_id):
    (shown,) = account.call("DescribeFlowLogs", FlowLogId=log_id)["FlowLog"]
    return shown


def listed(account, **criteria):
    return [each["FlowLogId"] for each in account.call("DescribeFlowLogs", **criteria)["FlowLog"]]


def test_a_new_flow_log_writes_at_once(account):
    more = {"FlowLogDescription": "d", "CloudLogRegion": "ap-shanghai", "Tags": TAGS}
    (created,) = account.call("CreateFlowLog", **wanted(account, **more))["FlowLog"]
    log_id = created["FlowLogId"]
    assert log_id.startswith("fl-")
    assert show(account, log_id) == created
    (alone,) = account.call("DescribeFlowLog", VpcId=account.vpc_id, FlowLogId=log_id)["FlowLog"]
    assert alone == created
    assert created.pop("CreatedTime")
    assert created == {
        "VpcId": account.vpc_id,
        "FlowLogId": log_id,
        "FlowLogName": "demo",
        "ResourceType": "VPC",
        "ResourceId": account.vpc_id,
        "TrafficType": "ALL",
        "CloudLogId": "topic",
        "CloudLogState": "SUCCESS",
        "FlowLogDescription": "d",
        "TagSet": TAGS,
        "Enable": True,
        "StorageType": "cls",
        "FlowLogStorage": {"StorageId": "", "StorageTopic": ""},
        "CloudLogRegion": "ap-shanghai",
    }


def test_a_flow_log_is_written_to_kafka(account):
    storage = {"StorageId": "ckafka-1", "StorageTopic": "topic-1"}
    shown = show(account, create(account, StorageType="ckafka", CloudLogId=None, FlowLogStorage=storage))
    assert (shown["StorageType"], shown["FlowLogStorage"], shown["CloudLogId"]) == ("ckafka", storage, "")
    assert shown["CloudLogRegion"] == "ap-guangzhou"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"FlowLogName": "n" * 61}, "InvalidParameterValue.TooLong"),
        ({"FlowLogName": None}, "MissingParameter"),
        ({"VpcId": None}, "InvalidParameterValue.Empty"),
        ({"CloudLogId": None}, "InvalidParameterValue.Empty"),
        ({"StorageType": "ckafka"}, "InvalidParameterValue.Empty"),
        ({"StorageType": "ckafka", "FlowLogStorage": {"StorageId": "s"}}, "InvalidParameterValue.Empty"),
        ({"ResourceType": "CCN", "ResourceId": "ccn-12345678"}, "ResourceNotFound"),
        ({"ResourceId": "eni-12345678"}, "InvalidParameterValue.Malformed"),
        ({"ResourceId": "vpc-absent00"}, "ResourceNotFound"),
        ({"ResourceType": "NAT", "ResourceId": "nat-absent00"}, "ResourceNotFound"),
        ({"VpcId": "vpc-absent00"}, "ResourceNotFound"),
    ],
)
def test_what_is_wrong_with_a_new_flow_log(account, changes, code):
    refused = account.refusal("CreateFlowLog", **wanted(account, **changes))
    assert refused == code or (code.endswith("TooLong") and refused.startswith("InvalidParameterValue"))
    assert listed(account) == []


def test_the_period_is_that_of_ccns(account):
    assert account.refusal("CreateFlowLog", **wanted(account, Period=60)).startswith("Unsupported")


def test_the_same_traffic_is_written_once(account):
    create(account)
    refused = account.refusal("CreateFlowLog", **wanted(account))
    assert refused == "UnsupportedOperation.FlowLogInstanceExisted"
    create(account, TrafficType="REJECT")
    create(account, CloudLogId="other")


def test_what_is_watched_is_in_the_vpc_that_is_named(account):
    other = account.call("CreateVpc", VpcName="o", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    assert account.refusal("CreateFlowLog", **wanted(account, VpcId=other)) == "ResourceNotFound"
    log_id = create(account)
    for action in ("DescribeFlowLog", "DeleteFlowLog", "ModifyFlowLogAttribute"):
        refused = account.refusal(action, VpcId=other, FlowLogId=log_id)
        assert refused == "InvalidParameterValue.Malformed"


def test_flow_logs_are_switched_off_and_on(account):
    ids = [create(account), create(account, TrafficType="REJECT")]
    account.call("DisableFlowLogs", FlowLogIds=ids)
    assert [show(account, each)["Enable"] for each in ids] == [False, False]
    account.call("EnableFlowLogs", FlowLogIds=ids[:1])
    account.call("EnableFlowLogs", FlowLogIds=ids[:1])
    assert [show(account, each)["Enable"] for each in ids] == [True, False]
    for action in ("EnableFlowLogs", "DisableFlowLogs"):
        assert account.refusal(action, FlowLogIds=[*ids, ABSENT]) == "ResourceNotFound"
        assert account.refusal(action, FlowLogIds=[]) == "InvalidParameterValue.Malformed"
        assert account.refusal(action, FlowLogIds=["x"]) == "InvalidParameterValue.Malformed"


def test_a_flow_log_is_renamed_and_deleted(account):
    log_id = create(account)
    named = {"VpcId": account.vpc_id, "FlowLogId": log_id}
    account.call("ModifyFlowLogAttribute", **named, FlowLogName="b", FlowLogDescription="e")
    shown = show(account, log_id)
    assert (shown["FlowLogName"], shown["FlowLogDescription"]) == ("b", "e")
    assert account.refusal("ModifyFlowLogAttribute", **named, Period=60).startswith("Unsupported")
    account.call("DeleteFlowLog", **named)
    assert listed(account) == []
    for action in ("DeleteFlowLog", "ModifyFlowLogAttribute", "DescribeFlowLog"):
        assert account.refusal(action, **named) == "ResourceNotFound"


def test_flow_logs_are_found_in_an_order(account):
    first = create(account, FlowLogName="b", Tags=TAGS)
    second = create(account, FlowLogName="a", TrafficType="REJECT", CloudLogId="other")
    assert listed(account) == [second, first]
    assert listed(account, OrderDirection="ASC") == [first, second]
    assert listed(account, OrderField="flowLogName", OrderDirection="ASC") == [second, first]
    assert listed(account, Limit=1, Offset=1) == [first]
    for criteria, found in (
        ({"FlowLogName": "b"}, [first]),
        ({"TrafficType": "REJECT"}, [second]),
        ({"CloudLogId": "other"}, [second]),
        ({"CloudLogState": "DELETED"}, []),
        ({"CloudLogRegion": "ap-guangzhou"}, [second, first]),
        ({"ResourceType": "NAT"}, []),
        ({"ResourceId": account.vpc_id}, [second, first]),
        ({"VpcId": "vpc-absent00"}, []),
        ({"Filters": {"Name": "tag-key", "Values": ["city"]}}, [first]),
        ({"Filters": {"Name": "tag:city", "Values": ["shanghai"]}}, [first]),
        ({"Filters": {"Name": "tag:city", "Values": ["paris"]}}, []),
        ({"Filters": {"Name": "colour", "Values": ["x"]}}, [second, first]),
    ):
        assert listed(account, **criteria) == found
    both = {"FlowLogId": first, "Filters": {"Name": "tag-key", "Values": ["city"]}}
    assert account.refusal("DescribeFlowLogs", **both) == "InvalidParameterValue.Malformed"
    assert account.refusal("DescribeFlowLogs", Limit=101) == "InvalidParameterValue.Range"


def test_a_vpc_counts_its_flow_logs_and_takes_them_along(account):
    vpc_id = account.call("CreateVpc", VpcName="o", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    create(account, VpcId=vpc_id, ResourceId=vpc_id)
    (counts,) = account.call("DescribeVpcResourceDashboard", VpcIds=[vpc_id])["ResourceDashboardSet"]
    assert counts["FlowLog"] == 1
    account.call("DeleteVpc", VpcId=vpc_id)
    assert listed(account) == []
