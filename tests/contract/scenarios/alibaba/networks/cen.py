"""How users grant a VPC to the CEN instance of another account with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, vpc_models

OWNER = 1234567890123456


def _grants(account: SdkAccount) -> list[tuple[str, int]]:
    request = vpc_models.DescribeGrantRulesToCenRequest(
        region_id=REGION, instance_id=account.vpc_id, instance_type="VPC"
    )
    rules: Any = account.vpc.describe_grant_rules_to_cen(request).cen_grant_rules.cbn_grant_rule
    return [(each.cen_instance_id, each.cen_owner_id) for each in rules]


def _granted(account: SdkAccount) -> dict[str, Any]:
    names = {
        "region_id": REGION,
        "cen_id": "cen-shop",
        "cen_owner_id": OWNER,
        "instance_id": account.vpc_id,
        "instance_type": "VPC",
    }
    account.vpc.grant_instance_to_cen(vpc_models.GrantInstanceToCenRequest(**names))
    return names


def grant_instance_to_cen(account: SdkAccount) -> None:
    _granted(account)
    shown = vpc_models.DescribeVpcAttributeRequest(region_id=REGION, vpc_id=account.vpc_id)
    assert account.vpc.describe_vpc_attribute(shown).associated_cens.associated_cen == []


def describe_grant_rules_to_cen(account: SdkAccount) -> None:
    _granted(account)
    assert _grants(account) == [("cen-shop", OWNER)]


def revoke_instance_from_cen(account: SdkAccount) -> None:
    names = _granted(account)
    account.vpc.revoke_instance_from_cen(vpc_models.RevokeInstanceFromCenRequest(**names))
    assert _grants(account) == []
