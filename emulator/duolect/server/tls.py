"""TLS on a connection that is open already: a transport upon a transport.

The HTTP protocol stays the protocol of the connection. It hands what arrives to ``TlsTransport.read``,
which gives back what the client has said, and writes to ``TlsTransport.write``. There is no task and no
callback between the two, so that nothing can come in another order than without TLS.
"""

import asyncio
import logging
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

_log = logging.getLogger("duolect")

_RECORD: Final = 2**18
"""As much as is read at once: records are smaller."""
_MISTRUST: Final = {
    "TLSV1_ALERT_UNKNOWN_CA",
    "SSLV3_ALERT_BAD_CERTIFICATE",
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
    "TLSV1_ALERT_CERTIFICATE_UNKNOWN",
}
"""What clients say of a certificate whose authority they do not know."""


class TlsTransport(asyncio.Transport):
    """The server's side of TLS, upon the transport of a connection."""

    def __init__(self, below: asyncio.Transport, context: ssl.SSLContext) -> None:
        """Take the transport below; the client speaks first."""
        super().__init__()
        self._below = below
        self._in = ssl.MemoryBIO()
        self._out = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._in, self._out, server_side=True)
        self._open = False

    def read(self, data: bytes) -> Iterator[bytes]:
        """Take what has arrived and yield what the client has said by it; the connection may end here."""
        self._in.write(data)
        try:
            if not self._open:
                with _overlooked_names():
                    self._tls.do_handshake()
                self._open = True
            while said := self._tls.read(_RECORD):
                yield said
                if self._below.is_closing():
                    return
        except ssl.SSLWantReadError:
            self._flush()
        except ssl.SSLError as error:
            self._flush()
            self._fail(error)
        else:
            self.close()  # the client has said that it will say no more

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send data."""
        if data and not self._below.is_closing():
            self._tls.write(data)
            self._flush()

    def close(self) -> None:
        """Say goodbye and close, once all is sent; the client's own goodbye is not waited for."""
        if self._open and not self._below.is_closing():
            with suppress(ssl.SSLError):  # that the client has not said it yet
                self._tls.unwrap()
            self._flush()
        self._below.close()

    def _flush(self) -> None:
        if self._out.pending and not self._below.is_closing():
            self._below.write(self._out.read())

    def _fail(self, error: ssl.SSLError) -> None:
        """Log why TLS failed, and close."""
        peer = self._below.get_extra_info("peername")
        if error.reason in _MISTRUST:
            _log.warning(
                "%s does not trust the emulator's certificate: give it the authority's, which `duolect ca` "
                "prints",
                peer,
            )
        else:
            _log.warning("TLS with %s failed: %s", peer, error.reason)
        self._below.close()

    # -- as the transport below has it ---------------------------------------------------------------

    def abort(self) -> None:
        """Close at once."""
        self._below.abort()

    def is_closing(self) -> bool:
        """Return whether the connection is closing or closed."""
        return self._below.is_closing()

    def can_write_eof(self) -> bool:
        """Return whether the sending side can be shut alone."""
        return False

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - asyncio's
        """Return what is known of the connection."""
        return self._tls if name == "ssl_object" else self._below.get_extra_info(name, default)

    def is_reading(self) -> bool:
        """Return whether data are taken in."""
        return self._below.is_reading()

    def pause_reading(self) -> None:
        """Take no more data in; what has arrived already is still given."""
        self._below.pause_reading()

    def resume_reading(self) -> None:
        """Take data in again."""
        self._below.resume_reading()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set when the protocol is asked to pause."""
        self._below.set_write_buffer_limits(high, low)

    def get_write_buffer_size(self) -> int:
        """Return how many bytes are still to be sent."""
        return self._below.get_write_buffer_size()


@contextmanager
def _overlooked_names() -> Iterator[None]:
    """Overlook a name that is not ASCII: Python refuses the client, and then writes a traceback."""
    hook = sys.unraisablehook

    def overlook(raised: "sys.UnraisableHookArgs") -> None:
        if not isinstance(raised.exc_value, UnicodeDecodeError):
            hook(raised)

    sys.unraisablehook = overlook
    try:
        yield
    finally:
        sys.unraisablehook = hook
