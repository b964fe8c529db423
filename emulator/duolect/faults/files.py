"""Files with the bodies of raw answers: whoever writes a rule reads them, so that the server opens none."""

from base64 import b64encode
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from duolect.faults.raw import InvalidAnswer


def with_file(rule: Any, folder: Path) -> Any:  # noqa: ANN401 - what a settings file or a program says
    """Return a rule whose raw answer has the content of the ``file`` that it names, with its type.

    Raises:
        InvalidAnswer: the file cannot be read, or the answer has another body too.
    """
    raw = rule.get("raw") if isinstance(rule, Mapping) else None
    if not isinstance(raw, Mapping) or "file" not in raw:
        return rule
    others = {name: value for name, value in raw.items() if name != "file"}
    for name in ("body", "json", "template", "base64"):
        if name in others:
            raise InvalidAnswer(f"raw.file and raw.{name} cannot go together")
    file = folder / str(raw["file"])
    try:
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InvalidAnswer(f"raw.file: {file}: {reason}") from None
    headers = dict(others.pop("headers", {}))
    kind = guess_type(file.name)[0]
    if kind is not None and "content-type" not in {name.lower() for name in headers}:
        headers["content-type"] = kind
    return {**rule, "raw": {**others, "headers": headers, "base64": b64encode(content).decode()}}
