"""Where settings come from: a flag before an environment variable before the TOML file.

An error is one line that begins with the place of what is wrong.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs

from duolect.access.conditions import InvalidCondition
from duolect.problems import nearest
from duolect.settings.checks import SettingsError, kebab_case
from duolect.settings.settings import (
    CLOUDS,
    PATHS,
    SCALARS,
    CloudSettings,
    ConditionSettings,
    Settings,
    snake_case,
    snake_case_keys,
)

T = TypeVar("T")
_NO_SETTINGS: Final = {"DUOLECT_CONFIG", "DUOLECT_ENDPOINT", "DUOLECT_FLAGS"}
"""Variables that are read elsewhere: here, by the client, and by examples/verify_in_ci.sh."""
_OF_A_SERVICE: Final = (
    r"DUOLECT_(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)"
)
"""What Kubernetes sets: https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables."""
_TRUTHS: Final = {"true": True, "false": False}


def load(flags: Mapping[str, str | None], environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings from flags (None where not given), environment and the file they name.

    A path in the file that is relative begins at the file's folder, wherever the emulator is started.

    A variable that is empty counts as not set, and so does ``DUOLECT_PORT=tcp://...``: Kubernetes sets that
    in the pods beside a service that is called duolect, and it is no port to listen on. Variables
    ``DUOLECT_...`` that name no setting change nothing: ``overlooked`` tells of them.

    Raises:
        SettingsError: something cannot be used.
    """
    file = flags.get("config") or environment.get("DUOLECT_CONFIG")
    values = _from_file(Path(file)) if file else {}
    for field in SCALARS:
        for place, text in (
            (f"DUOLECT_{field.name.upper()}", _given(environment, f"DUOLECT_{field.name.upper()}")),
            (f"--{kebab_case(field.name)}", flags.get(field.name)),
        ):
            if text is not None:
                values[field.name] = _scalar(place, field, _read(field, text))
    return Settings(**values)


def overlooked(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """Yield a sentence for each variable that looks like a setting and is none.

    Kubernetes sets some for a service that is called duolect: those are overlooked without a word.
    """
    settings = [field.name.upper() for field in SCALARS]
    for name in sorted(environment):
        prefix, _, rest = name.partition("_")
        if prefix != "DUOLECT" or rest in settings or name in _NO_SETTINGS:
            continue
        if re.fullmatch(_OF_A_SERVICE, name, re.ASCII):
            continue
        hint = nearest(rest, settings)
        yield f"the variable {name} is no setting and changes nothing: after DUOLECT_ {hint}"


def _given(environment: Mapping[str, str], name: str) -> str | None:
    """Return what an environment says of a setting, if it says anything."""
    text = environment.get(name) or None
    about_a_service = name == "DUOLECT_PORT" and text is not None and text.startswith("tcp://")
    return None if about_a_service else text


def _read(field: "attrs.Attribute[Any]", text: str) -> object:
    """Return a text as the field's type, or as it is where it cannot be one: the check will say so."""
    if field.type is int and text.isascii() and text.isdecimal():
        return int(text)
    if field.type is bool and text in _TRUTHS:
        return _TRUTHS[text]
    return text


def _scalar(place: str, field: "attrs.Attribute[Any]", value: object) -> object:
    """Check one value, so that an error can say where it stands."""
    if field.validator is not None:
        with _at(place):
            field.validator(None, field, value)
    return value


def _from_file(path: Path) -> dict[str, Any]:
    from duolect.settings.toml_lines import parse  # noqa: PLC0415 - most starts read no file

    try:
        tree = parse(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from None
    values: dict[str, Any] = {}
    scalars = {field.name: field for field in SCALARS}
    for key, value in tree.items():
        name = snake_case(key)
        if name in scalars:
            values[name] = _scalar(str(path), scalars[name], value)
            if name in PATHS and value:
                values[name] = str(path.parent / value)
            if name == "store" and str(value).startswith("sqlite:///"):
                prefix, slashes, file = value.partition(":///")
                values[name] = f"{prefix}{slashes}{path.parent / file}"
        elif name in CLOUDS:
            values[name] = _record(f"{path}: {key}", CloudSettings, value)
        elif name == "conditions":
            values[name] = tuple(_entries(f"{path}: {key}", key, ConditionSettings, value))
        elif name == "faults":
            values[name] = _fault_rules(path, key, value)
        else:
            known = ", ".join(kebab_case(field.name) for field in attrs.fields(Settings))
            raise SettingsError(f"{path}: {key} is no setting; there are {known}")
    return values


def _fault_rules(path: Path, key: str, entries: Any) -> tuple[Any, ...]:  # noqa: ANN401 - what TOML holds
    """Return fault rules; a file that one names is beside the file that has the rule."""
    from duolect.faults.files import with_file  # noqa: PLC0415 - most starts have no faults
    from duolect.faults.rules import FaultRule  # noqa: PLC0415

    place = f"{path}: {key}"
    if isinstance(entries, list):
        with _at(place):
            entries = [with_file(each, path.parent) for each in entries]
    return tuple(_entries(place, key, FaultRule, entries))


def _entries(place: str, key: str, model: type[T], entries: Any) -> Iterator[T]:  # noqa: ANN401
    if not isinstance(entries, list):
        raise SettingsError(f"{place} must be a list of tables: [[{key}]]")
    for number, entry in enumerate(entries, 1):
        yield _record(f"{place}, entry {number}", model, entry)


def _record(place: str, model: type[Any], table: Any) -> Any:  # noqa: ANN401 - a model
    """Make one of the settings' records of a TOML table."""
    if not isinstance(table, dict):
        raise SettingsError(f"{place} must be a table")
    fields = attrs.fields_dict(model)
    given = {snake_case(key): snake_case_keys(snake_case(key), value) for key, value in table.items()}
    for name in given:
        if name not in fields:
            raise SettingsError(
                f"{place}: no {kebab_case(name)}; there are {', '.join(map(kebab_case, fields))}"
            )
    for name, field in fields.items():
        if field.default is attrs.NOTHING and name not in given:
            raise SettingsError(f"{place}: {kebab_case(name)} is missing")
    with _at(place):
        return model(**given)


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Put the place before the message of what is raised within: a setting or a rule that is invalid."""
    try:
        yield
    except (SettingsError, InvalidCondition) as error:
        raise SettingsError(f"{place}: {error}") from None
