"""SSH key pairs: created, imported, listed, renamed and deleted.

Source: the definitions in tccli, and their examples, of which the form of keys is taken. The sizes of keys
in the examples differ; 2048 bits is that of the newest.
"""

from typing import Final

import attrs

from duolect_core.key_pairs import lifecycle as commands
from duolect_core.key_pairs.rsa import read_public
from duolect_core.model.key_pairs import KeyPair
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import CVM, CvmFilter, FilterTable, cvm_action
from duolect_dialects.tencent.instances.parameters import InstanceTagParam
from duolect_dialects.tencent.names import utc_time
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, Form, OneOf

_BITS: Final = 2048
_LONGEST_NAME: Final = 25
_NAME_FORM: Final = Form(r"[A-Za-z0-9_]+", "letters, digits and _")
_NAME: Final = (
    Coded(common.NOT_EMPTY, "InvalidKeyPairNameEmpty"),
    Coded(AtMost(_LONGEST_NAME), "InvalidKeyPairNameTooLong"),
    Coded(_NAME_FORM, "InvalidKeyPairNameIncludeIllegalChar"),
)
KEY_ID: Final = common.id_of("skey")
MALFORMED: Final = "InvalidKeyPairId.Malformed"
_PROJECT: Final = Between(0, 2**31 - 1)
_TAG_CODES: Final = common.TagCodes(
    many="LimitExceeded.TagResourceQuota", duplicate="InvalidParameterValue"
)


@attrs.frozen(kw_only=True)
class KeyPairTagsParam:
    """Tags for the key pair."""

    ResourceType: str = required(OneOf("keypair"))
    Tags: tuple[InstanceTagParam, ...] = required()


@attrs.frozen(kw_only=True)
class CreateKeyPair:
    """Create a key pair, and hand out its private key."""

    KeyName: str = required(*_NAME)
    ProjectId: int = required(_PROJECT)
    TagSpecification: tuple[KeyPairTagsParam, ...] = param(default=())


@cvm_action()
def create_key_pair(session: Session, request: CreateKeyPair) -> Body:
    """Create it. The private key is told this once."""
    created, private = session.execute(
        commands.CreateKeyPair(
            name=request.KeyName,
            bits=_BITS,
            comment="{id}",
            tags=_tags(request.TagSpecification),
            extras={"ProjectId": request.ProjectId},
        )
    )
    return {"KeyPair": {**_view(session, created), "PrivateKey": private.pem}}


@attrs.frozen(kw_only=True)
class ImportKeyPair:
    """Take in the public key of a pair that was made elsewhere."""

    KeyName: str = required(*_NAME)
    ProjectId: int = required(_PROJECT)
    PublicKey: str = required()
    TagSpecification: tuple[KeyPairTagsParam, ...] = param(default=())


@cvm_action()
def import_key_pair(session: Session, request: ImportKeyPair) -> Body:
    """Take it in as it is written."""
    public = read_public(request.PublicKey)
    if public is None or not public.rsa_bits:
        raise Refusal(
            "InvalidPublicKey.Malformed", "The public key is not an RSA key in the form of OpenSSH."
        )
    created = session.execute(
        commands.ImportKeyPair(
            name=request.KeyName,
            public_key=request.PublicKey.strip(),
            tags=_tags(request.TagSpecification),
            extras={"ProjectId": request.ProjectId},
        )
    )
    return {"KeyId": created.id}


def _tags(given: tuple[KeyPairTagsParam, ...]) -> dict[str, str]:
    return common.tags([tag for each in given for tag in each.Tags], _TAG_CODES)


@attrs.frozen(kw_only=True)
class DescribeKeyPairs:
    """List key pairs, newest first: by ids, or by filters that must all match."""

    KeyIds: tuple[str, ...] = param(
        Coded(Count(0, 100), "InvalidParameterValue.LimitExceeded"),
        Coded(Each(KEY_ID), MALFORMED),
        default=(),
    )
    Filters: tuple[CvmFilter, ...] = param(
        Count(0, 10), default=(), code="InvalidFilterValue.LimitExceeded"
    )
    Offset: int = param(common.OFFSET, default=0, code="InvalidParameterValueOffset")
    Limit: int = param(common.LIMIT, default=20, code="InvalidParameterValueLimit")


_FILTERS: Final["FilterTable[KeyPair]"] = {
    "project-id": common.exactly(lambda found: str(found.extras.get("ProjectId", 0))),
    "key-name": common.exactly(lambda found: found.name),
    "tag-key": common.tag_key,
    "tag-value": common.one_of(lambda found: found.tags.values()),
}


@cvm_action()
def describe_key_pairs(session: Session, request: DescribeKeyPairs) -> Body:
    """List one page; a pair that is named and not there is left out."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _FILTERS, request.KeyIds, request.Filters, CVM)
    page = common.page(graph.key_pairs, selection, request.Offset, request.Limit)
    return {"TotalCount": page.total, "KeyPairSet": [_view(session, each) for each in page.items]}


def _view(session: Session, shown: KeyPair) -> Body:
    return {
        "KeyId": shown.id,
        "KeyName": shown.name,
        "ProjectId": shown.extras.get("ProjectId", 0),
        "Description": shown.description,
        "PublicKey": shown.public_key,
        "PrivateKey": "",
        "AssociatedInstanceIds": list(session.graph.instances_by_key_pair.ids(shown.id)),
        "CreatedTime": utc_time(shown.created),
        "Tags": tags(shown.tags),
    }


@attrs.frozen(kw_only=True)
class ModifyKeyPairAttribute:
    """Change what a key pair is called, and its description; at least one must be named."""

    KeyId: str = required(KEY_ID, code=MALFORMED)
    KeyName: str | None = param(AtMost(_LONGEST_NAME), _NAME_FORM)
    Description: str | None = stored(AtMost(60))


@cvm_action()
def modify_key_pair_attribute(session: Session, request: ModifyKeyPairAttribute) -> Body:
    """Change it at once."""
    if request.KeyName is None and request.Description is None:
        raise request_errors.missing("KeyName")
    session.execute(
        commands.ModifyKeyPair(
            key_pair_id=request.KeyId, name=request.KeyName, description=request.Description
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteKeyPairs:
    """Delete key pairs."""

    KeyIds: tuple[str, ...] = required(*common.non_empty(100), Coded(Each(KEY_ID), MALFORMED))


@cvm_action()
def delete_key_pairs(session: Session, request: DeleteKeyPairs) -> Body:
    """Delete all of them, or none."""
    session.execute(commands.DeleteKeyPairs(request.KeyIds))
    return {}
