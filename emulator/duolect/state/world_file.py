"""World files: TOML that says what accounts have before their first call.

A file is a list of worlds for each cloud, and the access keys that are known::

    [[alibaba]]
    account = "me"
    region = "cn-hangzhou"

    [[alibaba.networks]]
    id = "vpc-main"
    CidrBlock = "10.0.0.0/8"

What a network, a subnet, an instance may have are the parameters of the vendor's own create action.
Every error names the file and the line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from duolect.access.authentication import Key
from duolect.settings.checks import SettingsError
from duolect.settings.settings import CloudSettings, snake_case, snake_case_keys
from duolect.settings.toml_lines import Lines
from duolect.settings.toml_lines import parse as parse_toml
from duolect.state.worlds import ANY_ACCOUNT, KeyPath, Step, World, WorldError
from duolect_core.model.rules import ResourceKind
from duolect_dialects.call import Refusal
from duolect_dialects.dialect import Dialect, Seed, Settings

_KEYS: Final = "keys"
_TABLES: Final = ("quotas", "instance-types", "not-sold", "images", "resource-groups")
"""The tables of a cloud's settings that a world may have too."""
_OWN: Final = ("account", "region", *_TABLES)
"""What a world has beside what it is made of."""
_AGE: Final = "age-seconds"
"""Of interfaces, and of instances for their primary ones: how long ago they were created."""
_ATTACHED: Final = "transit-networks"
"""Of networks: the transit networks (CEN) that they are attached to."""
_OLDEST: Final = 10 * 365 * 24 * 3600


@attrs.frozen
class WorldFile:
    """What a file says: worlds, and access keys by id."""

    path: Path
    lines: Lines
    worlds: Sequence[World] = ()
    keys: Mapping[str, Key] = attrs.field(factory=dict)

    def error(self, error: WorldError) -> SettingsError:
        """Return an error in a world as one that names the file and the line."""
        return SettingsError(f"{self.path}:{self.lines.of(error.key_path)}: {error}")


def read(path: Path, dialects: Sequence[Dialect]) -> WorldFile:
    """Read a world file.

    Raises:
        SettingsError: it cannot be read, or says something that cannot be.
    """
    try:
        text = path.read_text("utf-8")
        tree = parse_toml(text)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from None
    file = WorldFile(path, Lines(text))
    try:
        worlds, keys = parse(tree, dialects)
    except WorldError as error:
        raise file.error(error) from None
    return attrs.evolve(file, worlds=worlds, keys=keys)


def parse(
    tree: Mapping[str, Any], dialects: Sequence[Dialect]
) -> tuple[Sequence[World], Mapping[str, Key]]:
    """Return the worlds and the access keys of a tree as a world file holds it.

    Raises:
        WorldError: it says something that cannot be.
    """
    by_name = {dialect.name: dialect for dialect in dialects}
    _check_names((), tree, (_KEYS, *by_name))
    keys: dict[str, Key] = {}
    for key_path, table in _tables((_KEYS,), tree.get(_KEYS, [])):
        name, key = _key(key_path, table)
        if name in keys:
            raise WorldError((*key_path, "id"), f"the key {name} is there already")
        keys[name] = key
    worlds = [
        _world(key_path, table, by_name[name])
        for name in by_name
        for key_path, table in _tables((name,), tree.get(name, []))
    ]
    return worlds, keys


def _key(key_path: KeyPath, table: Mapping[str, Any]) -> tuple[str, Key]:
    _check_names(key_path, table, ("id", "secret", "token", "expires", "account", "sub-user"))
    secret = _text(key_path, table, "secret")
    key = Key(
        secret=secret,
        token=_text(key_path, table, "token", ""),
        expires=_typed(key_path, table, "expires", int, None),
        account=_text(key_path, table, "account", ""),
        sub_user=_typed(key_path, table, "sub-user", bool, default=False),
    )
    return _text(key_path, table, "id"), key


