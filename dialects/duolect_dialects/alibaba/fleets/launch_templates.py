"""Launch templates and their versions: created, listed, chosen as the default one, deleted.

Sources: the vendor's pages of the actions, and the models of its Python SDK. That versions are listed
newest first is assumed, from the example of DeleteLaunchTemplate.
"""

from typing import Final

import attrs

from duolect_core.fleets import launch_templates as commands
from duolect_core.model.fleets import LaunchTemplate, TemplateVersion
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action
from duolect_dialects.alibaba.fleets.template_parameters import TemplateParameters, said, shown
from duolect_dialects.alibaba.instances.templates import template_of
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.alibaba.views import owner, tags
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Length

_NUMBER: Final = Between(1, 2**31 - 1)
_PAGE_SIZE: Final = Between(1, 50)
_NAME: Final = (Length(2, 128), common.NAME)
_DESCRIPTION: Final = (Length(2, 256), common.NOT_A_LINK)
_DESCRIPTION_CODE: Final = "InvalidDescription.Malformed"


@attrs.frozen(kw_only=True, slots=False)
class CreateLaunchTemplate(TemplateParameters):
    """Create a launch template with its first version."""

    LaunchTemplateName: str = required(*_NAME, code="InvalidLaunchTemplateName.Malformed")
    RegionId: str = required()
    TemplateResourceGroupId: str | None = stored()
    TemplateTag: tuple[TagParam, ...] = common.tag_params()
    VersionDescription: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE)


@ecs_action()
def create_launch_template(session: Session, request: CreateLaunchTemplate) -> Body:
    """Create it; its first version is the default one."""
    created = session.execute(
        commands.CreateLaunchTemplate(
            name=request.LaunchTemplateName,
            parameters=said(request),
            version_description=request.VersionDescription or "",
            tags=common.tags(request.TemplateTag),
            extras={"ResourceGroupId": common.resource_group(request.TemplateResourceGroupId)},
        )
    )
    return {"LaunchTemplateId": created.id, "LaunchTemplateVersionNumber": created.latest}


@attrs.frozen(kw_only=True, slots=False)
class CreateLaunchTemplateVersion(TemplateParameters):
    """Add a version to a launch template. It says what it is given, and nothing of other versions."""

    RegionId: str = required()
    LaunchTemplateId: str | None = param()
    LaunchTemplateName: str | None = param()
    VersionDescription: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE)


@ecs_action()
def create_launch_template_version(session: Session, request: CreateLaunchTemplateVersion) -> Body:
    """Add it, with the next number."""
    template = _named(session, request.LaunchTemplateId, request.LaunchTemplateName)
    number = session.execute(
        commands.CreateTemplateVersion(
            template_id=template.id,
            parameters=said(request),
            description=request.VersionDescription or "",
        )
    )
    return {"LaunchTemplateId": template.id, "LaunchTemplateVersionNumber": number}


@attrs.frozen(kw_only=True)
class ModifyLaunchTemplateDefaultVersion:
    """Let another version be the default one."""

    RegionId: str = required()
    DefaultVersionNumber: int = required()
    LaunchTemplateId: str | None = param()
    LaunchTemplateName: str | None = param()


@ecs_action()
def modify_launch_template_default_version(
    session: Session, request: ModifyLaunchTemplateDefaultVersion
) -> Body:
    """Let it be so at once."""
    template = _named(session, request.LaunchTemplateId, request.LaunchTemplateName)
    session.execute(
        commands.SetDefaultVersion(template_id=template.id, number=request.DefaultVersionNumber)
    )
    return {"LaunchTemplateId": template.id}


@attrs.frozen(kw_only=True)
class DeleteLaunchTemplate:
    """Delete a launch template with all its versions."""

    RegionId: str = required()
    LaunchTemplateId: str | None = param()
    LaunchTemplateName: str | None = param()


@ecs_action()
def delete_launch_template(session: Session, request: DeleteLaunchTemplate) -> Body:
    """Delete it, and tell which versions went with it, the newest first."""
    template = _named(session, request.LaunchTemplateId, request.LaunchTemplateName)
    session.execute(commands.DeleteLaunchTemplate(template.id))
    numbers = [version.number for version in reversed(template.versions)]
    return {
        "LaunchTemplateId": template.id,
        "LaunchTemplateVersionNumbers": {"versionNumbers": numbers},
    }


@attrs.frozen(kw_only=True)
class DeleteLaunchTemplateVersion:
    """Delete versions of a launch template, but not its default one."""

    RegionId: str = required()
    DeleteVersion: tuple[int, ...] = required(Count(1, 29))
    LaunchTemplateId: str | None = param()
    LaunchTemplateName: str | None = param()


