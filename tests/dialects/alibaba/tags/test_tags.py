"""Tags of ECS and VPC: what can carry them, how they are listed, and what is refused."""

import pytest
from tests.dialects.alibaba.sdk_models import ECS, VPC

from duolect_dialects.alibaba.tags.tags import KINDS

TEAM = {"Key": "team", "Value": "net"}
TYPES = {
    ECS: ("instance", "eni", "securitygroup"),
    VPC: ("VPC", "VSWITCH", "ROUTETABLE", "EIP"),
}
EVERY_TYPE = [(version, name) for version, names in TYPES.items() for name in names]
UNTAG = {ECS: "UntagResources", VPC: "UnTagResources"}


def one_of(account, resource_type):
    """Return the id of a resource of a type."""
    graph = account.client.partition.graph
    if resource_type == "instance":
        return account.run_instances()[0]
    if resource_type == "eni":
        account.run_instances()
        return next(iter(graph.interfaces))
    if resource_type == "EIP":
        return account.client.call("AllocateEipAddress", VPC)["AllocationId"]
    return {
        "securitygroup": account.group.id,
        "VPC": account.network.id,
        "VSWITCH": account.subnet.id,
        "ROUTETABLE": next(iter(graph.route_tables), ""),
    }[resource_type]


def listed(account, version, resource_type, **params):
    reply = account.call("ListTagResources", version, ResourceType=resource_type, **params)
    return [
        (each["ResourceId"], each["TagKey"], each["TagValue"])
        for each in reply["TagResources"]["TagResource"]
    ]


@pytest.mark.parametrize(("version", "resource_type"), EVERY_TYPE)
def test_every_kind_of_resource_is_tagged_listed_and_untagged(account, version, resource_type):
    resource_id = one_of(account, resource_type)
    named = {"ResourceType": resource_type, "ResourceId": [resource_id]}
    tags = [TEAM, {"Key": "stage", "Value": ""}]
    account.call("TagResources", version, Tag=tags, **named)
    assert listed(account, version, resource_type, ResourceId=[resource_id]) == [
        (resource_id, "team", "net"),
        (resource_id, "stage", ""),
    ]
    account.call("TagResources", version, Tag=[{"Key": "team", "Value": "new"}], **named)
    account.call(UNTAG[version], version, TagKey=["stage", "never there"], **named)
    assert listed(account, version, resource_type, Tag=[{"Key": "team"}]) == [(resource_id, "team", "new")]
    account.call(UNTAG[version], version, All=True, **named)
    assert listed(account, version, resource_type, ResourceId=[resource_id]) == []


def test_vpc_overlooks_the_case_of_a_type_and_ecs_does_not(account):
    named = {"ResourceId": [account.network.id], "Tag": [TEAM]}
    account.call("TagResources", VPC, ResourceType="vpc", **named)
    code = account.refusal("TagResources", ECS, ResourceType="ENI", **named)
    assert code == ("InvalidResourceType.NotFound", 404)


@pytest.mark.parametrize("version", TYPES)
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"ResourceId": ["absent"]}, ("InvalidResourceId.NotFound", 404)),
        ({"ResourceType": "cat"}, ("InvalidResourceType.NotFound", 404)),
        ({"ResourceId": [f"x{n}" for n in range(51)]}, ("NumberExceed.ResourceIds", 400)),
        (
            {"Tag": [{"Key": f"k{n}", "Value": ""} for n in range(21)]},
            ("NumberExceed.Tags", 400),
        ),
        ({"Tag": [TEAM, TEAM]}, ("Duplicate.TagKey", 400)),
        ({"Tag": [{"Key": "acs:k", "Value": ""}]}, ("InvalidTagKey.Malformed", 400)),
        ({"Tag": [{"Key": "k" * 129, "Value": ""}]}, ("InvalidTagKey.Malformed", 400)),
        ({"Tag": [{"Value": "v"}]}, ("InvalidTagKey.Malformed", 400)),
        ({"Tag": [{"Key": "k", "Value": "v" * 129}]}, ("InvalidTagValue.Malformed", 400)),
        ({"Tag": None}, ("MissingParameter.Tags", 404)),
        ({"ResourceId": None}, ("MissingParameter.ResourceIds", 404)),
        ({"ResourceType": None}, ("MissingParameter.ResourceType", 404)),
    ],
)
def test_what_cannot_be_tagged_is_refused(account, version, change, expected):
    named = {"ResourceType": TYPES[version][-2], "ResourceId": [one_of(account, TYPES[version][-2])]}
    assert account.refusal("TagResources", version, **{**named, "Tag": [TEAM], **change}) == expected


