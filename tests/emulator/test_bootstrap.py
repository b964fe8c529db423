import pytest

from duolect.bootstrap import bootstrap
from duolect.clock import ClockMode
from duolect.faults.rules import FaultRule
from duolect.settings.settings import ConditionSettings, Settings, SettingsError


def test_both_dialects_are_there_and_time_is_real():
    pipeline = bootstrap(Settings())
    assert [dialect.name for dialect in pipeline.dialects] == ["alibaba", "tencent"]
    assert pipeline.clock.mode is ClockMode.REAL


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (ConditionSettings("alibaba", "Nope"), "does not document the code Nope for any action"),
        (
            ConditionSettings("tencent", "Nope", action="AttachNetworkInterface"),
            "tencent does not document the code Nope for AttachNetworkInterface",
        ),
        (ConditionSettings("tencent", "Nope", action="Fly"), "tencent has no action Fly"),
    ],
)
def test_a_condition_that_could_never_apply_is_refused_at_the_start(condition, message):
    with pytest.raises(SettingsError, match=message):
        bootstrap(Settings(conditions=[condition]))


def test_faults_of_the_settings_are_there_from_the_start_and_must_match_some_call():
    pipeline = bootstrap(Settings(faults=[FaultRule(cloud="tencent", hang=True)]))
    assert [fault.id for fault in pipeline.faults.all] == ["f-1"]
    with pytest.raises(SettingsError, match="faults: tencent has no action Fly"):
        bootstrap(Settings(faults=[FaultRule(cloud="tencent", action="Fly", hang=True)]))


@pytest.mark.parametrize(
    ("settings", "mode", "rate"),
    [
        ({"clock": "manual"}, ClockMode.MANUAL, 0),
        ({"timing": "manual"}, ClockMode.MANUAL, 0),
        ({"clock": "60"}, ClockMode.SCALED, 60),
        ({"clock": "0.5"}, ClockMode.SCALED, 0.5),
    ],
)
def test_the_clock_starts_as_the_settings_say(settings, mode, rate):
    clock = bootstrap(Settings(**settings)).clock
    assert (clock.mode, clock.rate) == (mode, rate)
