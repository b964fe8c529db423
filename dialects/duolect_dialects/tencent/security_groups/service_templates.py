"""Service templates, and groups of them: protocols and ports that policies name together.

A change begins a task, which DescribeVpcTaskResult takes by the id of the request; the new services are
shown at once (assumed: terraform-provider-tencentcloud reads them without waiting). No other change is
taken while the task is running.

Source: the definitions in tccli.
"""

from collections.abc import Sequence
from typing import Final

import attrs

from duolect_core.model.lists import ListEntry, Service, ServiceList, ServiceListGroup, ValueList
from duolect_core.model.rules import ResourceKind
from duolect_core.security_groups.lists import lifecycle as commands
from duolect_dialects.action import Body
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import FilterTable, TagParam, vpc_action
from duolect_dialects.tencent.security_groups import template_parameters as parameters
from duolect_dialects.tencent.security_groups.template_parameters import DESCRIPTION, NAME, Describe
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.values import Each, OneOf

_KIND: Final = ResourceKind.SERVICE_LIST
_GROUP: Final = ResourceKind.SERVICE_LIST_GROUP
_ID: Final = parameters.SERVICE_ID
_GROUP_ID: Final = parameters.SERVICE_GROUP_ID
_MEMBERS: Final = (*common.non_empty(100), Each(_ID))


@attrs.frozen(kw_only=True)
class ServicesInfo:
    """A service with what is said of it."""

    Service: str = required()
    Description: str | None = param(DESCRIPTION)
    UpdatedTime: str | None = ignored(note="the cloud sets it; requests share the type of replies")


def _entries(values: Sequence[str], extras: Sequence[ServicesInfo]) -> tuple[ListEntry, ...] | None:
    """Return the entries that are given in one of the two ways, or None where there are none."""
    if not parameters.one_way("Services", "ServicesExtra", values, extras):
        return None
    described = [parameters.service(each.Service, each.Description) for each in extras]
    return (*map(parameters.service, values), *described)


@attrs.frozen(kw_only=True)
class CreateServiceTemplate:
    """Create a service template, of services with or without descriptions."""

    ServiceTemplateName: str = required(NAME)
    Services: tuple[str, ...] = param(default=())
    ServicesExtra: tuple[ServicesInfo, ...] = param(default=())
    Tags: tuple[TagParam, ...] = param(default=())


@vpc_action()
def create_service_template(session: Session, request: CreateServiceTemplate) -> Body:
    """Create it, usable at once."""
    entries = _entries(request.Services, request.ServicesExtra)
    if entries is None:
        raise parameters.neither("Services", "ServicesExtra")
    created = session.execute(
        commands.CreateList(
            kind=_KIND, entries=entries, name=request.ServiceTemplateName, tags=common.tags(request.Tags)
        )
    )
    return {"ServiceTemplate": _template(created, created.entries)}


@attrs.frozen(kw_only=True)
class ModifyServiceTemplateAttribute:
    """Rename a service template, or put other services in the place of all that it has."""

    ServiceTemplateId: str = required(_ID)
    ServiceTemplateName: str | None = param(NAME)
    Services: tuple[str, ...] = param(default=())
    ServicesExtra: tuple[ServicesInfo, ...] = param(default=())


