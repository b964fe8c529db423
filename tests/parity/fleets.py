"""Key pairs, launch templates and placement groups, in the words of each cloud.

Common ground: one cloud imports a public key twice, the other has two launch templates of a name
(``Rules.public_keys_unique``, ``Rules.template_names_unique``); so each key and name is used by one at
a time. What is not there is deleted without a word on one cloud, so only what is there is deleted. A
pair is bound to a stopped instance that has none.
"""

import json
from typing import Any

from tests.parity.alibaba_driver import AlibabaDriver
from tests.parity.tencent_driver import TencentDriver

from duolect_core.addressing.generator import Generator
from duolect_core.engine.partition import Partition
from duolect_core.key_pairs.rsa import draw_key

KEYS = tuple(draw_key(Generator(seed), 1024).public for seed in range(1, 4))
_IMAGE = "img-eb30mz89"


class AlibabaFleets(AlibabaDriver):
    """Fleets in Alibaba Cloud's words, in which a key pair goes by its name."""

    def import_key(self, name: str, key: int, word: str) -> None:
        self.client.call("ImportKeyPair", KeyPairName=word, PublicKeyBody=KEYS[key])
        self.names[name] = self.client.partition.graph.key_pairs_by_name[word]

    def _word(self, key: str) -> str:
        found = self.client.partition.graph.key_pairs.get(self.names[key])
        return "nobody" if found is None else found.name

    def bind_key(self, key: str, instance: str) -> None:
        named = {"InstanceIds": json.dumps([self.names[instance]]), "KeyPairName": self._word(key)}
        self.client.call("AttachKeyPair", **named)

    def unbind_key(self, key: str, instance: str) -> None:
        named = {"InstanceIds": json.dumps([self.names[instance]]), "KeyPairName": self._word(key)}
        self.client.call("DetachKeyPair", **named)

    def delete_key(self, key: str) -> None:
        self.client.call("DeleteKeyPairs", KeyPairNames=json.dumps([self._word(key)]))

    def create_template(self, name: str) -> None:
        made = self.client.call("CreateLaunchTemplate", LaunchTemplateName=name, ImageId="m-parity")
        self.names[name] = made["LaunchTemplateId"]

    def _template(self, action: str, template: str, **params: Any) -> None:
        self.client.call(action, LaunchTemplateId=self.names[template], **params)

    def create_version(self, template: str) -> None:
        self._template("CreateLaunchTemplateVersion", template, ImageId="m-parity")

    def set_default(self, template: str, number: int) -> None:
        self._template("ModifyLaunchTemplateDefaultVersion", template, DefaultVersionNumber=number)

    def delete_version(self, template: str, number: int) -> None:
        self._template("DeleteLaunchTemplateVersion", template, DeleteVersion=[number])

    def delete_template(self, template: str) -> None:
        self._template("DeleteLaunchTemplate", template)

    def create_placement(self, name: str) -> None:
        made = self.client.call("CreateDeploymentSet", DeploymentSetName=name)
        self.names[name] = made["DeploymentSetId"]

    def rename_placement(self, placement: str, name: str) -> None:
        named = {"DeploymentSetId": self.names[placement], "DeploymentSetName": name}
        self.client.call("ModifyDeploymentSetAttribute", **named)

    def delete_placement(self, placement: str) -> None:
        self.client.call("DeleteDeploymentSet", DeploymentSetId=self.names[placement])

    def run_placed(self, name: str, network: str, subnet: str, group: str, placement: str) -> None:
        del network
        made = self.client.call(
            "RunInstances",
            ImageId="m-parity",
            InstanceType="ecs.g7.large",
            VSwitchId=self.names[subnet],
            SecurityGroupId=self.names[group],
            DeploymentSetId=self.names[placement],
        )
        (self.names[name],) = made["InstanceIdSets"]["InstanceIdSet"]


