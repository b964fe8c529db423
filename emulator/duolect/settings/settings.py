"""Every setting: what there is, its default, and what it may be.

A setting ``max_body`` is the flag ``--max-body``, the variable ``DUOLECT_MAX_BODY`` and the TOML key
``max-body``; ``duolect.settings.sources`` reads them. What is made wrongly raises ``SettingsError``.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from duolect.access.authentication import Mode
from duolect.access.conditions import ANY, Condition
from duolect.settings import checks, durations
from duolect.settings.checks import SettingsError, kebab_case
from duolect_core.by_fields import Value
from duolect_core.model.durations import PRESETS, Durations
from duolect_core.model.quotas import Quotas
from duolect_core.model.resources import SECOND
from duolect_core.model.rules import InstanceType
from duolect_dialects import dialect as dialects

if TYPE_CHECKING:  # most starts have no fault rules, and do not load what they are made of
    from duolect.faults.rules import FaultRule

LOG_LEVELS: Final = ("debug", "info", "warning", "error", "critical")
LOG_FORMATS: Final = ("text", "json")
CLOUDS: Final = ("alibaba", "tencent")
UNKNOWN_PARAMETERS: Final = ("cloud", "refuse", "note", "ignore")
MEMORY: Final = "memory"
"""The store that lasts as long as the process."""
POSTGRES: Final = ("postgresql://", "postgres://")
"""What the URL of a store in PostgreSQL begins with."""
_MAX_PORT: Final = 65_535
_REALISTIC: Final = "realistic"


_OF_NAMES: Final = frozenset({"instance_types", "not_sold", "images", "resource_groups"})
"""The tables whose keys are names that a user chooses or knows from the cloud."""

_RAW: Final = "raw"
"""An answer of the user's own, in a fault rule."""


def snake_case(name: str) -> str:
    """Return a name as Python writes it."""
    return name.replace("-", "_")


