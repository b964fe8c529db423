"""Launch templates go by their ids: created with a first version, given more, listed, deleted."""

import pytest

SAID = {
    "InstanceType": "S5.LARGE8",
    "InstanceName": "by-template",
    "InstanceCount": 2,
    "SystemDisk": {"DiskType": "CLOUD_SSD", "DiskSize": 60},
    "DataDisks": [{"DiskSize": 20, "DiskType": "CLOUD_PREMIUM"}],
    "InternetAccessible": {"InternetMaxBandwidthOut": 5},
    "LoginSettings": {"KeyIds": ["skey-11112222"]},
    "EnhancedService": {"MonitorService": {"Enabled": False}},
    "InstanceChargeType": "SPOTPAID",
    "InstanceMarketOptions": {"SpotOptions": {"MaxPrice": "0.5"}},
    "TagSpecification": [{"ResourceType": "instance", "Tags": [{"Key": "k", "Value": "v"}]}],
    "UserData": "ZWNobw==",
    "HostName": "host",
    "CamRoleName": "role",
    "DisableApiTermination": True,
    "ClientToken": "token",
}
ZONE = {"Placement": {"Zone": "ap-guangzhou-3"}}


def create(account, name="template", **more):
    params = {**ZONE, "ImageId": "img-11112222", **more}
    return account.call("CreateLaunchTemplate", LaunchTemplateName=name, **params)["LaunchTemplateId"]


def listed(account, **criteria):
    reply = account.call("DescribeLaunchTemplates", **criteria)
    return [each["LaunchTemplateName"] for each in reply["LaunchTemplateSet"]]


def versions(account, template_id, **criteria):
    reply = account.call("DescribeLaunchTemplateVersions", LaunchTemplateId=template_id, **criteria)
    return reply["LaunchTemplateVersionSet"]


def numbers(account, template_id, **criteria):
    return [each["LaunchTemplateVersion"] for each in versions(account, template_id, **criteria)]


@pytest.fixture
def template(account):
    """A template of three versions, the first of which is the default one."""
    template_id = create(account)
    for number in (2, 3):
        made = account.call("CreateLaunchTemplateVersion", LaunchTemplateId=template_id, **ZONE)
        assert made["LaunchTemplateVersionNumber"] == number
    return template_id


def test_a_template_comes_with_its_first_version(account):
    template_id = create(account, LaunchTemplateVersionDescription="the first")
    assert template_id.startswith("lt-")
    reply = account.call("DescribeLaunchTemplates", LaunchTemplateIds=[template_id])
    (shown,) = reply["LaunchTemplateSet"]
    assert reply["TotalCount"] == 1
    assert (shown["DefaultVersionNumber"], shown["LatestVersionNumber"]) == (1, 1)
    assert (shown["LaunchTemplateName"], shown["LaunchTemplateVersionCount"]) == ("template", 1)
    (version,) = versions(account, template_id)
    assert version["LaunchTemplateVersionDescription"] == "the first"
    assert version["IsDefaultVersion"] is True
    data = version["LaunchTemplateVersionData"]
    assert (data["ImageId"], data["Placement"]["Zone"]) == ("img-11112222", "ap-guangzhou-3")
    assert (data["InstanceCount"], data["InstanceChargeType"]) == (1, "POSTPAID_BY_HOUR")
    assert "LoginSettings" not in data


def test_a_version_shows_all_that_it_was_told(account):
    place = {"VpcId": account.vpc_id, "SubnetId": account.subnet_id}
    groups = [account.group_id]
    said = {**SAID, "VirtualPrivateCloud": place, "SecurityGroupIds": groups}
    (version,) = versions(account, create(account, **said))
    data = version["LaunchTemplateVersionData"]
    same = (
        *("InstanceType", "InstanceName", "InstanceCount", "SecurityGroupIds", "InstanceChargeType"),
        *("TagSpecification", "UserData", "HostName", "CamRoleName", "DisableApiTermination"),
        *("LoginSettings", "ClientToken"),
    )
    assert {name: data[name] for name in same} == {name: said[name] for name in same}
    assert (data["SystemDisk"]["DiskType"], data["SystemDisk"]["DiskSize"]) == ("CLOUD_SSD", 60)
    assert data["DataDisks"][0]["DiskSize"] == 20
    assert data["InternetAccessible"]["InternetMaxBandwidthOut"] == 5
    assert data["EnhancedService"]["MonitorService"] == {"Enabled": False}
    assert data["InstanceMarketOptions"]["SpotOptions"]["MaxPrice"] == "0.5"
    assert data["VirtualPrivateCloud"]["SubnetId"] == account.subnet_id


