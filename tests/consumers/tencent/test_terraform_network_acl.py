"""The life of a network ACL as terraform-provider-tencentcloud leads it: its calls, in its order.

Source: tencentcloud/services/vpc/resource_tc_vpc_acl.go, resource_tc_vpc_acl_attachment.go and
service_tencentcloud_vpc.go of the provider.
"""

from typing import Any

import attrs
from tests.dialects.tencent.furnished_account import TencentAccount

REGION = "ap-guangzhou"
DROPPED = {"Protocol": "all", "CidrBlock": "0.0.0.0/0", "Action": "DROP"}
State = dict[str, Any]


@attrs.frozen
class NetworkAcl:
    """The resources ``tencentcloud_vpc_acl`` and ``tencentcloud_vpc_acl_attachment`` of one account."""

    account: TencentAccount

    def create(self, vpc_id: str, config: State) -> str:
        tags = [{"Key": key, "Value": value} for key, value in config["tags"].items()]
        made = self.account.call("CreateNetworkAcl", VpcId=vpc_id, NetworkAclName=config["name"], Tags=tags)
        acl_id = str(made["NetworkAcl"]["NetworkAclId"])
        self.tag(acl_id, config["tags"])
        self.set_rules(acl_id, config)
        return acl_id

    def tag(self, acl_id: str, replace: dict[str, str], *delete: str) -> None:
        self.account.call(
            "ModifyResourceTags",
            Resource=f"qcs::vpc:{REGION}:uin/:acl/{acl_id}",
            ReplaceTags=[{"TagKey": key, "TagValue": value} for key, value in replace.items()],
            DeleteTags=[{"TagKey": key} for key in delete] or None,
        )

    def set_rules(self, acl_id: str, config: State) -> None:
        """Replace the rules; a direction of which none is left drops everything."""
        sides = {side: [_rule(each) for each in config[side.lower()]] for side in ("Ingress", "Egress")}
        entries = {side: rules or [DROPPED] for side, rules in sides.items()}
        self.account.call("ModifyNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet=entries)

    def read(self, acl_id: str) -> State | None:
        by_id = [{"Name": "network-acl-id", "Values": [acl_id]}]
        found = self.account.call("DescribeNetworkAcls", Filters=by_id, Offset=0, Limit=100)[
            "NetworkAclSet"
        ]
        if not found:
            return None
        (shown,) = found
        place = {"ServiceType": "vpc", "ResourcePrefix": "acl", "ResourceRegion": REGION}
        reply = self.account.call("DescribeResourceTags", ResourceId=acl_id, Offset=0, Limit=20, **place)
        return {
            "name": shown["NetworkAclName"],
            "ingress": _rules(shown["IngressEntries"]),
            "egress": _rules(shown["EgressEntries"]),
            "tags": {row["TagKey"]: row["TagValue"] for row in reply["Rows"]},
            "subnets": [each["SubnetId"] for each in shown["SubnetSet"]],
        }


def _rule(text: str) -> State:
    """Return what is sent for a rule; a port that the protocol has not is left out."""
    action, cidr, port, protocol, *more = text.split("#")
    rule = {"Protocol": protocol, "CidrBlock": cidr, "Action": action}
    rule |= {"Description": more[0]} if more else {}
    return rule if protocol in {"ICMP", "ALL"} else {**rule, "Port": port}


def _rules(entries: list[State]) -> list[str]:
    """Return rules as the configuration has them, without the cloud's last ones."""
    last = {("all", "::/0", "Accept"), ("all", "0.0.0.0/0", "Drop")}
    return [
        "#".join(
            filter(
                None,
                (
                    each["Action"],
                    each["CidrBlock"],
                    each["Port"] or "ALL",
                    each["Protocol"],
                    each["Description"],
                ),
            )
        ).upper()
        for each in entries
        if (each["Protocol"], each["CidrBlock"] or each["Ipv6CidrBlock"], each["Action"]) not in last
    ]


def test_an_acl_lives_from_apply_to_destroy(account: TencentAccount) -> None:
    acl = NetworkAcl(account)
    config = {
        "name": "tf-acl",
        "ingress": ["ACCEPT#192.168.1.0/24#80#TCP#WEB", "ACCEPT#192.168.1.0/24#80-90#TCP"],
        "egress": ["ACCEPT#10.0.0.0/8#ALL#ICMP", "DROP#10.0.0.0/8#ALL#ALL"],
        "tags": {"team": "net"},
    }
    for _ in range(2):
        acl_id = acl.create(account.vpc_id, config)
        assert acl.read(acl_id) == {**config, "subnets": []}
        associated = {"NetworkAclId": acl_id, "SubnetIds": [account.subnet_id]}
        account.call("AssociateNetworkAclSubnets", **associated)
        applied = acl.read(acl_id)
        assert applied == {**config, "subnets": [account.subnet_id]}
        assert acl.read(acl_id) == applied, "a plan after it is empty"
        changed = {**config, "name": "renamed", "egress": [], "tags": {"stage": "test"}}
        account.call("ModifyNetworkAclAttribute", NetworkAclId=acl_id, NetworkAclName="renamed")
        acl.set_rules(acl_id, changed)
        acl.tag(acl_id, {"stage": "test"}, "team")
        assert acl.read(acl_id) == {**changed, "subnets": [account.subnet_id]}
        account.call("DisassociateNetworkAclSubnets", **associated)
        account.call("DeleteNetworkAcl", NetworkAclId=acl_id)
        assert acl.read(acl_id) is None
