"""Launch templates go by id or name: created with a first version, given more, listed, deleted."""

import pytest

MALFORMED = ("InvalidLaunchTemplateName.Malformed", 400)
DUPLICATE = ("LaunchTemplateName.Duplicated", 403)
MISSING = ("InvalidLaunchTemplate.NotFound", 404)
SAID = {
    "InstanceType": "ecs.g7.large",
    "ImageId": "m-1",
    "Description": "of an instance",
    "InternetMaxBandwidthOut": 5,
    "SpotPriceLimit": 0.05,
    "DeletionProtection": False,
    "EnableVmOsConfig": True,
    "VpcId": "vpc-any",
    "SystemDisk": {"Category": "cloud_essd", "Size": 40, "Iops": 1800, "DeleteWithInstance": True},
    "DataDisk": [{"Size": 20, "Device": "/dev/xvdx", "Encrypted": "false"}],
    "NetworkInterface": [{"InstanceType": "Secondary", "SecurityGroupIds": ["sg-1", "sg-2"]}],
    "SecurityGroupIds": ["sg-1"],
    "SecurityOptions": {"TrustedSystemMode": "vTPM"},
    "ImageOptions": {"LoginAsNonRoot": True},
    "Tag": [{"Key": "k", "Value": "v"}],
    "UserData": "ZWNobw==",
}


def create(account, name="template", **more):
    return account.call("CreateLaunchTemplate", LaunchTemplateName=name, **more)["LaunchTemplateId"]


def listed(account, **criteria):
    found = account.call("DescribeLaunchTemplates", **criteria)
    return [each["LaunchTemplateName"] for each in found["LaunchTemplateSets"]["LaunchTemplateSet"]]


def versions(account, **criteria):
    criteria = {"LaunchTemplateName": "template", **criteria}
    found = account.call("DescribeLaunchTemplateVersions", **criteria)
    return found["LaunchTemplateVersionSets"]["LaunchTemplateVersionSet"]


def numbers(account, **criteria):
    return [each["VersionNumber"] for each in versions(account, **criteria)]


def three_versions(account):
    template_id = create(account)
    for number in (2, 3):
        made = account.call("CreateLaunchTemplateVersion", LaunchTemplateId=template_id)
        assert made["LaunchTemplateVersionNumber"] == number
        assert made["LaunchTemplateId"] == template_id
    return template_id


def test_a_template_comes_with_its_first_version(account):
    made = account.call(
        "CreateLaunchTemplate",
        LaunchTemplateName="template",
        VersionDescription="the first",
        TemplateResourceGroupId="rg-1",
        TemplateTag=[{"Key": "a", "Value": "b"}],
    )
    assert made["LaunchTemplateId"].startswith("lt-bp1")
    assert made["LaunchTemplateVersionNumber"] == 1
    shown = account.call("DescribeLaunchTemplates")
    (template,) = shown["LaunchTemplateSets"]["LaunchTemplateSet"]
    assert (shown["TotalCount"], shown["PageNumber"], shown["PageSize"]) == (1, 1, 10)
    assert (template["DefaultVersionNumber"], template["LatestVersionNumber"]) == (1, 1)
    assert template["LaunchTemplateName"] == "template"
    assert template["ResourceGroupId"] == "rg-1"
    assert template["Tags"] == {"Tag": [{"TagKey": "a", "TagValue": "b"}]}
    assert len(template["CreatedBy"]) == 16
    assert template["CreateTime"] == template["ModifiedTime"]
    (version,) = versions(account)
    assert version["VersionDescription"] == "the first"
    assert version["DefaultVersion"] is True
    assert version["LaunchTemplateData"] == {}