def test_resources_of_kinds_that_are_not_here_do_not_exist(account):
    named = {"ResourceType": "volume", "ResourceId": ["d-1"]}
    expected = ("InvalidResourceId.NotFound", 404)
    assert account.refusal("TagResources", ECS, Tag=[TEAM], **named) == expected
    assert listed(account, ECS, "volume", ResourceId=["d-1"]) == []


@pytest.mark.parametrize("version", TYPES)
def test_whatever_the_kind_of_a_resource_that_is_not_there_it_is_not_found(account, version):
    for resource_type in KINDS[version]:
        named = {"ResourceType": resource_type, "ResourceId": ["absent"]}
        expected = ("InvalidResourceId.NotFound", 404)
        assert account.refusal("TagResources", version, Tag=[TEAM], **named) == expected, resource_type
        assert account.refusal(UNTAG[version], version, TagKey=["k"], **named) == expected, resource_type


def test_a_resource_carries_at_most_twenty_tags(account):
    named = {"ResourceType": "securitygroup", "ResourceId": [account.group.id]}
    many = [{"Key": f"k{number}", "Value": ""} for number in range(20)]
    account.call("TagResources", ECS, Tag=many, **named)
    assert account.refusal("TagResources", ECS, Tag=[TEAM], **named) == ("QuotaExceed.Tags", 403)
    account.call("TagResources", ECS, Tag=[{"Key": "k0", "Value": "new"}], **named)


@pytest.mark.parametrize("version", TYPES)
def test_untagging_names_keys_or_takes_all(account, version):
    resource_type = TYPES[version][-2]
    named = {"ResourceType": resource_type, "ResourceId": [one_of(account, resource_type)]}
    both = account.refusal(UNTAG[version], version, All=True, TagKey=["k"], **named)
    assert both == ("Param.Conflict", 403)
    many = [f"k{number}" for number in range(21)]
    assert account.refusal(UNTAG[version], version, TagKey=many, **named) == ("NumberExceed.Tags", 400)
    account.call("TagResources", version, Tag=[TEAM], **named)
    account.call(UNTAG[version], version, **named)
    assert len(listed(account, version, resource_type, ResourceId=named["ResourceId"])) == 1


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"TagKey": "team"}, True),
        ({"TagKey": "te*"}, True),
        ({"TagKey": "*ea*"}, True),
        ({"TagKey": "*am"}, True),
        ({"TagKey": "*"}, True),
        ({"TagKey": "te"}, False),
        ({"TagKey": "team", "TagValues": ["x", "n*"]}, True),
        ({"TagKey": "team", "TagValues": ["*x*"]}, False),
        ({"TagKey": "te*", "TagValues": ["net"]}, False),
    ],
)
def test_filters_match_parts_of_keys_or_of_values(account, params, found):
    named = {"ResourceType": "securitygroup", "ResourceId": [account.group.id]}
    account.call("TagResources", ECS, Tag=[TEAM], **named)
    assert bool(listed(account, ECS, "securitygroup", TagFilter=[params])) is found


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"Tag": [{"Value": "net"}]}, ("InvalidParameter.TagValue", 400)),
        ({"Tag": [{"Key": "a"}], "TagFilter": [{"TagKey": "a"}]}, ("InvalidParameter", 400)),
        ({"TagFilter": [{"TagValues": ["a"]}]}, ("InvalidTagKey.Malformed", 400)),
        ({"TagFilter": [{"TagKey": "a", "TagValues": ["a"] * 6}]}, ("InvalidTagCount", 400)),
        ({"ResourceId": ["i"], "NextToken": "?"}, ("InvalidParameter", 400)),
    ],
)
def test_a_list_that_cannot_be_made_is_refused(account, params, expected):
    assert account.refusal("ListTagResources", ECS, ResourceType="eni", **params) == expected


