"""Putting tags on resources and taking them off, by six-part names or by lists of ids.

Sources: the definitions in tccli, and the lists of codes in the vendor's SDK for Go. The region of a
resource is the one in its name or beside its id, whichever region the call names.
"""

from collections.abc import Mapping
from typing import Final

import attrs

from duolect_core.errors import CoreError, TagNotFound
from duolect_core.tags.tags import Keys
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import regions, request_errors
from duolect_dialects.tencent.common import NonEmpty, tag_action
from duolect_dialects.tencent.names import uin
from duolect_dialects.tencent.tags.changes import TagChange, change_tags
from duolect_dialects.tencent.tags.common import EACH_KEY, SHORT_KEY, TagParam, key, value
from duolect_dialects.tencent.tags.errors import BY_ACTION, BY_PRODUCT
from duolect_dialects.tencent.tags.resource_names import (
    SERVICES,
    InvalidResourceName,
    ResourceName,
    kind_of,
    parse,
)
from duolect_dialects.tencent.tags.tags import account_tags
from duolect_dialects.tencent.wire import translation
from duolect_dialects.values import Coded, Count
from duolect_dialects.wording import Message

_RESOURCES = Count(0, 10)
_MANY_RESOURCES: Final = "LimitExceeded.ResourceNumPerRequest"
_MANY_TAGS: Final = "LimitExceeded.TagNumPerRequest"
_NEEDED: Final = Coded(NonEmpty(), "MissingParameter")


def named(session: Session, name: str) -> ResourceName:
    """Return what a six-part name says, or raise ``Refusal``."""
    try:
        return parse(name, uin(session))
    except InvalidResourceName:
        raise not_a_name(name) from None


def not_a_name(text: str) -> Refusal:
    """Return the refusal of a text that is no name of a resource of the account."""
    return Refusal(
        "InvalidParameterValue.ResourceDescriptionError",
        Message("`{name}` is not the name of a resource of this account.", name=text),
    )


def _change(
    session: Session,
    resource: ResourceName,
    put: Mapping[str, str],
    drop: tuple[str, ...] = (),
    keys: Keys = Keys.ANY,
) -> None:
    change_tags(session, resource, (resource.resource_id,), TagChange(put, drop, keys))


def _check_distinct(keys: list[str]) -> None:
    """Raise ``Refusal`` where a key is named twice."""
    if len(set(keys)) < len(keys):
        twice = next(each for each in keys if keys.count(each) > 1)
        raise Refusal(
            "InvalidParameterValue.TagKeyDuplicate",
            Message("The tag key `{key}` is named more than once.", key=twice),
        )


# -- several resources by name -----------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class TagResources:
    """Put tags on resources; those on which it fails are listed in the answer."""

    ResourceList: tuple[str, ...] = required(_NEEDED, Coded(_RESOURCES, _MANY_RESOURCES))
    Tags: tuple[TagParam, ...] = required(_NEEDED, Coded(Count(0, 10), _MANY_TAGS))


@tag_action()
def tag_resources(session: Session, request: TagResources) -> Body:
    """Put the tags on one resource after the other."""
    _check_distinct([tag.TagKey for tag in request.Tags])
    return _each(session, request.ResourceList, {tag.TagKey: tag.TagValue for tag in request.Tags}, ())


@attrs.frozen(kw_only=True)
class UnTagResources:
    """Take tags off resources; those on which it fails are listed in the answer."""

    ResourceList: tuple[str, ...] = required(_NEEDED, Coded(_RESOURCES, _MANY_RESOURCES))
    TagKeys: tuple[str, ...] = required(_NEEDED, Coded(Count(0, 10), _MANY_TAGS), *EACH_KEY)


@tag_action()
def untag_resources(session: Session, request: UnTagResources) -> Body:
    """Take the keys off one resource after the other; a key that it lacks is no mistake."""
    _check_distinct(list(request.TagKeys))
    return _each(session, request.ResourceList, {}, request.TagKeys)


def _each(session: Session, names: tuple[str, ...], put: Mapping[str, str], drop: tuple[str, ...]) -> Body:
    resources = [named(session, name) for name in names]
    failed = []
    for name, resource in zip(names, resources, strict=True):
        try:
            _change(session, resource, put, drop)
        except CoreError as error:
            failed.append({"Resource": name, **_failure(session, error)})
    return {"FailedResources": failed}


def _failure(session: Session, error: CoreError) -> Body:
    """Return what keeps a resource as it is, in the caller's language."""
    action, kind = session.call.action, type(error)
    refusal = request_errors.refusal(error, BY_ACTION.get((action, kind)) or BY_PRODUCT["tag", kind])
    message = translation.localized(refusal.message, session.call.language)
    return {"Code": refusal.code, "Message": str(message)}


# -- one resource by name ----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AddResourceTag:
    """Put a tag on a resource that does not have its key."""

    TagKey: str = required(*key())
    TagValue: str = required(*value())
    Resource: str = required()


@tag_action()
def add_resource_tag(session: Session, request: AddResourceTag) -> Body:
    """Put the tag on."""
    put = {request.TagKey: request.TagValue}
    _change(session, named(session, request.Resource), put, keys=Keys.ABSENT)
    return {}


@attrs.frozen(kw_only=True)
class UpdateResourceTagValue:
    """Give a key of a resource another value."""

    TagKey: str = required(*SHORT_KEY)
    TagValue: str = required(*value())
    Resource: str = required()


@tag_action()
def update_resource_tag_value(session: Session, request: UpdateResourceTagValue) -> Body:
    """Put the value in the place of the old one."""
    put = {request.TagKey: request.TagValue}
    _change(session, named(session, request.Resource), put, keys=Keys.PRESENT)
    return {}


