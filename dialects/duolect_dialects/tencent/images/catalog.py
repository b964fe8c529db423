"""Images: the public ones that the emulator lists, and those of which it knows no more than the id.

``RunInstances`` accepts every id of the right form, because nothing boots. So every such id is an image:
one of the public images here, or else a private image of the account, of unknown make. Sources: ids and
names of public images as they stand in public programs and the vendor's pages; their days of creation are
assumed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs


@attrs.frozen
class Image:
    """What an instance is started from.

    ``os_name`` ends before the word for 64 bit, which depends on the language. ``size`` is in GiB.
    """

    id: str
    os_name: str
    platform: str
    created: str
    size: int = 20
    public: bool = True

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
        return f"{self.os_name} {'64位' if in_chinese else '64bit'}" if self.public else self.os_name


_LOGIN_USERS: Final = {"Ubuntu": "ubuntu", "Windows": "Administrator"}
_UNKNOWN_OS: Final = "TencentOS Server 3.1 (TK4)"

PUBLIC: Final[Mapping[str, Image]] = MappingProxyType(
    {
        image.id: image
        for image in (
            Image("img-9qrfy1xt", "TencentOS Server 4", "TencentOS", "2024-04-18"),
            Image("img-eb30mz89", "TencentOS Server 3.1 (TK4)", "TencentOS", "2021-07-13"),
            Image("img-hdt9xxkt", "TencentOS Server 2.4", "TencentOS", "2019-09-17"),
            Image("img-mmytdhbn", "Ubuntu Server 24.04 LTS", "Ubuntu", "2024-06-12"),
            Image("img-487zeit5", "Ubuntu Server 22.04 LTS", "Ubuntu", "2022-07-20"),
            Image("img-22trbn9x", "Ubuntu Server 20.04 LTS", "Ubuntu", "2020-08-12"),
            Image("img-pi0ii46r", "Ubuntu Server 18.04.1 LTS", "Ubuntu", "2018-10-16"),
            Image("img-7ag0z2jt", "Debian 12", "Debian", "2023-08-23"),
            Image("img-no59bf11", "Rocky Linux 9.2", "Rocky Linux", "2023-07-19"),
            Image("img-no575grb", "Rocky Linux 8.6", "Rocky Linux", "2022-08-17"),
            Image("img-l8og963d", "CentOS 7.9", "CentOS", "2021-01-13"),
            Image("img-9qabwvbn", "CentOS 7.6", "CentOS", "2019-04-10"),
            Image("img-9id7emv7", "Windows Server 2016 Datacenter", "Windows", "2018-11-14", size=50),
        )
    }
)
"""The public images by id, those of the vendor's own systems first."""


def image(image_id: str) -> Image:
    """Return an image by its id, which must have the right form."""
    return PUBLIC.get(image_id) or Image(image_id, _UNKNOWN_OS, "TencentOS", "2026-01-01", public=False)
