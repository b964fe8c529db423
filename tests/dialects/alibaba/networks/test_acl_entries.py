"""The entries of network ACLs of Alibaba Cloud: replaced and copied."""

import pytest
from tests.dialects.alibaba.networks.network_acls import (
    INBOUND,
    OUTBOUND,
    create,
    entries,
    of_vswitch,
    show,
    update,
)
from tests.dialects.alibaba.sdk_models import VPC


def test_entries_take_the_place_of_those_of_the_directions_that_are_updated(account):
    acl_id = create(account)
    (open_way,) = entries(account, acl_id, "Egress")
    account.call(
        "UpdateNetworkAclEntries",
        VPC,
        NetworkAclId=acl_id,
        UpdateIngressAclEntries=True,
        IngressAclEntries=[INBOUND],
        EgressAclEntries=[OUTBOUND],
    )
    assert show(account, acl_id)["Status"] == "Modifying"
    account.wait()
    (shown,) = entries(account, acl_id)
    assert {name: shown[name] for name in INBOUND} == INBOUND
    assert shown["NetworkAclEntryId"].startswith("nae-")
    assert entries(account, acl_id, "Egress") == [open_way]
    update(account, acl_id, egress=[OUTBOUND, {**OUTBOUND, "Policy": "drop", "Port": "22/22"}])
    assert [each["Policy"] for each in entries(account, acl_id, "Egress")] == ["accept", "drop"]
    assert [each["Port"] for each in entries(account, acl_id, "Egress")] == ["80/443", "22/22"]
    update(account, acl_id, ingress=[])
    assert entries(account, acl_id) == []


def test_an_entry_that_is_named_by_its_id_keeps_it(account):
    acl_id = create(account)
    update(account, acl_id, ingress=[INBOUND])
    (shown,) = entries(account, acl_id)
    kept = {**INBOUND, "NetworkAclEntryId": shown["NetworkAclEntryId"], "NetworkAclEntryName": "renamed"}
    update(account, acl_id, ingress=[INBOUND, kept])
    first, second = entries(account, acl_id)
    assert second == {**shown, "NetworkAclEntryName": "renamed"}
    assert first["NetworkAclEntryId"] != shown["NetworkAclEntryId"]


@pytest.mark.parametrize(
    ("protocol", "port"), [("icmp", "-1/-1"), ("gre", "-1/-1"), ("all", "-1/-1"), ("udp", "1/65535")]
)
def test_protocols_have_their_ports(account, protocol, port):
    acl_id = create(account)
    update(account, acl_id, ingress=[{**INBOUND, "Protocol": protocol, "Port": port}])
    (shown,) = entries(account, acl_id)
    assert (shown["Protocol"], shown["Port"]) == (protocol, port)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Policy": None}, "ParameterMissing.Policy"),
        ({"Policy": "allow"}, "ParameterIllegal.Policy"),
        ({"Protocol": None}, "ParameterMissing.Protocol"),
        ({"Protocol": "sctp"}, "ParameterIllegal.Protocol"),
        ({"Port": None}, "ParameterMissing.Port"),
        ({"Port": "-1/-1"}, "ParameterIllegal.Port"),
        ({"Port": "0/80"}, "ParameterIllegal.Port"),
        ({"Port": "90/80"}, "ParameterIllegal.Port"),
        ({"Port": "80/65536"}, "ParameterIllegal.Port"),
        ({"Port": "80"}, "ParameterIllegal.Port"),
        ({"Protocol": "icmp"}, "ParameterIllegal.Port"),
        ({"SourceCidrIp": None}, "ParameterMissing.SourceCidrIp"),
        ({"SourceCidrIp": "10.0.0.1/24"}, "ParameterIllegal.SourceCidrIp"),
        ({"SourceCidrIp": "pl-bp1"}, "ResourceNotFound.PrefixList"),
        ({"SourceCidrIp": "::/0"}, "IllegalParam.IpVersion"),
        ({"IpVersion": "IPv5"}, "IllegalParam.IpVersion"),
        ({"IpVersion": "IPv6", "SourceCidrIp": "::/0"}, "OperationDenied.VpcIpv6NotEnabled"),
        ({"EntryType": "system"}, "InvalidParameter"),
        ({"NetworkAclEntryName": "n" * 129}, "ParameterLengthIllegal.Name"),
        ({"NetworkAclEntryName": "http://n"}, "ParameterIllegal.Name"),
        ({"Description": "d" * 257}, "ParameterLengthIllegal.Description"),
        ({"NetworkAclEntryId": "nae-none"}, "IllegalParam.IngressAclEntryId"),
    ],
)
def test_what_is_wrong_with_an_entry(account, changes, code):
    acl_id = create(account)
    wrong = {name: value for name, value in {**INBOUND, **changes}.items() if value is not None}
    params = {"UpdateIngressAclEntries": True, "IngressAclEntries": [wrong]}
    assert account.refusal("UpdateNetworkAclEntries", VPC, NetworkAclId=acl_id, **params) == (code, 400)


