"""Images: what can be told of one from its id.

Every well-formed image exists. A public image is named after its system, version and architecture, so that
its id says what it is; an id that begins with ``m-`` is an image of the account's own.

Sources: the vendor's pages DescribeImages and on the naming of public images.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import attrs

PUBLIC: Final = (
    "aliyun_3_x64_20G_alibase_20240528.vhd",
    "aliyun_3_arm64_20G_alibase_20240528.vhd",
    "aliyun_2_1903_x64_20G_alibase_20240628.vhd",
    "ubuntu_24_04_x64_20G_alibase_20240812.vhd",
    "ubuntu_22_04_x64_20G_alibase_20240530.vhd",
    "ubuntu_22_04_arm64_20G_alibase_20240530.vhd",
    "ubuntu_20_04_x64_20G_alibase_20240524.vhd",
    "debian_12_6_x64_20G_alibase_20240711.vhd",
    "centos_7_9_x64_20G_alibase_20240628.vhd",
    "rockylinux_9_4_x64_20G_alibase_20240607.vhd",
    "almalinux_9_4_x64_20G_alibase_20240607.vhd",
    "win2022_21H2_x64_dtc_en-us_40G_alibase_20240711.vhd",
    "win2019_1809_x64_dtc_zh-cn_40G_alibase_20240711.vhd",
)
"""The public images that are listed without being named, newest system first."""

_SYSTEMS: Final = {
    "aliyun": ("Alibaba Cloud Linux", "Aliyun"),
    "almalinux": ("AlmaLinux", "AlmaLinux"),
    "anolisos": ("Anolis OS", "Anolis"),
    "centos": ("CentOS", "CentOS"),
    "debian": ("Debian", "Debian"),
    "fedora": ("Fedora", "Fedora"),
    "opensuse": ("OpenSUSE", "OpenSUSE"),
    "redhat": ("Red Hat Enterprise Linux", "Red Hat"),
    "rockylinux": ("Rocky Linux", "Rocky Linux"),
    "ubuntu": ("Ubuntu", "Ubuntu"),
    "win": ("Windows Server", "Windows Server"),
}
"""System and platform, by how the ids of public images begin."""
_PUBLIC_ID: Final = re.compile(r"(?P<system>[a-z]+?)(?P<year>\d{4})?_(?P<rest>.*)")
_VERSION: Final = re.compile(r"(\d+(?:_\d+)*)(?=_|$)")
_SIZE: Final = re.compile(r"_(\d{1,4})G_")
_DATE: Final = re.compile(r"_(\d{4})(\d{2})(\d{2})\.vhd$")
_DEFAULT_SIZE: Final = 20


@attrs.frozen(kw_only=True)
class Image:
    """What an image's id says: its system, platform and version, and its size in GiB."""

    id: str
    name: str
    platform: str
    family: str
    windows: bool
    arm: bool
    own: bool
    size: int
    created: str


@lru_cache(maxsize=1024)
def image(image_id: str) -> Image:
    """Return the image of this id."""
    found = _PUBLIC_ID.fullmatch(image_id)
    system = _SYSTEMS.get(found["system"]) if found else None
    arm, size, date = "arm64" in image_id, _SIZE.search(image_id), _DATE.search(image_id)
    name, platform, family = "", "Customized Linux", ""
    if found is not None and system is not None:
        version = _VERSION.match(found["rest"])
        number = found["year"] or (version[1].replace("_", ".") if version else "")
        bits = "64-bit ARM" if arm else "64-bit"
        name, platform = f"{system[0]} {number} {bits}".replace("  ", " "), system[1]
        if platform == "Windows Server":
            platform = f"{platform} {number}"
        else:
            family = f"acs:{found['system']}_{number.replace('.', '_')}_{'arm64' if arm else 'x64'}"
    return Image(
        id=image_id,
        name=name,
        platform=platform,
        family=family,
        windows=platform.startswith("Windows"),
        arm=arm,
        own=system is None,
        size=int(size[1]) if size else _DEFAULT_SIZE,
        created="-".join(date.groups()) + "T00:00:00Z" if date else "2024-01-01T00:00:00Z",
    )


def listed(also: Iterable[str]) -> list[Image]:
    """Return the public images, and these others."""
    return [image(image_id) for image_id in dict.fromkeys((*PUBLIC, *also))]


def of_family(family: str) -> str | None:
    """Return the id of the newest public image of a family, where it has one."""
    return next((each for each in PUBLIC if image(each).family == family), None)
