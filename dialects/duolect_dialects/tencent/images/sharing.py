"""Images that are shared with other accounts, and what an account may have of images.

Source: the definitions in tccli. That it is overlooked if an account that has no image shall have it no
more is assumed.
"""

from typing import Final

import attrs

from duolect_core.images.sharing import ShareImage
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import cvm_action
from duolect_dialects.tencent.images.catalog import public
from duolect_dialects.tencent.names import uin, utc_time
from duolect_dialects.values import Coded, Each, Form, OneOf
from duolect_dialects.wording import Message

_QUOTA: Final = 500
"""How many images of its own an account may have in a region, as SyncImages says."""
_ACCOUNT: Final = Form(r"[1-9]\d{0,19}", "the number of an account")
_MALFORMED: Final = "InvalidImageId.Malformed"


@attrs.frozen(kw_only=True)
class ModifyImageSharePermission:
    """Share an image with accounts, or no more."""

    ImageId: str = required(common.IMAGE_ID, code=_MALFORMED)
    AccountIds: tuple[str, ...] = required(
        *common.non_empty(500),
        Coded(Each(_ACCOUNT), "InvalidAccountId.NotFound"),
        code="InvalidParameterValue.LimitExceeded",
        note="every account exists",
    )
    Permission: str = required(OneOf("SHARE", "CANCEL"))


@cvm_action()
def modify_image_share_permission(session: Session, request: ModifyImageSharePermission) -> Body:
    """Change it at once, for all of the accounts or for none."""
    _check_own(request.ImageId)
    image = lookup.image(session.graph, request.ImageId)
    if uin(session) in request.AccountIds:
        raise Refusal("FailedOperation.AccountIsYourSelf", "The image is the account's own.")
    if request.Permission == "CANCEL":
        session.execute(ShareImage(image_id=image.id, remove=request.AccountIds))
        return {}
    for account in request.AccountIds:
        if account in image.shared_since:
            message = Message("The account `{account}` has the image already.", account=account)
            raise Refusal("FailedOperation.AccountAlreadyExists", message)
    if any(session.graph.snapshots[each].extras.get("Encrypt") for each in image.snapshot_ids):
        message = Message("The image `{image_id}` is encrypted.", image_id=image.id)
        raise Refusal("UnsupportedOperation.EncryptedImagesNotSupported", message)
    session.execute(ShareImage(image_id=image.id, add=request.AccountIds))
    return {}


@attrs.frozen(kw_only=True)
class DescribeImageSharePermission:
    """Tell with whom an image is shared."""

    ImageId: str = required(common.IMAGE_ID, code=_MALFORMED)


@cvm_action()
def describe_image_share_permission(session: Session, request: DescribeImageSharePermission) -> Body:
    """List the accounts, in the order in which they came to have it."""
    _check_own(request.ImageId)
    shared = lookup.image(session.graph, request.ImageId).shared_since
    return {
        "SharePermissionSet": [
            {"CreatedTime": utc_time(since), "AccountId": account} for account, since in shared.items()
        ]
    }


def _check_own(image_id: str) -> None:
    """Raise ``Refusal`` where an image is a public one."""
    if image_id in public():
        message = Message("The image `{image_id}` is a public one.", image_id=image_id)
        raise Refusal("UnauthorizedOperation.ImageNotBelongToAccount", message)


@attrs.frozen(kw_only=True)
class DescribeImageQuota:
    """Tell how many images of its own the account may have."""


@cvm_action()
def describe_image_quota(session: Session, request: DescribeImageQuota) -> Body:  # noqa: ARG001
    """Return the quota of the settings, or that of the cloud."""
    limit = session.rules.quotas.images
    return {"ImageNumQuota": _QUOTA if limit is None else limit}
