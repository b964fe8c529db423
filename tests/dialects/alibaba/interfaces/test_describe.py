"""Lists of network interfaces of Alibaba Cloud: their criteria and pages."""

import json
from typing import Any

import attrs
import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.interfaces.outcomes import ATTRIBUTE, DELETE, DESCRIBE, listed, outcome
from tests.harness import ApiError

INVALID, CONFLICT = "InvalidParameter", "InvalidParameter.Conflict"


@attrs.frozen
class NamedInterfaces:
    """Five interfaces that differ in everything a criterion can name."""

    account: AlibabaAccount
    ids: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.ids[name]


@pytest.fixture(scope="module")
def interfaces():
    account = AlibabaAccount.furnished()
    subnet = account.add_ipv6_subnet()
    other = account.add_group(subnet)
    instance = account.add_instance()
    web = [{"Key": "team", "Value": "web"}]
    ids = {
        "instance": instance.id,
        "primary": account.primary_interface_id(instance),
        "attached": account.attach(
            account.create_interface(PrimaryIpAddress="10.0.0.9", NetworkInterfaceName="first", Tag=web),
            instance,
        ),
        "six": account.create_interface(
            VSwitchId=subnet.id,
            SecurityGroupId=other.id,
            Ipv6Address=[str(subnet.ipv6_block[0x99])],
            Tag=[*web, {"Key": "tier", "Value": "front"}],
        ),
        "trunk": account.create_interface(
            InstanceType="Trunk", ResourceGroupId="rg-1", PrivateIpAddress=["10.0.0.20"]
        ),
        "managed": account.add_managed_interface(),
        "vpc": account.network.id,
        "vswitch": account.subnet.id,
        "group": account.group.id,
        "other vpc": subnet.network_id,
        "other vswitch": subnet.id,
        "other group": other.id,
        "ipv6": str(subnet.ipv6_block[0x99]),
    }
    return NamedInterfaces(account, ids)


EVERY = ["managed", "trunk", "six", "attached", "primary"]


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({}, EVERY),
        ({"VpcId": "vpc"}, ["managed", "trunk", "attached", "primary"]),
        ({"VpcId": "other vpc"}, ["six"]),
        ({"VSwitchId": "vswitch"}, ["managed", "trunk", "attached", "primary"]),
        ({"VSwitchId": "other vswitch"}, ["six"]),
        ({"VSwitchId": "vsw-absent"}, []),
        ({"SecurityGroupId": "group"}, ["managed", "trunk", "attached"]),
        ({"SecurityGroupId": "other group"}, ["six"]),
        ({"InstanceId": "instance"}, ["attached", "primary"]),
        ({"InstanceId": "i-absent"}, []),
        ({"NetworkInterfaceId": ["six", "trunk"]}, ["trunk", "six"]),
        ({"NetworkInterfaceId": ["six", "eni-absent"]}, ["six"]),
        ({"NetworkInterfaceId": ["eni-absent"]}, []),
        ({"NetworkInterfaceName": "first"}, ["attached"]),
        ({"NetworkInterfaceName": "fir"}, []),
        ({"PrimaryIpAddress": "10.0.0.9"}, ["attached"]),
        ({"PrimaryIpAddress": "10.0.0.20"}, []),
        ({"PrivateIpAddress": ["10.0.0.20"]}, ["trunk"]),
        ({"PrivateIpAddress": ["10.0.0.20", "10.0.0.9", "10.0.0.77"]}, ["trunk", "attached"]),
        ({"PrivateIpAddress": ["here"]}, []),
        ({"Ipv6Address": ["ipv6"]}, ["six"]),
        ({"Ipv6Address": ["2001:db8::9"]}, []),
        ({"ResourceGroupId": "rg-1"}, ["trunk"]),
        ({"ServiceManaged": "true"}, ["managed"]),
        ({"ServiceManaged": False}, ["trunk", "six", "attached", "primary"]),
        ({"Status": "Available"}, ["managed", "trunk", "six"]),
        ({"Status": "InUse"}, ["attached", "primary"]),
        ({"Status": "Deleting"}, []),
        ({"Type": "Primary"}, ["primary"]),
        ({"Type": "Secondary"}, ["managed", "six", "attached"]),
        ({"Type": "Trunk"}, ["trunk"]),
        ({"Tag": [{"Key": "team"}]}, ["six", "attached"]),
        ({"Tag": [{"Key": "team", "Value": "web"}]}, ["six", "attached"]),
        ({"Tag": [{"Key": "team", "Value": "db"}]}, []),
        ({"Tag": [{"Key": "team", "Value": "web"}, {"Key": "tier"}]}, ["six"]),
        ({"InstanceId": "instance", "Type": "Secondary"}, ["attached"]),
        ({"VpcId": "vpc", "Status": "Available", "Tag": [{"Key": "team"}]}, []),
        ({"Status": ""}, EVERY),
    ],
    ids=str,
)
def test_each_criterion_finds_what_it_names_newest_first(interfaces, criteria, found):
    def resolve(value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(each) for each in value]
        return interfaces.ids.get(value, value) if isinstance(value, str) else value

    asked = {name: resolve(value) for name, value in criteria.items()}
    assert listed(interfaces.account, **asked) == [interfaces[name] for name in found]


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ({"Status": "Ready"}, INVALID),
        ({"Type": "Bond"}, INVALID),
        ({"PageNumber": 0}, "InvalidOperation.InvalidEniPageNumber"),
        ({"PageSize": 0}, "InvalidOperation.InvalidEniPageNumber"),
        ({"PageSize": 1001}, "InvalidOperation.InvalidEniPageNumber"),
        ({"PageSize": "all"}, INVALID),
        ({"MaxResults": "all"}, INVALID),
        ({"NextToken": "there"}, INVALID),
        ({"NetworkInterfaceId": [f"eni-{n}" for n in range(101)]}, INVALID),
        ({"PrivateIpAddress": ["10.0.0.9"] * 101}, INVALID),
        ({"Tag": [{"Key": "k" * 129}]}, INVALID),
        ({"Tag": [{"Value": "v"}]}, INVALID),
        ({"RegionId": None}, "MissingParameter"),
        ({"Zone": "cn-hangzhou-h"}, "UnsupportedParameter"),
    ],
    ids=str,
)
def test_a_criterion_that_cannot_be_read_is_refused(interfaces, criteria, code):
    assert outcome(interfaces.account, DESCRIBE, **criteria) == code


