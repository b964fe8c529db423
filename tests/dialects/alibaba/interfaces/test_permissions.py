"""Permissions on Alibaba Cloud's network interfaces."""

import pytest

GRANT, REVOKE, LIST = (
    f"{verb}NetworkInterfacePermission{plural}"
    for verb, plural in (("Create", ""), ("Delete", ""), ("Describe", "s"))
)


def granting(interface_id, **changes):
    return {
        "NetworkInterfaceId": interface_id,
        "Permission": "InstanceAttach",
        "AccountId": 1234567890123456,
        **changes,
    }


def grant(account, interface_id, **changes):
    return account.call(GRANT, **granting(interface_id, **changes))["NetworkInterfacePermission"]


def listed(account, **criteria):
    return account.call(LIST, **criteria)["NetworkInterfacePermissions"]["NetworkInterfacePermission"]


def test_a_permission_is_granted_at_once_and_listed(account):
    interface_id = account.create_interface()
    granted = grant(account, interface_id)
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
    assert listed(account, NetworkInterfaceId=interface_id) == [granted]


def test_an_account_has_one_permission_on_an_interface(account):
    interface_id = account.create_interface()
    assert grant(account, interface_id) == grant(account, interface_id)
    assert grant(account, interface_id, AccountId=7) in listed(account, NetworkInterfaceId=interface_id)
    assert len(listed(account, NetworkInterfaceId=interface_id)) == 2


def test_permissions_are_found_by_interface_and_by_id(account):
    one, other = account.create_interface(), account.create_interface()
    first, second, third = grant(account, one), grant(account, one, AccountId=2), grant(account, other)
    ids = [each["NetworkInterfacePermissionId"] for each in (first, third)]
    assert listed(account, NetworkInterfaceId=one) == [second, first]
    assert listed(account, NetworkInterfacePermissionId=ids) == [third, first]
    assert listed(account, NetworkInterfaceId=one, NetworkInterfacePermissionId=ids) == [first]
    assert listed(account, NetworkInterfacePermissionId=["eni-perm-none"]) == []


def test_pages_hold_every_permission_once(account):
    interface_id = account.create_interface()
    for account_id in range(1, 12):
        grant(account, interface_id, AccountId=account_id)
    assert len(listed(account, NetworkInterfaceId=interface_id)) == 10
    answers = [
        account.call(LIST, NetworkInterfaceId=interface_id, PageNumber=number, PageSize=4)
        for number in (1, 2, 3, 4)
    ]
    assert [(a["PageNumber"], a["PageSize"], a["TotalCount"]) for a in answers] == [
        (number, 4, 11) for number in (1, 2, 3, 4)
    ]
    pages = [a["NetworkInterfacePermissions"]["NetworkInterfacePermission"] for a in answers]
    assert [each["AccountId"] for page in pages for each in page] == list(range(11, 0, -1))


def test_a_permission_that_is_taken_back_is_gone(account):
    interface_id = account.create_interface()
    target = {"NetworkInterfacePermissionId": grant(account, interface_id)["NetworkInterfacePermissionId"]}
    account.call(REVOKE, **target, Force=True)
    assert listed(account, NetworkInterfaceId=interface_id) == []
    assert account.refusal(REVOKE, **target) == ("InvalidParameter", 400)


def test_permissions_go_with_their_interface(account):
    interface_id = account.create_interface()
    permission_id = grant(account, interface_id)["NetworkInterfacePermissionId"]
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.wait()
    assert listed(account, NetworkInterfacePermissionId=[permission_id]) == []
    assert account.refusal(LIST, NetworkInterfaceId=interface_id) == ("InvalidEniId.NotFound", 404)


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
def test_a_permission_is_refused_for_what_is_wrong_with_it(account, wrong, refusal):
    assert account.refusal(GRANT, **granting(account.create_interface(), **wrong)) == refusal


def test_a_permission_on_what_a_service_manages_is_refused(account):
    refusal = ("InvalidOperation.EniServiceManaged", 403)
    assert account.refusal(GRANT, **granting(account.add_managed_interface())) == refusal


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
def test_a_question_that_cannot_be_read_is_refused(account, question, code):
    assert account.refusal(LIST, **question) == (code, 400)