def test_a_version_shows_all_that_it_was_told(account):
    create(account, **SAID)
    (version,) = versions(account)
    data = version["LaunchTemplateData"]
    for name in ("InstanceType", "ImageId", "Description", "InternetMaxBandwidthOut", "SpotPriceLimit"):
        assert data[name] == SAID[name]
    assert data["DeletionProtection"] is False
    assert data["EnableVmOsConfig"] is True
    assert data["VpcId"] == "vpc-any"
    assert data["SystemDisk.Category"] == data["SystemDisk"]["Category"] == "cloud_essd"
    assert (data["SystemDisk.Size"], data["SystemDisk.Iops"]) == (40, 1800)
    assert data["DataDisks"]["DataDisk"] == [{"Size": 20, "Device": "/dev/xvdx", "Encrypted": "false"}]
    assert data["NetworkInterfaces"]["NetworkInterface"] == [
        {"InstanceType": "Secondary", "SecurityGroupIds": {"SecurityGroupId": ["sg-1", "sg-2"]}}
    ]
    assert data["SecurityGroupIds"] == {"SecurityGroupId": ["sg-1"]}
    assert data["Tags"] == {"InstanceTag": [{"Key": "k", "Value": "v"}]}
    assert data["UserData"] == "ZWNobw=="
    (version,) = versions(account, DetailFlag=False)
    assert "LaunchTemplateData" not in version


def test_a_version_says_nothing_of_the_others(account):
    create(account, **SAID)
    said = {"ZoneId": "z", "VSwitchId": "vsw", "KeyPairName": "pair", "Period": 1, "HostName": "!"}
    account.call("CreateLaunchTemplateVersion", LaunchTemplateName="template", ImageId="m-2", **said)
    newest, _ = versions(account)
    assert newest["LaunchTemplateData"] == {"ImageId": "m-2", **said}


def test_versions_are_found_by_each_criterion(account):
    three_versions(account)
    for criteria, found in (
        ({}, [3, 2, 1]),
        ({"LaunchTemplateVersion": [1, 3, 7]}, [3, 1]),
        ({"MinVersion": 2}, [3, 2]),
        ({"MaxVersion": 2}, [2, 1]),
        ({"MinVersion": 2, "MaxVersion": 2}, [2]),
        ({"DefaultVersion": True}, [1]),
        ({"PageSize": 2}, [3, 2]),
        ({"PageSize": 2, "PageNumber": 2}, [1]),
    ):
        assert numbers(account, **criteria) == found, criteria


def test_another_version_becomes_the_default_one(account):
    template_id = three_versions(account)
    account.wait()
    answer = account.call(
        "ModifyLaunchTemplateDefaultVersion", LaunchTemplateId=template_id, DefaultVersionNumber=2
    )
    assert answer["LaunchTemplateId"] == template_id
    assert numbers(account, DefaultVersion=True) == [2]
    (template,) = account.call("DescribeLaunchTemplates")["LaunchTemplateSets"]["LaunchTemplateSet"]
    assert template["ModifiedTime"] > template["CreateTime"]


def test_versions_are_deleted_but_not_the_default_one(account):
    template_id = three_versions(account)
    answer = account.call("DeleteLaunchTemplateVersion", LaunchTemplateId=template_id, DeleteVersion=[2, 2])
    assert answer["LaunchTemplateVersions"]["LaunchTemplateVersion"] == [
        {"LaunchTemplateId": template_id, "LaunchTemplateVersionNumber": 2}
    ]
    assert numbers(account) == [3, 1]
    for number, refusal in (
        (1, ("InvalidParameter", 400)),
        (2, ("InvalidLaunchTemplateVersion.NotFound", 400)),
    ):
        named = {"LaunchTemplateId": template_id, "DeleteVersion": [3, number]}
        assert account.refusal("DeleteLaunchTemplateVersion", **named) == refusal


def test_a_template_goes_with_all_its_versions(account):
    template_id = three_versions(account)
    answer = account.call("DeleteLaunchTemplate", LaunchTemplateName="template")
    assert answer["LaunchTemplateId"] == template_id
    assert answer["LaunchTemplateVersionNumbers"] == {"versionNumbers": [3, 2, 1]}
    assert listed(account) == []
    create(account)