def test_what_is_no_id_is_on_no_interface(interfaces):
    """Source: ansible's module ali_eni asks for the interface None before it creates one."""
    request = interfaces.account.client.request(DESCRIBE, "2014-05-26", NetworkInterfaceId=["eni_1"])
    for word in ("eni_1", "None"):
        sent = attrs.evolve(request, query=request.query.replace(b"eni_1", word.encode()))
        reply = interfaces.account.emulator.send(sent)
        assert (reply.status, json.loads(reply.body)["TotalCount"]) == (200, 0)


@pytest.fixture(scope="module")
def many_interfaces():
    """Twenty-five interfaces, newest first."""
    account = AlibabaAccount.furnished()
    return account, [account.create_interface() for _ in range(25)][::-1]


def page(account: AlibabaAccount, **params: Any) -> tuple[list[str], dict[str, Any]]:
    answer = account.client.call(DESCRIBE, **params)
    sets = answer.pop("NetworkInterfaceSets")["NetworkInterfaceSet"]
    del answer["RequestId"]
    return [each["NetworkInterfaceId"] for each in sets], answer


@pytest.mark.parametrize(
    ("asked", "number", "size", "found"),
    [
        ({}, 1, 10, slice(0, 10)),
        ({"PageNumber": 3}, 3, 10, slice(20, 25)),
        ({"PageSize": 1000}, 1, 1000, slice(0, 25)),
        ({"PageNumber": 2, "PageSize": 20}, 2, 20, slice(20, 25)),
        ({"PageNumber": 4}, 4, 10, slice(25, 25)),
        ({"PageNumber": 1000000, "PageSize": 1000}, 1000000, 1000, slice(25, 25)),
    ],
)
def test_numbered_pages_echo_their_number_and_size_and_end_in_an_empty_one(
    many_interfaces, asked, number, size, found
):
    account, every = many_interfaces
    ids, rest = page(account, **asked)
    assert ids == every[found]
    goes_on = bool(rest.pop("NextToken"))
    assert rest == {"PageNumber": number, "PageSize": size, "TotalCount": 25}
    assert goes_on is (found.stop < len(every))


def test_a_first_page_without_max_results_is_followed_by_its_token_to_the_end(many_interfaces):
    """``aliyun --pager``, karpenter and the cloud controller ask in this way; ten were all they saw."""
    account, every = many_interfaces
    found, rest = page(account)
    while rest["NextToken"]:
        ids, rest = page(account, NextToken=rest["NextToken"])
        found += ids
    assert found == every


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({"MaxResults": 10}, 10),
        ({"MaxResults": 1}, 10),
        ({"MaxResults": 12}, 12),
        ({"MaxResults": 501}, 500),
    ],
)
def test_pages_by_token_hold_everything_once_and_the_last_has_no_token(many_interfaces, asked, size):
    account, every = many_interfaces
    found, rest = page(account, **asked)
    while rest["NextToken"]:
        assert rest["PageSize"] == size
        ids, rest = page(account, NextToken=rest["NextToken"], **asked)
        found += ids
    assert found == every
    assert (rest["PageSize"], rest["TotalCount"], rest["NextToken"]) == (size, 25, "")


def test_a_token_wins_over_a_page_number(many_interfaces):
    account, every = many_interfaces
    ids, _ = page(account, MaxResults=10, PageNumber=2)
    assert ids == every[:10]


def test_pages_by_token_stay_in_step_while_interfaces_come_and_go():
    account = AlibabaAccount.furnished()
    every = [account.create_interface() for _ in range(20)][::-1]
    ids, rest = page(account, MaxResults=10)
    account.create_interface()
    account.client.call(DELETE, NetworkInterfaceId=every[3])
    account.wait()
    more, rest = page(account, MaxResults=10, NextToken=rest["NextToken"])
    assert ids + more == every
    assert rest["NextToken"] == ""


def test_an_account_or_region_does_not_see_another(account):
    eni = account.create_interface()
    for stranger in (account.new_client(key="AKOTHER"), account.new_client(region="cn-beijing")):
        assert stranger.call(DESCRIBE)["TotalCount"] == 0
        with pytest.raises(ApiError) as refused:
            stranger.call(ATTRIBUTE, NetworkInterfaceId=eni)
        assert refused.value.code == "InvalidEniId.NotFound"


ENI, INSTANCE = "eni-bp1absent", "i-bp1absent"
