"""Launch templates come with a first version, get more, and go."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.fleets.launch_templates import (
    CreateLaunchTemplate,
    CreateTemplateVersion,
    DeleteLaunchTemplate,
    DeleteTemplateVersions,
    ModifyLaunchTemplate,
    SetDefaultVersion,
)
from duolect_core.invariants import check


@pytest.fixture
def world():
    return World(NORTH)


@pytest.fixture
def template(world):
    return world.do(CreateLaunchTemplate(name="a", parameters={"x": 1, "y": 1}))


def numbers(template):
    return [version.number for version in template.versions]


def test_the_first_version_is_the_default_one(world):
    template = world.do(
        CreateLaunchTemplate(
            name="a", parameters={"x": 1}, version_description="d", tags={"k": "v"}, extras={"e": 1}
        )
    )
    (first,) = template.versions
    assert (first.number, first.description, first.parameters) == (1, "d", {"x": 1})
    assert (template.default, template.latest, template.name) == (1, 1, "a")
    assert (template.tags, template.extras) == ({"k": "v"}, {"e": 1})
    assert template.created == template.modified == first.created == world.partition.now


def test_a_version_says_only_what_it_was_given(world, template):
    assert world.do(CreateTemplateVersion(template_id=template.id, parameters={"x": 2})) == 2
    assert template.version(2).parameters == {"x": 2}
    assert (template.default, template.latest) == (1, 2)


def test_a_version_that_inherits_says_the_rest_of_the_default_one_or_of_another(world, template):
    world.do(CreateTemplateVersion(template_id=template.id, parameters={"x": 2}, inherits=True))
    assert template.version(2).parameters == {"x": 2, "y": 1}
    world.do(CreateTemplateVersion(template_id=template.id, parameters={"y": 3}, inherits=True, source=2))
    assert template.version(3).parameters == {"x": 2, "y": 3}


def test_no_number_is_given_twice(world, template):
    world.do(CreateTemplateVersion(template_id=template.id))
    world.do(DeleteTemplateVersions(template_id=template.id, numbers=(2,)))
    assert world.do(CreateTemplateVersion(template_id=template.id)) == 3
    assert numbers(template) == [1, 3]


def test_the_default_version_stays_until_another_one_is_it(world, template):
    world.do(CreateTemplateVersion(template_id=template.id))
    with pytest.raises(errors.TemplateVersionIsDefault):
        world.do(DeleteTemplateVersions(template_id=template.id, numbers=(2, 1)))
    assert numbers(template) == [1, 2]
    assert world.do(SetDefaultVersion(template_id=template.id, number=2)) is template
    world.do(DeleteTemplateVersions(template_id=template.id, numbers=(1,)))
    assert (numbers(template), template.default) == ([2], 2)
    assert check(world.partition) == []


def test_what_is_stored_goes_over_what_there_is(world, template):
    world.do(ModifyLaunchTemplate(template_id=template.id, extras={"e": 1}))
    world.do(ModifyLaunchTemplate(template_id=template.id, extras={"f": 2}))
    assert template.extras == {"e": 1, "f": 2}


@pytest.mark.parametrize(
    "command",
    [
        lambda template_id: SetDefaultVersion(template_id=template_id, number=7),
        lambda template_id: DeleteTemplateVersions(template_id=template_id, numbers=(7,)),
        lambda template_id: CreateTemplateVersion(template_id=template_id, source=7),
    ],
)
def test_a_version_that_is_not_there_is_refused(world, template, command):
    with pytest.raises(errors.TemplateVersionNotFound) as refused:
        world.do(command(template.id))
    assert (refused.value.template_id, refused.value.number) == (template.id, 7)
    with pytest.raises(errors.LaunchTemplateNotFound):
        world.do(command("absent"))


def test_names_are_unique_in_the_one_cloud_only(world, template):
    with pytest.raises(errors.LaunchTemplateNameTaken) as refused:
        world.do(CreateLaunchTemplate(name="a"))
    assert refused.value.taken_by == template.id
    south = World(SOUTH)
    for _ in range(2):
        south.do(CreateLaunchTemplate(name="a"))
    assert len(south.graph.launch_templates_by_name.ids("a")) == 2


def test_a_template_goes_with_its_versions_and_its_name_is_free(world, template):
    assert world.do(DeleteLaunchTemplate(template.id)) is template
    assert not world.graph.launch_templates
    world.do(CreateLaunchTemplate(name="a"))
    with pytest.raises(errors.LaunchTemplateNotFound):
        world.do(DeleteLaunchTemplate(template.id))
    with pytest.raises(errors.LaunchTemplateNotFound):
        world.do(ModifyLaunchTemplate(template_id=template.id, extras={}))


def test_there_may_be_so_many_templates_and_versions():
    world = World(limited(NORTH, launch_templates=1, versions_per_launch_template=2, tags_per_resource=1))
    with pytest.raises(errors.TagQuotaExceeded):
        world.do(CreateLaunchTemplate(name="a", tags={"k": "v", "l": "v"}))
    template = world.do(CreateLaunchTemplate(name="a"))
    with pytest.raises(errors.LaunchTemplateQuotaExceeded):
        world.do(CreateLaunchTemplate(name="b"))
    world.do(CreateTemplateVersion(template_id=template.id))
    with pytest.raises(errors.TemplateVersionQuotaExceeded):
        world.do(CreateTemplateVersion(template_id=template.id))
