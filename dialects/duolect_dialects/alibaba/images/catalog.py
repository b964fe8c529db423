"""Images: what can be told of one from its id.

Every well-formed image exists. A public image is named after its system, version and architecture, so
that its id says what it is; an id that begins with ``m-`` is an image of the account's own. Those that
are listed without being named stand in ``catalog.json``.

Sources: the vendor's pages DescribeImages and on the naming and the families of public images. Names
are as recorded from 2019 to 2024: ``OSName`` in Chinese, two spaces before the number of a release (one
in English for release 2 of the vendor's own Linux), whose releases go by the number of their base.
Those of images for ARM processors, and of Windows in English, are assumed.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import Image as Made
from duolect_dialects.alibaba.names import moment
from duolect_dialects.dialect import OfferedImage
from duolect_dialects.instance_types import read
from duolect_dialects.session import Session

_PUBLIC_ID: Final = re.compile(r"(?P<system>[a-z]+?)(?P<year>\d{4})?_(?P<rest>.*)")
_STREAM: Final = "stream_"
"""How the rest of an id of CentOS Stream begins."""
_VERSION: Final = re.compile(r"(\d+(?:[_.]\d+)*?)(?=_(?:x64|x86|64|arm64|uefi)_|(?:_(?!\d)|$))")
"""The number of a release: what comes before the architecture, which old ids write as 64."""
_VARIANT: Final = re.compile(r"_\d+G_((?:(?!alibase|uefi)[a-z]+_)+)")
"""What an image was made for beside a release as it comes: clusters, quick starts, other kernels."""
_EDITION: Final = re.compile(r"_dtc_(zh-cn|en-us)_")
"""The data centre edition of Windows, and its language."""
_LANGUAGES: Final = MappingProxyType(
    {"zh-cn": ("中文版", "Chinese Edition"), "en-us": ("英文版", "English Edition")}
)
_OWN_LINUX: Final = "Alibaba Cloud Linux"
_BASES: Final = MappingProxyType({"2": "2.1903 LTS", "3": "3.2104 LTS"})
_SIZE: Final = re.compile(r"_(\d{1,4})G_")
_DATE: Final = re.compile(r"_(\d{4})(\d{2})(\d{2})\.vhd$")
_DEFAULT_SIZE: Final = 20
_OFFERED_SINCE: Final = "2026-01-01T00:00:00Z"
"""When the images of the settings are said to have been made."""


@attrs.frozen(kw_only=True)
class Image:
    """What an image's id says: its system, platform and version, and its size in GiB."""

    id: str
    name: str
    name_in_english: str
    platform: str
    family: str
    windows: bool
    arm: bool
    uefi: bool
    own: bool
    size: int
    created: str
    title: str = ""
    """What its owner calls it; public images are called by their ids."""


def of(session: Session, image_id: str) -> Image:
    """Return the image of this id: one that was created here, or what the settings or the id say."""
    made = session.graph.images.get(image_id)
    if made is not None:
        return _made(session, made)
    told: OfferedImage | None = session.rules.extras["images"].get(image_id)
    return image(image_id) if told is None else _offered(image_id, told)


def _made(session: Session, made: Made) -> Image:
    """Return an image that was created here: of the system of the one that its disk came from."""
    source = of(session, made.source_id) if made.source_id else image(made.id)
    return attrs.evolve(
        source,
        id=made.id,
        platform=made.extras.get("Platform") or source.platform,
        arm=(made.extras.get("Architecture") or ("arm64" if source.arm else "")) == "arm64",
        uefi=made.extras["BootMode"].startswith("UEFI") if "BootMode" in made.extras else source.uefi,
        family=made.extras.get("ImageFamily") or "",
        own=True,
        size=made.size,
        created=moment(made.created),
        title=made.name,
    )


def _offered(image_id: str, told: OfferedImage) -> Image:
    return Image(
        id=image_id,
        name=told.system,
        name_in_english=told.system,
        platform=told.platform or told.system.partition(" ")[0],
        family="",
        windows=told.windows,
        arm=told.arm,
        uefi=told.arm,
        own=not told.public,
        size=told.size_gib,
        created=_OFFERED_SINCE,
        title=told.name,
    )


