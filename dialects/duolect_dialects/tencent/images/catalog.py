"""Images: the public ones that the emulator lists, and those of which it knows no more than the id.

``RunInstances`` accepts every id of the right form, because nothing boots. So every such id is an image:
one of the public images, which stand with their sources in ``catalog.json``, or else a private image of the
account, of unknown make.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import Image as OwnImage
from duolect_dialects.call import Refusal
from duolect_dialects.dialect import OfferedImage
from duolect_dialects.instance_types import read
from duolect_dialects.session import Session
from duolect_dialects.wording import Message


@attrs.frozen
class Image:
    """What an instance is started from.

    ``os_name`` ends before the word for 64 bit, which depends on the language; systems that are ``plain``
    are named without it. ``size`` is in GiB.
    """

    id: str
    os_name: str
    platform: str
    created: str
    size: int = 20
    public: bool = True
    plain: bool = False
    title: str = ""
    """What its owner calls it; public images are called as their systems are."""
    own: OwnImage | None = None
    """The image of the account's own that this is, if it was made here."""

    @property
    def login_user(self) -> str:
        """The user that an instance has from the start."""
        return _LOGIN_USERS.get(self.platform, "root")

    @property
    def login_port(self) -> int:
        """The port to log in at: that of remote desktops on Windows, else that of SSH."""
        return 3389 if self.platform == "Windows" else 22

    def host_name(self, ip: str) -> str:
        """Return the host name of an instance that was given none (on Windows assumed)."""
        if self.platform == "Windows":
            return ip.replace(".", "_")
        third, fourth = ip.split(".")[2:]
        return f"VM-{third}-{fourth}-{self.platform.partition(' ')[0].lower()}"

    def named(self, *, in_chinese: bool) -> str:
        """Return the name of the operating system for people."""
        if self.plain or (not self.public and self.own is None):
            return self.os_name
        return f"{self.os_name} {'64位' if in_chinese else '64bit'}"


_LOGIN_USERS: Final = {"Ubuntu": "ubuntu", "Windows": "Administrator"}
_OFFERED_SINCE: Final = "2026-01-01"
"""When the images of the settings are said to have been made."""
_UNKNOWN_OS: Final = "TencentOS Server 3.1 (TK4)"


@cache
def public() -> Mapping[str, Image]:
    """Return the public images by id, those of the vendor's own systems first."""
    groups = _file()["public"]
    return MappingProxyType({told["id"]: Image(**told) for group in groups for told in group["images"]})


def importable() -> dict[str, list[str]]:
    """Return the systems that an image may have that is imported, with their versions."""
    return dict(_file()["importable"])


@cache
def _file() -> Mapping[str, Any]:
    return read("duolect_dialects.tencent.images", "catalog.json")


def of(session: Session, image_id: str) -> Image:
    """Return an image by its id, which must have the right form; the settings may say what it is."""
    own = session.graph.images.get(image_id)
    if own is not None:
        return _own(session, own)
    told: OfferedImage | None = session.rules.extras["images"].get(image_id)
    return _image(image_id) if told is None else _offered(image_id, told)


def listed(session: Session) -> list[Image]:
    """Return the account's own images, the public ones and those of the settings."""
    ids = dict.fromkeys((*session.graph.images, *session.rules.extras["images"], *public()))
    return [of(session, image_id) for image_id in ids]


def check_ready(session: Session, image_id: str | None) -> None:
    """Raise ``Refusal`` where an image of the account's own is gone, or not complete."""
    if image_id in session.graph.former_images:
        message = Message("The image `{image_id}` does not exist.", image_id=image_id)
        raise Refusal("InvalidImageId.NotFound", message)
    found = session.graph.images.get(image_id or "")
    if found is not None and found.state is not CopyState.AVAILABLE:
        message = Message("The image `{image_id}` is not complete.", image_id=found.id)
        raise Refusal("InvalidParameterValue.InvalidImageState", message)


OS_OF: Final = "OsOf"
"""Under this name an image keeps which other one its system came from."""


def _own(session: Session, own: OwnImage) -> Image:
    """Return an image that was made here: its system is that of the image which it came from."""
    source = of(session, own.extras.get(OS_OF) or "")
    is_plain = source.named(in_chinese=True) == source.os_name
    return attrs.evolve(
        source, id=own.id, size=own.size, public=False, plain=is_plain, title=own.name, own=own
    )


def _offered(image_id: str, told: OfferedImage) -> Image:
    return Image(
        image_id,
        told.system,
        told.platform or told.system.partition(" ")[0],
        _OFFERED_SINCE,
        size=told.size_gib,
        public=told.public,
        plain=True,
        title=told.name,
    )


def _image(image_id: str) -> Image:
    """Return what is known of an image."""
    return public().get(image_id) or Image(image_id, _UNKNOWN_OS, "TencentOS", "2026-01-01", public=False)
