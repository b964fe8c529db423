"""Launch templates and their versions: created, listed, chosen as the default one, deleted.

Source: the definitions in tccli. What a template says is looked at as RunInstances would. That versions are
listed newest first is assumed.
"""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from duolect_core.fleets import launch_templates as commands
from duolect_core.model.fleets import LaunchTemplate, TemplateVersion
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import CVM, CvmFilter, FilterTable, cvm_action
from duolect_dialects.tencent.fleets import views
from duolect_dialects.tencent.instances.creating.run import NewInstances, RunInstances, check
from duolect_dialects.tencent.instances.creating.templates import (
    TEMPLATE_ID,
    TEMPLATE_ID_CODE,
    VERSION,
    VERSION_CODE,
    as_request,
    said,
)
from duolect_dialects.tencent.instances.parameters import InstanceTagParam, PlacementParam
from duolect_dialects.values import Coded, Count, Each, Length, OneOf
from duolect_dialects.wording import Message

_MOST_VERSIONS: Final = 30
_NAME: Final = Length(2, 128)
_TAG_CODES: Final = common.TagCodes(many="InvalidParameterValue", duplicate="InvalidParameterValue")
_DESCRIPTION_CODE: Final = "InvalidParameterValue.InvalidLaunchTemplateVersionDescription"


@attrs.frozen(kw_only=True, slots=False)
class TemplateTagsParam:
    """Tags for the launch template."""

    ResourceType: str = required(note="no definition says what it must be: any text is taken")
    Tags: tuple[InstanceTagParam, ...] = required()


@attrs.frozen(kw_only=True, slots=False)
class _Version(NewInstances):
    """What a version says, and what is said of it."""

    Placement: PlacementParam = required()
    ClientToken: str | None = param(*common.TOKEN, code="InvalidClientToken.TooLong")
    DryRun: bool = param(default=False)
    LaunchTemplateVersionDescription: str | None = stored(Length(2, 256), code=_DESCRIPTION_CODE)
    TemplateDataModifyAction: str | None = stored(
        OneOf("Update", "Replace"), note="whether RunInstances changes Metadata key by key, or all of it"
    )


@attrs.frozen(kw_only=True, slots=False)
class CreateLaunchTemplate(_Version):
    """Create a launch template with its first version."""

    LaunchTemplateName: str = required(_NAME, code="InvalidParameterValue.InvalidLaunchTemplateName")
    ImageId: str = required(common.IMAGE_ID, code="InvalidImageId.Malformed")
    LaunchTemplateTagSpecification: tuple[TemplateTagsParam, ...] = param(default=())


@cvm_action(idempotent_by="ClientToken")
def create_launch_template(session: Session, request: CreateLaunchTemplate) -> Body:
    """Create it; its first version is the default one. A dry run only checks whether it could be."""
    parameters = _said(session, request)
    _check(session, parameters)
    command = commands.CreateLaunchTemplate(
        name=request.LaunchTemplateName,
        parameters=parameters,
        version_description=request.LaunchTemplateVersionDescription or "",
        tags=common.tags(
            [tag for each in request.LaunchTemplateTagSpecification for tag in each.Tags], _TAG_CODES
        ),
    )
    if request.DryRun:
        session.check(command)
        return {"LaunchTemplateId": ""}
    return {"LaunchTemplateId": session.execute(command).id}


@attrs.frozen(kw_only=True, slots=False)
class CreateLaunchTemplateVersion(_Version):
    """Add a version to a launch template: what it does not say, the version it is based on says."""

    LaunchTemplateId: str = required(TEMPLATE_ID, code=TEMPLATE_ID_CODE)
    LaunchTemplateVersion: int | None = param(
        VERSION, code=VERSION_CODE, note="which version it is based on; the default one unless given"
    )


@cvm_action(idempotent_by="ClientToken")
def create_launch_template_version(session: Session, request: CreateLaunchTemplateVersion) -> Body:
    """Add it, with the next number. A dry run only checks whether it could be."""
    template = lookup.launch_template(session.graph, request.LaunchTemplateId)
    source = lookup.template_version(template, request.LaunchTemplateVersion)
    parameters = _said(session, request)
    _check(session, {**source.parameters, **parameters})
    command = commands.CreateTemplateVersion(
        template_id=template.id,
        parameters=parameters,
        description=request.LaunchTemplateVersionDescription or "",
        inherits=True,
        source=request.LaunchTemplateVersion,
    )
    if request.DryRun:
        session.check(command)
        return {"LaunchTemplateVersionNumber": template.latest}
    return {"LaunchTemplateVersionNumber": session.execute(command)}


_OF_VERSION: Final = frozenset(
    {
        *(field.name for field in attrs.fields(NewInstances)),
        "ClientToken",
        "TemplateDataModifyAction",
    }
)


def _said(session: Session, request: _Version) -> dict[str, Any]:
    """Return what a request says of new instances.

    Raises:
        Refusal: there is a password, which a template cannot have.
    """
    if request.LoginSettings is not None and request.LoginSettings.Password is not None:
        raise Refusal("InvalidParameter.PasswordNotSupported", "A launch template cannot have a password.")
    return {name: value for name, value in said(session, request).items() if name in _OF_VERSION}


def _check(session: Session, parameters: Mapping[str, Any]) -> None:
    """See whether instances could be made of what a version says: their count, their places, their disks.

    That all of it is looked at is told by the codes of the actions, which have those of RunInstances.

    Raises:
        CoreError, Refusal: they could not.
    """
    check(session, as_request({**parameters, "ClientToken": None}, RunInstances))


