import pytest

from duolect.access.conditions import Conditions
from duolect.settings.settings import CloudSettings, ConditionSettings, Settings, SettingsError
from duolect_core.model.durations import FAST, INSTANT, REALISTIC

MINE = {"cpu": 2, "memory_gib": 8, "interfaces": 3, "ipv4_per_interface": 10}


def test_defaults_need_no_thought():
    settings = Settings()
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 4780, "warning")
    assert settings.of_cloud("alibaba").durations == FAST
    assert not settings.of_cloud("tencent").vendor_quotas


@pytest.mark.parametrize(("timing", "durations"), [("instant", INSTANT), ("realistic", REALISTIC)])
def test_a_preset_gives_all_durations(timing, durations):
    assert Settings(timing=timing).of_cloud("tencent").durations == durations


def test_a_clouds_own_duration_is_in_seconds_and_overrules_the_preset():
    settings = Settings(alibaba=CloudSettings(durations={"attach": 1.5, "start": "1m30s"}))
    assert settings.of_cloud("alibaba").durations.start == 90_000_000
    assert settings.of_cloud("alibaba").durations.attach == 1_500_000
    assert settings.of_cloud("alibaba").durations.detach == FAST.detach
    assert settings.of_cloud("tencent").durations == FAST


def test_an_instance_type_is_named_by_its_key_and_its_family_is_what_stands_before_the_last_dot():
    settings = Settings(alibaba=CloudSettings(instance_types={"ecs.mine.large": MINE}))
    (found,) = settings.of_cloud("alibaba").instance_types.values()
    assert (found.name, found.family, found.interfaces) == ("ecs.mine.large", "ecs.mine", 3)


def test_conditions_apply_to_every_account_and_action_unless_they_name_one():
    settings = Settings(conditions=[ConditionSettings("tencent", "AuthFailure")])
    standing = Conditions(settings.standing_conditions())
    (condition,) = standing
    assert list(standing.of_call("tencent", "AnyAction", ["anyone"])) == [condition]
    assert list(standing.of_call("alibaba", "AnyAction", ["anyone"])) == []


@pytest.mark.parametrize(
    ("invalid", "message"),
    [
        ({"port": 65_536}, "port must be a whole number from 0 to 65535, not '65536'"),
        ({"port": -1}, "port must be"),
        ({"port": True}, "port must be"),
        ({"port": 4780.0}, "port must be"),
        ({"host": ""}, "host must be a text, not ''"),
        ({"seed": -1}, "seed must be a whole number from 0 to 9223372036854775807, not '-1'"),
        ({"max_body": 0}, "max-body must be a whole number from 1 to "),
        ({"timing": "slow"}, "timing must be one of instant, fast, realistic, manual, not 'slow'"),
        ({"log_level": "loud"}, "log-level must be one of"),
        ({"timing": ["fast"]}, "timing must be"),
    ],
)
def test_the_error_of_an_invalid_value_names_the_setting(invalid, message):
    with pytest.raises(SettingsError, match=message):
        Settings(**invalid)


@pytest.mark.parametrize(
    ("invalid", "message"),
    [
        ({"vendor_quotas": "yes"}, "vendor-quotas must be true or false, not 'yes'"),
        ({"quotas": 3}, "quotas must be a table"),
        ({"quotas": {"enis": 3}}, "quotas has no enis; it may have networks, "),
        (
            {"quotas": {"interfaces": -1}},
            "quotas.interfaces must be a number from 0 to 9223372036854775807, not '-1'",
        ),
        ({"durations": {"attach": "long"}}, "durations.attach: 'long' is not a duration such as"),
        (
            {"durations": {"attach": 2**63}},
            "durations.attach: 9223372036854775808 is longer than",
        ),
        ({"durations": {"sing": 1}}, "durations has no sing; it may have provision-network, "),
        ({"durations": 1}, "durations must be a table, not '1'"),
        ({"instance_types": {"ecs": {}}}, "in quotes"),
        ({"instance_types": {"ecs.mine": {}}}, "instance-types.ecs.mine needs cpu"),
        ({"instance_types": {"ecs.mine": 1}}, "instance-types.ecs.mine must be a table"),
        ({"instance_types": {"ecs.mine": {**MINE, "hot_plug": "no"}}}, "hot-plug must be true or false"),
        ({"instance_types": {"ecs.mine": {**MINE, "memory_gib": float("nan")}}}, "memory-gib must be"),
    ],
)
def test_the_error_of_an_invalid_cloud_setting_names_it(invalid, message):
    with pytest.raises(SettingsError, match=message):
        CloudSettings(**invalid)


@pytest.mark.parametrize("keys", ["hidden", "ID:SECRET,hidden", 1])
def test_keys_that_are_wrong_are_not_repeated(keys):
    with pytest.raises(SettingsError) as error:
        Settings(keys=keys)
    assert str(error.value) == "keys must be ID:SECRET,ID:SECRET"


def test_a_condition_needs_a_known_cloud_and_a_code():
    with pytest.raises(SettingsError, match="cloud must be one of alibaba, tencent, not 'aws'"):
        ConditionSettings("aws", "Code")
    with pytest.raises(SettingsError, match="code must be a text"):
        ConditionSettings("alibaba", "")
