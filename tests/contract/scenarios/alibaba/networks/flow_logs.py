"""How users call the actions on flow logs with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, vpc_models


def _rows(account: SdkAccount, **criteria: Any) -> Any:
    request = vpc_models.DescribeFlowLogsRequest(region_id=REGION, **criteria)
    return account.vpc.describe_flow_logs(request).flow_logs.flow_log


def _status(account: SdkAccount, log_id: str) -> str:
    (shown,) = _rows(account, flow_log_id=log_id)
    status: str = shown.status
    return status


def _new(account: SdkAccount) -> str:
    request = vpc_models.CreateFlowLogRequest(
        region_id=REGION,
        resource_type="VPC",
        resource_id=account.vpc_id,
        traffic_type="All",
        project_name="main",
        log_store_name="flows",
        flow_log_name="flows",
        aggregation_interval=1,
        traffic_path=["all"],
        tag=[vpc_models.CreateFlowLogRequestTag(key="k", value="v")],
    )
    log_id: str = account.vpc.create_flow_log(request).flow_log_id
    poll(lambda: _status(account, log_id), "Active")
    return log_id


def create_flow_log(account: SdkAccount) -> None:
    (shown,) = _rows(account, flow_log_id=_new(account))
    assert (shown.flow_log_name, shown.resource_id) == ("flows", account.vpc_id)
    assert shown.traffic_path.traffic_path_list == ["all"]


def describe_flow_logs(account: SdkAccount) -> None:
    log_id = _new(account)
    tags = [vpc_models.DescribeFlowLogsRequestTags(key="k", value="v")]
    (shown,) = _rows(account, vpc_id=account.vpc_id, status="Active", tags=tags)
    assert shown.flow_log_id == log_id


def deactive_flow_log(account: SdkAccount) -> None:
    log_id = _new(account)
    account.vpc.deactive_flow_log(vpc_models.DeactiveFlowLogRequest(region_id=REGION, flow_log_id=log_id))
    poll(lambda: _status(account, log_id), "Inactive")


def active_flow_log(account: SdkAccount) -> None:
    log_id = _new(account)
    account.vpc.deactive_flow_log(vpc_models.DeactiveFlowLogRequest(region_id=REGION, flow_log_id=log_id))
    poll(lambda: _status(account, log_id), "Inactive")
    account.vpc.active_flow_log(vpc_models.ActiveFlowLogRequest(region_id=REGION, flow_log_id=log_id))
    poll(lambda: _status(account, log_id), "Active")


def modify_flow_log_attribute(account: SdkAccount) -> None:
    log_id = _new(account)
    request = vpc_models.ModifyFlowLogAttributeRequest(
        region_id=REGION, flow_log_id=log_id, flow_log_name="renamed", aggregation_interval=5
    )
    account.vpc.modify_flow_log_attribute(request)
    (shown,) = _rows(account, flow_log_id=log_id)
    assert (shown.flow_log_name, shown.aggregation_interval) == ("renamed", 5)


def delete_flow_log(account: SdkAccount) -> None:
    log_id = _new(account)
    account.vpc.delete_flow_log(vpc_models.DeleteFlowLogRequest(region_id=REGION, flow_log_id=log_id))
    poll(lambda: _rows(account, flow_log_id=log_id), [])


def _enabled(account: SdkAccount) -> bool:
    request = vpc_models.GetFlowLogServiceStatusRequest(region_id=REGION)
    enabled: bool = account.vpc.get_flow_log_service_status(request).enabled
    return enabled


def get_flow_log_service_status(account: SdkAccount) -> None:
    assert _enabled(account) is False


def open_flow_log_service(account: SdkAccount) -> None:
    account.vpc.open_flow_log_service(vpc_models.OpenFlowLogServiceRequest(region_id=REGION))
    assert _enabled(account) is True
