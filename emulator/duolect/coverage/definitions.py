"""Which actions the vendors have: their names by product and version, as their own packages list them.

The names are data, ``definitions.json``, because the vendors' packages are not needed to run the emulator.
``python -m duolect.coverage --definitions`` makes them anew from the packages of the extra ``sdk``, and a
test compares the two.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import version as version_of
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import attrs

_ALIBABA: Final = {
    "Ecs": ("2014-05-26", "alibabacloud-ecs20140526"),
    "Vpc": ("2016-04-28", "alibabacloud-vpc20160428"),
    "Sts": ("2015-04-01", "alibabacloud-sts20150401"),
    "Location": ("2015-06-12", "alibabacloud-location20150612"),
    "ResourceManager": ("2020-03-31", "alibabacloud-resourcemanager20200331"),
}
"""Each product with its version and the package that has its names."""
_TENCENT: Final = {
    "vpc": "2017-03-12",
    "cvm": "2017-03-12",
    "cbs": "2017-03-12",
    "tag": "2018-08-13",
    "sts": "2018-08-13",
    "cam": "2019-01-16",
    "api": "2020-11-06",
}
_ACTION = re.compile(r"\baction\s*=\s*'(\w+)'|do_rpcrequest(?:_async)?\('(\w+)'")

FAMILIES: Final[Sequence[tuple[str, str]]] = (
    (
        "security groups and the lists that rules and routes name",
        r"SecurityGroup|PrefixList|PortRangeList|AddressTemplate|ServiceTemplate|TemplateMember|TemplateLimits",
    ),
    ("gateways, VPN, lines and peering", r"Nat(?![a-z])|Vpn|Gateway|Ccn|Peer|Connect|Border|RouterI|Ssl"),
    ("route tables", r"Route"),
    ("tags", r"Tag(?!et)|Untag"),
    ("network interfaces and their addresses", r"NetworkInterface|Eni(?![a-z])|PrivateIp|signIpv6|HaVip"),
    ("VPCs, vSwitches, subnets", r"Vpcs?(?!Peer|End|Net)(?![a-z])|VSwitch|Subnet|Cidr"),
    ("public addresses and bandwidth", r"Eip|Address|Bandwidth|PublicIp|InternetIp|TrafficPackage"),
    ("disks, snapshots, images, keys", r"Disk|Snapshot|Image|Storage|Key(?![a-z])"),
    ("instances", r"Instance|Hosts?(?![a-z])|Launch|Reserved|Spot|Fleet|Deployment|AutoProvision|Chc"),
    ("identity, regions, quotas", r"Caller|Role|Token|Region|Zone|Account|Quota|Limit|Endpoint|Resource"),
    ("everything else", r""),
)
"""Families of actions: a name belongs to the first whose pattern is found in it."""


@attrs.frozen
class Product:
    """A vendor's product in one version, and the names of all its actions.

    ``source`` is the vendor's package, with its version, that lists them.
    """

    cloud: str
    name: str
    version: str
    source: str
    actions: tuple[str, ...]


@cache
def products() -> Sequence[Product]:
    """Return the products of which actions are served."""
    text = files("duolect.coverage").joinpath("definitions.json").read_text("utf-8")
    return tuple(
        Product(each["cloud"], each["name"], each["version"], each["source"], tuple(each["actions"]))
        for each in json.loads(text)
    )


def family(action: str) -> str:
    """Return the family that an action belongs to."""
    return next(name for name, pattern in FAMILIES if re.search(pattern, action))


def absent(product: Product, served: Iterable[str]) -> list[str]:
    """Return the actions of a product that are not served, in order."""
    return sorted(set(product.actions) - set(served))


def read_packages() -> list[Product]:
    """Read the names from the vendors' packages.

    Raises:
        ModuleNotFoundError: one of them is not installed.
    """
    found = []
    for name, (version, package) in _ALIBABA.items():
        text = (_folder(package.replace("-", "_")) / "client.py").read_text("utf-8")
        names = sorted({first or second for first, second in _ACTION.findall(text)})
        source = f"{package} {version_of(package)}"
        found.append(Product("alibaba", name, version, source, tuple(names)))
    services = _folder("tccli") / "services"
    for name, version in _TENCENT.items():
        path = services / name / f"v{version.replace('-', '')}" / "api.json"
        listed: Mapping[str, Any] = json.loads(path.read_text("utf-8"))["actions"]
        source = f"tccli {version_of('tccli')}"
        found.append(Product("tencent", name, version, source, tuple(sorted(listed))))
    return found


def write(found: Iterable[Product]) -> str:
    """Return products as the text of ``definitions.json``."""
    return json.dumps([attrs.asdict(each) for each in found], indent=1) + "\n"


def _folder(package: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed: pip install duolect[sdk]", name=package)
    return Path(found.origin).parent
