"""How tests allocate, associate and show EIPs."""

import pytest
from tests.dialects.alibaba.sdk_models import ECS, VPC, models

BOTH = pytest.mark.parametrize("version", [VPC, ECS])
ALLOCATE, ASSOCIATE, UNASSOCIATE = "AllocateEipAddress", "AssociateEipAddress", "UnassociateEipAddress"
RELEASE, MODIFY, DESCRIBE = "ReleaseEipAddress", "ModifyEipAddressAttribute", "DescribeEipAddresses"
NOTHING: dict[str, str] = {}


def allocated(account, version=VPC, **params):
    """Allocate an EIP; its answer is what the SDK makes of it."""
    body = account.client.call(ALLOCATE, version, **params)
    assert models(version).AllocateEipAddressResponseBody().from_map(body).to_map() == body
    return body


def eip(account, **params):
    return allocated(account, **params)["AllocationId"]


def listed(account, version=VPC, **criteria):
    answer = account.call(DESCRIBE, version, **criteria)
    found = answer["EipAddresses"]["EipAddress"]
    assert len(found) <= answer["TotalCount"]
    return found


def show(account, eip_id, version=VPC):
    (shown,) = listed(account, version, AllocationId=eip_id)
    return shown


def associate(account, eip_id, target, **more):
    kind = "EcsInstance" if target.startswith("i-") else "NetworkInterface"
    params = {"AllocationId": eip_id, "InstanceId": target, "InstanceType": kind, **more}
    account.call(ASSOCIATE, VPC, **params)


def bound(account, target, **more):
    """Return an EIP that is associated."""
    eip_id = eip(account)
    associate(account, eip_id, target, **more)
    account.wait()
    assert show(account, eip_id)["Status"] == "InUse"
    return eip_id


def two_addresses(account):
    """Return the id of an interface, and its primary and its secondary address."""
    interface_id = account.create_interface(SecondaryPrivateIpAddressCount=1)
    held = account.describe_interface(interface_id)["PrivateIpSets"]["PrivateIpSet"]
    return interface_id, *(each["PrivateIpAddress"] for each in held)