@vpc_action()
def modify_service_template_attribute(session: Session, request: ModifyServiceTemplateAttribute) -> Body:
    """Change what is given, and begin the task."""
    session.execute(
        commands.ModifyList(
            kind=_KIND,
            list_id=request.ServiceTemplateId,
            name=request.ServiceTemplateName,
            entries=_entries(request.Services, request.ServicesExtra),
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteServiceTemplate:
    """Delete a service template that no policy names and no group has."""

    ServiceTemplateId: str = required(_ID)


@vpc_action()
def delete_service_template(session: Session, request: DeleteServiceTemplate) -> Body:
    """Begin the task at whose end it is gone."""
    session.execute(commands.DeleteList(kind=_KIND, list_id=request.ServiceTemplateId))
    return {}


@attrs.frozen(kw_only=True)
class DescribeServiceTemplates(Describe):
    """List service templates: those for which every filter matches."""

    OrderField: str | None = param(OneOf("ServiceTemplateId", "CreatedTime", "UpdateTime"))
    MemberOrderField: str | None = param(OneOf("Service", "UpdateTime"))


def _services_of(found: ValueList) -> Sequence[str]:
    return [each.written for each in found.entries if isinstance(each.content, Service)]


_FILTERS: Final["FilterTable[ServiceList]"] = {
    "service-template-name": common.exactly(lambda found: found.name),
    "service-template-id": common.by_ids,
    "service-port": common.one_of(_services_of),
    "service-port-": common.one_of(_services_of),  # as the definition writes it
}


@vpc_action()
def describe_service_templates(session: Session, request: DescribeServiceTemplates) -> Body:
    """List one page, newest first unless an order is wanted, and the count of all."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _FILTERS, (), request.Filters)
    shown, total = parameters.page(graph.service_lists, selection, request)
    return {
        "TotalCount": total,
        "ServiceTemplateSet": [_template(each, parameters.ordered(each, request)) for each in shown],
    }


def _template(shown: ValueList, entries: Sequence[ListEntry]) -> Body:
    return {
        "ServiceTemplateName": shown.name,
        "ServiceTemplateId": shown.id,
        "ServiceSet": [each.written for each in entries],
        "ServiceExtraSet": [parameters.described("Service", each) for each in entries],
        **parameters.times(shown),
        "TagSet": tags(shown.tags),
    }


# -- groups ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CreateServiceTemplateGroup:
    """Create a group of service templates."""

    ServiceTemplateGroupName: str = required(NAME)
    ServiceTemplateIds: tuple[str, ...] = required(*_MEMBERS)
    Tags: tuple[TagParam, ...] = param(default=())


@vpc_action()
def create_service_template_group(session: Session, request: CreateServiceTemplateGroup) -> Body:
    """Create it, usable at once."""
    created = session.execute(
        commands.CreateList(
            kind=_GROUP,
            entries=tuple(map(parameters.member, request.ServiceTemplateIds)),
            name=request.ServiceTemplateGroupName,
            tags=common.tags(request.Tags),
        )
    )
    return {"ServiceTemplateGroup": _group(session, created, created.entries)}


@attrs.frozen(kw_only=True)
class ModifyServiceTemplateGroupAttribute:
    """Rename a group, or put other templates in the place of all that it has."""

    ServiceTemplateGroupId: str = required(_GROUP_ID)
    ServiceTemplateGroupName: str | None = param(NAME)
    ServiceTemplateIds: tuple[str, ...] = param(Each(_ID), default=())


@vpc_action()
def modify_service_template_group_attribute(
    session: Session, request: ModifyServiceTemplateGroupAttribute
) -> Body:
    """Change what is given, and begin the task."""
    session.execute(
        commands.ModifyList(
            kind=_GROUP,
            list_id=request.ServiceTemplateGroupId,
            name=request.ServiceTemplateGroupName,
            entries=tuple(map(parameters.member, request.ServiceTemplateIds)) or None,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteServiceTemplateGroup:
    """Delete a group that no policy names."""

    ServiceTemplateGroupId: str = required(_GROUP_ID)


@vpc_action()
def delete_service_template_group(session: Session, request: DeleteServiceTemplateGroup) -> Body:
    """Begin the task at whose end it is gone; its templates stay."""
    session.execute(commands.DeleteList(kind=_GROUP, list_id=request.ServiceTemplateGroupId))
    return {}


@attrs.frozen(kw_only=True)
class DescribeServiceTemplateGroups(Describe):
    """List groups of service templates: those for which every filter matches."""

    OrderField: str | None = param(OneOf("ServiceTemplateGroupId", "CreatedTime", "UpdateTime"))
    MemberOrderField: str | None = param(OneOf("ServiceTemplateId", "UpdateTime"))


_GROUP_FILTERS: Final["FilterTable[ServiceListGroup]"] = {
    "service-template-group-name": common.exactly(lambda found: found.name),
    "service-template-group-id": common.by_ids,
}


@vpc_action()
def describe_service_template_groups(session: Session, request: DescribeServiceTemplateGroups) -> Body:
    """List one page, newest first unless an order is wanted, and the count of all."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _GROUP_FILTERS, (), request.Filters)
    shown, total = parameters.page(graph.service_list_groups, selection, request)
    return {
        "TotalCount": total,
        "ServiceTemplateGroupSet": [
            _group(session, each, parameters.ordered(each, request)) for each in shown
        ],
    }


def _group(session: Session, shown: ValueList, entries: Sequence[ListEntry]) -> Body:
    """Return a group with its templates in full."""
    table = session.graph.service_lists
    return {
        "ServiceTemplateGroupId": shown.id,
        "ServiceTemplateGroupName": shown.name,
        "ServiceTemplateIdSet": [each.written for each in entries],
        "ServiceTemplateSet": [
            _template(table[each.written], table[each.written].entries) for each in entries
        ],
        **parameters.times(shown),
        "TagSet": tags(shown.tags),
    }