def _world(key_path: KeyPath, table: Mapping[str, Any], dialect: Dialect) -> World:
    seeds = dialect.seeds
    _check_names(key_path, table, (*_OWN, *seeds))
    region = _text(key_path, table, "region", dialect.default_region)
    try:
        prefixes = dialect.rules(region, Settings()).id_prefixes
    except Refusal as refusal:
        raise WorldError((*key_path, "region"), str(refusal.message)) from None
    return World(
        cloud=dialect.name,
        account=_text(key_path, table, "account", ANY_ACCOUNT),
        region=region,
        steps=[
            _step(entry_path, entry, seed, prefixes, dialect.id_tail)
            for name, seed in seeds.items()
            for entry_path, entry in _tables((*key_path, name), table.get(name, []))
        ],
        settings=_settings(key_path, table),
        key_path=key_path,
        told=table,
    )


def _settings(key_path: KeyPath, table: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Return the tables of a world, checked as those of the settings are."""
    given: dict[str, Any] = {}
    for name in _TABLES:
        try:
            given[snake_case(name)] = snake_case_keys(snake_case(name), table.get(name, {}))
            CloudSettings(**given)
        except SettingsError as error:
            raise WorldError((*key_path, name), str(error)) from None
    return {name: found for name, found in CloudSettings(**given).tables.items() if found}


def _step(
    key_path: KeyPath,
    entry: Mapping[str, Any],
    seed: Seed,
    prefixes: Mapping[ResourceKind, str],
    id_tail: str,
) -> Step:
    ids = {}
    for name, kind in seed.ids.items():
        if name in entry:
            chosen = ids[kind] = _text(key_path, entry, name)
            prefix = prefixes[kind].partition("-")[0] + "-"
            if not (chosen.startswith(prefix) and re.fullmatch(id_tail, chosen[len(prefix) :], re.ASCII)):
                reason = f"{name} must be {prefix} and {id_tail}, not {chosen[:100]!r}"
                raise WorldError((*key_path, name), reason)
    age = _age(key_path, entry) if ResourceKind.INTERFACE in seed.ids.values() else 0
    own = {*seed.ids, _AGE} if ResourceKind.INTERFACE in seed.ids.values() else {*seed.ids}
    attached = _attached(key_path, entry) if seed.attachable else ()
    own |= {_ATTACHED} if seed.attachable else set()
    parameters = {name: value for name, value in entry.items() if name not in own}
    return Step(key_path, seed.version, seed.action, parameters, ids, age, attached)


def _attached(key_path: KeyPath, entry: Mapping[str, Any]) -> Sequence[tuple[str, int]]:
    """Return the transit networks of an entry, each with the account that owns it, 0 for the own one."""
    found: dict[str, int] = {}
    for path, each in _tables((*key_path, _ATTACHED), entry.get(_ATTACHED, [])):
        _check_names(path, each, ("id", "owner"))
        transit_id, owner = _text(path, each, "id"), _typed(path, each, "owner", int, 0)
        if owner < 0 or transit_id in found:
            raise WorldError(path, f"the owner of {transit_id} is below 0, or it is named twice")
        found[transit_id] = owner
    return tuple(found.items())


def _age(key_path: KeyPath, entry: Mapping[str, Any]) -> int:
    """Return how many seconds old the interfaces of an entry are."""
    age: int = _typed(key_path, entry, _AGE, int, 0)
    if not 0 <= age <= _OLDEST:
        raise WorldError((*key_path, _AGE), f"{_AGE} must be from 0 to {_OLDEST}")
    return age


def _tables(key_path: KeyPath, entries: Any) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:  # noqa: ANN401
    """Iterate over the tables of a list, each with its path."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise WorldError(key_path, f"{key_path[-1]} must be a list of tables: [[{_dotted(key_path)}]]")
    for number, entry in enumerate(entries):
        yield (*key_path, number), entry


def _dotted(key_path: KeyPath) -> str:
    return ".".join(part for part in key_path if isinstance(part, str))


def _check_names(key_path: KeyPath, table: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in table:
        if name not in names:
            raise WorldError((*key_path, name), f"there is no {name}; there may be {', '.join(names)}")


def _text(key_path: KeyPath, table: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = _typed(key_path, table, name, str, default)
    if value is None:
        raise WorldError(key_path, f"{name} is missing")
    return str(value)


def _typed(key_path: KeyPath, table: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:  # noqa: ANN401
    value = table.get(name, default)
    if name in table and (type(value) is not kind or value == ""):
        wanted = {str: "a text", int: "a whole number", bool: "true or false"}[kind]
        raise WorldError((*key_path, name), f"{name} must be {wanted}, not {str(value)[:100]!r}")
    return value
