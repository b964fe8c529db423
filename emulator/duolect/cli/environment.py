"""``duolect env``: the variables by which unmodified programs find the emulator, and nothing else.

Where each name is read, and by whom, is in docs/reach.md. With ``--proxy`` the certificate of the
emulator's authority is kept in the user's own folder for data, so that the variables can name it.
"""

import argparse
import json
import os
import shlex
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from duolect.access.certificates import data_folder
from duolect.cli.options import Parser, controls, printable
from duolect.client import ENVIRONMENT, Duolect

_PYTHON_PATH: Final = "PYTHONPATH"
_KEYS: Final = {
    "alibaba": (
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECRET_KEY"),
    ),
    "tencent": (("TENCENTCLOUD_SECRET_ID",), ("TENCENTCLOUD_SECRET_KEY",)),
}
"""The names of the access key and of its secret: in the SDKs, and in Terraform's provider."""
_REGIONS: Final = {
    "alibaba": {"ALIBABA_CLOUD_REGION_ID": "cn-hangzhou", "ALICLOUD_REGION": "cn-hangzhou"},
    "tencent": {"TENCENTCLOUD_REGION": "ap-guangzhou"},
}
_PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
_TRUSTED: Final = (
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "ALIBABA_CLOUD_CA_BUNDLE",
)
"""What names a file with the authorities that a program trusts."""
_CERTIFI: Final = '''"""What is trusted, in the place of the package of this name: Duolect alone."""

__version__ = "0"


def where():
    return {path!r}


def contents():
    with open(where(), encoding="ascii") as file:
        return file.read()
'''


def declare_env(parser: Parser) -> None:
    """Declare ``duolect env``."""
    controls(parser, show, "env alibaba", "env tencent --proxy", "env tencent --proxy --format json")
    parser.add_argument("cloud", choices=sorted(_KEYS), help="the cloud whose clients are led here")
    parser.add_argument(
        "--proxy",
        action="store_true",
        help="for programs that call the cloud's own hosts: the emulator as proxy, and its certificate",
    )
    parser.add_argument(
        "--access-key", default="me", type=_line, help="the access key (default: me)", metavar="KEY"
    )
    parser.add_argument(
        "--secret", default="any", type=_line, help="its secret (default: any)", metavar="SECRET"
    )
    parser.add_argument("--unset", action="store_true", help="take them away again")
    parser.add_argument(
        "--format",
        choices=sorted(_FORMATS),
        default="sh",
        help="sh (for eval), github (for $GITHUB_ENV), dotenv or json (default: sh)",
    )


def _line(text: str) -> str:
    """Return a text that no format would write as several lines, or as another one."""
    if not text.isprintable():
        raise argparse.ArgumentTypeError(f"{text!r} is not one line of printable text")
    return text


def show(duolect: Duolect, options: argparse.Namespace) -> int:
    """Write the variables.

    Raises:
        ValueError: the certificate cannot be kept.
    """
    variables: dict[str, str | None] = {
        **_named(duolect, options),
        **(_as_proxy(duolect, trusted=not options.unset) if options.proxy else {}),
    }
    if options.unset:
        variables = dict.fromkeys(variables)
        if options.proxy:
            variables[_PYTHON_PATH] = os.pathsep.join(_other_paths()) or None
    text = _FORMATS["json" if options.json else options.format](variables)
    print("\n".join(map(printable, text.split("\n"))))  # noqa: T201 - what the command is for
    return 0


def _named(duolect: Duolect, options: argparse.Namespace) -> dict[str, str]:
    """Return the emulator, the keys, the region, and where an endpoint has a name in the environment."""
    ids, secrets = _KEYS[options.cloud]
    return {
        ENVIRONMENT: duolect.endpoint,
        **dict.fromkeys(ids, options.access_key),
        **dict.fromkeys(secrets, options.secret),
        **_REGIONS[options.cloud],
        **({"LOCATION_ENDPOINT": duolect.endpoint} if options.cloud == "alibaba" else {}),
    }


def _as_proxy(duolect: Duolect, *, trusted: bool) -> dict[str, str]:
    """Return what leads a program to the emulator as its proxy, ``trusted`` by its certificate."""
    folder = _keep(duolect.ca()) if trusted else Path()
    return {
        **dict.fromkeys(_PROXIES, duolect.url),
        **dict.fromkeys(_TRUSTED, str(folder / "ca.pem")),
        _PYTHON_PATH: os.pathsep.join([str(folder / "python"), *_other_paths()]),
    }


def _keep(certificate: str) -> Path:
    """Keep a certificate in a folder of its own, beside a package that names it; return the folder."""
    folder = _folder() / sha256(certificate.encode()).hexdigest()[:16]
    path = folder / "ca.pem"
    package = folder / "python" / "certifi"
    try:
        package.mkdir(parents=True, exist_ok=True)
        path.write_text(certificate, "ascii")
        (package / "__init__.py").write_text(_CERTIFI.format(path=str(path)), "utf-8")
    except OSError as error:
        raise ValueError(f"{error.filename}: {error.strerror}") from None
    return folder


def _folder() -> Path:
    return data_folder() / "trusted"


def _other_paths() -> list[str]:
    """Return what else the variable has that names folders of Python packages."""
    named = os.environ.get(_PYTHON_PATH, "").split(os.pathsep)
    return [path for path in named if path and _folder() not in Path(path).parents]


def _shell(variables: Mapping[str, str | None]) -> str:
    return "\n".join(
        f"unset {name}" if value is None else f"export {name}={shlex.quote(value)}"
        for name, value in variables.items()
    )


def _github(variables: Mapping[str, str | None]) -> str:
    """Return lines for the file that ``$GITHUB_ENV`` names, which can make a variable empty at most."""
    return "\n".join(f"{name}={value or ''}" for name, value in variables.items())


def _dotenv(variables: Mapping[str, str | None]) -> str:
    return "\n".join(f"{name}={shlex.quote(value or '')}" for name, value in variables.items())


def _json(variables: Mapping[str, str | None]) -> str:
    return json.dumps(variables, indent=2)


_FORMATS: Final[Mapping[str, Callable[[Mapping[str, str | None]], str]]] = {
    "sh": _shell,
    "github": _github,
    "dotenv": _dotenv,
    "json": _json,
}
