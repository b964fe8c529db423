"""Every setting, from a flag, an environment variable or a TOML file, in that order of strength.

``Settings`` lists them all. A setting ``max_body`` is the flag ``--max-body``, the variable
``DUOLECT_MAX_BODY`` and the TOML key ``max-body``.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError

from duolect.pipeline import Condition
from duolect_core.rules import PRESETS, Durations, InstanceType
from duolect_dialects import dialect as dialects


class SettingsError(Exception):
    """A setting cannot be used; ``str`` says which and why."""


@attrs.frozen
class CloudSettings:
    """What can be set about one cloud; only TOML reaches it."""

    vendor_quotas: bool = False
    attach_needs_group: bool = False
    quotas: dict[str, int] = attrs.field(factory=dict)
    durations: dict[str, int] = attrs.field(factory=dict)
    """Milliseconds, by the names of the core's ``Durations``."""
    instance_types: dict[str, dict[str, Any]] = attrs.field(factory=dict)


@attrs.frozen
class ConditionSettings:
    """A standing refusal; see ``pipeline.Condition``."""

    cloud: str
    code: str
    access_key: str = "*"
    action: str = "*"


@attrs.frozen(kw_only=True)
class Settings:
    """All settings with their defaults."""

    host: str = attrs.field(default="127.0.0.1", metadata={"help": "address to listen on"})
    port: int = attrs.field(default=4780, metadata={"help": "port to listen on; 0 picks a free one"})
    timing: str = attrs.field(
        default="fast",
        metadata={"help": "how long changes take: instant, fast (0.2 s), realistic (1 to 3 s)"},
    )
    seed: int = attrs.field(default=1, metadata={"help": "seed of ids, MACs and automatic addresses"})
    max_body: int = attrs.field(default=10 * 2**20, metadata={"help": "largest request body in bytes"})
    log_level: str = attrs.field(
        default="warning", metadata={"help": "debug, info, warning, error or critical"}
    )
    alibaba: CloudSettings = CloudSettings()
    tencent: CloudSettings = CloudSettings()
    conditions: list[ConditionSettings] = attrs.field(factory=list)

    def of_cloud(self, name: str) -> dialects.Settings:
        """Return what a dialect needs to know.

        Raises:
            SettingsError: a name or value is not known.

        """
        cloud: CloudSettings = getattr(self, name)
        try:
            return dialects.Settings(
                durations=attrs.evolve(
                    _preset(self.timing), **{key: value * 1000 for key, value in cloud.durations.items()}
                ),
                vendor_quotas=cloud.vendor_quotas,
                attach_needs_group=cloud.attach_needs_group,
                quotas=cloud.quotas,
                instance_types={
                    type_name: InstanceType(
                        **{"name": type_name, "family": type_name.rpartition(".")[0], **limits}
                    )
                    for type_name, limits in cloud.instance_types.items()
                },
            )
        except TypeError as error:
            raise SettingsError(f"{name}: {error}") from None

    def standing_conditions(self) -> list[Condition]:
        """Return the conditions as the pipeline takes them."""
        return [Condition(each.cloud, each.access_key, each.action, each.code) for each in self.conditions]


SCALARS = tuple(field for field in attrs.fields(Settings) if field.metadata.get("help"))
"""The settings that flags and environment variables reach."""


def _preset(name: str) -> Durations:
    try:
        return PRESETS[name]
    except KeyError:
        raise SettingsError(f"timing: {name} is none of {', '.join(PRESETS)}") from None


def load(flags: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings from flags (None where not given), environment and the file they name.

    Raises:
        SettingsError: something cannot be used.

    """
    file = flags.get("config") or environment.get("DUOLECT_CONFIG")
    values = _read(Path(file)) if file else {}
    for field in SCALARS:
        variable = f"DUOLECT_{field.name.upper()}"
        if variable in environment:
            values[field.name] = environment[variable]
        if flags.get(field.name) is not None:
            values[field.name] = flags[field.name]
    try:
        settings = Converter(forbid_extra_keys=True).structure(values, Settings)
    except BaseValidationError as error:
        raise SettingsError("; ".join(transform_error(error, path="settings"))) from None
    _preset(settings.timing)
    for name in ("alibaba", "tencent"):
        settings.of_cloud(name)
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from None
    snaked: dict[str, Any] = _snake(tree)
    return snaked


def _snake(tree: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Spell the keys of tables as Python does; names of instance types stay as they are."""
    if isinstance(tree, list):
        return [_snake(entry) for entry in tree]
    if not isinstance(tree, dict):
        return tree
    return {(key if "." in key else key.replace("-", "_")): _snake(value) for key, value in tree.items()}
