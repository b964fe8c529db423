"""Any commands on launch templates, placement groups and provisioning groups."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, PICK, PICKS, TAGS

from duolect_core.fleets.launch_templates import (
    CreateLaunchTemplate,
    CreateTemplateVersion,
    DeleteLaunchTemplate,
    DeleteTemplateVersions,
    ModifyLaunchTemplate,
    SetDefaultVersion,
)
from duolect_core.fleets.placement_groups import (
    CreatePlacementGroup,
    DeletePlacementGroups,
    ModifyPlacementGroup,
    PlaceInstances,
)
from duolect_core.fleets.provisioning_groups import (
    CreateProvisioningGroup,
    DeleteProvisioningGroup,
    ModifyProvisioningGroup,
)

CAPACITIES = st.sampled_from([None, 4, 5])
NUMBERS = st.integers(1, 5)
PARAMETERS = st.sampled_from([{}, {"x": 1}, {"y": [1, "b"]}])


class FleetRules(Machine):
    """Creates, changes and deletes launch templates."""

    @rule(name=st.sampled_from("abcd"), parameters=PARAMETERS, tags=TAGS, how=HOW)
    def create_launch_template(self, how, **more):
        self.do(CreateLaunchTemplate(version_description="d", **more), how)

    @rule(
        pick=PICK,
        parameters=PARAMETERS,
        inherits=st.booleans(),
        source=st.one_of(st.none(), NUMBERS),
        how=HOW,
    )
    def create_template_version(self, pick, how, **more):
        template_id = self.one(self.graph.launch_templates, pick)
        self.do(CreateTemplateVersion(template_id=template_id, **more), how)

    @rule(pick=PICK, number=NUMBERS, how=HOW)
    def set_default_version(self, pick, number, how):
        template_id = self.one(self.graph.launch_templates, pick)
        self.do(SetDefaultVersion(template_id=template_id, number=number), how)

    @rule(pick=PICK, how=HOW)
    def modify_launch_template(self, pick, how):
        template_id = self.one(self.graph.launch_templates, pick)
        self.do(ModifyLaunchTemplate(template_id=template_id, extras={"x": 1}), how)

    @rule(pick=PICK, numbers=st.lists(NUMBERS, max_size=2), how=HOW)
    def delete_template_versions(self, pick, numbers, how):
        template_id = self.one(self.graph.launch_templates, pick)
        self.do(DeleteTemplateVersions(template_id=template_id, numbers=tuple(numbers)), how)

    @rule(pick=PICK, how=HOW)
    def delete_launch_template(self, pick, how):
        self.do(DeleteLaunchTemplate(self.one(self.graph.launch_templates, pick)), how)

    @rule(limit=st.sampled_from([1, 2, 3]), partitions=st.sampled_from([0, 0, 1, 2]), tags=TAGS, how=HOW)
    def create_placement_group(self, how, **more):
        self.do(CreatePlacementGroup(name="a", strategy="s", **more), how)

    @rule(pick=PICK, name=st.sampled_from([None, "b"]), how=HOW)
    def modify_placement_group(self, pick, name, how):
        group_id = self.one(self.graph.placement_groups, pick)
        self.do(ModifyPlacementGroup(group_id=group_id, name=name, description=name, extras={"x": 1}), how)

    @rule(picks=PICKS, how=HOW)
    def delete_placement_groups(self, picks, how):
        self.do(DeletePlacementGroups(self.some(self.graph.placement_groups, picks)), how)

    @rule(
        picks=PICKS,
        group=st.one_of(st.none(), PICK, PICK),
        number=st.sampled_from([0, 0, 0, 1, 2]),
        restart=st.booleans(),
        how=HOW,
    )
    def place_instances(self, picks, group, how, **more):
        group_id = "" if group is None else self.one(self.graph.placement_groups, group)
        instance_ids = self.some(self.graph.instances, picks)
        self.do(PlaceInstances(instance_ids=instance_ids, group_id=group_id, detail="p", **more), how)

    @rule(picks=PICKS, launches=st.sampled_from([(), ({"x": 1},)]), tags=TAGS, how=HOW)
    def create_provisioning_group(self, picks, how, **more):
        instance_ids = self.some(self.graph.instances, picks)
        made = {"name": "a", "delivery": "d", "total": 3, "on_demand": 1, "spot": 1}
        self.do(CreateProvisioningGroup(instance_ids=instance_ids, **made, **more), how)

    @rule(pick=PICK, joining=PICKS, leaving=PICKS, total=CAPACITIES, how=HOW)
    def modify_provisioning_group(self, pick, joining, leaving, total, how):
        self.do(
            ModifyProvisioningGroup(
                group_id=self.one(self.graph.provisioning_groups, pick),
                total=total,
                joining_ids=self.some(self.graph.instances, joining),
                leaving_ids=self.some(self.graph.instances, leaving),
                extras={"x": 1},
            ),
            how,
        )

    @rule(pick=PICK, how=HOW)
    def delete_provisioning_group(self, pick, how):
        self.do(DeleteProvisioningGroup(self.one(self.graph.provisioning_groups, pick)), how)