def test_templates_are_found_by_each_criterion(account):
    ids = [
        create(
            account, name, TemplateResourceGroupId=f"rg-{name}", TemplateTag=[{"Key": "n", "Value": name}]
        )
        for name in ("aa", "bb", "cc")
    ]
    for criteria, found in (
        ({}, ["cc", "bb", "aa"]),
        ({"LaunchTemplateId": ids[:2]}, ["bb", "aa"]),
        ({"LaunchTemplateName": ["aa", "cc", "absent"]}, ["cc", "aa"]),
        ({"LaunchTemplateName": ["absent"]}, []),
        ({"TemplateTag": [{"Key": "n", "Value": "bb"}]}, ["bb"]),
        ({"TemplateTag": [{"Key": "n"}], "TemplateResourceGroupId": "rg-cc"}, ["cc"]),
        ({"PageSize": 1, "PageNumber": 2}, ["bb"]),
    ):
        assert listed(account, **criteria) == found, criteria


def test_templates_are_tagged_and_grouped_like_other_resources(account):
    template_id = create(account)
    named = {"ResourceType": "launchtemplate", "ResourceId": [template_id]}
    account.call("TagResources", Tag=[{"Key": "k", "Value": "v"}], **named)
    assert listed(account, TemplateTag=[{"Key": "k", "Value": "v"}]) == ["template"]
    moved = {"ResourceType": "launchtemplate", "ResourceId": template_id, "ResourceGroupId": "rg-2"}
    account.call("JoinResourceGroup", **moved)
    assert listed(account, TemplateResourceGroupId="rg-2") == ["template"]


@pytest.mark.parametrize(
    ("action", "params", "refusal"),
    [
        ("CreateLaunchTemplate", {"LaunchTemplateName": "t"}, MALFORMED),
        ("CreateLaunchTemplate", {"LaunchTemplateName": "1a"}, MALFORMED),
        ("CreateLaunchTemplate", {"LaunchTemplateName": "template"}, DUPLICATE),
        (
            "CreateLaunchTemplate",
            {"LaunchTemplateName": "other", "VersionDescription": "http://x"},
            ("InvalidDescription.Malformed", 400),
        ),
        (
            "CreateLaunchTemplate",
            {"LaunchTemplateName": "other", "UserData": "?"},
            ("InvalidUserData.Base64FormatInvalid", 400),
        ),
        (
            "CreateLaunchTemplate",
            {"LaunchTemplateName": "other", "UserData": "A" * 50_000},
            ("InvalidUserData.SizeExceeded", 400),
        ),
        ("CreateLaunchTemplate", {"LaunchTemplateName": "other", "Period": "x"}, ("InvalidParameter", 400)),
        (
            "CreateLaunchTemplate",
            {"LaunchTemplateName": "other", "TemplateTag": [{"Key": "a"}, {"Key": "a"}]},
            ("Duplicate.TagKey", 400),
        ),
        ("CreateLaunchTemplateVersion", {}, ("MissingParameter", 400)),
        ("CreateLaunchTemplateVersion", {"LaunchTemplateId": "lt-0"}, MISSING),
        ("DeleteLaunchTemplate", {"LaunchTemplateName": "absent"}, MISSING),
        ("DescribeLaunchTemplateVersions", {}, ("MissingParameter", 400)),
        ("DescribeLaunchTemplateVersions", {"LaunchTemplateId": "lt-0"}, MISSING),
        (
            "ModifyLaunchTemplateDefaultVersion",
            {"LaunchTemplateName": "template", "DefaultVersionNumber": 9},
            ("InvalidLaunchTemplateVersion.NotFound", 400),
        ),
    ],
)  # fmt: skip
def test_bad_input_is_refused(account, action, params, refusal):
    create(account)
    assert account.refusal(action, **params) == refusal


def test_there_may_be_thirty_versions_of_a_template(account):
    template_id = create(account)
    for _ in range(29):
        account.call("CreateLaunchTemplateVersion", LaunchTemplateId=template_id)
    assert account.refusal("CreateLaunchTemplateVersion", LaunchTemplateId=template_id) == (
        "LaunchTemplateVersionLimitExceed",
        403,
    )
