"""The lives of address and protocol templates as terraform-provider-tencentcloud leads them.

Source: tencentcloud/services/vpc/resource_tc_address_template*.go, resource_tc_protocol_template*.go and
service_tencentcloud_vpc.go of the provider.
"""

from typing import Any

import attrs
import pytest
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.harness import ApiError

TRIES = 20
State = dict[str, Any]


@attrs.frozen
class Template:
    """A resource of templates, or of groups of them: its actions, and what is sent and shown of it."""

    account: TencentAccount
    noun: str
    sent: str
    shown: str
    by_id: str

    def create(self, name: str, content: list[str]) -> str:
        named = {f"{self.noun}Name": name, self.sent: content}
        made = self.account.call(f"Create{self.noun}", **named)[self.noun]
        return str(made[f"{self.noun}Id"])

    def read(self, template_id: str) -> State | None:
        by_id = [{"Name": self.by_id, "Values": [template_id]}]
        found = self.account.call(f"Describe{self.noun}s", Filters=by_id)[f"{self.noun}Set"]
        if not found:
            return None
        (shown,) = found
        return {"name": shown[f"{self.noun}Name"], "content": set(shown[self.shown])}

    def update(self, template_id: str, name: str, content: list[str]) -> None:
        changed = {f"{self.noun}Id": template_id, f"{self.noun}Name": name, self.sent: content}
        self._again(f"Modify{self.noun}Attribute", **changed)

    def delete(self, template_id: str) -> None:
        """Delete it, and look until it is gone."""
        self._again(f"Delete{self.noun}", **{f"{self.noun}Id": template_id})
        for _ in range(TRIES):
            if self.read(template_id) is None:
                return
            self.account.wait()
        raise AssertionError(f"{template_id} does not go")

    def _again(self, action: str, **parameters: Any) -> None:
        """Call an action until no other task is at it."""
        for _ in range(TRIES):
            try:
                self.account.call(action, **parameters)
            except ApiError as error:
                if error.code != "UnsupportedOperation.MutexOperationTaskRunning":
                    raise
                self.account.wait()
            else:
                return
        raise AssertionError(f"{action} is refused again and again")


ADDRESSES = ["10.0.0.1", "10.0.1.0/24", "10.0.0.5-10.0.0.100"]
SERVICES = ["tcp:80", "udp:53,5353", "tcp:9000-9100", "icmp"]


@pytest.fixture(params=["address", "protocol"])
def resources(request: pytest.FixtureRequest, account: TencentAccount) -> tuple[Template, Template]:
    """The resources ``tencentcloud_*_template`` and ``tencentcloud_*_template_group`` of one account."""
    noun, content = ("Address", "Addresses") if request.param == "address" else ("Service", "Services")
    name, low = f"{noun}Template", noun.lower()
    return (
        Template(account, name, content, f"{noun}Set", f"{low}-template-id"),
        Template(account, f"{name}Group", f"{name}Ids", f"{name}IdSet", f"{low}-template-group-id"),
    )


def test_a_template_lives_from_apply_to_destroy(resources: tuple[Template, Template]) -> None:
    template, _ = resources
    content = ADDRESSES if template.noun.startswith("Address") else SERVICES
    for _ in range(2):
        template_id = template.create("tf-a", content)
        assert template.read(template_id) == {"name": "tf-a", "content": set(content)}
        template.update(template_id, "tf-b", content[1:])
        changed = template.read(template_id)
        assert changed == {"name": "tf-b", "content": set(content[1:])}, "it is read without waiting"
        template.account.wait()
        assert template.read(template_id) == changed, "a plan finds nothing to change"
        template.delete(template_id)
        assert template.read(template_id) is None


def test_a_group_lives_from_apply_to_destroy(resources: tuple[Template, Template]) -> None:
    template, group = resources
    content = ADDRESSES if template.noun.startswith("Address") else SERVICES
    ids = [template.create(f"tf-{place}", [each]) for place, each in enumerate(content)]
    for _ in range(2):
        group_id = group.create("tf-a", ids[:2])
        assert group.read(group_id) == {"name": "tf-a", "content": set(ids[:2])}
        group.update(group_id, "tf-b", ids[1:])
        assert group.read(group_id) == {"name": "tf-b", "content": set(ids[1:])}
        with pytest.raises(ApiError) as caught:
            template.delete(ids[-1])
        assert caught.value.code == "ResourceInUse"
        group.delete(group_id)
    for each in ids:
        template.delete(each)


def test_rules_with_templates_are_applied_and_destroyed(account: TencentAccount) -> None:
    """``tencentcloud_security_group_rule_set`` names templates by ``address_template_id`` and the like."""
    addresses = Template(account, "AddressTemplate", "Addresses", "AddressSet", "address-template-id")
    services = Template(account, "ServiceTemplate", "Services", "ServiceSet", "service-template-id")
    address_id, service_id = addresses.create("tf-a", ADDRESSES), services.create("tf-s", SERVICES)
    made = account.call("CreateSecurityGroup", GroupName="tf", GroupDescription="")
    group_id = made["SecurityGroup"]["SecurityGroupId"]
    policy = {
        "AddressTemplate": {"AddressId": address_id},
        "ServiceTemplate": {"ServiceId": service_id},
        "Action": "ACCEPT",
        "PolicyDescription": "named",
    }
    policies = {"Ingress": [policy]}
    account.call("ModifySecurityGroupPolicies", SecurityGroupId=group_id, SecurityGroupPolicySet=policies)
    listed = account.call("DescribeSecurityGroupPolicies", SecurityGroupId=group_id)
    (shown,) = listed["SecurityGroupPolicySet"]["Ingress"]
    assert shown["AddressTemplate"]["AddressId"] == address_id
    assert shown["ServiceTemplate"]["ServiceId"] == service_id
    for template, template_id in ((addresses, address_id), (services, service_id)):
        with pytest.raises(ApiError) as caught:
            template.delete(template_id)
        assert caught.value.code == "ResourceInUse"
    account.call("DeleteSecurityGroup", SecurityGroupId=group_id)
    addresses.delete(address_id)
    services.delete(service_id)
