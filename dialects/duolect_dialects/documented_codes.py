"""The error codes that a vendor documents: for each action, with their source, beside the action's subject.

A subject's ``codes.json`` has an entry for each of its actions; where another one of the subject has the
same name, the version stands before it::

    "CreateVpc": {
      "source": "where the vendor lists them",
      "codes": {"InvalidCidrBlock.Malformed": 400},
      "beyond": {"QuotaExceed.Tags": {"status": 400, "reason": "why the action gives it all the same"}},
      "seen": {"source": "who met it", "codes": {"TaskConflict": 400}}
    }

``codes`` may be a list where all go out with the status 200. A vendor's list is never complete: ``beyond``
has what the action answers with although the list lacks it, and ``seen`` what the real cloud was seen to
answer or known programs retry on, which the action never answers by itself. (Where no recorded answer shows
the status of such a code, it is assumed to be 400 on Alibaba Cloud.) ``wire/common_codes.json`` has an
entry ``*`` for all actions, and one for each product whose actions share more than that.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from duolect_dialects.action import Action
from duolect_dialects.registry import Registry

EVERY_ACTION: Final = "*"
_OK: Final = 200


class DocumentedCodes:
    """The codes of a dialect's actions, each file read when it is first asked for."""

    def __init__(self, package: str, registry: Registry) -> None:
        """Take the dialect's package, and where its actions are declared."""
        self._package = package
        self._registry = registry
        self._files: dict[str, Mapping[str, Any]] = {}

    def of(self, action: Action) -> Mapping[str, int]:
        """Return the codes that the vendor lists for an action, with their HTTP status."""
        return _codes(self._entry(action))

    def beyond(self, action: Action) -> Mapping[str, int]:
        """Return the codes that an action answers with although the vendor's list lacks them."""
        entries = (self._entry(action), self._common(EVERY_ACTION), self._common(action.product))
        return {
            code: told.get("status", _OK)
            for entry in entries
            for code, told in entry.get("beyond", {}).items()
        }

    def seen(self, action: Action) -> Mapping[str, int]:
        """Return the codes that the cloud was seen to answer an action with, or that programs retry on."""
        entries = (self._common(EVERY_ACTION), self._common(action.product), self._entry(action))
        return {code: status for entry in entries for code, status in _codes(entry.get("seen", {})).items()}

    @property
    def common(self) -> Mapping[str, int]:
        """The codes that any action can be refused with, with their HTTP status."""
        return _codes(self._common(EVERY_ACTION))

    def _entry(self, action: Action) -> Mapping[str, Any]:
        subject = self._registry.subject_of(action.version, action.name)
        file = self._file(f"{subject}/codes.json")
        entry: Mapping[str, Any] = file.get(f"{action.version} {action.name}", file.get(action.name, {}))
        return entry

    def _common(self, name: str) -> Mapping[str, Any]:
        entry: Mapping[str, Any] = self._file("wire/common_codes.json").get(name, {})
        return entry

    def _file(self, path: str) -> Mapping[str, Any]:
        if path not in self._files:
            from importlib.resources import files  # noqa: PLC0415 - the first refusal needs it

            self._files[path] = json.loads(files(self._package).joinpath(path).read_text("utf-8"))
        return self._files[path]


def _codes(entry: Mapping[str, Any]) -> Mapping[str, int]:
    codes = entry.get("codes", {})
    return codes if isinstance(codes, dict) else dict.fromkeys(codes, _OK)
