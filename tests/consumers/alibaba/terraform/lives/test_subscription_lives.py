"""What Terraform does to subscriptions: bought, renewed, changed, paid by use in the end, and destroyed."""

from tests.consumers.alibaba.terraform.lives.test_lives import Workspace, assert_no_change, live
from tests.consumers.alibaba.terraform.provider import State
from tests.consumers.alibaba.terraform.subscriptions import Subscription

DAY = 86_400_000


def config_of(site: Workspace) -> State:
    return {
        **site.node_config(),
        "instance_charge_type": "PrePaid",
        "period": 1,
        "period_unit": "Month",
        "renewal_status": "Normal",
        "auto_renew_period": 0,
    }


def test_a_subscription_is_destroyed_by_force(site: Workspace) -> None:
    config = config_of(site)
    for _ in range(2):
        live(Subscription(site.provider), config, instance_name="tf-b", instance_type="ecs.g7.xlarge")


def test_a_subscription_is_paid_by_use_in_the_end(site: Workspace) -> None:
    node, config = Subscription(site.provider), config_of(site)
    node_id = node.create(config)
    bought = assert_no_change(node, node_id, config)
    renewing = {**config, "renewal_status": "AutoRenewal", "auto_renew_period": 1}
    node.update(node_id, config, renewing)
    assert_no_change(node, node_id, renewing)
    site.provider.emulator.advance(40 * DAY)
    renewed = assert_no_change(node, node_id, renewing)
    assert renewed["expired_time"] > bought["expired_time"]
    by_use = {**config, "instance_charge_type": "PostPaid"}
    node.update(node_id, renewing, {**renewing, "instance_charge_type": "PostPaid"})
    assert_no_change(node, node_id, by_use)
    node.delete(node_id)
    assert node.read(node_id) is None