def test_a_version_says_what_another_one_says_and_its_own_over_that(account):
    template_id = create(account, InstanceName="first", HostName="host")
    params = {"LaunchTemplateId": template_id, **ZONE}
    account.call("CreateLaunchTemplateVersion", InstanceName="second", **params)
    account.call("CreateLaunchTemplateVersion", LaunchTemplateVersion=2, HostName="other", **params)
    data = [each["LaunchTemplateVersionData"] for each in versions(account, template_id)]
    assert [(each["InstanceName"], each["HostName"]) for each in data] == [
        ("second", "other"),
        ("second", "host"),
        ("first", "host"),
    ]
    assert {each["ImageId"] for each in data} == {"img-11112222"}


def test_a_dry_run_creates_nothing(account, template):
    assert create(account, "other", DryRun=True) == ""
    reply = account.call("CreateLaunchTemplateVersion", LaunchTemplateId=template, DryRun=True, **ZONE)
    assert reply["LaunchTemplateVersionNumber"] == 3
    assert listed(account) == ["template"]
    assert numbers(account, template) == [3, 2, 1]


def test_a_token_creates_once(account, template):
    first = create(account, "other", ClientToken="once")
    assert create(account, "other", ClientToken="once") == first
    params = {"LaunchTemplateId": template, "ClientToken": "once", **ZONE}
    made = [account.call("CreateLaunchTemplateVersion", **params) for _ in range(2)]
    assert {each["LaunchTemplateVersionNumber"] for each in made} == {4}


def test_versions_are_found_by_each_criterion(account, template):
    for criteria, found in (
        ({}, [3, 2, 1]),
        ({"LaunchTemplateVersions": [1, 3]}, [3, 1]),
        ({"MinVersion": 2}, [3, 2]),
        ({"MaxVersion": 2}, [2, 1]),
        ({"DefaultVersion": True}, [1]),
        ({"Limit": 2}, [3, 2]),
        ({"Limit": 2, "Offset": 2}, [1]),
    ):
        assert numbers(account, template, **criteria) == found, criteria


def test_another_version_becomes_the_default_one(account, template):
    named = {"LaunchTemplateId": template, "DefaultVersion": 2}
    account.call("ModifyLaunchTemplateDefaultVersion", **named)
    assert numbers(account, template, DefaultVersion=True) == [2]
    refusal = account.refusal("ModifyLaunchTemplateDefaultVersion", **named)
    assert refusal == "InvalidParameterValue.LaunchTemplateIdVerSetAlready"


def test_versions_are_deleted_but_not_the_default_one(account, template):
    account.call("DeleteLaunchTemplateVersions", LaunchTemplateId=template, LaunchTemplateVersions=[2])
    assert numbers(account, template) == [3, 1]
    for number, code in ((1, "LaunchTemplateDefaultVersion"), (2, "LaunchTemplateIdVerNotExisted")):
        named = {"LaunchTemplateId": template, "LaunchTemplateVersions": [3, number]}
        assert account.refusal("DeleteLaunchTemplateVersions", **named) == f"InvalidParameterValue.{code}"


def test_a_template_goes_with_all_its_versions(account, template):
    account.call("DeleteLaunchTemplate", LaunchTemplateId=template)
    assert listed(account) == []


def test_templates_are_found_by_each_filter(account):
    ids = []
    for name in ("aa", "bb", "aa"):
        tags = [{"ResourceType": "launch-template", "Tags": [{"Key": "n", "Value": name}]}]
        ids.append(create(account, name, LaunchTemplateTagSpecification=tags))

    def by(name, *values):
        return listed(account, Filters=[{"Name": name, "Values": list(values)}])

    assert by("LaunchTemplateName", "aa") == ["aa", "aa"]
    assert by("tag-key", "n") == ["aa", "bb", "aa"]
    assert by("tag-value", "bb") == by("tag:n", "bb") == ["bb"]
    assert listed(account, LaunchTemplateIds=ids[:2]) == ["bb", "aa"]
    assert listed(account, Limit=1, Offset=1) == ["bb"]


