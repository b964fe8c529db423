"""Fault rules for the weather that real clouds have, ready to be added by name.

Each is a file beside this module, in the form of the settings: a comment that says what it is like, and
rules. So ``duolect serve --config`` takes one too, and ``examples/faults`` shows them.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import attrs

from duolect.access.conditions import InvalidCondition
from duolect.faults.rules import FaultRule, ResourceFilter, validate_rule
from duolect.members import Cloud, member
from duolect.problems import nearest
from duolect_dialects.dialect import Dialect

_FOLDER: Final = "preset_rules"
_SUFFIX: Final = ".toml"


class NoPreset(InvalidCondition):
    """There is no preset of a name; ``str`` says which there are."""


@attrs.frozen
class Preset:
    """Rules under one name."""

    name: str
    about: str
    rules: Sequence[Mapping[str, Any]]


@attrs.frozen(kw_only=True)
class PresetWanted:
    """For which calls the rules of a preset are, where not for all."""

    cloud: Cloud | None = member("only its rules for this cloud", default=None)
    access_key: str | None = member("for this access key, this account, or sub-users", default=None)
    resource: ResourceFilter | None = member("the resource that a call must name", default=None)
    skip: int | None = member("how many calls each rule lets pass first", default=None)
    times: int | None = member("how many calls each rule strikes at most", default=None)


@cache
def presets() -> Mapping[str, Preset]:
    """Return all presets by name."""
    found = [each for each in files(__package__).joinpath(_FOLDER).iterdir() if each.name.endswith(_SUFFIX)]
    read = {each.name.removesuffix(_SUFFIX): each.read_text("utf-8") for each in found}
    return {
        name: Preset(
            name,
            text.partition("\n")[0].removeprefix("# "),
            tuple(map(_rule, tomllib.loads(text)["faults"])),
        )
        for name, text in sorted(read.items())
    }


def _rule(table: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key.replace("-", "_"): value for key, value in table.items()}


def rules_of(name: str, wanted: PresetWanted, dialects: Sequence[Dialect]) -> list[FaultRule]:
    """Return the rules of a preset, for the calls that are wanted.

    Raises:
        NoPreset: there is none of this name.
        InvalidCondition: what is wanted cannot be.
    """
    if name not in presets():
        raise NoPreset(f"there is no preset {name[:100]}; {nearest(name, list(presets()))}")
    given = attrs.asdict(wanted, recurse=False, filter=lambda _, value: value is not None)
    cloud = given.pop("cloud", None)
    rules = [
        FaultRule(**{**rule, **given}) for rule in presets()[name].rules if cloud in {None, rule["cloud"]}
    ]
    for rule in rules:
        validate_rule(rule, dialects)
    return rules
