"""SSH key pairs: created, imported, listed and deleted. Their names are what they go by.

Sources: the vendor's pages of the actions, and the models of its Python SDK. A private key is given out as
the example of CreateKeyPair shows it, in the form of PKCS #1.
"""

import re
from typing import Final

import attrs

from duolect_core.key_pairs import lifecycle as commands
from duolect_core.key_pairs.rsa import read_public
from duolect_core.model.key_pairs import KeyPair
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action
from duolect_dialects.alibaba.names import minute
from duolect_dialects.alibaba.views import tags
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Form, Length

_BITS: Final = 2048
_NAME_CODE: Final = "InvalidKeyPairName.Malformed"
_NAME: Final = (
    Length(2, 128),
    Form(r"(?!https?://)[^\W\d_][\w:.\-]*", "a letter followed by letters, digits, and : _ . -"),
)
_KINDS: Final = re.compile(r"ssh-rsa|ssh-dss|ecdsa-sha2-nistp(256|384|521)")
"""What kinds of key can be imported."""


@attrs.frozen(kw_only=True)
class CreateKeyPair:
    """Create a key pair, and hand out its private key."""

    KeyPairName: str = required(*_NAME, code=_NAME_CODE)
    RegionId: str = required()
    ResourceGroupId: str | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()


@ecs_action()
def create_key_pair(session: Session, request: CreateKeyPair) -> Body:
    """Create it. The private key is told this once."""
    created, private = session.execute(
        commands.CreateKeyPair(
            name=request.KeyPairName,
            bits=_BITS,
            tags=common.tags(request.Tag),
            extras={"ResourceGroupId": common.resource_group(request.ResourceGroupId)},
        )
    )
    return {
        "KeyPairFingerPrint": _fingerprint(created),
        "KeyPairId": created.id,
        "KeyPairName": created.name,
        "PrivateKeyBody": private.pem,
    }


@attrs.frozen(kw_only=True)
class ImportKeyPair:
    """Take in the public key of a pair that was made elsewhere."""

    KeyPairName: str = required(*_NAME, code=_NAME_CODE)
    PublicKeyBody: str = required()
    RegionId: str = required()
    ResourceGroupId: str | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()


@ecs_action()
def import_key_pair(session: Session, request: ImportKeyPair) -> Body:
    """Take it in as it is written; the same key may be there under other names."""
    body = request.PublicKeyBody.strip()
    public = read_public(body)
    if public is None or _KINDS.fullmatch(public.kind) is None:
        raise Refusal(
            "InvalidPublicKeyBody.Malformed", "PublicKeyBody is no public key in the form of OpenSSH.", 400
        )
    created = session.execute(
        commands.ImportKeyPair(
            name=request.KeyPairName,
            public_key=body,
            tags=common.tags(request.Tag),
            extras={"ResourceGroupId": common.resource_group(request.ResourceGroupId)},
        )
    )
    return {"KeyPairFingerPrint": public.fingerprint, "KeyPairName": created.name}


@attrs.frozen(kw_only=True)
class DeleteKeyPairs:
    """Delete key pairs by their names."""

    KeyPairNames: str = required()
    RegionId: str = required()


@ecs_action()
def delete_key_pairs(session: Session, request: DeleteKeyPairs) -> Body:
    """Delete all of them, or none where one is bound to an instance. One that is not there is overlooked.

    The page has no code for that, and terraform-provider-alicloud takes any answer for success.
    """
    code = "InvalidKeyPairNames.ValueNotSupported"
    names = common.json_list(request.KeyPairNames, "KeyPairNames", code)
    if not names:
        raise Refusal(code, "KeyPairNames must name a key pair.", 400)
    known = session.graph.key_pairs_by_name
    session.execute(commands.DeleteKeyPairs(tuple(known[name] for name in names if name in known)))
    return {}


@attrs.frozen(kw_only=True)
class DescribeKeyPairs:
    """List key pairs, newest first; all criteria must hold."""

    RegionId: str = required()
    IncludePublicKey: bool = param(default=False)
    KeyPairFingerPrint: str | None = param()
    KeyPairName: str | None = param(note="an asterisk stands for any text")
    PageNumber: int = param(Between(1, 2**31 - 1), default=1)
    PageSize: int = param(Between(1, 50), default=10)
    ResourceGroupId: str | None = param()
    Tag: tuple[TagFilter, ...] = common.tag_filters()


@ecs_action()
def describe_key_pairs(session: Session, request: DescribeKeyPairs) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[KeyPair] = Criteria(graph)
    if request.KeyPairName is not None:
        pattern = ".*".join(map(re.escape, request.KeyPairName.split("*")))
        criteria.test(pattern, lambda found: re.fullmatch(pattern, found.name) is not None)
    fingerprint = request.KeyPairFingerPrint
    criteria.test(fingerprint, lambda found: _fingerprint(found) == fingerprint)
    group = request.ResourceGroupId
    criteria.test(group, lambda found: found.extras.get("ResourceGroupId") == group)
    common.narrow_by_tags(criteria, request.Tag)
    number, size = request.PageNumber, request.PageSize
    page = common.page_by_number(graph.key_pairs, criteria.selection, number, size)
    shown = [_view(each, public=request.IncludePublicKey) for each in page.items]
    return {
        "KeyPairs": {"KeyPair": shown},
        "TotalCount": page.total,
        "PageNumber": number,
        "PageSize": size,
    }


def _view(shown: KeyPair, *, public: bool) -> Body:
    return {
        "CreationTime": minute(shown.created),
        "KeyPairFingerPrint": _fingerprint(shown),
        "KeyPairName": shown.name,
        **({"PublicKey": shown.public_key} if public else {}),
        "ResourceGroupId": shown.extras.get("ResourceGroupId", ""),
        "Tags": tags(shown.tags),
    }


def _fingerprint(of: KeyPair) -> str:
    public = read_public(of.public_key)
    return "" if public is None else public.fingerprint
