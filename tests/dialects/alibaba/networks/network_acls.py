"""Network ACLs of an account, built in one line each."""

from tests.dialects.alibaba.sdk_models import VPC

WEB = {
    "NetworkAclEntryName": "web",
    "Description": "of the web",
    "EntryType": "custom",
    "IpVersion": "IPv4",
    "Policy": "accept",
    "Protocol": "tcp",
    "Port": "80/443",
}
INBOUND = {**WEB, "SourceCidrIp": "10.0.0.0/24"}
OUTBOUND = {**WEB, "DestinationCidrIp": "10.0.0.0/24"}


def create(account, **changes):
    """Create a network ACL and wait; return its id."""
    params = {"VpcId": account.network.id, **changes}
    made = account.call("CreateNetworkAcl", VPC, **params)["NetworkAclId"]
    account.wait()
    return made


def show(account, acl_id):
    """Return a network ACL as DescribeNetworkAclAttributes shows it."""
    return account.call("DescribeNetworkAclAttributes", VPC, NetworkAclId=acl_id)["NetworkAclAttribute"]


def listed(account, **criteria):
    """Return the ids of the network ACLs that DescribeNetworkAcls lists."""
    found = account.call("DescribeNetworkAcls", VPC, **criteria)["NetworkAcls"]["NetworkAcl"]
    return [each["NetworkAclId"] for each in found]


def entries(account, acl_id, side="Ingress", kind="custom"):
    """Return the entries of a kind of one direction."""
    found = show(account, acl_id)[f"{side}AclEntries"][f"{side}AclEntry"]
    return [each for each in found if each["EntryType"] == kind]


def update(account, acl_id, ingress=None, egress=None, **more):
    """Replace the entries of the directions that are given, and wait."""
    params = {"NetworkAclId": acl_id, **more}
    if ingress is not None:
        params |= {"UpdateIngressAclEntries": True, "IngressAclEntries": ingress}
    if egress is not None:
        params |= {"UpdateEgressAclEntries": True, "EgressAclEntries": egress}
    account.call("UpdateNetworkAclEntries", VPC, **params)
    account.wait()


def of_vswitch(*vswitch_ids):
    """Return the Resource of actions that associate vSwitches."""
    return [{"ResourceId": each, "ResourceType": "VSwitch"} for each in vswitch_ids]


def associate(account, acl_id, *vswitch_ids):
    """Associate vSwitches with a network ACL, and wait."""
    account.call("AssociateNetworkAcl", VPC, NetworkAclId=acl_id, Resource=of_vswitch(*vswitch_ids))
    account.wait()
