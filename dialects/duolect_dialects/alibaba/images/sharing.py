"""Images that are shared with other accounts, or published to the community.

Sources: the vendor's pages ModifyImageSharePermission (of 2025), DescribeImageSharePermission and
ModifyImageShareGroupPermission, and the models of its Python SDK. That the group `all` is the community,
as the page names the newer action in the place of the older one, is assumed.
"""

from typing import Final

import attrs

from duolect_core.images.sharing import ShareImage
from duolect_core.model.disks import Image
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.views import owner
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, refused, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Coded, Each, Form, OneOf

_MOST: Final = 10
"""How many accounts of a list count."""
_ACCOUNTS: Final = (
    Coded(Each(Form(r"[1-9]\d{0,19}", "the number of an account")), "InvalidAccount.NotFound"),
)
_GROUPS: Final = (Coded(Each(OneOf("all")), "InvalidGroup.Malformed"),)


@attrs.frozen(kw_only=True)
class ModifyImageSharePermission:
    """Share an image with accounts, or no more, or publish it."""

    ImageId: str = required()
    RegionId: str = required()
    AddAccount: tuple[str, ...] = param(*_ACCOUNTS, default=(), note="the first ten; every account exists")
    DryRun: bool = param(default=False)
    IsPublic: bool | None = param(note="false says nothing of an image that is not published")
    LaunchPermission: str | None = refused("it is for invited accounts")
    RemoveAccount: tuple[str, ...] = param(*_ACCOUNTS, default=(), note="the first ten")


@ecs_action()
def modify_image_share_permission(session: Session, request: ModifyImageSharePermission) -> Body:
    """Change it at once."""
    add, remove = request.AddAccount[:_MOST], request.RemoveAccount[:_MOST]
    image = lookup.image(session.graph, request.ImageId)
    if owner(session) in {*add, *remove}:
        message = "An image cannot be shared with the account that owns it."
        raise Refusal("InvalidAccount.Forbbiden", message, 404)
    if request.IsPublic and (add or remove):
        message = "An image is shared with accounts or published, not both at once."
        raise Refusal("InvalidParameter.IsPublic", message, 403)
    if image.public and (add or request.IsPublic):
        raise Refusal("Image.Public", f"The image {image.id} is published already.", 403)
    if image.extras.get("Deprecated") and (add or request.IsPublic):
        message = f"The image {image.id} is deprecated."
        raise Refusal("OperationDenied.InvalidImageStatus", message, 403)
    if add or request.IsPublic:
        _check_encryption(session, image, public=bool(request.IsPublic))
    command = ShareImage(image_id=image.id, add=add, remove=remove, public=request.IsPublic)
    common.execute(session, command, request)
    return {}


def _check_encryption(session: Session, image: Image, *, public: bool) -> None:
    """Raise ``Refusal`` where what is encrypted keeps an image from being shared.

    One that is encrypted with a key of the account's own can be shared, unless it has several snapshots.
    """
    snapshots = [session.graph.snapshots[each] for each in image.snapshot_ids]
    encrypted = [each for each in snapshots if each.extras.get("Encrypted")]
    if not encrypted:
        return
    if public:
        code, message = "OperationDeined.EncryptedSnapshot", "What is encrypted is not published."
    elif any(not each.extras.get("KMSKeyId") for each in encrypted):
        code = "InvalidOperation.ServiceKeyEncryptedImageUnsupported"
        message = "The image is encrypted with the key of the service."
    elif len(snapshots) > 1:
        code, message = "OperationDeined.FullImage", "The image is encrypted and has several snapshots."
    else:
        return
    raise Refusal(code, message, 403)


@attrs.frozen(kw_only=True)
class ModifyImageShareGroupPermission:
    """Share an image with all accounts, or no more."""

    ImageId: str = required()
    RegionId: str = required()
    AddGroup: tuple[str, ...] = param(*_GROUPS, default=())
    RemoveGroup: tuple[str, ...] = param(*_GROUPS, default=())


@ecs_action()
def modify_image_share_group_permission(session: Session, request: ModifyImageShareGroupPermission) -> Body:
    """Change it at once; a group that is added and removed is there."""
    public = True if request.AddGroup else False if request.RemoveGroup else None
    session.execute(ShareImage(image_id=request.ImageId, public=public))
    return {}


@attrs.frozen(kw_only=True)
class DescribeImageSharePermission:
    """Tell with whom an image is shared."""

    ImageId: str = required()
    RegionId: str = required()
    PageNumber: int = param(Between(1, 2**31 - 1), default=1)
    PageSize: int = param(Between(1, 100), default=10)


@ecs_action()
def describe_image_share_permission(session: Session, request: DescribeImageSharePermission) -> Body:
    """List one page of the accounts, in the order in which they came to have it."""
    image = lookup.image(session.graph, request.ImageId)
    start = (request.PageNumber - 1) * request.PageSize
    page = [*image.shared_since.items()][start : start + request.PageSize]
    return {
        "ImageId": image.id,
        "RegionId": session.call.region,
        "TotalCount": len(image.shared_since),
        "PageNumber": request.PageNumber,
        "PageSize": request.PageSize,
        "Accounts": {
            "Account": [{"AliyunId": account, "SharedTime": moment(since)} for account, since in page]
        },
        "ShareGroups": {"ShareGroup": [{"Group": "all"}] if image.public else []},
    }
