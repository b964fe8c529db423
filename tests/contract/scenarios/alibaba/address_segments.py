"""How users call the actions on contiguous EIPs with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, vpc_models


def _rows(account: SdkAccount, segment_id: str) -> Any:
    request = vpc_models.DescribeEipSegmentRequest(region_id=REGION, segment_instance_id=segment_id)
    return account.vpc.describe_eip_segment(request).eip_segments.eip_segment


def _new(account: SdkAccount) -> str:
    request = vpc_models.AllocateEipSegmentAddressRequest(region_id=REGION, eip_mask="28", bandwidth="5")
    made: str = account.vpc.allocate_eip_segment_address(request).eip_segment_instance_id
    poll(lambda: _rows(account, made)[0].status, "Allocated")
    return made


def allocate_eip_segment_address(account: SdkAccount) -> None:
    made = _new(account)
    request = vpc_models.DescribeEipAddressesRequest(
        region_id=REGION, segment_instance_id=made, page_size=100
    )
    found = account.vpc.describe_eip_addresses(request).eip_addresses.eip_address
    assert {each.segment_instance_id for each in found} == {made}


def describe_eip_segment(account: SdkAccount) -> None:
    (shown,) = _rows(account, _new(account))
    assert (shown.ip_count, shown.segment[-3:]) == ("16", "/28")


def release_eip_segment_address(account: SdkAccount) -> None:
    made = _new(account)
    request = vpc_models.ReleaseEipSegmentAddressRequest(region_id=REGION, segment_instance_id=made)
    account.vpc.release_eip_segment_address(request)
    poll(lambda: _rows(account, made), [])