@attrs.frozen(kw_only=True)
class ModifyLaunchTemplateDefaultVersion:
    """Let another version be the default one."""

    LaunchTemplateId: str = required(TEMPLATE_ID, code=TEMPLATE_ID_CODE)
    DefaultVersion: int = required(VERSION, code=VERSION_CODE)


@cvm_action()
def modify_launch_template_default_version(
    session: Session, request: ModifyLaunchTemplateDefaultVersion
) -> Body:
    """Let it be so at once; it must be another one."""
    command = commands.SetDefaultVersion(
        template_id=request.LaunchTemplateId, number=request.DefaultVersion
    )
    if session.check(command).default == request.DefaultVersion:
        raise Refusal(
            "InvalidParameterValue.LaunchTemplateIdVerSetAlready",
            Message("The version {number} is the default one already.", number=request.DefaultVersion),
        )
    session.execute(command)
    return {}


@attrs.frozen(kw_only=True)
class DeleteLaunchTemplate:
    """Delete a launch template with all its versions."""

    LaunchTemplateId: str = required(TEMPLATE_ID, code=TEMPLATE_ID_CODE)


@cvm_action()
def delete_launch_template(session: Session, request: DeleteLaunchTemplate) -> Body:
    """Delete it at once."""
    session.execute(commands.DeleteLaunchTemplate(request.LaunchTemplateId))
    return {}


@attrs.frozen(kw_only=True)
class DeleteLaunchTemplateVersions:
    """Delete versions of a launch template, but not its default one."""

    LaunchTemplateId: str = required(TEMPLATE_ID, code=TEMPLATE_ID_CODE)
    LaunchTemplateVersions: tuple[int, ...] = required(
        *common.non_empty(_MOST_VERSIONS), Coded(Each(VERSION), VERSION_CODE)
    )


@cvm_action()
def delete_launch_template_versions(session: Session, request: DeleteLaunchTemplateVersions) -> Body:
    """Delete all of them, or none."""
    session.execute(
        commands.DeleteTemplateVersions(
            template_id=request.LaunchTemplateId, numbers=request.LaunchTemplateVersions
        )
    )
    return {}


# -- listing ---------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeLaunchTemplates:
    """List launch templates, newest first: by ids, or by filters that must all match."""

    LaunchTemplateIds: tuple[str, ...] = param(
        Count(0, 100), Coded(Each(TEMPLATE_ID), TEMPLATE_ID_CODE), default=()
    )
    Filters: tuple[CvmFilter, ...] = param(
        Count(0, 10), default=(), code="InvalidFilterValue.LimitExceeded"
    )
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


_FILTERS: Final["FilterTable[LaunchTemplate]"] = {
    "LaunchTemplateName": common.exactly(lambda found: found.name),
    "tag-key": common.tag_key,
    "tag-value": common.one_of(lambda found: found.tags.values()),
}


@cvm_action()
def describe_launch_templates(session: Session, request: DescribeLaunchTemplates) -> Body:
    """List one page; a template that is named and not there is left out."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _FILTERS, request.LaunchTemplateIds, request.Filters, CVM)
    page = common.page(graph.launch_templates, selection, request.Offset, request.Limit)
    shown = [views.template(session, each) for each in page.items]
    return {"TotalCount": page.total, "LaunchTemplateSet": shown}


@attrs.frozen(kw_only=True)
class DescribeLaunchTemplateVersions:
    """List versions of a launch template, newest first: those named, or those within bounds."""

    LaunchTemplateId: str = required(TEMPLATE_ID, code=TEMPLATE_ID_CODE)
    LaunchTemplateVersions: tuple[int, ...] = param(
        Count(0, _MOST_VERSIONS), Coded(Each(VERSION), VERSION_CODE), default=()
    )
    MinVersion: int | None = param(common.OFFSET)
    MaxVersion: int | None = param(common.OFFSET)
    Offset: int | None = param(common.OFFSET, note="0 unless given")
    Limit: int | None = param(common.LIMIT, note="20 unless given")
    DefaultVersion: bool = param(default=False)


@cvm_action()
def describe_launch_template_versions(session: Session, request: DescribeLaunchTemplateVersions) -> Body:
    """List one page."""
    template = lookup.launch_template(session.graph, request.LaunchTemplateId)
    if request.LaunchTemplateVersions:
        for name in ("MinVersion", "MaxVersion", "Offset", "Limit"):
            _check_alone(name, given=getattr(request, name) is not None)
        _check_alone("DefaultVersion", given=request.DefaultVersion)
        for number in request.LaunchTemplateVersions:
            lookup.template_version(template, number)
    found = [each for each in reversed(template.versions) if _is_wanted(template, each, request)]
    offset, limit = request.Offset or 0, request.Limit or 20
    page = found[offset : offset + limit]
    shown = [views.version(session, template, each) for each in page]
    return {"TotalCount": len(found), "LaunchTemplateVersionSet": shown}


def _check_alone(name: str, *, given: bool) -> None:
    if given:
        message = Message(
            "`{one}` and `{other}` cannot be used together.", one="LaunchTemplateVersions", other=name
        )
        raise Refusal("InvalidParameterCombination", message)


def _is_wanted(
    template: LaunchTemplate, version: TemplateVersion, request: DescribeLaunchTemplateVersions
) -> bool:
    number, named = version.number, request.LaunchTemplateVersions
    return (
        (not named or number in named)
        and (request.MinVersion or 0) <= number
        and (request.MaxVersion is None or number <= request.MaxVersion)
        and (not request.DefaultVersion or number == template.default)
    )
