"""How tests write the policies of security groups, and what becomes of them."""

SSH = {"Protocol": "TCP", "Port": "22", "CidrBlock": "10.0.0.0/8", "Action": "ACCEPT"}
WEB = {"Protocol": "tcp", "Port": "80,443,8000-8010", "CidrBlock": "0.0.0.0/8", "Action": "accept"}
PING = {"Protocol": "ICMP", "CidrBlock": "10.1.2.3", "Action": "DROP", "PolicyDescription": "no ping"}
ALL_6 = {"Protocol": "all", "Port": "ALL", "Ipv6CidrBlock": "2001:db8::/32", "Action": "ACCEPT"}
ANY = {"Protocol": "UDP", "Port": "all", "CidrBlock": "10.2.0.0/16", "Action": "ACCEPT"}
NO_TEMPLATES = {
    "ServiceTemplate": {"ServiceId": "", "ServiceGroupId": ""},
    "AddressTemplate": {"AddressId": "", "AddressGroupId": ""},
}


def create(account, group, direction="Ingress", *policies, **more):
    policy_set = {direction: list(policies), **more}
    account.call("CreateSecurityGroupPolicies", SecurityGroupId=group, SecurityGroupPolicySet=policy_set)


def policies(account, group, **params):
    """Return the set of policies that is shown of a group."""
    reply = account.call("DescribeSecurityGroupPolicies", SecurityGroupId=group, **params)
    return reply["SecurityGroupPolicySet"]


def ports(account, group, direction="Ingress"):
    return [shown["Port"] for shown in policies(account, group)[direction]]


def refused(account, action, group, policy_set, **more):
    return account.refusal(action, SecurityGroupId=group, SecurityGroupPolicySet=policy_set, **more)
