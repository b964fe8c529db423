"""Permissions on Alibaba Cloud's network interfaces."""

import pytest
from tests.dialects.alibaba.town import Town

GRANT, REVOKE, LIST = (
    f"{verb}NetworkInterfacePermission{plural}"
    for verb, plural in (("Create", ""), ("Delete", ""), ("Describe", "s"))
)


@pytest.fixture
def town():
    return Town()


def granting(interface_id, **changes):
    return {
        "NetworkInterfaceId": interface_id,
        "Permission": "InstanceAttach",
        "AccountId": 1234567890123456,
        **changes,
    }


def grant(town, interface_id, **changes):
    return town.ask(GRANT, **granting(interface_id, **changes))["NetworkInterfacePermission"]


def listed(town, **criteria):
    return town.ask(LIST, **criteria)["NetworkInterfacePermissions"]["NetworkInterfacePermission"]


def test_a_permission_is_granted_at_once_and_listed(town):
    interface_id = town.interface()
    granted = grant(town, interface_id)
    permission_id = granted["NetworkInterfacePermissionId"]
    assert permission_id.startswith("eni-perm-bp")
    assert granted == {
        "AccountId": 1234567890123456,
        "NetworkInterfaceId": interface_id,
        "NetworkInterfacePermissionId": permission_id,
        "Permission": "InstanceAttach",
        "PermissionState": "Granted",
        "ServiceName": "Elastic Compute Service",
    }
    assert listed(town, NetworkInterfaceId=interface_id) == [granted]


def test_an_account_has_one_permission_on_an_interface(town):
    interface_id = town.interface()
    assert grant(town, interface_id) == grant(town, interface_id)
    assert grant(town, interface_id, AccountId=7) in listed(town, NetworkInterfaceId=interface_id)
    assert len(listed(town, NetworkInterfaceId=interface_id)) == 2


def test_permissions_are_found_by_interface_and_by_id(town):
    one, other = town.interface(), town.interface()
    first, second, third = grant(town, one), grant(town, one, AccountId=2), grant(town, other)
    ids = [each["NetworkInterfacePermissionId"] for each in (first, third)]
    assert listed(town, NetworkInterfaceId=one) == [second, first]
    assert listed(town, NetworkInterfacePermissionId=ids) == [third, first]
    assert listed(town, NetworkInterfaceId=one, NetworkInterfacePermissionId=ids) == [first]
    assert listed(town, NetworkInterfacePermissionId=["eni-perm-none"]) == []


def test_pages_hold_every_permission_once(town):
    interface_id = town.interface()
    for account in range(1, 12):
        grant(town, interface_id, AccountId=account)
    assert len(listed(town, NetworkInterfaceId=interface_id)) == 10
    answers = [
        town.ask(LIST, NetworkInterfaceId=interface_id, PageNumber=number, PageSize=4)
        for number in (1, 2, 3, 4)
    ]
    assert [(a["PageNumber"], a["PageSize"], a["TotalCount"]) for a in answers] == [
        (number, 4, 11) for number in (1, 2, 3, 4)
    ]
    pages = [a["NetworkInterfacePermissions"]["NetworkInterfacePermission"] for a in answers]
    assert [each["AccountId"] for page in pages for each in page] == list(range(11, 0, -1))


def test_a_permission_that_is_taken_back_is_gone(town):
    interface_id = town.interface()
    target = {"NetworkInterfacePermissionId": grant(town, interface_id)["NetworkInterfacePermissionId"]}
    town.ask(REVOKE, **target, Force=True)
    assert listed(town, NetworkInterfaceId=interface_id) == []
    assert town.refused(REVOKE, **target) == ("InvalidParameter", 400)


def test_permissions_go_with_their_interface(town):
    interface_id = town.interface()
    permission_id = grant(town, interface_id)["NetworkInterfacePermissionId"]
    town.ask("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    town.wait()
    assert listed(town, NetworkInterfacePermissionId=[permission_id]) == []
    assert town.refused(LIST, NetworkInterfaceId=interface_id) == ("InvalidEniId.NotFound", 404)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"AccountId": None}, ("MissingParameter", 400)),
        ({"Permission": None}, ("MissingParameter", 400)),
        ({"NetworkInterfaceId": None}, ("MissingParameter", 400)),
        ({"AccountId": "me"}, ("InvalidParameter", 400)),
        ({"AccountId": 0}, ("InvalidParameter", 400)),
        ({"Permission": "EipAssociate"}, ("InvalidParameter", 400)),
        ({"NetworkInterfaceId": "interface"}, ("InvalidParameter", 400)),
        ({"NetworkInterfaceId": "eni-none"}, ("InvalidEniId.NotFound", 404)),
    ],
)
def test_a_permission_is_refused_for_what_is_wrong_with_it(town, wrong, refusal):
    assert town.refused(GRANT, **granting(town.interface(), **wrong)) == refusal


def test_a_permission_on_what_a_service_manages_is_refused(town):
    refusal = ("InvalidOperation.EniServiceManaged", 403)
    assert town.refused(GRANT, **granting(town.managed_interface())) == refusal


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({}, "MissingParameter"),
        ({"NetworkInterfaceId": "interface"}, "InvalidParameter"),
        ({"NetworkInterfacePermissionId": ["x"] * 101}, "InvalidParameter"),
        ({"NetworkInterfacePermissionId": ["x"], "PageSize": 101}, "InvalidParameter"),
        ({"NetworkInterfacePermissionId": ["x"], "PageNumber": 0}, "InvalidParameter"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(town, question, code):
    assert town.refused(LIST, **question) == (code, 400)
