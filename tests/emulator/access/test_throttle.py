"""Calls that come too soon are refused in the vendor's words, on the emulator's clock."""

import pytest
from tests.harness import ApiError, emulator


def test_nothing_is_throttled_by_default() -> None:
    tencent = emulator().tencent()
    for _ in range(50):
        with pytest.raises(ApiError, match="ResourceNotFound"):
            tencent.call("DescribeVpcTaskResult", TaskId="nothing")


def test_the_vendor_preset_refuses_the_call_past_the_documented_rate() -> None:
    world = emulator(throttle="vendor")
    tencent = world.tencent()
    codes = []
    for _ in range(21):
        with pytest.raises(ApiError) as refusal:
            tencent.call("DescribeVpcTaskResult", TaskId="nothing")
        codes.append(refusal.value.code)
    assert codes == ["ResourceNotFound"] * 20 + ["RequestLimitExceeded"]


def test_a_bucket_fills_while_the_clock_moves() -> None:
    world = emulator(throttle="vendor")
    tencent = world.tencent()

    def code() -> str:
        with pytest.raises(ApiError) as refusal:
            tencent.call("DescribeVpcTaskResult", TaskId="nothing")
        return refusal.value.code

    assert {code() for _ in range(20)} == {"ResourceNotFound"}
    assert code() == "RequestLimitExceeded"
    world.advance(50)
    assert code() == "ResourceNotFound"
    assert code() == "RequestLimitExceeded"


def test_accounts_regions_and_actions_have_buckets_of_their_own() -> None:
    world = emulator(throttle="vendor")
    tencent = world.tencent()
    for _ in range(20):
        with pytest.raises(ApiError, match="ResourceNotFound"):
            tencent.call("DescribeVpcTaskResult", TaskId="nothing")
    for other in (world.tencent(key="AKIDOTHER"), world.tencent(region="ap-shanghai")):
        with pytest.raises(ApiError, match="ResourceNotFound"):
            other.call("DescribeVpcTaskResult", TaskId="nothing")
    assert tencent.call("DescribeNetworkInterfaces")["TotalCount"] == 0


def test_alibaba_says_throttling_user_with_status_400() -> None:
    alibaba = emulator(throttle="vendor").alibaba()
    codes = set()
    for _ in range(1501):
        with pytest.raises(ApiError) as refusal:
            alibaba.call("CreateNetworkInterface")
        codes.add((refusal.value.code, refusal.value.status))
    assert codes == {("MissingParameter", 400), ("Throttling.User", 400)}


def test_full_buckets_are_swept_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duolect.access.throttle._SWEEP_FROM", 3)
    world = emulator(throttle="vendor")
    for number in range(3):
        with pytest.raises(ApiError):
            world.tencent(key=f"AKID{number}").call("DescribeVpcTaskResult", TaskId="nothing")
    world.advance(2_000)
    with pytest.raises(ApiError):
        world.tencent(key="AKID9").call("DescribeVpcTaskResult", TaskId="nothing")
    assert [name[1] for name in world.pipeline.access._throttle._buckets] == ["AKID9"]
