"""By what clients know the emulator over TLS: a certificate authority, and a certificate for each name.

Nothing is made, read or imported before a client wants TLS or the authority's certificate. The authority is
kept in a folder, so that whoever trusted it once need not do so again; the certificates are made by it when
a name is first asked for, and held in memory.
"""

import logging
import os
import ssl
import sys
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from duolect.access.signed_certificates import Authority

_log = logging.getLogger("duolect")

CERTIFICATE_FILE: Final = "ca.pem"
"""What clients trust."""
AUTHORITY_FILE: Final = "ca-with-key.pem"
"""The same with the key: both in one file, so that two emulators that begin at once agree on them."""
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
"""By what clients of the same machine call the emulator; who calls an address cannot say which."""
_MOST_NAMES: Final = 256
"""How many certificates are held: clients choose the names."""


class NoTls(Exception):
    """TLS cannot be spoken; ``str`` says why."""


class CertificateAuthority:
    """The authority that a client has to trust, and the TLS contexts that it vouches for."""

    def __init__(self, folder: str = "", *, off: bool = False) -> None:
        """Take the folder in which the authority is kept; without one it is the user's own for data.

        Where the user's own cannot be written, the authority lives as long as the process. One that is
        ``off`` vouches for nobody.
        """
        self._off = off
        self._named = bool(folder)
        self._folder = Path(folder) if folder else data_folder()
        self.context = lru_cache(_MOST_NAMES)(self._context)
        """Return the TLS context in which the server is ``name``, a host name or an address."""

    def prepare(self) -> None:
        """Make sure that a folder that was named holds an authority, for those who share it.

        Raises:
            NoTls: it cannot.
        """
        if not self._named or self._off:
            return
        try:
            there = all((self._folder / name).exists() for name in (AUTHORITY_FILE, CERTIFICATE_FILE))
        except OSError as error:
            raise NoTls(f"{self._folder}: {error.strerror}") from None
        if not there:
            self._authority  # noqa: B018 - reading it is what makes it

    @property
    def certificate(self) -> str:
        """The authority's certificate, as PEM.

        Raises:
            NoTls: there can be none.
        """
        return self._authority.certificate_pem.decode("ascii")

    @cached_property
    def _authority(self) -> "Authority":
        if self._off:
            raise NoTls("it is switched off (--tls off)")
        try:
            from duolect.access.signed_certificates import Authority  # noqa: PLC0415 - TLS is optional
        except ModuleNotFoundError as missing:
            raise NoTls(f"{missing.name} is not installed: pip install 'duolect[tls]'") from None
        path = self._folder / AUTHORITY_FILE
        try:
            kept = self._kept(lambda: Authority.new().pem)
        except OSError as error:
            reason = f"{path}: {error.strerror}"
            if self._named:
                raise NoTls(reason) from None
            _log.warning("the certificate authority lives until the emulator is stopped: %s", reason)
            return Authority.new()
        try:
            return Authority.parsed(kept)
        except ValueError:
            raise NoTls(f"{path} holds no certificate and key of an authority") from None

    def _kept(self, new: Callable[[], bytes]) -> bytes:
        """Return what the folder keeps, which is what ``new`` makes where there was nothing.

        Raises:
            OSError: the folder cannot be read or written.
        """
        path = self._folder / AUTHORITY_FILE
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=self._folder, ignore_cleanup_errors=True) as scratch:
                file = Path(scratch, "new")
                file.touch(0o600)
                file.write_bytes(new())
                try:
                    path.hardlink_to(file)
                except FileExistsError:
                    pass  # another emulator was faster
                except OSError:  # a file system without links
                    file.replace(path)
        kept = path.read_bytes()
        shown = self._folder / CERTIFICATE_FILE
        certificate = kept[kept.find(b"-----BEGIN CERTIFICATE-----") :]
        if not shown.exists() or shown.read_bytes() != certificate:
            with TemporaryDirectory(dir=self._folder, ignore_cleanup_errors=True) as scratch:
                file = Path(scratch, "new")
                file.write_bytes(certificate)
                file.chmod(0o644)
                file.replace(shown)
        return kept

    def _context(self, name: str) -> ssl.SSLContext:
        """Make a context.

        Raises:
            NoTls: there can be none, or ``name`` is none.
        """
        from duolect.access.hosts import is_address, is_name  # noqa: PLC0415 - most clients speak plain HTTP

        name = name.rstrip(".").lower()
        if not (is_name(name) or is_address(name)):
            raise NoTls(f"{name[:100]!r} is no name of a host")
        names = (name, *LOOPBACK) if is_address(name) else (name,)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        _load(context, self._authority.sign(names))
        context.sni_callback = self._switch
        return context

    def _switch(self, tls: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> int | None:
        """Go on in the context of the name that the client asks for."""
        if not name:
            return None
        try:
            tls.context = self.context(name)
        except NoTls:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        return None


def data_folder() -> Path:
    """Return where the user's own data is, as the XDG Base Directory Specification has it."""
    named = os.environ.get("XDG_DATA_HOME", "")
    if named.startswith("/"):
        return Path(named, "duolect")
    try:
        return Path.home() / ".local" / "share" / "duolect"
    except RuntimeError:  # a user without a home, as in a container: nothing can be kept
        return Path(os.devnull, "duolect")


def _load(context: ssl.SSLContext, pem: bytes) -> None:
    """Give a context its key and certificate, which OpenSSL reads from files only."""
    if sys.platform == "linux":  # no folder need be writable
        with os.fdopen(os.memfd_create("certificate"), "wb") as file:
            file.write(pem)
            file.flush()
            context.load_cert_chain(f"/proc/self/fd/{file.fileno()}")
    else:
        with TemporaryDirectory() as scratch:
            path = Path(scratch, "pem")
            path.write_bytes(pem)
            context.load_cert_chain(path)
