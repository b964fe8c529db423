"""The tasks that requests on network interfaces begin."""

import pytest
from tests.dialects.tencent.interfaces.outcomes import (
    CREATE,
    DAY,
    DELETE,
    DESCRIBE,
    TASK,
    outcome,
    task,
)
from tests.harness import ApiError


def test_a_task_is_named_by_the_request_that_began_it(account):
    task_id = account.client.call(CREATE, **account.interface_params())["RequestId"]
    answer = account.client.call(TASK, TaskId=task_id)
    assert (answer["Status"], answer["Output"], answer["Result"]) == ("RUNNING", "RUNNING", [])
    account.wait()
    answer = account.client.call(TASK, TaskId=task_id)
    assert answer.pop("RequestId") != task_id
    assert answer == {"Status": "SUCCESS", "Output": "SUCCESS", "Result": []}


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"TaskId": "absent"}, "ResourceNotFound"),
        ({"TaskId": "11111111-2222-3333-4444-555555555555"}, "ResourceNotFound"),
        ({"TaskId": "t" * 129}, "InvalidParameterValue"),
        ({"TaskId": 7}, "InvalidParameter"),
        ({}, "MissingParameter"),
        ({"TaskId": "absent", "Limit": 1}, "UnknownParameter"),
    ],
    ids=str,
)
def test_a_task_that_is_not_there_is_not_found(account, params, code):
    assert outcome(account, TASK, **params) == code


def test_the_request_id_of_a_refusal_or_a_question_names_no_task(account):
    with pytest.raises(ApiError) as refused:
        account.client.call(DELETE, NetworkInterfaceId="eni-absent01")
    assert outcome(account, TASK, TaskId=refused.value.body["RequestId"]) == "ResourceNotFound"
    asked = account.client.call(DESCRIBE)["RequestId"]
    assert outcome(account, TASK, TaskId=asked) == "ResourceNotFound"


def test_a_task_is_remembered_for_a_day(account):
    task_id = account.client.call(CREATE, **account.interface_params())["RequestId"]
    account.emulator.advance(DAY - 1)
    assert task(account, task_id) == "SUCCESS"
    account.emulator.advance(1)
    assert outcome(account, TASK, TaskId=task_id) == "ResourceNotFound"


def test_a_task_is_the_business_of_its_account_and_region(account):
    task_id = account.client.call(CREATE, **account.interface_params())["RequestId"]
    for stranger in (account.new_client(key="AKIDOTHER"), account.new_client(region="ap-beijing")):
        with pytest.raises(ApiError) as refused:
            stranger.call(TASK, TaskId=task_id)
        assert refused.value.code == "ResourceNotFound"
