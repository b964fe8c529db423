"""The members of templates of all kinds, put in, changed and taken out one by one; how many there may be.

Each change begins a task, as in ``address_templates``. Source: the definitions in tccli.
"""

from collections.abc import Sequence
from typing import Final

import attrs

from duolect_core.model.lists import ListEntry
from duolect_core.model.rules import ResourceKind
from duolect_core.security_groups.lists import lifecycle as commands
from duolect_core.security_groups.lists.contents import entry_limit
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.names import ID_TAIL
from duolect_dialects.tencent.security_groups.template_parameters import KINDS, READERS, MemberParam
from duolect_dialects.values import Form
from duolect_dialects.wording import Message

_ID = Form(rf"(ipm|ipmg|ppm|ppmg)-{ID_TAIL}", "the id of a template, or of a group of templates")
_MEMBERS: Final = common.non_empty(100)
_NO_LIMIT: Final = 20
"""What is shown where no quota is set: the number of the vendor's page of limits."""


def _kind(template_id: str) -> ResourceKind:
    return KINDS[template_id.partition("-")[0]]


def _entries(kind: ResourceKind, given: Sequence[MemberParam]) -> tuple[ListEntry, ...]:
    return tuple(READERS[kind](each.Member, each.Description) for each in given)


@attrs.frozen(kw_only=True)
class AddTemplateMember:
    """Put members into a template, or templates into a group."""

    TemplateId: str = required(_ID, code="InvalidParameterValue")
    TemplateMember: tuple[MemberParam, ...] = required(*_MEMBERS)


@attrs.frozen(kw_only=True)
class DeleteTemplateMember:
    """Take members out of a template, or templates out of a group."""

    TemplateId: str = required(_ID, code="InvalidParameterValue")
    TemplateMember: tuple[MemberParam, ...] = required(*_MEMBERS)


@attrs.frozen(kw_only=True)
class ModifyTemplateMember:
    """Put other members in the places of some that a template, or a group, has."""

    TemplateId: str = required(_ID, code="InvalidParameterValue")
    OriginalTemplateMember: tuple[MemberParam, ...] = required(*_MEMBERS)
    TemplateMember: tuple[MemberParam, ...] = required(*_MEMBERS)


@vpc_action()
def add_template_member(session: Session, request: AddTemplateMember) -> Body:
    """Put all of them in, or none where one is there already."""
    kind = _kind(request.TemplateId)
    added = _entries(kind, request.TemplateMember)
    command = commands.ModifyList(kind=kind, list_id=request.TemplateId, add=added, strict=True)
    session.execute(command)
    return {}


@vpc_action()
def delete_template_member(session: Session, request: DeleteTemplateMember) -> Body:
    """Take all of them out, or none where one is not there."""
    kind = _kind(request.TemplateId)
    removed = _entries(kind, request.TemplateMember)
    command = commands.ModifyList(kind=kind, list_id=request.TemplateId, remove=removed, strict=True)
    session.execute(command)
    return {}


@vpc_action()
def modify_template_member(session: Session, request: ModifyTemplateMember) -> Body:
    """Put each in the place of the one that is named at the same place."""
    kind = _kind(request.TemplateId)
    before = _entries(kind, request.OriginalTemplateMember)
    after = _entries(kind, request.TemplateMember)
    if len(before) != len(after):
        message = Message("`OriginalTemplateMember` and `TemplateMember` must be of one length.")
        raise Refusal("InvalidParameterValue", message)
    changes = tuple(zip(before, after, strict=True))
    session.execute(commands.ChangeListEntries(kind=kind, list_id=request.TemplateId, changes=changes))
    return {}


@attrs.frozen(kw_only=True)
class DescribeTemplateLimits:
    """Show how many members templates and groups may have."""


_LIMITS: Final = {
    "AddressTemplateMemberLimit": ResourceKind.ADDRESS_LIST,
    "AddressTemplateGroupMemberLimit": ResourceKind.ADDRESS_LIST_GROUP,
    "ServiceTemplateMemberLimit": ResourceKind.SERVICE_LIST,
    "ServiceTemplateGroupMemberLimit": ResourceKind.SERVICE_LIST_GROUP,
}


@vpc_action()
def describe_template_limits(session: Session, request: DescribeTemplateLimits) -> Body:
    """Show the quotas of the region."""
    del request
    quotas = session.rules.quotas
    return {
        "TemplateLimit": {name: entry_limit(quotas, kind) or _NO_LIMIT for name, kind in _LIMITS.items()}
    }
