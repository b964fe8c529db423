"""How users call the actions on address and service templates with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import CITY, SdkAccount


def _addresses(account: SdkAccount) -> str:
    extra = [
        {"Address": "10.0.0.1", "Description": "one host"},
        {"Address": "10.0.1.1-10.0.1.9"},
    ]
    named = {"AddressTemplateName": "offices", "AddressesExtra": extra, "Tags": [CITY]}
    made: str = account.vpc("CreateAddressTemplate", **named).AddressTemplate.AddressTemplateId
    return made


def _services(account: SdkAccount) -> str:
    services = ["tcp:80,443", "icmp"]
    made = account.vpc("CreateServiceTemplate", ServiceTemplateName="web", Services=services)
    template_id: str = made.ServiceTemplate.ServiceTemplateId
    return template_id


def _group(account: SdkAccount, kind: str, template_id: str) -> str:
    named = {f"{kind}TemplateGroupName": "all", f"{kind}TemplateIds": [template_id]}
    made = account.vpc(f"Create{kind}TemplateGroup", **named)
    group_id: str = getattr(getattr(made, f"{kind}TemplateGroup"), f"{kind}TemplateGroupId")
    return group_id


def _done(account: SdkAccount, action: str, **params: Any) -> None:
    """Call an action and wait for the end of its task."""
    task_id = account.vpc(action, **params).RequestId
    poll(lambda: account.vpc("DescribeVpcTaskResult", TaskId=task_id).Status, "SUCCESS")


def _shown(account: SdkAccount, kind: str) -> Any:
    """Return the templates, or groups, of a kind."""
    return getattr(account.vpc(f"Describe{kind}s"), f"{kind}Set")


def create_address_template(account: SdkAccount) -> None:
    _addresses(account)
    (shown,) = _shown(account, "AddressTemplate")
    assert shown.AddressSet == ["10.0.0.1", "10.0.1.1-10.0.1.9"]
    assert shown.TagSet[0].Key == "city"


def modify_address_template_attribute(account: SdkAccount) -> None:
    changes = {"AddressTemplateName": "other", "Addresses": ["10.0.0.2"]}
    template_id = _addresses(account)
    _done(account, "ModifyAddressTemplateAttribute", AddressTemplateId=template_id, **changes)
    (shown,) = _shown(account, "AddressTemplate")
    assert (shown.AddressTemplateName, shown.AddressSet) == ("other", ["10.0.0.2"])


def delete_address_template(account: SdkAccount) -> None:
    _done(account, "DeleteAddressTemplate", AddressTemplateId=_addresses(account))
    assert _shown(account, "AddressTemplate") == []


def describe_address_templates(account: SdkAccount) -> None:
    template_id = _addresses(account)
    filters = [{"Name": "address-template-id", "Values": [template_id]}]
    reply = account.vpc("DescribeAddressTemplates", Filters=filters, Limit="1", Offset="0")
    (shown,) = reply.AddressTemplateSet
    assert (reply.TotalCount, shown.AddressExtraSet[0].Description) == (1, "one host")


def create_address_template_group(account: SdkAccount) -> None:
    template_id = _addresses(account)
    _group(account, "Address", template_id)
    (shown,) = _shown(account, "AddressTemplateGroup")
    assert shown.AddressTemplateIdSet == [template_id]


def modify_address_template_group_attribute(account: SdkAccount) -> None:
    group_id, other = _group(account, "Address", _addresses(account)), _addresses(account)
    changes = {"AddressTemplateGroupId": group_id, "AddressTemplateIds": [other]}
    _done(account, "ModifyAddressTemplateGroupAttribute", **changes)
    assert _shown(account, "AddressTemplateGroup")[0].AddressTemplateIdSet == [other]


def delete_address_template_group(account: SdkAccount) -> None:
    group_id = _group(account, "Address", _addresses(account))
    _done(account, "DeleteAddressTemplateGroup", AddressTemplateGroupId=group_id)
    assert _shown(account, "AddressTemplateGroup") == []


def describe_address_template_groups(account: SdkAccount) -> None:
    template_id = _addresses(account)
    _group(account, "Address", template_id)
    filters = [{"Name": "address-template-group-name", "Values": ["all"]}]
    (shown,) = account.vpc("DescribeAddressTemplateGroups", Filters=filters).AddressTemplateGroupSet
    assert shown.AddressTemplateSet[0].AddressTemplateId == template_id


def create_service_template(account: SdkAccount) -> None:
    _services(account)
    (shown,) = _shown(account, "ServiceTemplate")
    assert shown.ServiceSet == ["tcp:80,443", "icmp"]


def modify_service_template_attribute(account: SdkAccount) -> None:
    template_id = _services(account)
    extra = [{"Service": "udp:53", "Description": "names"}]
    _done(account, "ModifyServiceTemplateAttribute", ServiceTemplateId=template_id, ServicesExtra=extra)
    (shown,) = _shown(account, "ServiceTemplate")
    assert [(each.Service, each.Description) for each in shown.ServiceExtraSet] == [("udp:53", "names")]


def delete_service_template(account: SdkAccount) -> None:
    _done(account, "DeleteServiceTemplate", ServiceTemplateId=_services(account))
    assert _shown(account, "ServiceTemplate") == []


def describe_service_templates(account: SdkAccount) -> None:
    _services(account)
    filters = [{"Name": "service-port", "Values": ["icmp"]}]
    assert account.vpc("DescribeServiceTemplates", Filters=filters).TotalCount == 1


def create_service_template_group(account: SdkAccount) -> None:
    template_id = _services(account)
    _group(account, "Service", template_id)
    (shown,) = _shown(account, "ServiceTemplateGroup")
    assert shown.ServiceTemplateSet[0].ServiceSet == ["tcp:80,443", "icmp"]


def modify_service_template_group_attribute(account: SdkAccount) -> None:
    group_id = _group(account, "Service", _services(account))
    changes = {"ServiceTemplateGroupId": group_id, "ServiceTemplateGroupName": "other"}
    _done(account, "ModifyServiceTemplateGroupAttribute", **changes)
    assert _shown(account, "ServiceTemplateGroup")[0].ServiceTemplateGroupName == "other"


def delete_service_template_group(account: SdkAccount) -> None:
    group_id = _group(account, "Service", _services(account))
    _done(account, "DeleteServiceTemplateGroup", ServiceTemplateGroupId=group_id)
    assert _shown(account, "ServiceTemplateGroup") == []


def describe_service_template_groups(account: SdkAccount) -> None:
    template_id = _services(account)
    group_id = _group(account, "Service", template_id)
    filters = [{"Name": "service-template-group-id", "Values": [group_id]}]
    (shown,) = account.vpc("DescribeServiceTemplateGroups", Filters=filters).ServiceTemplateGroupSet
    assert shown.ServiceTemplateIdSet == [template_id]


def add_template_member(account: SdkAccount) -> None:
    template_id = _addresses(account)
    members = [{"Member": "172.20.0.1/24", "Description": "lab"}]
    _done(account, "AddTemplateMember", TemplateId=template_id, TemplateMember=members)
    assert _shown(account, "AddressTemplate")[0].AddressSet[-1] == "172.20.0.1/24"


def modify_template_member(account: SdkAccount) -> None:
    template_id = _services(account)
    before, after = [{"Member": "icmp"}], [{"Member": "gre"}]
    changes = {"OriginalTemplateMember": before, "TemplateMember": after}
    _done(account, "ModifyTemplateMember", TemplateId=template_id, **changes)
    assert _shown(account, "ServiceTemplate")[0].ServiceSet == ["tcp:80,443", "gre"]


def delete_template_member(account: SdkAccount) -> None:
    template_id = _addresses(account)
    members = [{"Member": "10.0.0.1"}]
    _done(account, "DeleteTemplateMember", TemplateId=template_id, TemplateMember=members)
    assert _shown(account, "AddressTemplate")[0].AddressSet == ["10.0.1.1-10.0.1.9"]


def describe_template_limits(account: SdkAccount) -> None:
    assert account.vpc("DescribeTemplateLimits").TemplateLimit.AddressTemplateMemberLimit == 20