def test_what_is_wrong_with_an_outbound_entry(account):
    acl_id = create(account)
    (inbound,) = entries(account, acl_id)
    for changes, code in (
        ({"DestinationCidrIp": "x"}, "ParameterIllegal.DestinationCidrIp"),
        ({"NetworkAclEntryId": inbound["NetworkAclEntryId"]}, "IllegalParam.EgressAclEntryId"),
    ):
        params = {"UpdateEgressAclEntries": True, "EgressAclEntries": [{**OUTBOUND, **changes}]}
        refusal = account.refusal("UpdateNetworkAclEntries", VPC, NetworkAclId=acl_id, **params)
        assert refusal == (code, 400)


def test_an_entry_is_named_once(account):
    acl_id = create(account)
    (shown,) = entries(account, acl_id)
    twice = [{**INBOUND, "NetworkAclEntryId": shown["NetworkAclEntryId"]}] * 2
    params = {"UpdateIngressAclEntries": True, "IngressAclEntries": twice}
    refusal = account.refusal("UpdateNetworkAclEntries", VPC, NetworkAclId=acl_id, **params)
    assert refusal == ("IllegalParam.IngressAclEntryId", 400)


def test_a_direction_has_twenty_entries_of_each_version(account):
    acl_id = create(account, VpcId=account.create_vpc(EnableIpv6=True))
    ipv6 = {**INBOUND, "IpVersion": "IPv6", "SourceCidrIp": "::/0"}
    update(account, acl_id, ingress=[INBOUND] * 20 + [ipv6] * 20)
    params = {"UpdateIngressAclEntries": True, "IngressAclEntries": [INBOUND] * 21}
    refusal = account.refusal("UpdateNetworkAclEntries", VPC, NetworkAclId=acl_id, **params)
    assert refusal == ("QuotaExceed.NetworkAclEntry", 400)
    params["IngressAclEntries"] = [INBOUND] * 101
    refusal = account.refusal("UpdateNetworkAclEntries", VPC, NetworkAclId=acl_id, **params)
    assert refusal == ("InvalidParameter", 400)


def test_an_update_is_refused_while_another_one_is_under_way_and_of_no_acl(account):
    acl_id = create(account)
    params = {"NetworkAclId": acl_id, "UpdateIngressAclEntries": True}
    assert account.refusal("UpdateNetworkAclEntries", VPC, **params, DryRun=True) == (
        "DryRunOperation",
        400,
    )
    account.call("UpdateNetworkAclEntries", VPC, **params)
    busy = ("NetworkStatus.Modifying", 400)
    assert account.refusal("UpdateNetworkAclEntries", VPC, **params) == busy
    joining = {"NetworkAclId": acl_id, "Resource": of_vswitch(account.subnet.id)}
    assert account.refusal("AssociateNetworkAcl", VPC, **joining) == busy
    absent = account.refusal("UpdateNetworkAclEntries", VPC, NetworkAclId="nacl-none")
    assert absent == ("InvalidNetworkAcl.NotFound", 400)


def test_entries_are_copied(account):
    source, acl_id = create(account), create(account)
    update(account, source, ingress=[INBOUND], egress=[OUTBOUND, OUTBOUND])
    params = {"NetworkAclId": acl_id, "SourceNetworkAclId": source}
    assert account.refusal("CopyNetworkAclEntries", VPC, **params, DryRun=True) == ("DryRunOperation", 400)
    account.call("CopyNetworkAclEntries", VPC, **params)
    assert show(account, acl_id)["Status"] == "Modifying"
    account.wait()
    (copied,) = entries(account, acl_id)
    assert {name: copied[name] for name in INBOUND} == INBOUND
    assert copied["NetworkAclEntryId"] != entries(account, source)[0]["NetworkAclEntryId"]
    assert len(entries(account, acl_id, "Egress")) == 2
    for wrong in ({**params, "NetworkAclId": "nacl-none"}, {**params, "SourceNetworkAclId": "nacl-none"}):
        assert account.refusal("CopyNetworkAclEntries", VPC, **wrong) == ("InvalidNetworkAcl.NotFound", 400)
    with_ipv6 = create(account, VpcId=account.create_vpc(EnableIpv6=True))
    ipv6 = account.refusal("CopyNetworkAclEntries", VPC, NetworkAclId=acl_id, SourceNetworkAclId=with_ipv6)
    assert ipv6 == ("OperationDenied.VpcIpv6NotEnabled", 400)
