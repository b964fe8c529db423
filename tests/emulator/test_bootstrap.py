import pytest

from duolect.bootstrap import bootstrap
from duolect.clock import RealClock
from duolect.settings import ConditionSettings, Settings, SettingsError


def test_both_dialects_are_there_and_time_is_real():
    pipeline = bootstrap(Settings())
    assert [dialect.name for dialect in pipeline.dialects] == ["alibaba", "tencent"]
    assert isinstance(pipeline.clock, RealClock)


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
