"""What is wrong with a request, in the vendor's codes, and the words that several subjects' errors share.

All errors go out with HTTP status 200. A message is a template over the facts that an error carries.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core.errors import CoreError
from duolect_dialects.call import Refusal
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.names import WORDS
from duolect_dialects.values import BadValue, Fault, MissingValue, RequestFault
from duolect_dialects.wording import Message, facts

NOT_FOUND: Final = ErrorTemplate("ResourceNotFound", "The resource `{resource_id}` does not exist.")
IN_USE: Final = ErrorTemplate("ResourceInUse", "The resource `{resource_id}` is in use by `{held_by}`.")
LIMIT: Final = ErrorTemplate("LimitExceeded", "The quota of {limit} would be exceeded on `{resource_id}`.")
MANAGED: Final = ErrorTemplate(
    "UnsupportedOperation", "The resource `{resource_id}` belongs to a managed service."
)
UNSUPPORTED_TYPE: Final = ErrorTemplate(
    "UnsupportedOperation", "The instance type `{instance_type}` does not support this operation."
)
VPC_MISMATCH: Final = ErrorTemplate(
    "UnsupportedOperation.VpcMismatch",
    "`{resource_id}` is in the VPC `{network_id}`, `{other_id}` in `{other_network_id}`.",
)

_VPC_CODE_OF_FAULT: Final[Mapping[Fault, str]] = MappingProxyType(
    {
        Fault.TYPE: "InvalidParameter",
        Fault.LENGTH: "InvalidParameterValue.TooLong",
        Fault.RANGE: "InvalidParameterValue.Range",
        Fault.FORM: "InvalidParameterValue.Malformed",
        Fault.CHOICE: "InvalidParameterValue",
        Fault.COUNT: "InvalidParameterValue.LimitExceeded",
        Fault.UNSUPPORTED: "UnsupportedOperation",
    }
)
_CODE_OF_FAULT: Final[Mapping[Fault, str]] = MappingProxyType(
    {
        **dict.fromkeys(Fault, "InvalidParameterValue"),
        Fault.TYPE: "InvalidParameter",
        Fault.COUNT: "InvalidParameterValue.LimitExceeded",
        Fault.UNSUPPORTED: "UnsupportedOperation",
    }
)
"""Actions of the other services share fewer codes; most of their parameters have one of their own."""
_FILTER = r"Filters\.\d+"
_FILTER_VALUES = r"Filters\.\d+\.Values"


def in_request(fault: RequestFault, product: str = "vpc") -> Refusal:
    """Return the refusal of a request with a missing, unknown or wrong parameter."""
    name = fault.parameter
    if isinstance(fault, BadValue):
        message = Message("The value of the parameter `{name}` {reason}.", name=name, reason=fault.reason)
        return Refusal(_code(fault, product), message)
    if isinstance(fault, MissingValue):
        return missing(name)
    message = Message("The parameter `{name}` is not recognized.", name=name)
    return Refusal("UnknownParameter", message, unknown=name)


def missing(name: str) -> Refusal:
    """Return the refusal of a request without a parameter that it needs."""
    message = Message("The request is missing a required parameter `{name}`.", name=name)
    return Refusal("MissingParameter", message)


def _code(fault: BadValue, product: str) -> str:
    """Return the code for a wrong value; in vpc, filters of the wrong type have codes of their own."""
    if product != "vpc":
        return fault.code or _CODE_OF_FAULT[fault.fault]
    if fault.fault is Fault.TYPE:
        if re.fullmatch(_FILTER, fault.parameter):
            return "InvalidParameter.FilterNotDict"
        if re.fullmatch(_FILTER_VALUES, fault.parameter):
            return "InvalidParameter.FilterValuesNotList"
    return fault.code or _VPC_CODE_OF_FAULT[fault.fault]


def refusal(error: CoreError, template: ErrorTemplate) -> Refusal:
    """Return an error of the core in the words of a template."""
    return Refusal(template.code, Message(template.template, **facts(error, WORDS)))
