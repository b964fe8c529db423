"""Address templates, and groups of them: addresses that policies name together.

A change begins a task, which DescribeVpcTaskResult takes by the id of the request; the new addresses are
shown at once (assumed: terraform-provider-tencentcloud reads them without waiting). No other change is
taken while the task is running.

Source: the definitions in tccli.
"""

from collections.abc import Sequence
from typing import Final

import attrs

from duolect_core.model.lists import AddressList, AddressListGroup, AddressSpan, ListEntry, ValueList
from duolect_core.model.rules import ResourceKind
from duolect_core.security_groups.lists import lifecycle as commands
from duolect_dialects.action import Body
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import FilterTable, TagParam, vpc_action
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.security_groups import template_parameters as parameters
from duolect_dialects.tencent.security_groups.template_parameters import DESCRIPTION, NAME, Describe
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.values import Each, OneOf

_KIND: Final = ResourceKind.ADDRESS_LIST
_GROUP: Final = ResourceKind.ADDRESS_LIST_GROUP
_ID: Final = parameters.ADDRESS_ID
_GROUP_ID: Final = parameters.ADDRESS_GROUP_ID
_MEMBERS: Final = (*common.non_empty(100), Each(_ID))


@attrs.frozen(kw_only=True)
class AddressInfo:
    """An address with what is said of it."""

    Address: str = required()
    Description: str | None = param(DESCRIPTION)
    UpdatedTime: str | None = ignored(note="the cloud sets it; requests share the type of replies")


def _entries(values: Sequence[str], extras: Sequence[AddressInfo]) -> tuple[ListEntry, ...] | None:
    """Return the entries that are given in one of the two ways, or None where there are none."""
    if not parameters.one_way("Addresses", "AddressesExtra", values, extras):
        return None
    described = [parameters.address(each.Address, each.Description) for each in extras]
    return (*map(parameters.address, values), *described)


@attrs.frozen(kw_only=True)
class CreateAddressTemplate:
    """Create an address template, of addresses with or without descriptions."""

    AddressTemplateName: str = required(NAME)
    Addresses: tuple[str, ...] = param(default=())
    AddressesExtra: tuple[AddressInfo, ...] = param(default=())
    Tags: tuple[TagParam, ...] = param(default=())


@vpc_action()
def create_address_template(session: Session, request: CreateAddressTemplate) -> Body:
    """Create it, usable at once."""
    entries = _entries(request.Addresses, request.AddressesExtra)
    if entries is None:
        raise parameters.neither("Addresses", "AddressesExtra")
    created = session.execute(
        commands.CreateList(
            kind=_KIND, entries=entries, name=request.AddressTemplateName, tags=common.tags(request.Tags)
        )
    )
    return {"AddressTemplate": _template(created, created.entries)}


@attrs.frozen(kw_only=True)
class ModifyAddressTemplateAttribute:
    """Rename an address template, or put other addresses in the place of all that it has."""

    AddressTemplateId: str = required(_ID)
    AddressTemplateName: str | None = param(NAME)
    Addresses: tuple[str, ...] = param(default=())
    AddressesExtra: tuple[AddressInfo, ...] = param(default=())


