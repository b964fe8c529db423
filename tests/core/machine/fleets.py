"""Any commands on launch templates."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, PICK, TAGS

from duolect_core.fleets.launch_templates import (
    CreateLaunchTemplate,
    CreateTemplateVersion,
    DeleteLaunchTemplate,
    DeleteTemplateVersions,
    ModifyLaunchTemplate,
    SetDefaultVersion,
)

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
