"""Events, health and reserved capacity of instances: what programs ask for although it is always the same.

Programs that ask: the Terraform provider alicloud reads DescribeInstanceAttachmentAttributes on every read
of an instance, and controllers wait for the health that DescribeInstancesFullStatus tells.
"""

import json

import pytest


@pytest.fixture
def instance_id(account):
    return account.run_instances()[0]


def of(answer, *path):
    for name in path:
        answer = answer[name]
    return answer


def test_there_are_no_events_however_they_are_asked_for(account, instance_id):
    for criteria in ({}, {"InstanceId": instance_id, "NotBefore": {"Start": "2026-01-01T00:00:00Z"}}):
        answer = account.call("DescribeInstanceHistoryEvents", **criteria)
        assert of(answer, "InstanceSystemEventSet", "InstanceSystemEventType") == []
        assert answer["TotalCount"] == 0


def test_more_than_a_hundred_events_cannot_be_named(account):
    ids = [f"e-{number}" for number in range(101)]
    assert account.refusal("DescribeInstanceHistoryEvents", EventId=ids) == ("EventIdLimitExceeded", 403)


def full_status(account, **criteria):
    answer = account.call("DescribeInstancesFullStatus", **criteria)
    return of(answer, "InstanceFullStatusSet", "InstanceFullStatusType")


def test_an_instance_is_well_while_it_runs(account, instance_id):
    (shown,) = full_status(account, InstanceId=[instance_id], Status="Running", HealthStatus="Ok")
    assert shown["Status"] == {"Code": 1, "Name": "Running"}
    assert shown["ScheduledSystemEventSet"] == {"ScheduledSystemEventType": []}
    account.call("StopInstance", InstanceId=instance_id)
    assert full_status(account)[0]["HealthStatus"]["Name"] == "Initializing"
    account.wait()
    assert full_status(account, HealthStatus="Ok") == []
    assert full_status(account)[0]["HealthStatus"]["Name"] == "NotApplicable"


def assistants(account, **criteria):
    answer = account.call("DescribeCloudAssistantStatus", **criteria)
    return of(answer, "InstanceCloudAssistantStatusSet", "InstanceCloudAssistantStatus")


def test_the_assistant_is_there_while_the_instance_runs(account, instance_id):
    (shown,) = assistants(account, InstanceId=[instance_id], OSType="Linux")
    assert (shown["CloudAssistantStatus"], shown["OSType"]) == ("true", "Linux")
    assert assistants(account, OSType="Windows") == []
    account.call("StopInstance", InstanceId=instance_id)
    assert assistants(account)[0]["CloudAssistantStatus"] == "false"
    assert account.refusal("DescribeCloudAssistantStatus", InstanceId=["i-none"]) == (
        "InvalidInstance.NotFound",
        404,
    )


def attachments(account, *ids):
    answer = account.call("DescribeInstanceAttachmentAttributes", InstanceIds=json.dumps(ids))
    return of(answer, "Instances", "Instance")


def test_an_instance_uses_the_capacity_that_it_was_told_to(account, instance_id):
    options = {"MatchCriteria": "Target", "Id": "eap-1"}
    (bound,) = account.run_instances(PrivatePoolOptions=options)
    shown = {each["InstanceId"]: each for each in attachments(account, instance_id, bound)}
    assert shown[instance_id]["PrivatePoolOptionsMatchCriteria"] == "Open"
    assert shown[bound]["PrivatePoolOptionsMatchCriteria"] == "Target"
    assert (shown[instance_id]["PrivatePoolOptionsId"], shown[bound]["PrivatePoolOptionsId"]) == (
        "",
        "eap-1",
    )


def test_instances_that_are_not_there_have_no_capacity(account):
    assert account.refusal("DescribeInstanceAttachmentAttributes", InstanceIds='["i-none"]') == (
        "InvalidInstanceIds.NotFound",
        404,
    )