@vpc_action()
def modify_address_template_attribute(session: Session, request: ModifyAddressTemplateAttribute) -> Body:
    """Change what is given, and begin the task."""
    session.execute(
        commands.ModifyList(
            kind=_KIND,
            list_id=request.AddressTemplateId,
            name=request.AddressTemplateName,
            entries=_entries(request.Addresses, request.AddressesExtra),
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteAddressTemplate:
    """Delete an address template that no policy names and no group has."""

    AddressTemplateId: str = required(_ID)


@vpc_action()
def delete_address_template(session: Session, request: DeleteAddressTemplate) -> Body:
    """Begin the task at whose end it is gone."""
    session.execute(commands.DeleteList(kind=_KIND, list_id=request.AddressTemplateId))
    return {}


@attrs.frozen(kw_only=True)
class DescribeAddressTemplates(Describe):
    """List address templates: those for which every filter matches."""

    OrderField: str | None = param(OneOf("AddressTemplateId", "CreatedTime", "UpdateTime"))
    MemberOrderField: str | None = param(OneOf("Address", "UpdateTime"))


def _has_address(found: ValueList) -> Sequence[str]:
    return [each.written for each in found.entries if isinstance(each.content, AddressSpan)]


_FILTERS: Final["FilterTable[AddressList]"] = {
    "address-template-name": common.exactly(lambda found: found.name),
    "address-template-id": common.by_ids,
    "address-ip": common.one_of(_has_address),
}


@vpc_action()
def describe_address_templates(session: Session, request: DescribeAddressTemplates) -> Body:
    """List one page, newest first unless an order is wanted, and the count of all."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _FILTERS, (), request.Filters)
    shown, total = parameters.page(graph.address_lists, selection, request)
    return {
        "TotalCount": total,
        "AddressTemplateSet": [_template(each, parameters.ordered(each, request)) for each in shown],
    }


def _template(shown: ValueList, entries: Sequence[ListEntry]) -> Body:
    return {
        "AddressTemplateName": shown.name,
        "AddressTemplateId": shown.id,
        "AddressSet": [each.written for each in entries],
        "AddressExtraSet": [parameters.described("Address", each) for each in entries],
        **parameters.times(shown),
        "TagSet": tags(shown.tags),
    }


# -- groups ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CreateAddressTemplateGroup:
    """Create a group of address templates."""

    AddressTemplateGroupName: str = required(NAME)
    AddressTemplateIds: tuple[str, ...] = required(*_MEMBERS)
    Tags: tuple[TagParam, ...] = param(default=())


@vpc_action()
def create_address_template_group(session: Session, request: CreateAddressTemplateGroup) -> Body:
    """Create it, usable at once."""
    created = session.execute(
        commands.CreateList(
            kind=_GROUP,
            entries=tuple(map(parameters.member, request.AddressTemplateIds)),
            name=request.AddressTemplateGroupName,
            tags=common.tags(request.Tags),
        )
    )
    return {"AddressTemplateGroup": _group(created, created.entries)}


@attrs.frozen(kw_only=True)
class ModifyAddressTemplateGroupAttribute:
    """Rename a group, or put other templates in the place of all that it has."""

    AddressTemplateGroupId: str = required(_GROUP_ID)
    AddressTemplateGroupName: str | None = param(NAME)
    AddressTemplateIds: tuple[str, ...] = param(Each(_ID), default=())


@vpc_action()
def modify_address_template_group_attribute(
    session: Session, request: ModifyAddressTemplateGroupAttribute
) -> Body:
    """Change what is given, and begin the task."""
    session.execute(
        commands.ModifyList(
            kind=_GROUP,
            list_id=request.AddressTemplateGroupId,
            name=request.AddressTemplateGroupName,
            entries=tuple(map(parameters.member, request.AddressTemplateIds)) or None,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteAddressTemplateGroup:
    """Delete a group that no policy names."""

    AddressTemplateGroupId: str = required(_GROUP_ID)


@vpc_action()
def delete_address_template_group(session: Session, request: DeleteAddressTemplateGroup) -> Body:
    """Begin the task at whose end it is gone; its templates stay."""
    session.execute(commands.DeleteList(kind=_GROUP, list_id=request.AddressTemplateGroupId))
    return {}


@attrs.frozen(kw_only=True)
class DescribeAddressTemplateGroups(Describe):
    """List groups of address templates: those for which every filter matches."""

    OrderField: str | None = param(OneOf("AddressTemplateGroupId", "CreatedTime", "UpdateTime"))
    MemberOrderField: str | None = param(OneOf("AddressTemplateId", "UpdateTime"))


_GROUP_FILTERS: Final["FilterTable[AddressListGroup]"] = {
    "address-template-group-name": common.exactly(lambda found: found.name),
    "address-template-group-id": common.by_ids,
}


@vpc_action()
def describe_address_template_groups(session: Session, request: DescribeAddressTemplateGroups) -> Body:
    """List one page, newest first unless an order is wanted, and the count of all."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _GROUP_FILTERS, (), request.Filters)
    shown, total = parameters.page(graph.address_list_groups, selection, request)
    return {
        "TotalCount": total,
        "AddressTemplateGroupSet": [_group(each, parameters.ordered(each, request)) for each in shown],
    }


def _group(shown: ValueList, entries: Sequence[ListEntry]) -> Body:
    """Return a group; what the vendor has given up is empty."""
    return {
        "AddressTemplateGroupName": shown.name,
        "AddressTemplateGroupId": shown.id,
        "AddressTemplateIdSet": [each.written for each in entries],
        "AddressTemplateSet": [
            {
                "AddressTemplateId": each.written,
                "AddressTemplateName": "",
                "From": "",
                "To": "",
                "Description": each.description,
                "UpdatedTime": local_time(each.modified),
            }
            for each in entries
        ],
        **parameters.times(shown),
        "TagSet": tags(shown.tags),
    }