def snake_case_keys(name: str, tree: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Return a setting with the keys of its tables as Python writes them, but for names of things."""
    if not isinstance(tree, dict):
        return tree
    if name == _RAW:  # its headers and its JSON are the user's own
        return {snake_case(key): value for key, value in tree.items()}
    stay = name in _OF_NAMES
    return {key if stay else snake_case(key): snake_case_keys("", value) for key, value in tree.items()}


_SWITCH = checks.must(lambda value: isinstance(value, bool), "true or false")
_TEXT = checks.must(lambda value: isinstance(value, str) and bool(value), "a text")
_PATH = checks.must(
    lambda value: isinstance(value, str) and "\0" not in value, "the path of a file or a folder"
)


def _numbers_of(model: type[Any]) -> Any:  # noqa: ANN401 - an attrs validator
    """Accept a table of numbers by the names of the fields of ``model``."""

    def check(_: object, field: "attrs.Attribute[Any]", table: Any) -> None:  # noqa: ANN401
        _check_table(kebab_case(field.name), table, {each.name: (int,) for each in attrs.fields(model)})

    return check


def _durations(_: object, field: "attrs.Attribute[Any]", table: Any) -> None:  # noqa: ANN401
    """Accept a table of durations by the names of the core's ``Durations``."""
    known = [each.name for each in attrs.fields(Durations)]
    for name, value in _table(field.name, table).items():
        if name not in known:
            raise SettingsError(
                f"durations has no {kebab_case(name)}; it may have {', '.join(map(kebab_case, known))}"
            )
        try:
            durations.parse(value)
        except durations.DurationError as error:
            raise SettingsError(f"durations.{kebab_case(name)}: {error}") from None


def _instance_types(_: object, field: "attrs.Attribute[Any]", table: Any) -> None:  # noqa: ANN401
    """Accept a table of instance types, each with all that has no default."""
    kinds = {each.name: (each.type, int) for each in attrs.fields(InstanceType)}
    needed = {each.name for each in attrs.fields(InstanceType) if each.default is attrs.NOTHING}
    for name, limits in _table(kebab_case(field.name), table).items():
        path = f"{kebab_case(field.name)}.{name}"
        if "." not in name:
            raise SettingsError(f'{path} must be a name with a dot, in quotes: "ecs.mine.large"')
        _check_table(path, limits, kinds)
        missing = sorted(needed - {"name", "family"} - set(limits))
        if missing:
            raise SettingsError(f"{path} needs {missing[0]}")


def _images(_: object, field: "attrs.Attribute[Any]", table: Any) -> None:  # noqa: ANN401
    """Accept a table of images, each with all that has no default."""
    fields = attrs.fields(dialects.OfferedImage)
    kinds = {each.name: (each.type,) for each in fields}
    for name, image in _table(field.name, table).items():
        path = f"{field.name}.{name}"
        _check_table(path, image, kinds)
        needed = [each.name for each in fields if each.default is attrs.NOTHING]
        missing = [each for each in needed if not image.get(each)]
        if missing:
            raise SettingsError(f"{path} needs {missing[0]}")


def _texts(_: object, field: "attrs.Attribute[Any]", table: Any) -> None:  # noqa: ANN401
    """Accept a table of texts."""
    for name, value in _table(kebab_case(field.name), table).items():
        if not isinstance(value, str):
            raise SettingsError(f"{kebab_case(field.name)}.{name} must be a text")


def _not_sold(_: object, field: "attrs.Attribute[Any]", table: Any) -> None:  # noqa: ANN401
    """Accept a table of lists of texts."""
    for name, zones in _table(kebab_case(field.name), table).items():
        if not isinstance(zones, list | tuple) or not all(isinstance(each, str) for each in zones):
            raise SettingsError(f"{kebab_case(field.name)}.{name} must be a list of zones")


def _table(path: str, value: Any) -> Mapping[str, Any]:  # noqa: ANN401 - whatever TOML holds
    if not isinstance(value, Mapping):
        raise SettingsError(f"{path} must be a table, not {str(value)[:100]!r}")
    return value


def _check_table(path: str, table: Any, kinds: Mapping[str, tuple[Any, ...]]) -> None:  # noqa: ANN401
    """Raise where a table has a name that is not among ``kinds``, or a value of another type or below 0."""
    for name, value in _table(path, table).items():
        if name not in kinds:
            raise SettingsError(
                f"{path} has no {kebab_case(name)}; it may have {', '.join(map(kebab_case, kinds))}"
            )
        if type(value) not in kinds[name] or (not isinstance(value, str) and not 0 <= value <= checks.MOST):
            words = {bool: "true or false", str: "a text"}
            wanted = words.get(kinds[name][0], f"a number from 0 to {checks.MOST}")
            raise SettingsError(f"{path}.{kebab_case(name)} must be {wanted}, not {str(value)[:100]!r}")


@attrs.frozen(eq=False, repr=False)
class CloudSettings(Value):
    """What can be set about one cloud; only TOML reaches it."""

    vendor_quotas: bool = attrs.field(default=False, validator=_SWITCH)
    attach_needs_group: bool = attrs.field(default=False, validator=_SWITCH)
    strict_repeats: bool = attrs.field(default=False, validator=_SWITCH)
    quotas: Mapping[str, int] = attrs.field(factory=dict, validator=_numbers_of(Quotas))
    durations: Mapping[str, str | float] = attrs.field(factory=dict, validator=_durations)
    """Texts such as ``5s``, or seconds, by the names of the core's ``Durations``."""
    instance_types: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict, validator=_instance_types)
    """By name, with the fields of the core's ``InstanceType``."""
    not_sold: Mapping[str, Sequence[str]] = attrs.field(factory=dict, validator=_not_sold)
    """By name of an instance type, or ``*`` for all, the zones that do not sell it, or ``*`` for all."""
    images: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict, validator=_images)
    """By id, with the fields of the dialects' ``OfferedImage``."""
    resource_groups: Mapping[str, str] = attrs.field(factory=dict, validator=_texts)
    """The names of resource groups by id."""

    @property
    def tables(self) -> Mapping[str, Mapping[str, Any]]:
        """What was said in tables, as a dialect's settings have it, but for durations."""
        return {
            "quotas": self.quotas,
            "not_sold": {name: tuple(zones) for name, zones in self.not_sold.items()},
            "instance_types": {
                name: InstanceType(**{"name": name, "family": name.rpartition(".")[0], **limits})
                for name, limits in self.instance_types.items()
            },
            "images": {name: dialects.OfferedImage(**told) for name, told in self.images.items()},
            "resource_groups": self.resource_groups,
        }


