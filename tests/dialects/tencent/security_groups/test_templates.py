"""Address and service templates and groups of them: what is taken, shown, listed and refused."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError

from duolect_core.model.rules import ResourceKind

EXTRA = [{"Address": "10.0.0.1", "Description": "one"}, {"Address": "10.0.1.0/24"}]


def addresses(account, *values, **more):
    named = {"AddressTemplateName": "offices", "Addresses": list(values or ["10.0.0.1"]), **more}
    return account.call("CreateAddressTemplate", **named)["AddressTemplate"]["AddressTemplateId"]


def services(account, *values, **more):
    named = {"ServiceTemplateName": "web", "Services": list(values or ["tcp:80"]), **more}
    return account.call("CreateServiceTemplate", **named)["ServiceTemplate"]["ServiceTemplateId"]


def group_of(account, kind, *ids):
    named = {f"{kind}TemplateGroupName": "all", f"{kind}TemplateIds": list(ids)}
    made = account.call(f"Create{kind}TemplateGroup", **named)[f"{kind}TemplateGroup"]
    return made[f"{kind}TemplateGroupId"]


def shown(account, kind="Address", **more):
    return account.call(f"Describe{kind}Templates", **more)[f"{kind}TemplateSet"]


def code_of(account, action, **params):
    before = account.dump()
    with pytest.raises(ApiError) as refused:
        account.client.call(action, **params)
    assert account.dump() == before
    return refused.value.code


def test_an_address_template_is_shown_with_all_that_it_was_given(account):
    made = account.call(
        "CreateAddressTemplate",
        AddressTemplateName="offices",
        AddressesExtra=EXTRA,
        Tags=[{"Key": "k", "Value": "v"}],
    )["AddressTemplate"]
    template_id = made.pop("AddressTemplateId")
    assert template_id.startswith("ipm-")
    when = made["CreatedTime"]
    assert made == {
        "AddressTemplateName": "offices",
        "AddressSet": ["10.0.0.1", "10.0.1.0/24"],
        "AddressExtraSet": [
            {"Address": "10.0.0.1", "Description": "one", "UpdatedTime": when},
            {"Address": "10.0.1.0/24", "Description": "", "UpdatedTime": when},
        ],
        "CreatedTime": when,
        "UpdatedTime": when,
        "TagSet": [{"Key": "k", "Value": "v"}],
    }
    assert shown(account) == [{**made, "AddressTemplateId": template_id}]


@pytest.mark.parametrize(
    "text", ["10.0.0.1", "172.20.0.1/24", "10.0.0.1-10.0.0.9", "2001:db8::1", "::1-::9", "::/0"]
)
def test_an_address_is_one_or_a_block_or_a_range(account, text):
    addresses(account, text)
    assert shown(account)[0]["AddressSet"] == [text]


@pytest.mark.parametrize("text", ["", "x", "10.0.0.9-10.0.0.1", "10.0.0.1-::9", "10.0.0.0/33", "1-2-3"])
def test_what_is_no_address_is_malformed(account, text):
    named = {"AddressTemplateName": "n", "Addresses": [text]}
    assert code_of(account, "CreateAddressTemplate", **named) == "InvalidParameterValue.Malformed"


@pytest.mark.parametrize(
    "text", ["tcp:80", "TCP:8080", "udp:1-9,53", "tcp:all", "tcp:ALL", "icmp", "GRE", "udp:0"]
)
def test_a_service_is_a_protocol_with_its_ports(account, text):
    services(account, text)
    assert shown(account, "Service")[0]["ServiceSet"] == [text]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tcp", "InvalidParameterValue"),
        ("icmp:80", "InvalidParameterValue"),
        ("sctp:80", "InvalidParameterValue"),
        ("tcp:80-", "InvalidParameterValue"),
        ("tcp:1-2-3", "InvalidParameterValue"),
        ("tcp:9-1", "InvalidParameterValue"),
        ("tcp:65536", "InvalidParameterValue"),
        ("tcp:" + "1," * 64 + "1", "InvalidParameterValue.TooLong"),
    ],
)
def test_what_is_no_service_is_refused(account, text, code):
    assert code_of(account, "CreateServiceTemplate", ServiceTemplateName="n", Services=[text]) == code


@pytest.mark.parametrize("kind", ["Address", "Service"])
def test_entries_are_given_in_one_way(account, kind):
    plain = f"{kind}es" if kind == "Address" else "Services"
    one = "10.0.0.1" if kind == "Address" else "icmp"
    both = {plain: [one], f"{plain}Extra": [{kind: one}]}
    create, named = f"Create{kind}Template", {f"{kind}TemplateName": "n"}
    assert code_of(account, create, **named, **both) == "InvalidParameter.Coexist"
    assert code_of(account, create, **named) == "InvalidParameterValue.Empty"
    assert code_of(account, create, **named, **{plain: [one, one]}) == "InvalidParameterValue.Duplicate"
    made = addresses(account) if kind == "Address" else services(account)
    change = f"Modify{kind}TemplateAttribute"
    assert code_of(account, change, **{f"{kind}TemplateId": made}, **both) == "InvalidParameter.Coexist"


def test_a_change_is_shown_at_once_and_takes_its_time(account):
    template_id = addresses(account)
    named = {"AddressTemplateId": template_id}
    task = account.call("ModifyAddressTemplateAttribute", Addresses=["10.0.0.2"], **named)["RequestId"]
    assert shown(account)[0]["AddressSet"] == ["10.0.0.2"]
    assert account.call("DescribeVpcTaskResult", TaskId=task)["Status"] == "RUNNING"
    busy = "UnsupportedOperation.MutexOperationTaskRunning"
    assert code_of(account, "DeleteAddressTemplate", **named) == busy
    members = {"TemplateId": template_id, "TemplateMember": [{"Member": "10.0.0.9"}]}
    assert code_of(account, "AddTemplateMember", **members) == busy
    account.wait()
    assert account.call("DescribeVpcTaskResult", TaskId=task)["Status"] == "SUCCESS"
    renamed = account.call("ModifyAddressTemplateAttribute", AddressTemplateName="o", **named)
    assert account.call("DescribeVpcTaskResult", TaskId=renamed["RequestId"])["Status"] == "SUCCESS"
    account.call("DeleteAddressTemplate", **named)
    assert len(shown(account)) == 1
    account.wait()
    assert shown(account) == []
    assert code_of(account, "DeleteAddressTemplate", **named) == "ResourceNotFound"


def test_members_are_put_in_changed_and_taken_out(account):
    template_id = addresses(account)

    def members(action, *texts, **more):
        given = [{"Member": each} for each in texts]
        account.call(action, TemplateId=template_id, TemplateMember=given, **more)
        account.wait()

    members("AddTemplateMember", "10.0.0.2", "10.0.0.3")
    members("ModifyTemplateMember", "10.0.0.9", OriginalTemplateMember=[{"Member": "10.0.0.2"}])
    members("DeleteTemplateMember", "10.0.0.1")
    assert shown(account)[0]["AddressSet"] == ["10.0.0.9", "10.0.0.3"]
    named = {"TemplateId": template_id}
    there, absent = [{"Member": "10.0.0.3"}], [{"Member": "10.0.0.1"}]
    add = code_of(account, "AddTemplateMember", **named, TemplateMember=there)
    assert add == "InvalidParameterValue.Duplicate"
    assert code_of(account, "DeleteTemplateMember", **named, TemplateMember=absent) == "ResourceNotFound"
    pair = {"OriginalTemplateMember": absent, "TemplateMember": there}
    assert code_of(account, "ModifyTemplateMember", **named, **pair) == "ResourceNotFound"
    uneven = {"OriginalTemplateMember": there, "TemplateMember": [*there, *absent]}
    assert code_of(account, "ModifyTemplateMember", **named, **uneven) == "InvalidParameterValue"
    wrong = {"TemplateId": "eni-12345678", "TemplateMember": there}
    assert code_of(account, "AddTemplateMember", **wrong) == "InvalidParameterValue"


def test_a_group_has_templates_as_members(account):
    first, second = addresses(account), addresses(account, "10.0.0.2")
    group_id = group_of(account, "Address", first)
    members = [{"Member": second, "Description": "the other"}]
    account.call("AddTemplateMember", TemplateId=group_id, TemplateMember=members)
    (group,) = account.call("DescribeAddressTemplateGroups")["AddressTemplateGroupSet"]
    assert group["AddressTemplateIdSet"] == [first, second]
    assert [each["Description"] for each in group["AddressTemplateSet"]] == ["", "the other"]
    in_use = code_of(account, "DeleteAddressTemplate", AddressTemplateId=first)
    assert in_use == "ResourceInUse"
    absent = {"AddressTemplateGroupName": "n", "AddressTemplateIds": ["ipm-absent00"]}
    assert code_of(account, "CreateAddressTemplateGroup", **absent) == "ResourceNotFound"
    account.wait()
    account.call("DeleteAddressTemplateGroup", AddressTemplateGroupId=group_id)
    account.wait()
    account.call("DeleteAddressTemplate", AddressTemplateId=first)


def test_a_group_of_service_templates_shows_them_in_full(account):
    group_id = group_of(account, "Service", services(account, "udp:53"))
    (group,) = account.call("DescribeServiceTemplateGroups")["ServiceTemplateGroupSet"]
    assert group["ServiceTemplateGroupId"] == group_id
    assert [each["ServiceSet"] for each in group["ServiceTemplateSet"]] == [["udp:53"]]


def test_templates_are_listed_by_filters_in_an_order_page_by_page(account):
    one, two = addresses(account, "10.0.0.9", "10.0.0.1"), addresses(account, AddressTemplateName="b")

    def ids(**more):
        return [each["AddressTemplateId"] for each in shown(account, **more)]

    assert ids() == [two, one]
    assert ids(Offset="1", Limit="1") == [one]
    assert ids(OrderField="CreatedTime") == [one, two]
    assert ids(OrderField="AddressTemplateId", OrderDirection="DESC") == sorted([one, two], reverse=True)
    for name, value, found in (
        ("address-template-name", "b", [two]),
        ("address-template-id", one, [one]),
        ("address-ip", "10.0.0.9", [one]),
    ):
        assert ids(Filters=[{"Name": name, "Values": [value]}]) == found
    by_address = shown(account, MemberOrderField="Address")[1]
    assert by_address["AddressSet"] == ["10.0.0.1", "10.0.0.9"]
    by_time = {"MemberOrderField": "UpdateTime", "MemberOrderDirection": "DESC"}
    assert shown(account, **by_time)[1]["AddressSet"] == ["10.0.0.9", "10.0.0.1"]
    filters = [{"Name": "x", "Values": ["y"]}]
    unknown = code_of(account, "DescribeAddressTemplates", Filters=filters)
    assert unknown == "InvalidParameter.FilterInvalidKey"
    assert code_of(account, "DescribeAddressTemplates", Limit="101") == "InvalidParameterValue.Range"


def test_limits_are_those_of_the_quotas():
    account = TencentAccount(quotas={"entries_per_address_list": 1, "address_lists": 1})
    limits = account.call("DescribeTemplateLimits")["TemplateLimit"]
    assert limits == {
        "AddressTemplateMemberLimit": 1,
        "AddressTemplateGroupMemberLimit": 20,
        "ServiceTemplateMemberLimit": 20,
        "ServiceTemplateGroupMemberLimit": 20,
    }
    named = {"AddressTemplateName": "n", "Addresses": ["10.0.0.1", "10.0.0.2"]}
    assert code_of(account, "CreateAddressTemplate", **named) == "LimitExceeded"
    addresses(account)
    assert code_of(account, "CreateAddressTemplate", **{**named, "Addresses": ["::1"]}) == "LimitExceeded"


# -- in policies -------------------------------------------------------------------------------------------


def allow(account, group, **policy):
    """Create one inbound policy, and return it as it is shown."""
    policies = {"Ingress": [{"Action": "ACCEPT", **policy}]}
    named = {"SecurityGroupId": group}
    account.call("CreateSecurityGroupPolicies", **named, SecurityGroupPolicySet=policies)
    return account.call("DescribeSecurityGroupPolicies", **named)["SecurityGroupPolicySet"]["Ingress"][-1]


def test_a_policy_names_templates_or_groups_of_them(account, group):
    address_id, service_id = addresses(account), services(account)
    of_one = allow(
        account, group, AddressTemplate={"AddressId": address_id}, ServiceTemplate={"ServiceId": service_id}
    )
    assert of_one["AddressTemplate"] == {"AddressId": address_id, "AddressGroupId": ""}
    assert of_one["ServiceTemplate"] == {"ServiceId": service_id, "ServiceGroupId": ""}
    assert (of_one["Protocol"], of_one["Port"], of_one["CidrBlock"]) == ("", "", "")
    address_group = group_of(account, "Address", address_id)
    service_group = group_of(account, "Service", service_id)
    of_groups = allow(
        account,
        group,
        AddressTemplate={"AddressId": "", "AddressGroupId": address_group},
        ServiceTemplate={"ServiceGroupId": service_group},
    )
    assert of_groups["AddressTemplate"] == {"AddressId": "", "AddressGroupId": address_group}
    assert of_groups["ServiceTemplate"] == {"ServiceId": "", "ServiceGroupId": service_group}
    for action, name in (
        ("DeleteAddressTemplate", {"AddressTemplateId": address_id}),
        ("DeleteServiceTemplateGroup", {"ServiceTemplateGroupId": service_group}),
    ):
        assert code_of(account, action, **name) == "ResourceInUse"


def test_a_template_is_there_and_excludes_what_stands_in_it(account, group):
    address_id, service_id = addresses(account), services(account)
    create = "CreateSecurityGroupPolicies"
    of_addresses, of_services = {"AddressId": address_id}, {"ServiceId": service_id}
    malformed, coexist = "InvalidParameterValue.Malformed", "InvalidParameter.Coexist"
    for policy, code in (
        ({"AddressTemplate": {"AddressId": "ipm-absent00"}}, "ResourceNotFound"),
        ({"ServiceTemplate": of_services, "CidrBlock": "::/0"}, malformed),
        ({"AddressTemplate": of_addresses, "CidrBlock": "10.0.0.0/8"}, coexist),
        ({"ServiceTemplate": of_services, "Protocol": "TCP"}, coexist),
    ):
        policies = {"Ingress": [{"Action": "ACCEPT", **policy}]}
        refused = code_of(account, create, SecurityGroupId=group, SecurityGroupPolicySet=policies)
        assert refused == code


def test_policies_are_found_by_their_templates(account, group):
    address_id, service_id = addresses(account), services(account)
    allow(account, group, AddressTemplate={"AddressId": address_id})
    allow(account, group, ServiceTemplate={"ServiceId": service_id}, CidrBlock="10.0.0.0/8")
    for name, value, place in (("address-module", address_id, 0), ("service-module", service_id, 1)):
        filters = [{"Name": name, "Values": [value]}]
        reply = account.call("DescribeSecurityGroupPolicies", SecurityGroupId=group, Filters=filters)
        found = reply["SecurityGroupPolicySet"]["Ingress"]
        assert [each["PolicyIndex"] for each in found] == [place]


def test_expanded_policies_have_what_stands_in_the_templates(account, group):
    address_id = addresses(account, "10.0.0.1", "2001:db8::1")
    service_id = services(account, "tcp:80,443", "icmp", "udp:all")
    allow(
        account,
        group,
        AddressTemplate={"AddressGroupId": group_of(account, "Address", address_id)},
        ServiceTemplate={"ServiceId": service_id},
    )
    allow(account, group, CidrBlock="10.0.0.0/8", Protocol="TCP", Port="22")
    reply = account.call("DescribeSecurityGroupExpandedPolicies", SecurityGroupId=group)
    found = [
        (each["PolicyIndex"], each["CidrBlock"] or each["Ipv6CidrBlock"], each["Protocol"], each["Port"])
        for each in reply["SecurityGroupPolicySet"]["Ingress"]
    ]
    assert found == [
        *((0, text, *service) for text in ("10.0.0.1", "2001:db8::1") for service in SERVICES),
        (1, "10.0.0.0/8", "tcp", "22"),
    ]


SERVICES = [("tcp", "80,443"), ("icmp", "ALL"), ("udp", "ALL")]


def test_templates_carry_tags(account):
    template_id = addresses(account, Tags=[{"Key": "k", "Value": "v"}])
    table = account.partition.graph.table(ResourceKind.ADDRESS_LIST)
    name = f"qcs::vpc:ap-guangzhou::address/{template_id}"
    account.call("TagResources", ResourceList=[name], Tags=[{"TagKey": "l", "TagValue": "w"}])
    assert table[template_id].tags == {"k": "v", "l": "w"}
