"""The vendor's wire: what a call looks like when it arrives and an answer when it leaves.

Requests come as RPC version 1 (everything in query or form, signed with HMAC-SHA1) or as ACS3 (action and
version in headers). Answers are one tree, rendered as JSON or XML. Everything here is a pure function.
"""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from duolect_dialects.exchange import load_json

if TYPE_CHECKING:
    from lxml import etree

PROTOCOL: Final = frozenset(
    {
        "AccessKeyId", "Action", "Format", "OwnerAccount", "OwnerId", "ResourceOwnerAccount",
        "ResourceOwnerId", "SecurityToken", "Signature", "SignatureMethod", "SignatureNonce",
        "SignatureType", "SignatureVersion", "Timestamp", "Version",
    }
)  # fmt: skip
"""Parameters that belong to the protocol, not to an action."""
OVERLOOKED: Final = frozenset({"ClientToken", "RegionId"})
"""What clients send with calls of every kind, and the gateway overlooks where an action has no use for it.

The region is the place to run in all the same. The vendor's Terraform provider sends a token with whatever
changes something (UnassignPrivateIpAddresses and ModifyInstanceAttribute among them), also where no page
has it.
"""
_NIL: Final = "<nil>"
"""How Go writes that there is no value: the vendor's Terraform provider sends it as NicType."""
JSON_TYPE: Final = "application/json;charset=utf-8"
XML_TYPE: Final = "text/xml;charset=utf-8"

_CREDENTIAL = re.compile(r"Credential=([^,\s]+)")
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def is_acs3(headers: Mapping[str, str]) -> bool:
    """Say whether a request is signed, or at least addressed, in the ACS3 way."""
    return "x-acs-signature-nonce" in headers or headers.get("authorization", "").startswith("ACS3-")


def credential(headers: Mapping[str, str]) -> str:
    """Return the access key id that an ACS3 request names, or an empty text."""
    found = _CREDENTIAL.search(headers.get("authorization", ""))
    return found.group(1) if found else headers.get("x-acs-accesskey-id", "")


def said(parameters: Mapping[str, str], clearable: frozenset[str]) -> dict[str, str]:
    """Return the parameters that say something about the action itself.

    An empty text does not, except where it clears what there is.
    """
    return {
        name: value
        for name, value in parameters.items()
        if name not in PROTOCOL and (value or name in clearable) and value != _NIL
    }


def unpacked(value: Any) -> Any:  # noqa: ANN401 - of a tree
    """Return a list that came as one text of JSON, as its members would have come one by one.

    Newer versions of the vendor's Terraform provider write the Permissions of AuthorizeSecurityGroup so.
    What is no such text stays as it is.
    """
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return _texts(load_json(value))
    except (ValueError, RecursionError):
        return value


def _texts(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, list):
        return [_texts(each) for each in value]
    if isinstance(value, dict):
        return {name: _texts(each) for name, each in value.items() if each is not None}
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def write_xml(root: str, tree: Mapping[str, Any]) -> bytes:
    """Render an answer as XML: a list becomes repeated elements of its name.

    Characters that XML cannot hold become U+FFFD.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms to import, and few clients want XML

    document = etree.Element(root)
    _fill(document, tree, etree.SubElement)
    rendered: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return rendered


def _fill(
    parent: "etree._Element", members: Mapping[str, Any], add: Callable[..., "etree._Element"]
) -> None:
    """Give an element its members; ``add`` makes an element below another one."""
    for name, value in members.items():
        for entry in value if isinstance(value, list) else [value]:
            element = add(parent, name)
            if isinstance(entry, Mapping):
                _fill(element, entry, add)
            elif isinstance(entry, bool):
                element.text = "true" if entry else "false"
            else:
                element.text = re.sub(_NOT_XML, "\ufffd", str(entry))