@ecs_action()
def delete_launch_template_version(session: Session, request: DeleteLaunchTemplateVersion) -> Body:
    """Delete all of them, or none."""
    template = _named(session, request.LaunchTemplateId, request.LaunchTemplateName)
    numbers = tuple(dict.fromkeys(request.DeleteVersion))
    session.execute(commands.DeleteTemplateVersions(template_id=template.id, numbers=numbers))
    gone = [{"LaunchTemplateId": template.id, "LaunchTemplateVersionNumber": each} for each in numbers]
    return {"LaunchTemplateVersions": {"LaunchTemplateVersion": gone}}


def _named(session: Session, template_id: str | None, name: str | None) -> LaunchTemplate:
    """Return the launch template that a request names.

    Raises:
        Refusal: it names none.
        LaunchTemplateNotFound: there is none such.
    """
    if not (template_id or name):
        raise missing("LaunchTemplateId")
    return template_of(session, template_id, name)


# -- listing ---------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeLaunchTemplates:
    """List launch templates, newest first; all criteria must hold."""

    RegionId: str = required()
    LaunchTemplateId: tuple[str, ...] = param(Count(0, 100), default=())
    LaunchTemplateName: tuple[str, ...] = param(Count(0, 100), default=())
    PageNumber: int = param(_NUMBER, default=1)
    PageSize: int = param(_PAGE_SIZE, default=10)
    TemplateResourceGroupId: str | None = param()
    TemplateTag: tuple[TagFilter, ...] = common.tag_filters()


@ecs_action()
def describe_launch_templates(session: Session, request: DescribeLaunchTemplates) -> Body:
    """List one page; what is named and not there is left out."""
    graph = session.graph
    criteria: Criteria[LaunchTemplate] = Criteria(graph)
    criteria.ids(request.LaunchTemplateId)
    criteria.by(graph.launch_templates_by_name, *request.LaunchTemplateName)
    group = request.TemplateResourceGroupId
    criteria.test(group, lambda found: found.extras.get("ResourceGroupId") == group)
    common.narrow_by_tags(criteria, request.TemplateTag)
    page, about = common.numbered_page(graph.launch_templates, criteria.selection, request)
    sets = [_template(session, each) for each in page.items]
    return {"LaunchTemplateSets": {"LaunchTemplateSet": sets}, **about}


def _template(session: Session, template: LaunchTemplate) -> Body:
    return {
        "CreateTime": moment(template.created),
        "CreatedBy": owner(session),
        "DefaultVersionNumber": template.default,
        "LatestVersionNumber": template.latest,
        "LaunchTemplateId": template.id,
        "LaunchTemplateName": template.name,
        "ModifiedTime": moment(template.modified),
        "ResourceGroupId": template.extras.get("ResourceGroupId", ""),
        "Tags": tags(template.tags),
    }


@attrs.frozen(kw_only=True)
class DescribeLaunchTemplateVersions:
    """List versions of a launch template, newest first; all criteria must hold."""

    RegionId: str = required()
    DefaultVersion: bool = param(default=False)
    DetailFlag: bool = param(default=True)
    LaunchTemplateId: str | None = param()
    LaunchTemplateName: str | None = param()
    LaunchTemplateVersion: tuple[int, ...] = param(Count(0, 30), default=())
    MaxVersion: int | None = param()
    MinVersion: int | None = param()
    PageNumber: int = param(_NUMBER, default=1)
    PageSize: int = param(_PAGE_SIZE, default=10)


@ecs_action()
def describe_launch_template_versions(session: Session, request: DescribeLaunchTemplateVersions) -> Body:
    """List one page; a version that is named and not there is left out."""
    template = _named(session, request.LaunchTemplateId, request.LaunchTemplateName)
    found = [version for version in reversed(template.versions) if _is_wanted(template, version, request)]
    number, size = request.PageNumber, request.PageSize
    page = found[(number - 1) * size : number * size]
    sets = [_version(session, template, each, detailed=request.DetailFlag) for each in page]
    return {
        "LaunchTemplateVersionSets": {"LaunchTemplateVersionSet": sets},
        "PageNumber": number,
        "PageSize": size,
        "TotalCount": len(found),
    }


def _is_wanted(
    template: LaunchTemplate, version: TemplateVersion, request: DescribeLaunchTemplateVersions
) -> bool:
    number, named = version.number, request.LaunchTemplateVersion
    return (
        (not named or number in named)
        and (request.MinVersion or 0) <= number
        and (request.MaxVersion is None or number <= request.MaxVersion)
        and (not request.DefaultVersion or number == template.default)
    )


def _version(
    session: Session, template: LaunchTemplate, version: TemplateVersion, *, detailed: bool
) -> Body:
    return {
        "CreateTime": moment(version.created),
        "CreatedBy": owner(session),
        "DefaultVersion": version.number == template.default,
        **({"LaunchTemplateData": shown(version.parameters)} if detailed else {}),
        "LaunchTemplateId": template.id,
        "LaunchTemplateName": template.name,
        "ModifiedTime": moment(version.created),
        "VersionDescription": version.description,
        "VersionNumber": version.number,
    }
