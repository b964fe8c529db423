import pytest

from duolect.faults.rules import FaultRule, ResourceFilter
from duolect.settings.settings import PATHS, SCALARS, ConditionSettings, Settings, SettingsError
from duolect.settings.sources import load


@pytest.fixture
def file(tmp_path):
    def write(text: str) -> str:
        path = tmp_path / "duolect.toml"
        path.write_text(text)
        return str(path)

    return write


def test_nothing_given_means_the_defaults():
    assert load({}, {}) == Settings()


def test_a_flag_is_stronger_than_a_variable_and_a_variable_than_the_file(file):
    flags = {"config": file("port = 1\nseed = 1\ntiming = 'instant'"), "port": "3"}
    settings = load(flags, {"DUOLECT_PORT": "2", "DUOLECT_SEED": "2"})
    assert (settings.port, settings.seed, settings.timing) == (3, 2, "instant")


@pytest.mark.parametrize("field", SCALARS, ids=lambda field: field.name)
def test_every_scalar_is_a_flag_a_variable_and_a_key(field, file):
    texts = {
        "host": "::1",
        "timing": "instant",
        "addresses": "lowest",
        "clocks": "per-account",
        "default_vpc": "true",
        "stop_on_eof": "true",
        "unknown_parameters": "note",
        "tls": "off",
        "control_token": "s3cret",
        "server_names": "duolect.test,*.Example",
        "log_level": "error",
        "log_format": "json",
        "signatures": "warn",
        "keys": "ID:SECRET",
        "throttle": "vendor",
        "snapshot_every": "30s",
        "store": "sqlite:////17",
        "store_sync": "full",
        "advertise": "duolect-1.test:4780",
    }
    value = texts.get(field.name, "/17" if field.name in PATHS else "17")
    expected = {int: lambda: int(value), bool: lambda: value == "true"}.get(field.type, lambda: value)()
    literal = value if field.type in {int, bool} else f'"{value}"'
    for flags, environment in (
        ({field.name: value}, {}),
        ({}, {f"DUOLECT_{field.name.upper()}": value}),
        ({"config": file(f"{field.name.replace('_', '-')} = {literal}")}, {}),
    ):
        assert getattr(load(flags, environment), field.name) == expected


def test_the_file_may_be_named_by_a_variable(file):
    assert load({}, {"DUOLECT_CONFIG": file("port = 9")}).port == 9


def test_an_empty_variable_counts_as_not_set():
    assert load({}, {"DUOLECT_PORT": "", "DUOLECT_CONFIG": ""}) == Settings()


def test_variables_that_name_no_setting_are_left_alone():
    assert load({}, {"DUOLECT_ENDPOINT": "127.0.0.1:1", "DUOLECT_ALIBABA": "x"}) == Settings()


def test_a_file_reaches_what_flags_cannot(file):
    settings = load(
        {
            "config": file(
                """
                [alibaba]
                vendor-quotas = true
                attach-needs-group = true
                strict-repeats = true
                quotas.interfaces-per-network = 500
                durations.attach = 5
                [tencent.instance-types."X.MINE8"]
                cpu = 2
                memory-gib = 8.5
                interfaces = 3
                ipv4-per-interface = 10
                hot-plug = false
                [[conditions]]
                cloud = "alibaba"
                access-key = "sub-user"
                code = "Forbidden.SubUser"
                [[faults]]
                cloud = "tencent"
                action = "AttachNetworkInterface"
                hang = true
                delay-ms = 500
                resource = { tag = "my-team=blue" }
                """
            )
        },
        {},
    )
    alibaba, tencent = settings.of_cloud("alibaba"), settings.of_cloud("tencent")
    assert alibaba.vendor_quotas
    assert alibaba.attach_needs_group
    assert alibaba.strict_repeats
    assert not tencent.strict_repeats
    assert alibaba.quotas == {"interfaces_per_network": 500}
    assert alibaba.durations.attach == 5_000_000
    assert tencent.instance_types["X.MINE8"].memory_gib == 8.5
    assert not tencent.instance_types["X.MINE8"].hot_plug
    assert settings.conditions == (
        ConditionSettings("alibaba", "Forbidden.SubUser", access_key="sub-user"),
    )
    assert settings.faults == (
        FaultRule(
            cloud="tencent",
            action="AttachNetworkInterface",
            hang=True,
            delay_ms=500,
            resource=ResourceFilter(tag="my-team=blue"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 1", "prot is no setting; there are host, port, "),
        ("port = '1'", "duolect.toml: port must be a whole number"),
        ("port = 1.5", "port must be a whole number"),
        ("port =", "Invalid value"),
        ("alibaba = 1", "alibaba must be a table"),
        ("[alibaba]\nzone = 1", "alibaba: no zone; there are vendor-quotas, "),
        ("[tencent.quotas]\nx = 1", "tencent: quotas has no x"),
        ("conditions = 1", r"must be a list of tables: \[\[conditions\]\]"),
        ("conditions = [1]", "conditions, entry 1 must be a table"),
        ("[[conditions]]\ncloud = 'tencent'", "conditions, entry 1: code is missing"),
        ("[[conditions]]\ncloud = 'x'\ncode = 'y'", "entry 1: cloud must be one of"),
        ("faults = 1", r"must be a list of tables: \[\[faults\]\]"),
        ("[[faults]]\nhang = true", "faults, entry 1: cloud is missing"),
        ("[[faults]]\ncloud = 'tencent'", "faults, entry 1: the rule has no effect"),
        ("[[faults]]\ncloud = 'tencent'\nslow = 0", "faults, entry 1: slow must be a whole number"),
        ("[[faults]]\ncloud = 'tencent'\nsing = 1", "faults, entry 1: no sing; there are cloud, "),
        ("[[faults]]\ncloud = 'tencent'\nresource = {x = 1}", "entry 1: resource has no x"),
    ],
)
def test_an_error_in_a_file_is_one_line_with_the_files_name(file, text, message):
    with pytest.raises(SettingsError, match=message) as error:
        load({"config": file(text)}, {})
    assert "duolect.toml" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("flags", "environment", "message"),
    [
        ({"port": "http"}, {}, "--port: port must be"),
        ({"port": "4_780"}, {}, "--port: port must be"),
        ({"max_body": "-5"}, {}, "--max-body: max-body must be"),
        ({}, {"DUOLECT_PORT": "x"}, "DUOLECT_PORT: port must be"),
        ({}, {"DUOLECT_TIMING": "slow"}, "DUOLECT_TIMING: timing must be one of"),
        ({"config": "/nowhere.toml"}, {}, "/nowhere.toml: No such file or directory"),
    ],
)
def test_an_error_begins_with_the_place_where_it_stands(flags, environment, message):
    with pytest.raises(SettingsError, match=f"^{message}"):
        load(flags, environment)


def test_a_file_that_is_not_utf_8_is_an_error(tmp_path):
    path = tmp_path / "duolect.toml"
    path.write_bytes(b"host = '\xff'")
    with pytest.raises(SettingsError, match=r"duolect\.toml: "):
        load({"config": str(path)}, {})
