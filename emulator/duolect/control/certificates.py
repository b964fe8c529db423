"""The certificate authority, which clients that use TLS have to trust."""

from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from duolect.access.certificates import NoTls
from duolect.calls.pipeline import Pipeline
from duolect.control.routes import ControlRequest, Route
from duolect.problems import Problem

_PEM: Final = "application/x-pem-file"


async def show_authority(pipeline: Pipeline, _: ControlRequest) -> Response:
    """Show the certificate that clients have to trust to use https, as PEM.

    It is the same for all names, and, unless its folder cannot be written, for all runs.
    """
    try:
        return Response(pipeline.authority.certificate, media_type=_PEM)
    except NoTls as reason:
        raise Problem(HTTPStatus.NOT_FOUND, f"TLS cannot be had: {reason}.") from None


ROUTES: Final = (
    Route(
        method="GET",
        path="/_duolect/ca",
        run=show_authority,
        reply=str,
        media=_PEM,
        is_open=True,
        refuses={HTTPStatus.NOT_FOUND: "TLS cannot be had"},
    ),
)
