"""What is wrong with a request itself, in the vendor's codes, and what the tables of errors are made of.

A request can lack a parameter, have an unknown one, or a wrong value. A subject's ``errors`` module holds
the vendor's errors for those of the core: ``TABLE`` for the errors of the subject, ``OVERRIDES`` for what
the subject's actions say in their own way, ``BY_ACTION`` for what a single action does. A message is a
template over the facts that the error carries.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.names import WORDS
from duolect_dialects.call import Refusal
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.values import BadValue, Fault, MissingValue, RequestFault
from duolect_dialects.wording import facts

ErrorTable = Mapping[type[core.CoreError], ErrorTemplate]
"""The vendor's error for errors of the core."""
ActionTable = Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]
"""The vendor's error for an action and an error of the core."""
_NONE_LISTED: Final[Mapping[str, int]] = MappingProxyType({})

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.OperationNotFound: ErrorTemplate(
            "InvalidParameter", "The task {resource_id} does not exist.", 400
        ),
        core.IdempotencyMismatch: ErrorTemplate(
            "IdempotentParameterMismatch",
            "The ClientToken {token} was used before with other parameters.",
            400,
        ),
        core.IdempotencyProcessing: ErrorTemplate(
            "IdempotentProcessing", "The first request with the ClientToken {token} is in process.", 403
        ),
    }
)
"""What belongs to no subject: tokens, and tasks, of which there are none here."""


def not_found(code: str, kind: str) -> ErrorTemplate:
    """Return the error of a resource of some kind that does not exist; its status is 404."""
    return ErrorTemplate(code, f"The {kind} {{resource_id}} does not exist.", 404)


def quota(code: str, of: str, status: int) -> ErrorTemplate:
    """Return the error of a limit; ``of`` tells in words, and perhaps facts, what is limited."""
    return ErrorTemplate(code, f"No more than {{limit}} are allowed: {of}.", status)


def for_actions(actions: Iterable[str], table: ErrorTable) -> ActionTable:
    """Return what several actions answer alike."""
    return {(action, error): template for action in actions for error, template in table.items()}


def worded(
    template: ErrorTemplate, error: core.CoreError, listed: Mapping[str, int] = _NONE_LISTED
) -> Refusal:
    """Return an error in the words of a template.

    ``listed`` holds the codes of the action, with their HTTP status: that counts before the template's.
    """
    status = listed.get(template.code, template.status)
    return Refusal(template.code, template.template.format_map(facts(error, WORDS)), status)


_MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ResourceId": "MissingParameter.ResourceIds",
        "ResourceType": "MissingParameter.ResourceType",
        "Tag": "MissingParameter.Tags",
    }
)
"""What the actions on tags say where these are missing."""
_GATEWAYS_OWN: Final = "RegionId"
"""What the gateway itself misses, whatever the lists of the actions say: TagResources was answered with
MissingParameter (alibaba-cloud-csi-driver, pull request 1741, 2026)."""


def missing(parameter: str) -> Refusal:
    """Return the refusal of a request without a parameter that it needs."""
    return in_request(MissingValue(parameter))


def in_request(fault: RequestFault, listed: Mapping[str, int] = _NONE_LISTED) -> Refusal:
    """Return the refusal of a request with a missing, unknown or wrong parameter.

    ``listed`` holds the codes of the action, with their HTTP status; it is 400 where they lack one.
    """
    name = fault.parameter
    if isinstance(fault, MissingValue):
        own = (
            _MISSING.get(name, ""),
            f"MissingParam.{name}",
            f"MissingParameter.{name}",
            f"ParameterMissing.{name}",
        )
        codes = (code for code in own if code in listed and name != _GATEWAYS_OWN)
        code = next(codes, "MissingParameter")
        message = f"The input parameter {name} that is mandatory for this action is not supplied."
        return Refusal(code, message, listed.get(code, 400))
    if isinstance(fault, BadValue) and fault.fault is not Fault.UNSUPPORTED:
        code = fault.code or "InvalidParameter"
        message = f"The specified parameter {name} is not valid: it {fault.reason}."
        return Refusal(code, message, listed.get(code, 400))
    if isinstance(fault, BadValue):
        message = f"The parameter {name} is not supported: it {fault.reason}."
        return Refusal("UnsupportedParameter", message, 400)
    return Refusal("UnsupportedParameter", f"The parameter {name} is not supported.", 400, unknown=name)