@lru_cache(maxsize=1024)
def image(image_id: str) -> Image:
    """Return the image of this id."""
    found = _PUBLIC_ID.fullmatch(image_id)
    system = _file()["systems"].get(found["system"]) if found else None
    arm, size, date = "arm64" in image_id, _SIZE.search(image_id), _DATE.search(image_id)
    name, in_english, platform, family = "", "", "Customized Linux", ""
    if found is not None and system is not None:
        stream = found["rest"].startswith(_STREAM)
        version = _VERSION.match(found["rest"].removeprefix(_STREAM))
        number = found["year"] or (version[1].replace("_", ".") if version else "")
        name, platform = (f"{each} Stream" if stream else each for each in system)
        name, in_english = _names(image_id, name, number)
        if platform == "Windows Server":
            platform = f"{platform} {number}"
        elif _VARIANT.search(image_id) is None:
            release = found["system"] + ("_stream" if stream else "")
            family = f"acs:{release}_{number.replace('.', '_')}_{'arm64' if arm else 'x64'}"
            family += "_uefi" if "_uefi_" in image_id else ""
    return Image(
        id=image_id,
        name=name,
        name_in_english=in_english,
        platform=platform,
        family=family,
        windows=platform.startswith("Windows"),
        arm=arm,
        uefi=arm or "_uefi_" in image_id,
        own=system is None,
        size=int(size[1]) if size else _DEFAULT_SIZE,
        created="-".join(date.groups()) + "T00:00:00Z" if date else "2024-01-01T00:00:00Z",
    )


def _names(image_id: str, system: str, number: str) -> tuple[str, str]:
    """Return the name of a public image's system in Chinese, and that in English."""
    if system == _OWN_LINUX:
        number = _BASES.get(number.partition(".")[0], number)
    chinese = english = f"{system}  {number} " if number else f"{system} "
    if english.startswith(f"{_OWN_LINUX}  2."):
        english = english.replace("  ", " ")
    if edition := _EDITION.search(image_id):
        language = _LANGUAGES[edition[1]]
        return f"{chinese}数据中心版 64位{language[0]}", f"{english}Datacenter Edition 64 bit {language[1]}"
    if "arm64" in image_id:
        return f"{chinese}64位 ARM版", f"{english}64 bit ARM Edition"
    return f"{chinese}64位", f"{english}64 bit"


@cache
def public() -> tuple[str, ...]:
    """Return the ids of the public images that are listed without being named."""
    return tuple(image_id for group in _file()["public"] for image_id in group["ids"])


def listed(session: Session, also: Iterable[str]) -> list[Image]:
    """Return the public images, those created here or told in the settings, and these, newest first."""
    told = session.rules.extras["images"]
    return newest_first(session, dict.fromkeys((*session.graph.images, *told, *public(), *also)))


def newest_first(session: Session, image_ids: Iterable[str]) -> list[Image]:
    """Return the images of these ids in the order in which the cloud lists them, as recorded in 2024."""
    found = (of(session, image_id) for image_id in image_ids)
    return sorted(found, key=lambda each: each.created, reverse=True)


def arm_only(family: str) -> bool:
    """Say whether the types of a family run the images for ARM processors, and no others."""
    return family in _file()["arm_families"]


def of_family(session: Session, family: str) -> str | None:
    """Return the id of the newest image of a family that can be used, where it has one.

    Families of the account's own are never called like public ones.
    """
    own = [
        each
        for each in session.graph.images.values()
        if each.extras.get("ImageFamily") == family
        and each.state is CopyState.AVAILABLE
        and not each.extras.get("Deprecated")
    ]
    if family and own:
        return max(own, key=lambda each: each.order).id
    return next((each for each in public() if image(each).family == family), None)


@cache
def _file() -> Mapping[str, Any]:
    return read("duolect_dialects.alibaba.images", "catalog.json")