@attrs.frozen(kw_only=True)
class DeleteResourceTag:
    """Take a tag off a resource."""

    TagKey: str = required(*key())
    Resource: str = required()


@tag_action()
def delete_resource_tag(session: Session, request: DeleteResourceTag) -> Body:
    """Take the tag off."""
    _change(session, named(session, request.Resource), {}, (request.TagKey,), Keys.PRESENT)
    return {}


@attrs.frozen(kw_only=True)
class TagKeyObject:
    """One of DeleteTags."""

    TagKey: str = required(*key())


@attrs.frozen(kw_only=True)
class ModifyResourceTags:
    """Put tags on a resource and take others off, in one change."""

    Resource: str = required()
    ReplaceTags: tuple[TagParam, ...] | None = param(Coded(Count(1, 10), "InvalidParameter.Tag"))
    DeleteTags: tuple[TagKeyObject, ...] | None = param(Coded(Count(1, 10), "InvalidParameter.Tag"))


@tag_action()
def modify_resource_tags(session: Session, request: ModifyResourceTags) -> Body:
    """Make the change; there must be something to change, and no key on both sides."""
    put = {tag.TagKey: tag.TagValue for tag in request.ReplaceTags or ()}
    drop = tuple(tag.TagKey for tag in request.DeleteTags or ())
    if not (put or drop):
        raise Refusal("InvalidParameter.Tag", "One of ReplaceTags and DeleteTags must be given.")
    for each in drop:
        if each in put:
            raise Refusal(
                "InvalidParameterValue.DeleteTagsParamError",
                Message("The tag key `{key}` is both in ReplaceTags and in DeleteTags.", key=each),
            )
    _change(session, named(session, request.Resource), put, drop)
    return {}


# -- several resources by id -------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DetachResourcesTag:
    """Take a tag off resources of one kind in one region."""

    ServiceType: str = required()
    ResourceIds: tuple[str, ...] = required(_NEEDED, Coded(Count(0, 50), _MANY_RESOURCES))
    TagKey: str = required(*SHORT_KEY)
    ResourceRegion: str | None = param()
    ResourcePrefix: str | None = param()


@attrs.frozen(kw_only=True)
class AttachResourcesTag:
    """Put a tag on resources of one kind in one region."""

    ServiceType: str = required()
    ResourceIds: tuple[str, ...] = required(_NEEDED, Coded(Count(0, 50), _MANY_RESOURCES))
    TagKey: str = required(*SHORT_KEY)
    TagValue: str = required(*value(length="InvalidParameterValue.TagValueCharacterIllegal"))
    ResourceRegion: str | None = param()
    ResourcePrefix: str | None = param()


@attrs.frozen(kw_only=True)
class ModifyResourcesTagValue:
    """Give a key of resources of one kind in one region another value."""

    ServiceType: str = required()
    ResourceIds: tuple[str, ...] = required(_NEEDED, Coded(Count(0, 50), _MANY_RESOURCES))
    TagKey: str = required(
        *key(
            empty="InvalidParameterValue.TagKeyCharacterIllegal",
            length="InvalidParameterValue.TagKeyCharacterIllegal",
            reserved="InvalidParameterValue.TagKeyCharacterIllegal",
        )
    )
    TagValue: str = required(*value())
    ResourceRegion: str | None = param()
    ResourcePrefix: str | None = param()


_ById = AttachResourcesTag | DetachResourcesTag | ModifyResourcesTagValue


def place(service: str, prefix: str | None, region: str | None) -> ResourceName:
    """Return a name without an id, or raise ``Refusal`` where there can be no such resource."""
    if service not in SERVICES:
        raise Refusal(
            "InvalidParameterValue.ServiceTypeInvalid",
            Message("The service `{service}` is not served.", service=service),
        )
    kind = kind_of(service, prefix or "")
    if kind is None:
        raise Refusal(
            "InvalidParameterValue.ResourcePrefixInvalid",
            Message("The service has no resources with the prefix `{prefix}`.", prefix=prefix or ""),
        )
    if region not in regions.REGIONS:
        raise Refusal(
            "InvalidParameterValue.RegionInvalid",
            Message("The region `{region}` is not supported.", region=region or ""),
        )
    return ResourceName(str(region), kind, "")


def _change_all(
    session: Session, request: _ById, put: Mapping[str, str], drop: tuple[str, ...], keys: Keys
) -> Body:
    where = place(request.ServiceType, request.ResourcePrefix, request.ResourceRegion)
    change_tags(session, where, request.ResourceIds, TagChange(put, drop, keys))
    return {}


@tag_action()
def attach_resources_tag(session: Session, request: AttachResourcesTag) -> Body:
    """Put the tag on all of them or on none; the tag must exist."""
    if (request.TagKey, request.TagValue) not in account_tags(session):
        raise TagNotFound(request.TagKey, request.TagValue)
    return _change_all(session, request, {request.TagKey: request.TagValue}, (), Keys.ABSENT)


@tag_action()
def detach_resources_tag(session: Session, request: DetachResourcesTag) -> Body:
    """Take the tag off all of them or off none."""
    return _change_all(session, request, {}, (request.TagKey,), Keys.PRESENT)


@tag_action()
def modify_resources_tag_value(session: Session, request: ModifyResourcesTagValue) -> Body:
    """Give the key its new value on all of them or on none; the new tag must exist."""
    if (request.TagKey, request.TagValue) not in account_tags(session):
        raise TagNotFound(request.TagKey, request.TagValue)
    return _change_all(session, request, {request.TagKey: request.TagValue}, (), Keys.PRESENT)
