"""alicloud_instance where it is a subscription: ``instance_charge_type = "PrePaid"``.

Source: alicloud/resource_alicloud_instance.go. It buys for a ``period`` and reads the renewal; a change
of how it is paid comes last, by ModifyInstanceChargeType, and is waited for. A subscription is destroyed
with ``force_delete`` only: then it is paid by use first.
"""

import json
from typing import Any

import attrs
from tests.consumers.alibaba.terraform.computing import Instance
from tests.consumers.alibaba.terraform.provider import State
from tests.harness import ApiError


@attrs.frozen
class Subscription(Instance):
    computed = Instance.computed - {"instance_charge_type"} | {"expired_time"}

    def create(self, config: State) -> str:
        provider = self.provider
        made = provider.call(
            "ecs",
            "RunInstances",
            ClientToken=provider.token("RunInstances"),
            ImageId=config["image_id"],
            InstanceType=config["instance_type"],
            VSwitchId=config["vswitch_id"],
            SecurityGroupIds=config["security_groups"],
            InstanceName=config["instance_name"],
            InternetMaxBandwidthOut=0,
            InstanceChargeType=config["instance_charge_type"],
            Period=config["period"],
            PeriodUnit=config["period_unit"],
            AutoRenew=config["renewal_status"] == "AutoRenewal",
            AutoRenewPeriod=config["auto_renew_period"] or None,
            DryRun=False,
            DeletionProtection=False,
            **{"SystemDisk.Category": "cloud_essd", "SystemDisk.Size": "40"},
        )
        (instance_id,) = made["InstanceIdSets"]["InstanceIdSet"]
        provider.wait_for(lambda: self._status(instance_id), "Running")
        return str(instance_id)

    def read(self, resource_id: str) -> State | None:
        state = super().read(resource_id)
        if state is None:
            return None
        state["expired_time"] = self._listed(resource_id)["ExpiredTime"]
        renewals = self.provider.call("ecs", "DescribeInstanceAutoRenewAttribute", InstanceId=resource_id)[
            "InstanceRenewAttributes"
        ]["InstanceRenewAttribute"]
        for renewal in renewals:
            state["renewal_status"] = renewal["RenewalStatus"]
            state["auto_renew_period"] = renewal["Duration"]
        assert bool(renewals) is (state["instance_charge_type"] == "PrePaid")
        return state

    def update(self, resource_id: str, old: State, new: State) -> None:
        provider = self.provider
        if _differ(old, new, "renewal_status", "auto_renew_period"):
            provider.call(
                "ecs",
                "ModifyInstanceAutoRenewAttribute",
                InstanceId=resource_id,
                RenewalStatus=new["renewal_status"],
                Duration=new["auto_renew_period"] or None,
                PeriodUnit=new["period_unit"],
            )
        if _differ(old, new, "instance_name"):
            super().update(resource_id, old, new)
        if _differ(old, new, "instance_type"):
            self._change_type(resource_id, new["instance_type"])
        if _differ(old, new, "instance_charge_type"):
            self._change_payment(resource_id, new)

    def _change_type(self, resource_id: str, wanted: str) -> None:
        """Stop it, change its type, and start it again."""
        provider = self.provider
        provider.call("ecs", "StopInstance", InstanceId=resource_id, ForceStop=False)
        provider.wait_for(lambda: self._status(resource_id), "Stopped")
        change = {"InstanceId": resource_id, "InstanceType": wanted}
        provider.call("ecs", "ModifyPrepayInstanceSpec", **change)
        provider.wait_for(lambda: str(self._listed(resource_id)["InstanceType"]), wanted)
        provider.call("ecs", "StartInstance", InstanceId=resource_id)
        provider.wait_for(lambda: self._status(resource_id), "Running")

    def _change_payment(self, resource_id: str, new: State) -> None:
        wanted = new["instance_charge_type"]
        period = {"Period": new["period"], "PeriodUnit": new["period_unit"]} if wanted == "PrePaid" else {}
        self.provider.call(
            "ecs",
            "ModifyInstanceChargeType",
            InstanceIds=json.dumps([resource_id]),
            IncludeDataDisks=True,
            AutoPay=True,
            DryRun=False,
            ClientToken=self.provider.token("ModifyInstanceChargeType"),
            InstanceChargeType=wanted,
            **period,
        )
        self.provider.wait_for(lambda: str(self._listed(resource_id)["InstanceChargeType"]), wanted)

    def delete(self, resource_id: str) -> None:
        if self._listed(resource_id)["InstanceChargeType"] == "PrePaid":
            assert self._refusal(resource_id) == "ChargeTypeViolation"
            self._change_payment(resource_id, {"instance_charge_type": "PostPaid"})
        super().delete(resource_id)

    def _refusal(self, resource_id: str) -> str:
        """Return how the cloud refuses to delete it."""
        try:
            self.provider.call("ecs", "DeleteInstance", InstanceId=resource_id, Force=True)
        except ApiError as error:
            return str(error.code)
        return ""


def _differ(old: State, new: State, *names: str) -> Any:
    return any(old[name] != new[name] for name in names)
