"""How users call the actions on flow logs with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount


def _new(account: SdkAccount) -> str:
    made = account.vpc(
        "CreateFlowLog",
        FlowLogName="demo",
        ResourceType="VPC",
        ResourceId=account.vpc_id,
        VpcId=account.vpc_id,
        TrafficType="ALL",
        CloudLogId="topic",
        Tags=[CITY],
    )
    log_id: str = made.FlowLog[0].FlowLogId
    return log_id


def _shown(account: SdkAccount, log_id: str) -> Any:
    (shown,) = account.vpc("DescribeFlowLogs", FlowLogId=log_id).FlowLog
    return shown


def create_flow_log(account: SdkAccount) -> None:
    shown = _shown(account, _new(account))
    assert (shown.VpcId, shown.Enable, shown.CloudLogId) == (account.vpc_id, True, "topic")


def describe_flow_log(account: SdkAccount) -> None:
    log_id = _new(account)
    (shown,) = account.vpc("DescribeFlowLog", VpcId=account.vpc_id, FlowLogId=log_id).FlowLog
    assert shown.FlowLogName == "demo"


def describe_flow_logs(account: SdkAccount) -> None:
    log_id = _new(account)
    of_city = {"Name": "tag:city", "Values": ["shanghai"]}
    reply = account.vpc("DescribeFlowLogs", VpcId=account.vpc_id, Filters=of_city, Limit=10)
    assert (reply.TotalNum, [each.FlowLogId for each in reply.FlowLog]) == (1, [log_id])


def modify_flow_log_attribute(account: SdkAccount) -> None:
    log_id = _new(account)
    account.vpc("ModifyFlowLogAttribute", VpcId=account.vpc_id, FlowLogId=log_id, FlowLogName="renamed")
    assert _shown(account, log_id).FlowLogName == "renamed"


def disable_flow_logs(account: SdkAccount) -> None:
    log_id = _new(account)
    account.vpc("DisableFlowLogs", FlowLogIds=[log_id])
    assert _shown(account, log_id).Enable is False


def enable_flow_logs(account: SdkAccount) -> None:
    log_id = _new(account)
    account.vpc("DisableFlowLogs", FlowLogIds=[log_id])
    account.vpc("EnableFlowLogs", FlowLogIds=[log_id])
    assert _shown(account, log_id).Enable is True


def delete_flow_log(account: SdkAccount) -> None:
    log_id = _new(account)
    account.vpc("DeleteFlowLog", VpcId=account.vpc_id, FlowLogId=log_id)
    assert account.vpc("DescribeFlowLogs").FlowLog == []
