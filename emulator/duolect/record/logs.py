"""The log: one line for each call, and whatever else is logged, as text or as JSON lines.

What is logged of a call are fields of the log record, so that JSON has them by name: ``request_id``,
``cloud``, ``account``, ``region``, ``action``, ``code``, ``status``, ``microseconds``, ``fault``.
"""

import logging
from typing import Final

from duolect.access.context import RequestContext

_TEXT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_JSON: Final = "%(levelname)s %(name)s %(message)s"
_CALL: Final = (
    "%(request_id)s %(cloud)s %(account)r %(region)s %(action)r %(code)s %(status)d %(microseconds)d us"
)
_COLOURED: Final = "color_message"
"""uvicorn's messages once more, with the codes of a terminal's colours."""
_calls = logging.getLogger("duolect.calls")


def configure(level: str, log_format: str) -> None:
    """Log to standard error from this level on, in one of ``settings.LOG_FORMATS``."""
    handler = logging.StreamHandler()
    if log_format == "json":
        handler.setFormatter(_json_formatter())
    else:
        handler.setFormatter(logging.Formatter(_TEXT))
    logging.basicConfig(level=level.upper(), handlers=[handler])


def json_line(message: str, **fields: str) -> str:
    """Return what is written beside the log, to standard output, as a line like those of the log."""
    record = logging.makeLogRecord(
        {"name": "duolect", "levelname": "INFO", "levelno": logging.INFO, "msg": message, **fields}
    )
    return _json_formatter().format(record) + "\n"


def _json_formatter() -> logging.Formatter:
    from pythonjsonlogger.core import RESERVED_ATTRS  # noqa: PLC0415 - most logs are read by people
    from pythonjsonlogger.json import JsonFormatter  # noqa: PLC0415

    return JsonFormatter(
        _JSON,
        timestamp="at",
        rename_fields={"levelname": "level", "name": "logger"},
        reserved_attrs=[*RESERVED_ATTRS, _COLOURED],
    )


def log_call(context: RequestContext, status: int, microseconds: int) -> None:
    """Log how a call ended; 0 is the status of an answer that was never sent."""
    if not _calls.isEnabledFor(logging.INFO):
        return
    call = context.call if context.session is None else context.session.call
    fields = {
        "request_id": call.request_id,
        "cloud": context.dialect.name,
        "account": context.account,
        "region": call.region,
        "action": call.action[:100],
        "code": "" if context.refusal is None else context.refusal.code,
        "status": status,
        "microseconds": microseconds,
        "fault": context.fault,
    }
    _calls.info(_CALL, {**fields, "code": fields["code"] or "ok"}, extra=fields)