@pytest.mark.parametrize(("version", "kind"), [(VPC, "VPC"), (ECS, "securitygroup")])
def test_without_ids_and_tags_all_that_has_tags_is_listed(account, version, kind):
    """Programs that look for what is left over list a type as a whole; it was seen to be allowed."""
    tagged = account.network.id if version == VPC else account.group.id
    account.add_network()
    assert listed(account, version, kind) == []
    account.call("TagResources", version, ResourceType=kind, ResourceId=[tagged], Tag=[TEAM])
    assert listed(account, version, kind) == [(tagged, "team", "net")]


def test_a_list_goes_on_after_its_token(account):
    ids = [account.add_network().id for _ in range(3)]
    account.call("TagResources", VPC, ResourceType="VPC", ResourceId=ids, Tag=[TEAM])
    params = {"ResourceType": "VPC", "Tag": [TEAM], "MaxResults": 2}
    first = account.call("ListTagResources", VPC, **params)
    second = account.call("ListTagResources", VPC, NextToken=first["NextToken"], **params)
    found = [each["ResourceId"] for page in (first, second) for each in page["TagResources"]["TagResource"]]
    assert (found, second["NextToken"]) == (ids[::-1], "")


# -- the older actions -----------------------------------------------------------------------------------


def test_the_older_actions_change_one_resource(account):
    named = {"ResourceType": "securitygroup", "ResourceId": account.group.id}
    account.call("AddTags", ECS, Tag=[TEAM, {"Key": "stage", "Value": "x"}], **named)
    account.call("RemoveTags", ECS, Tag=[{"Key": "team", "Value": "other"}, {"Key": "stage"}], **named)
    assert account.client.partition.graph.groups[account.group.id].tags == {"team": "net"}
    account.call("RemoveTags", ECS, **named)
    assert account.client.partition.graph.groups[account.group.id].tags == {}
    absent = {"ResourceType": "securitygroup", "ResourceId": "sg-absent"}
    expected = ("InvalidResourceId.NotFound", 404)
    assert account.refusal("AddTags", ECS, Tag=[TEAM], **absent) == expected
    assert account.refusal("RemoveTags", ECS, Tag=[TEAM], **absent) == expected


def test_tags_are_listed_with_what_carries_them(account):
    account.run_instances()
    eni = next(iter(account.client.partition.graph.interfaces))
    for resource_type, resource_id in (("securitygroup", account.group.id), ("eni", eni)):
        named = {"ResourceType": resource_type, "ResourceId": [resource_id]}
        account.call("TagResources", ECS, Tag=[TEAM], **named)
    (shown,) = account.call("DescribeTags", ECS)["Tags"]["Tag"]
    counts = shown.pop("ResourceTypeCount")
    assert shown == {"TagKey": "team", "TagValue": "net"}
    assert {name for name, count in counts.items() if count} == {"Eni", "Securitygroup"}
    for params, total in (
        ({"ResourceType": "eni"}, 1),
        ({"ResourceType": "instance"}, 0),
        ({"ResourceId": eni}, 1),
        ({"Tag": [{"Key": "other"}]}, 0),
        ({"Tag": [{"Key": "other"}, {"Key": "team", "Value": "net"}]}, 1),
    ):
        assert account.call("DescribeTags", ECS, **params)["TotalCount"] == total
    found = account.call("DescribeResourceByTags", ECS, Tag=[{"Key": "team"}], PageSize=1, PageNumber=2)
    assert (found["TotalCount"], len(found["Resources"]["Resource"])) == (2, 1)
    found = account.call("DescribeResourceByTags", ECS, ResourceType="eni")
    assert [each["ResourceId"] for each in found["Resources"]["Resource"]] == [eni]