def test_there_may_be_thirty_versions_of_a_template(account, template):
    named = {"LaunchTemplateId": template, **ZONE}
    for _ in range(27):
        account.call("CreateLaunchTemplateVersion", **named)
    code = account.refusal("CreateLaunchTemplateVersion", **named)
    assert code == "LimitExceeded.LaunchTemplateVersionQuota"


NEW = {"LaunchTemplateName": "other", "ImageId": "img-11112222", **ZONE}
VALUE = "InvalidParameterValue"


@pytest.mark.parametrize(
    ("action", "params", "code"),
    [
        ("CreateLaunchTemplate", {**NEW, "LaunchTemplateName": "x"}, f"{VALUE}.InvalidLaunchTemplateName"),
        (
            "CreateLaunchTemplate",
            {**NEW, "LaunchTemplateVersionDescription": "x"},
            f"{VALUE}.InvalidLaunchTemplateVersionDescription",
        ),
        ("CreateLaunchTemplate", {**NEW, "ImageId": None}, "MissingParameter"),
        ("CreateLaunchTemplate", {**NEW, "Placement": None}, "MissingParameter"),
        ("CreateLaunchTemplate", {**NEW, "Placement": {"Zone": "mars"}}, "InvalidZone.MismatchRegion"),
        (
            "CreateLaunchTemplate",
            {**NEW, "LoginSettings": {"Password": "Secret_123"}},
            "InvalidParameter.PasswordNotSupported",
        ),
        ("CreateLaunchTemplate", {**NEW, "HostName": "-"}, f"{VALUE}.IllegalHostName"),
        (
            "CreateLaunchTemplate",
            {**NEW, "SecurityGroupIds": ["sg-absent00"]},
            "InvalidSecurityGroupId.NotFound",
        ),
        ("CreateLaunchTemplate", {**NEW, "InstanceType": "S5.NONE"}, f"{VALUE}.InstanceTypeNotFound"),
        (
            "CreateLaunchTemplate",
            {**NEW, "VirtualPrivateCloud": {"VpcId": "vpc-absent00", "SubnetId": "subnet-absent00"}},
            f"{VALUE}.VpcIdNotExist",
        ),
        ("CreateLaunchTemplate", {**NEW, "TemplateDataModifyAction": "Other"}, VALUE),
        ("DeleteLaunchTemplate", {"LaunchTemplateId": "other"}, f"{VALUE}.LaunchTemplateIdMalformed"),
        (
            "DeleteLaunchTemplate",
            {"LaunchTemplateId": "lt-absent00"},
            f"{VALUE}.LaunchTemplateIdNotExisted",
        ),
        (
            "CreateLaunchTemplateVersion",
            {"LaunchTemplateId": "lt-absent00", **ZONE},
            f"{VALUE}.LaunchTemplateIdNotExisted",
        ),
        (
            "DescribeLaunchTemplates",
            {"LaunchTemplateIds": ["lt-absent00"], "Filters": [{"Name": "tag-key", "Values": ["k"]}]},
            "InvalidParameter",
        ),
        ("DescribeLaunchTemplates", {"Filters": [{"Name": "other", "Values": ["k"]}]}, "InvalidFilter"),
    ],
)
def test_bad_input_is_refused(account, action, params, code):
    params = {name: value for name, value in params.items() if value is not None}
    assert account.refusal(action, **params) == code


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"LaunchTemplateVersions": [1], "Limit": 5}, "InvalidParameterCombination"),
        ({"LaunchTemplateVersions": [1], "DefaultVersion": True}, "InvalidParameterCombination"),
        ({"LaunchTemplateVersions": [9]}, f"{VALUE}.LaunchTemplateIdVerNotExisted"),
        ({"LaunchTemplateVersions": [0]}, f"{VALUE}.LaunchTemplateVersion"),
    ],
)
def test_versions_are_named_in_one_way_only(account, template, params, code):
    assert account.refusal("DescribeLaunchTemplateVersions", LaunchTemplateId=template, **params) == code