@attrs.frozen(eq=False, repr=False)
class ConditionSettings(Value):
    """A standing refusal; see ``access.conditions.Condition``."""

    cloud: str = attrs.field(validator=checks.choice(CLOUDS))
    code: str = attrs.field(validator=_TEXT)
    access_key: str = attrs.field(default=ANY, validator=_TEXT)
    action: str = attrs.field(default=ANY, validator=_TEXT)
    zone: str = attrs.field(default=ANY, validator=_TEXT)
    instance_type: str = attrs.field(default=ANY, validator=_TEXT)


def _scalar(default: Any, check: Any, meaning: str, metavar: str = "") -> Any:  # noqa: ANN401 - an attrs field
    return attrs.field(default=default, validator=check, metadata={"help": meaning, "metavar": metavar})


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Settings(Value):
    """All settings with their defaults."""

    host: str = _scalar("127.0.0.1", _TEXT, "address to listen on")
    port: int = _scalar(4780, checks.number(0, _MAX_PORT), "port to listen on; 0 picks a free one")
    uds: str = _scalar("", _PATH, "a Unix domain socket to listen on instead of a host and a port", "PATH")
    timing: str = _scalar(
        "fast",
        checks.choice((*PRESETS, checks.MANUAL)),
        "how long changes take: instant, fast (0.2 s), realistic (1 to 3 s), or manual: realistic, on a "
        "clock that stands still until it is moved",
    )
    clock: str = _scalar(
        "real", checks.clock, "real, manual, or how many seconds of the emulator pass in one, such as 60"
    )
    clocks: str = _scalar(
        "shared",
        checks.choice(("shared", "per-account")),
        "shared, or per-account: an account whose clock is moved or set has its own from then on",
    )
    tls: str = _scalar(
        "on",
        checks.choice(("on", "off")),
        "on, or off: whether clients that begin TLS on the port can have it",
    )
    ca_dir: str = _scalar(
        "",
        _PATH,
        "where the certificate authority is kept, which clients have to trust; default: the user's own "
        "folder for data",
    )
    server_names: str = _scalar(
        "",
        checks.must(checks.names, "NAME,NAME, each a host's, or *. before one"),
        "hosts, beside the clouds' own, by which clients call the emulator, also as their proxy",
        "NAME,...",
    )
    control_token: str = _scalar(
        "",
        checks.must(checks.token, "printable ASCII without blanks"),
        "what callers of the control API have to know",
        "TOKEN",
    )
    control_port: int = _scalar(
        0,
        checks.number(0, _MAX_PORT),
        "port of 127.0.0.1 for the control API alone, which is then nowhere else; 0 leaves it on --port",
    )
    seed: int = _scalar(1, checks.number(0), "seed of ids, MACs and automatic addresses")
    addresses: str = _scalar(
        "random",
        checks.choice(("random", "lowest")),
        "which free private addresses are given: random, or lowest first",
    )
    default_vpc: bool = _scalar(
        False,  # noqa: FBT003 - a setting's default
        _SWITCH,
        "true: every account begins with a default VPC in each region, with a subnet in each zone",
    )
    max_body: int = _scalar(10 * 2**20, checks.number(1), "largest request body in bytes", "BYTES")
    max_bodies: int = _scalar(
        64 * 2**20,
        checks.number(1),
        "bytes that all request bodies may have that are not whole yet",
        "BYTES",
    )
    token_bytes: int = _scalar(
        32 * 2**20,
        checks.number(0),
        "bytes that an account may take in a region for what is remembered of its client tokens",
        "BYTES",
    )
    signatures: str = _scalar(
        "off",
        checks.choice([mode.value for mode in Mode]),
        "off, warn (served, and logged) or strict (refused) where they are wrong",
    )
    keys: str = _scalar("", checks.keys, "access keys that are known, with their secrets", "ID:SECRET,...")
    throttle: str = _scalar(
        "off", checks.choice(("off", "vendor")), "off, or the vendors' documented call rates"
    )
    unknown_parameters: str = _scalar(
        "cloud",
        checks.choice(UNKNOWN_PARAMETERS),
        "refuse parameters that an action does not have, note them in the log, ignore them, or do as the "
        "cloud does: Alibaba Cloud ignores them, Tencent Cloud refuses; each is a finding in the journal",
    )
    world: str = _scalar("", _PATH, "a TOML file with what accounts have before their first call", "FILE")
    boot_dir: str = _scalar(
        "",
        _PATH,
        "a folder of world files (.toml) and snapshots (.json), laid in the order of their names before "
        "the server is ready",
        "FOLDER",
    )
    snapshot: str = _scalar("", _PATH, "a snapshot to begin with; see docs/snapshots.md", "FILE")
    snapshot_on_exit: str = _scalar(
        "",
        _PATH,
        "where to write a snapshot when the server is stopped; where --snapshot names the same file, it "
        "need not be there yet",
        "FILE",
    )
    snapshot_every: str = _scalar(
        "",
        checks.every,
        "how often, such as 30s, to write the file of --snapshot-on-exit while the server runs",
        "DURATION",
    )
    store: str = _scalar(
        MEMORY,
        checks.store,
        "where the state lasts: memory, sqlite:///FILE, or postgresql://...; see docs/store.md",
        "URL",
    )
    store_sync: str = _scalar(
        "normal",
        checks.choice(("normal", "full")),
        "what an answer waits for there: normal outlives the process, full a power cut",
    )
    forget_after: str = _scalar(
        "",
        checks.every,
        "after how long, such as 1h, an account that is not used is put into the store, or forgotten",
        "DURATION",
    )
    advertise: str = _scalar(
        "",
        checks.must(checks.address, "HOST:PORT"),
        "where others on the same PostgreSQL reach this one; default: its address on the way there",
        "HOST:PORT",
    )
    stop_on_eof: bool = _scalar(
        False,  # noqa: FBT003 - a setting's default
        _SWITCH,
        "true: stop when standard input ends, as a pipe does with the program that holds its other end",
    )
    journal: int = _scalar(10_000, checks.number(0), "how many calls the journal keeps, or 0", "CALLS")
    journal_bytes: int = _scalar(32 * 2**20, checks.number(0), "how many bytes of their requests", "BYTES")
    log_level: str = _scalar("warning", checks.choice(LOG_LEVELS), "one of " + ", ".join(LOG_LEVELS))
    log_format: str = _scalar(
        "text", checks.choice(LOG_FORMATS), "text, or json: a line of JSON for each entry"
    )
    alibaba: CloudSettings = CloudSettings()
    tencent: CloudSettings = CloudSettings()
    conditions: Sequence[ConditionSettings] = ()
    faults: Sequence["FaultRule"] = ()

    def of_cloud(self, name: str) -> dialects.Settings:
        """Return what a dialect needs to know."""
        cloud: CloudSettings = getattr(self, name)
        return dialects.Settings(
            durations=attrs.evolve(
                PRESETS[_REALISTIC if self.timing == checks.MANUAL else self.timing],
                **{key: durations.parse(value) for key, value in cloud.durations.items()},
            ),
            vendor_quotas=cloud.vendor_quotas,
            attach_needs_group=cloud.attach_needs_group,
            lowest_addresses_first=self.addresses == "lowest",
            strict_repeats=cloud.strict_repeats,
            token_bytes=self.token_bytes,
            **cloud.tables,
        )

    @property
    def snapshot_seconds(self) -> float:
        """Every how many seconds a snapshot is written, or 0 where it is not."""
        return durations.parse(self.snapshot_every) / SECOND if self.snapshot_every else 0.0

    @property
    def forget_seconds(self) -> float:
        """After how many seconds an account is put away that was not used, or 0 where none is."""
        return durations.parse(self.forget_after) / SECOND if self.forget_after else 0.0

    @property
    def clock_rate(self) -> float:
        """The rate at which the clock starts."""
        if self.timing == checks.MANUAL:
            return 0.0
        return checks.CLOCK_RATES[self.clock] if self.clock in checks.CLOCK_RATES else float(self.clock)

    @property
    def is_shared(self) -> bool:
        """Whether the state is kept where several emulators can share it."""
        return self.store.startswith(POSTGRES)

    def names(self) -> Sequence[str]:
        """Return the server's names one by one."""
        return [name.lower() for name in self.server_names.split(",") if name]

    def standing_conditions(self) -> list[Condition]:
        """Return the conditions as the access checker takes them."""
        return [Condition(of.pop("cloud"), **of) for of in map(attrs.asdict, self.conditions)]


PATHS: Final = frozenset(field.name for field in attrs.fields(Settings) if field.validator is _PATH)
"""The settings that name a file or a folder."""
SCALARS: Final = tuple(field for field in attrs.fields(Settings) if "help" in field.metadata)
"""The settings that flags and environment variables reach."""
