"""The entries of network ACLs of Tencent Cloud, of three parts and of five."""

import pytest
from tests.dialects.tencent.networks.test_acls import ABSENT, create, show

WEB = {"Protocol": "TCP", "Port": "80", "CidrBlock": "10.0.0.0/8", "Action": "ACCEPT", "Description": "web"}
PING = {"Protocol": "ICMP", "CidrBlock": "10.0.0.0/8", "Action": "DROP"}
OVER_IPV6 = {"Protocol": "UDP", "Port": "1-90", "Ipv6CidrBlock": "2001:db8::/32", "Action": "Drop"}
FIVE = {
    "Protocol": "TCP",
    "Description": "demo",
    "SourcePort": "80",
    "SourceCidr": "192.168.0.0/24",
    "DestinationPort": "80-90",
    "DestinationCidr": "10.0.0.0/8",
    "Action": "ACCEPT",
}


def own(account, acl_id, side="Ingress"):
    """Return the entries of a direction without the cloud's last ones."""
    found = show(account, acl_id)[f"{side}Entries"]
    return [each for each in found if each["ModifyTime"]]


def modify(account, acl_id, **sides):
    account.call("ModifyNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet=sides)


def rows(account, acl_id, **criteria):
    answer = account.call("DescribeNetworkAclQuintupleEntries", NetworkAclId=acl_id, **criteria)
    return answer["NetworkAclQuintupleSet"]


def change(account, action, acl_id, **sides):
    account.call(f"{action}NetworkAclQuintupleEntries", NetworkAclId=acl_id, NetworkAclQuintupleSet=sides)


def test_entries_are_reset_direction_by_direction(account):
    acl_id = create(account)
    modify(account, acl_id, Ingress=[WEB, OVER_IPV6, PING], Egress=[WEB])
    ipv6, web, ping = own(account, acl_id)
    assert (web["Protocol"], web["Port"], web["CidrBlock"], web["Action"], web["Description"]) == (
        "tcp",
        "80",
        "10.0.0.0/8",
        "Accept",
        "web",
    )
    assert (web["Priority"], ping["Priority"], ipv6["Priority"]) == (1, 2, 1)
    assert (ping["Protocol"], ping["Port"], ping["Action"]) == ("icmp", "", "Drop")
    assert (ipv6["Ipv6CidrBlock"], ipv6["CidrBlock"], ipv6["Port"]) == ("2001:db8::/32", "", "1-90")
    assert web["NetworkAclIpv4EntryId"].startswith("acli43-")
    assert ipv6["NetworkAclIpv6EntryId"].startswith("acli63-")
    modify(account, acl_id, Ingress=[PING])
    assert [each["Protocol"] for each in own(account, acl_id)] == ["icmp"]
    assert [each["Protocol"] for each in own(account, acl_id, "Egress")] == ["tcp"]


def test_a_list_can_be_given_back_as_it_was(account):
    acl_id = create(account)
    modify(account, acl_id, Ingress=[WEB])
    shown = show(account, acl_id)["IngressEntries"]
    given = [{name: value for name, value in each.items() if value} for each in shown]
    modify(account, acl_id, Ingress=given)
    again = own(account, acl_id)
    assert [each["NetworkAclIpv4EntryId"] or each["Ipv6CidrBlock"] for each in again] == [
        "::/0",
        shown[1]["NetworkAclIpv4EntryId"],
        again[2]["NetworkAclIpv4EntryId"],
    ]


def test_single_entries_are_updated(account):
    acl_id = create(account)
    modify(account, acl_id, Ingress=[WEB, PING])
    web, ping = own(account, acl_id)
    named = {**WEB, "Port": "443", "NetworkAclIpv4EntryId": web["NetworkAclIpv4EntryId"]}
    params = {"NetworkAclId": acl_id, "EnableUpdateAclEntries": True}
    account.call("ModifyNetworkAclEntries", **params, NetworkAclEntrySet={"Ingress": [named]})
    assert [each["Port"] for each in own(account, acl_id)] == ["443", ""]
    assert own(account, acl_id)[1] == ping
    for entry, code in (
        (WEB, "MissingParameter"),
        ({**WEB, "NetworkAclIpv4EntryId": "acli43-absent00"}, "ResourceNotFound"),
    ):
        refusal = account.refusal(
            "ModifyNetworkAclEntries", **params, NetworkAclEntrySet={"Ingress": [entry]}
        )
        assert refusal == code


def test_entries_are_added_and_removed(account):
    acl_id = create(account)
    account.call("CreateNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet={"Ingress": [WEB]})
    account.call(
        "CreateNetworkAclEntries",
        NetworkAclId=acl_id,
        NetworkAclEntrySet={"Ingress": [PING], "Egress": [OVER_IPV6]},
    )
    assert [each["Protocol"] for each in own(account, acl_id)] == ["tcp", "icmp"]
    (ipv6,) = own(account, acl_id, "Egress")
    gone = {
        "Ingress": [{"NetworkAclIpv4EntryId": own(account, acl_id)[0]["NetworkAclIpv4EntryId"]}],
        "Egress": [{"NetworkAclIpv6EntryId": ipv6["NetworkAclIpv6EntryId"]}],
    }
    account.call("DeleteNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet=gone)
    assert [each["Protocol"] for each in own(account, acl_id)] == ["icmp"]
    assert own(account, acl_id, "Egress") == []
    for given, code in (
        (gone, "ResourceNotFound"),
        ({}, "MissingParameter"),
        ({"Ingress": [{}]}, "MissingParameter"),
        ({"Ingress": [{"NetworkAclIpv4EntryId": "acl-x"}]}, "InvalidParameterValue.Malformed"),
        (
            {
                "Ingress": [
                    dict.fromkeys(("NetworkAclIpv4EntryId", "NetworkAclIpv6EntryId"), "acli43-absent00")
                ]
            },
            "InvalidParameter.Coexist",
        ),
    ):
        refusal = account.refusal("DeleteNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet=given)
        assert refusal == code
    assert account.refusal("DeleteNetworkAclEntries", NetworkAclId=acl_id) == "MissingParameter"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Protocol": None}, "MissingParameter"),
        ({"Protocol": "GRE"}, "InvalidParameterValue"),
        ({"Action": None}, "MissingParameter"),
        ({"Action": "REJECT"}, "InvalidParameterValue"),
        ({"CidrBlock": None}, "MissingParameter"),
        ({"CidrBlock": "10.0.0.1/8"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "::/0"}, "InvalidParameterValue.Malformed"),
        ({"Ipv6CidrBlock": "::/0"}, "InvalidParameter.Coexist"),
        ({"Port": "80,90"}, "InvalidParameterValue.Malformed"),
        ({"Port": "90-80"}, "InvalidParameterValue.Malformed"),
        ({"Port": "65536"}, "InvalidParameterValue.Malformed"),
        ({"Protocol": "ICMP"}, "InvalidParameterValue"),
        ({"Description": "d" * 101}, "InvalidParameterValue.TooLong"),
    ],
)
def test_what_is_wrong_with_an_entry(account, changes, code):
    acl_id = create(account)
    entry = {name: value for name, value in {**WEB, **changes}.items() if value is not None}
    for action in ("ModifyNetworkAclEntries", "CreateNetworkAclEntries"):
        params = {"NetworkAclId": acl_id, "NetworkAclEntrySet": {"Egress": [entry]}}
        assert account.refusal(action, **params) == code


def test_ports_are_written_in_several_ways(account):
    acl_id = create(account)
    without = {name: value for name, value in WEB.items() if name != "Port"}
    given = [{**WEB, "Port": "ALL"}, {**PING, "Port": "all"}, without]
    modify(account, acl_id, Ingress=given)
    assert [each["Port"] for each in own(account, acl_id)] == ["all", "", "all"]


def test_a_direction_has_twenty_entries_of_each_version(account):
    acl_id = create(account)
    modify(account, acl_id, Ingress=[WEB] * 20 + [OVER_IPV6] * 20)
    more = {"NetworkAclId": acl_id, "NetworkAclEntrySet": {"Ingress": [WEB]}}
    assert account.refusal("CreateNetworkAclEntries", **more) == "LimitExceeded"


def test_three_parts_and_five_do_not_mix(account):
    three, five = create(account), create(account, NetworkAclType="QUINTUPLE")
    triples, quintuples = {"Ingress": [WEB]}, {"Ingress": [FIVE]}
    of_three = {"NetworkAclId": three, "NetworkAclQuintupleSet": quintuples}
    of_five = {"NetworkAclId": five, "NetworkAclEntrySet": triples}
    mismatch = "InvalidParameter.AclTypeMismatch"
    assert account.refusal("ModifyNetworkAclEntries", **of_three) == mismatch
    assert account.refusal("ModifyNetworkAclEntries", **of_five) == mismatch
    assert account.refusal("CreateNetworkAclEntries", **of_five) == mismatch
    assert account.refusal("CreateNetworkAclQuintupleEntries", **of_three) == mismatch
    assert account.refusal("DescribeNetworkAclQuintupleEntries", NetworkAclId=three) == mismatch
    both = {**of_three, "NetworkAclEntrySet": triples}
    assert account.refusal("ModifyNetworkAclEntries", **both) == "InvalidParameter.Coexist"
    assert account.refusal("ModifyNetworkAclEntries", NetworkAclId=three) == "MissingParameter"
    assert (
        account.refusal("ModifyNetworkAclEntries", **{**of_five, "NetworkAclId": ABSENT})
        == "ResourceNotFound"
    )


def test_entries_of_five_parts_live(account):
    acl_id = create(account, NetworkAclType="QUINTUPLE")
    ipv6 = {"Protocol": "ALL", "SourceIPv6Cidr": "2001:db8::/32", "Action": "DROP"}
    change(account, "Create", acl_id, Ingress=[FIVE, ipv6], Egress=[{"Protocol": "ALL", "Action": "DROP"}])
    first, second, outbound = rows(account, acl_id)
    assert {name: first[name] for name in FIVE} == FIVE
    assert (first["Priority"], second["Priority"], outbound["Priority"]) == (1, 2, 1)
    assert (second["SourceIPv6Cidr"], second["DestinationIPv6Cidr"]) == ("2001:db8::/32", "::/0")
    assert (outbound["SourceCidr"], outbound["DestinationCidr"]) == ("0.0.0.0/0", "0.0.0.0/0")
    assert [each["NetworkAclDirection"] for each in (first, second, outbound)] == ["INGRESS"] * 2 + [
        "EGRESS"
    ]
    named = {"NetworkAclQuintupleEntryId": first["NetworkAclQuintupleEntryId"]}
    assert named["NetworkAclQuintupleEntryId"].startswith("acli45-")
    change(
        account, "Modify", acl_id, Ingress=[{**named, "Priority": 2, "Protocol": "ICMP", "Action": "DROP"}]
    )
    _, moved, _ = rows(account, acl_id)
    assert (
        moved["NetworkAclQuintupleEntryId"],
        moved["Protocol"],
        moved["SourcePort"],
        moved["Action"],
    ) == (
        first["NetworkAclQuintupleEntryId"],
        "ICMP",
        "",
        "DROP",
    )
    assert moved["SourceCidr"] == FIVE["SourceCidr"]
    change(account, "Delete", acl_id, Ingress=[named])
    assert len(rows(account, acl_id)) == 2
    for action in ("Modify", "Delete"):
        params = {"NetworkAclId": acl_id, "NetworkAclQuintupleSet": {"Ingress": [named]}}
        assert account.refusal(f"{action}NetworkAclQuintupleEntries", **params) == "ResourceNotFound"
        params["NetworkAclQuintupleSet"] = {"Ingress": [{}]}
        assert account.refusal(f"{action}NetworkAclQuintupleEntries", **params) == "MissingParameter"
    wrong = {"NetworkAclQuintupleEntryId": rows(account, acl_id)[0]["NetworkAclQuintupleEntryId"]}
    mixed = {"Ingress": [{**wrong, "SourceCidr": "10.0.0.0/8"}]}
    params = {"NetworkAclId": acl_id, "NetworkAclQuintupleSet": mixed}
    assert account.refusal("ModifyNetworkAclQuintupleEntries", **params) == "InvalidParameter.Coexist"
    account.call("ModifyNetworkAclEntries", NetworkAclId=acl_id, NetworkAclQuintupleSet={"Ingress": [FIVE]})
    assert [each["NetworkAclDirection"] for each in rows(account, acl_id)] == ["INGRESS", "EGRESS"]


def test_entries_of_five_parts_are_found_by_each_filter(account):
    acl_id = create(account, NetworkAclType="QUINTUPLE")
    change(account, "Create", acl_id, Ingress=[FIVE], Egress=[{"Protocol": "ALL", "Action": "DROP"}])
    inbound, outbound = rows(account, acl_id)
    for name, value, found in (
        ("protocol", "TCP", [inbound]),
        ("description", "demo", [inbound]),
        ("destination-cidr", "0.0.0.0/0", [outbound]),
        ("source-cidr", "192.168.0.0/24", [inbound]),
        ("action", "DROP", [outbound]),
        ("network-acl-quintuple-entry-id", outbound["NetworkAclQuintupleEntryId"], [outbound]),
        ("network-acl-direction", "EGRESS", [outbound]),
        ("action", "x", []),
    ):
        assert rows(account, acl_id, Filters=[{"Name": name, "Values": [value]}]) == found, name
    assert rows(account, acl_id, Limit=1, Offset=1) == [outbound]
    wrong = {"NetworkAclId": acl_id, "Filters": [{"Name": "x", "Values": ["y"]}]}
    refusal = account.refusal("DescribeNetworkAclQuintupleEntries", **wrong)
    assert refusal == "InvalidParameter.FilterInvalidKey"
    absent = account.refusal("DescribeNetworkAclQuintupleEntries", NetworkAclId=ABSENT)
    assert absent == "ResourceNotFound"
