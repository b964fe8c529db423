"""How a client gets to the emulator: by http, by https, or by its proxy.

By http and by https a client is told the endpoint. By proxy it is told nothing: it calls the clouds' own
hosts, and the environment alone leads it here. What a client has to find in its environment differs, so
each ``client.toml`` says it; in the values

``{proxy}``, ``{host}``, ``{port}``
    are where the emulator is,
``{ca}``, ``{truststore}``
    are files with the certificate of its authority, the second one as Java wants it,
``{certifi}``
    is a folder for PYTHONPATH with a package ``certifi`` that names the same certificate.
"""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs
from tests.contract.clients.languages import Program
from tests.contract.server import Server

REACHES: Final = ("http", "https", "proxy")
_PASSWORD: Final = "changeit"
"""What every Java installation has: a truststore holds no secret."""
_CERTIFI: Final = '''"""The certificates that are trusted: one."""


def where():
    return {ca!r}


def contents():
    with open(where(), encoding="ascii") as file:
        return file.read()
'''


def reaches(program: Program) -> list[str]:
    """Return the ways in which a program can be run."""
    told = {"http": {}, "https": program.https, "proxy": program.proxy}
    return [reach for reach in REACHES if told[reach] is not None]


@attrs.frozen
class Place:
    """Where the emulator is, and the files by which it is trusted."""

    server: Server
    folder: Path

    def prepare(self) -> None:
        """Make what the clients of some languages need besides the certificate."""
        package = self.folder / "certifi_front" / "certifi"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(_CERTIFI.format(ca=str(self._certificate)))
        keytool = shutil.which("keytool")
        if keytool:
            trusted = ["-alias", "duolect", "-file", str(self._certificate)]
            store = ["-keystore", str(self._truststore), "-storepass", _PASSWORD]
            command = [keytool, "-importcert", "-noprompt", *trusted, *store]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own certificate

    def variables(self, program: Program, reach: str) -> dict[str, str]:
        """Return what a program finds in its environment to get to the emulator."""
        told = {"http": {}, "https": program.https, "proxy": program.proxy}[reach] or {}
        named = {} if reach == "proxy" else {"DUOLECT_ENDPOINT": self.server.address}
        scheme = "http" if reach == "http" else "https"
        return {"DUOLECT_SCHEME": scheme, **named, **self._filled(told)}

    def _filled(self, variables: Mapping[str, str]) -> dict[str, str]:
        places = {
            "ca": self._certificate,
            "certifi": self.folder / "certifi_front",
            "host": "127.0.0.1",
            "port": self.server.port,
            "proxy": self.server.url,
            "truststore": self._truststore,
        }
        return {name: value.format(**places) for name, value in variables.items()}

    @property
    def _certificate(self) -> Path:
        return self.folder / "ca.pem"

    @property
    def _truststore(self) -> Path:
        return self.folder / "truststore.p12"