class TencentFleets(TencentDriver):
    """Fleets in Tencent Cloud's words."""

    def import_key(self, name: str, key: int, word: str) -> None:
        made = self.client.call("ImportKeyPair", KeyName=word, ProjectId=0, PublicKey=KEYS[key])
        self.names[name] = made["KeyId"]

    def bind_key(self, key: str, instance: str) -> None:
        named = {"InstanceIds": [self.names[instance]], "KeyIds": [self.names[key]]}
        self.client.call("AssociateInstancesKeyPairs", **named)

    def unbind_key(self, key: str, instance: str) -> None:
        named = {"InstanceIds": [self.names[instance]], "KeyIds": [self.names[key]]}
        self.client.call("DisassociateInstancesKeyPairs", **named)

    def delete_key(self, key: str) -> None:
        self.client.call("DeleteKeyPairs", KeyIds=[self.names[key]])

    def _place(self) -> dict[str, Any]:
        return {"Placement": {"Zone": self.client.partition.rules.zones[0]}, "ImageId": _IMAGE}

    def create_template(self, name: str) -> None:
        made = self.client.call("CreateLaunchTemplate", LaunchTemplateName=name, **self._place())
        self.names[name] = made["LaunchTemplateId"]

    def _template(self, action: str, template: str, **params: Any) -> None:
        self.client.call(action, LaunchTemplateId=self.names[template], **params)

    def create_version(self, template: str) -> None:
        self._template("CreateLaunchTemplateVersion", template, **self._place())

    def set_default(self, template: str, number: int) -> None:
        self._template("ModifyLaunchTemplateDefaultVersion", template, DefaultVersion=number)

    def delete_version(self, template: str, number: int) -> None:
        self._template("DeleteLaunchTemplateVersions", template, LaunchTemplateVersions=[number])

    def delete_template(self, template: str) -> None:
        self._template("DeleteLaunchTemplate", template)

    def create_placement(self, name: str) -> None:
        made = self.client.call("CreateDisasterRecoverGroup", Name=name, Type="HOST")
        self.names[name] = made["DisasterRecoverGroupId"]

    def rename_placement(self, placement: str, name: str) -> None:
        named = {"DisasterRecoverGroupId": self.names[placement], "Name": name}
        self.client.call("ModifyDisasterRecoverGroupAttribute", **named)

    def delete_placement(self, placement: str) -> None:
        ids = [self.names[placement]]
        self.client.call("DeleteDisasterRecoverGroups", DisasterRecoverGroupIds=ids)

    def run_placed(self, name: str, network: str, subnet: str, group: str, placement: str) -> None:
        graph = self.client.partition.graph
        made = self.client.call(
            "RunInstances",
            ImageId="img-l8og963d",
            InstanceType="PARITY.MEDIUM4",
            Placement={"Zone": graph.subnets[self.names[subnet]].zone},
            VirtualPrivateCloud={"VpcId": self.names[network], "SubnetId": self.names[subnet]},
            SecurityGroupIds=[self.names[group]],
            DisasterRecoverGroupIds=[self.names[placement]],
        )
        (self.names[name],) = made["InstanceIdSet"]


def fleet_shape(partition: Partition, names: dict[str, str]) -> dict[str, Any]:
    """Return what there is of fleets by the machine's names."""
    graph = partition.graph
    named = {resource_id: name for name, resource_id in names.items()}
    return {
        "keys": {
            named[each.id]: (each.name, each.public_key.split()[1]) for each in graph.key_pairs.values()
        },
        "opened": {
            named[each.id]: [named[key] for key in each.key_pair_ids] for each in graph.instances.values()
        },
        "templates": {
            named[each.id]: (
                each.name,
                [found.number for found in each.versions],
                each.default,
                each.latest,
            )
            for each in graph.launch_templates.values()
        },
        "placements": {
            named[each.id]: (
                each.name,
                [named[found] for found in graph.instances_by_placement_group.ids(each.id)],
            )
            for each in graph.placement_groups.values()
        },
    }
