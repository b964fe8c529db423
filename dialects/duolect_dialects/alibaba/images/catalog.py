"""Images: what can be told of one from its id.

Every well-formed image exists. A public image is named after its system, version and architecture, so that
its id says what it is; an id that begins with ``m-`` is an image of the account's own. Those that are
listed without being named stand in ``catalog.json``.

Sources: the vendor's pages DescribeImages and on the naming and the families of public images.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, Final

import attrs

from duolect_dialects.instance_types import read

_PUBLIC_ID: Final = re.compile(r"(?P<system>[a-z]+?)(?P<year>\d{4})?_(?P<rest>.*)")
_STREAM: Final = "stream_"
"""How the rest of an id of CentOS Stream begins."""
_VERSION: Final = re.compile(r"(\d+(?:[_.]\d+)*?)(?=_(?:x64|x86|64|arm64|uefi)_|(?:_(?!\d)|$))")
"""The number of a release: what comes before the architecture, which old ids write as 64."""
_VARIANT: Final = re.compile(r"_\d+G_((?:(?!alibase|uefi)[a-z]+_)+)")
"""What an image was made for beside a release as it comes: clusters, quick starts, other kernels."""
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
    uefi: bool
    own: bool
    size: int
    created: str


@lru_cache(maxsize=1024)
def image(image_id: str) -> Image:
    """Return the image of this id."""
    found = _PUBLIC_ID.fullmatch(image_id)
    system = _file()["systems"].get(found["system"]) if found else None
    arm, size, date = "arm64" in image_id, _SIZE.search(image_id), _DATE.search(image_id)
    name, platform, family = "", "Customized Linux", ""
    if found is not None and system is not None:
        stream = found["rest"].startswith(_STREAM)
        version = _VERSION.match(found["rest"].removeprefix(_STREAM))
        number = found["year"] or (version[1].replace("_", ".") if version else "")
        bits = "64-bit ARM" if arm else "64-bit"
        name, platform = (f"{each} Stream" if stream else each for each in system)
        name = f"{name} {number} {bits}".replace("  ", " ")
        if platform == "Windows Server":
            platform = f"{platform} {number}"
        elif _VARIANT.search(image_id) is None:
            release = found["system"] + ("_stream" if stream else "")
            family = f"acs:{release}_{number.replace('.', '_')}_{'arm64' if arm else 'x64'}"
            family += "_uefi" if "_uefi_" in image_id else ""
    return Image(
        id=image_id,
        name=name,
        platform=platform,
        family=family,
        windows=platform.startswith("Windows"),
        arm=arm,
        uefi=arm or "_uefi_" in image_id,
        own=system is None,
        size=int(size[1]) if size else _DEFAULT_SIZE,
        created="-".join(date.groups()) + "T00:00:00Z" if date else "2024-01-01T00:00:00Z",
    )


@cache
def public() -> tuple[str, ...]:
    """Return the ids of the public images that are listed without being named."""
    return tuple(image_id for group in _file()["public"] for image_id in group["ids"])


def listed(also: Iterable[str]) -> list[Image]:
    """Return the public images, and these others."""
    return [image(image_id) for image_id in dict.fromkeys((*public(), *also))]


def arm_only(family: str) -> bool:
    """Say whether the types of a family run the images for ARM processors, and no others."""
    return family in _file()["arm_families"]


def of_family(family: str) -> str | None:
    """Return the id of the newest public image of a family, where it has one."""
    return next((each for each in public() if image(each).family == family), None)


@cache
def _file() -> Mapping[str, Any]:
    return read("duolect_dialects.alibaba.images", "catalog.json")
