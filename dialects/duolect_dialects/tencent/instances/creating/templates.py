"""RunInstances by a launch template: what the call does not say, a version of the template says.

Source: the definitions of RunInstances and CreateLaunchTemplate in tccli. A parameter of the call stands in
the place of the template's, whole; with TemplateDataModifyAction, one of Metadata does so key by key.
"""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import attrs

from duolect_core.relations import lookup
from duolect_dialects.declarations import param
from duolect_dialects.session import Session
from duolect_dialects.structuring import structure
from duolect_dialects.tencent import common
from duolect_dialects.tencent.request_errors import in_request, missing
from duolect_dialects.values import Between, RequestFault

R = TypeVar("R")

TEMPLATE_ID: Final = common.id_of("lt")
TEMPLATE_ID_CODE: Final = "InvalidParameterValue.LaunchTemplateIdMalformed"
VERSION: Final = Between(1, 2**31 - 1)
VERSION_CODE: Final = "InvalidParameterValue.LaunchTemplateVersion"
_MODIFY: Final = "TemplateDataModifyAction"


@attrs.frozen(kw_only=True, slots=False)
class LaunchTemplateParam:
    """Which template says the rest, and which version of it."""

    LaunchTemplateId: str | None = param(TEMPLATE_ID, code=TEMPLATE_ID_CODE, note="required here")
    LaunchTemplateVersion: int | None = param(
        VERSION, code=VERSION_CODE, note="the default version unless given"
    )


def plain(value: Any) -> Any:  # noqa: ANN401 - a value of a request
    """Return a value of a request as a tree of the vendor's names, without what was not given."""
    if attrs.has(type(value)):
        named = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)))
        return {name: plain(each) for name, each in named if each is not None and each != ()}
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def said(session: Session, request: object) -> dict[str, Any]:
    """Return what the call itself says, of all that its action takes."""
    return {name: plain(getattr(request, name)) for name in session.call.tree if hasattr(request, name)}


def filled(session: Session, request: R, named: LaunchTemplateParam) -> R:
    """Return a request with what it does not say itself filled in from a version of a template.

    Raises:
        LaunchTemplateNotFound, TemplateVersionNotFound: there is none such.
        Refusal: it says what cannot be.
    """
    if named.LaunchTemplateId is None:
        raise missing("LaunchTemplate.LaunchTemplateId")
    template = lookup.launch_template(session.graph, named.LaunchTemplateId)
    version = lookup.template_version(template, named.LaunchTemplateVersion)
    parameters = {name: each for name, each in version.parameters.items() if name != "ClientToken"}
    own = said(session, request)
    tree = {**parameters, **own}
    if parameters.get(_MODIFY) == "Update" and "Metadata" in own:
        tree["Metadata"] = _updated(parameters.get("Metadata", {}), own["Metadata"])
    made: R = as_request(tree, type(request))
    return made


def as_request(tree: Mapping[str, Any], kind: Any) -> Any:  # noqa: ANN401 - a request of that class
    """Return what a template says as a request, without what that does not know.

    Raises:
        Refusal: there is something in it that cannot be.
    """
    known = attrs.fields_dict(attrs.resolve_types(kind))
    try:
        return structure({name: value for name, value in tree.items() if name in known}, kind)
    except RequestFault as fault:
        raise in_request(fault, "cvm") from None


def _updated(metadata: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    items = {each["Key"]: each for each in (*metadata.get("Items", ()), *own.get("Items", ()))}
    return {"Items": [*items.values()]}
