"""Messages in the language that the caller asks for."""

import json
from typing import get_args

import attrs
import pytest
from tests.dialects.tencent.chinese.source_messages import FoundMessage, in_source, messages, places
from tests.dialects.tencent.furnished_account import TencentAccount, is_chinese
from tests.dialects.tencent.test_errors import CONCRETE, make
from tests.harness import ApiError, emulator

from duolect.calls.pipeline import Unread
from duolect.settings.settings import ConditionSettings
from duolect_core.errors import InstanceWrongState
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.declarations import declared
from duolect_dialects.tencent.actions import ACTIONS
from duolect_dialects.tencent.errors import BY_ACTION, BY_STATE, translate
from duolect_dialects.tencent.wire.translation import in_chinese, templates
from duolect_dialects.wording import Message

FOUND = list(messages())
TEMPLATES = templates()


# -- the catalogue is total ----------------------------------------------------------------------------


def test_every_message_in_the_source_has_its_chinese():
    missing = {each.template: each.where for each in FOUND if isinstance(each, FoundMessage)}
    lines = [
        f'{where}: chinese.py of its subject needs the line\n    {json.dumps(template)}: "...",'
        for template, where in missing.items()
        if template not in TEMPLATES
    ]
    assert not lines, "\n".join(lines)


def test_no_message_hides_its_template():
    assert [each for each in FOUND if isinstance(each, str)] == []


def test_the_chinese_has_the_same_places_for_facts():
    assert [english for english, chinese in TEMPLATES.items() if places(chinese) != places(english)] == []


def test_nothing_in_the_catalogue_is_said_no_more():
    used = {each.template for each in FOUND if isinstance(each, FoundMessage)}
    assert [english for english in TEMPLATES if english not in used] == []


def test_the_chinese_is_chinese():
    assert [e for e, chinese in TEMPLATES.items() if not is_chinese(chinese)] == ["a UUID"]
    for english, chinese in TEMPLATES.items():
        assert chinese.endswith("。") == english.endswith("."), english


def untold(text):
    """Yield the templates in a text that have no Chinese."""
    template = text.template if isinstance(text, Message) else text
    if template not in TEMPLATES:
        yield template
    for fact in getattr(text, "facts", {}).values():
        if isinstance(fact, Message):
            yield from untold(fact)


def rules(request):
    """Yield every rule that a request or a part of it declares."""
    for field in attrs.fields(request):
        yield from declared(field).rules
        for part in parts(field.type):
            yield from rules(part)


def parts(kind):
    """Yield the parts of a request that a type is about."""
    if attrs.has(kind):
        yield kind
    for argument in get_args(kind):
        yield from parts(argument)


@pytest.mark.parametrize("action", sorted(name for _, name in ACTIONS))
def test_every_rule_of_an_action_is_told_in_chinese(action):
    request = next(each for each in ACTIONS.values() if each.name == action).request
    assert [each for rule in rules(request) for each in untold(rule.reason)] == []


@pytest.mark.parametrize("error", CONCRETE, ids=lambda error: error.__name__)
def test_every_error_is_told_in_chinese_with_the_same_facts(error):
    message = translate(make(error), "AnyAction").message
    assert list(untold(message)) == []
    for name, _ in places(message.template):
        fact = message.facts[name]
        assert str(in_chinese(fact) if isinstance(fact, Message) else fact) in in_chinese(message)


@pytest.mark.parametrize(("action", "error"), BY_ACTION, ids=str)
def test_an_actions_own_words_are_told_in_chinese(action, error):
    assert list(untold(translate(make(error), action).message)) == []


@pytest.mark.parametrize(("action", "state"), BY_STATE, ids=str)
def test_an_actions_words_for_a_state_are_told_in_chinese(action, state):
    error = InstanceWrongState("ins-1", state, (InstanceState.RUNNING,))
    assert list(untold(translate(error, action).message)) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('Refusal("Code", f"`{text}` is wrong.")', "put together"),
        ('Refusal("Code", "a" + text)', "put together"),
        ('Refusal("Code", "{} is wrong.".format(text))', "put together"),
        ('message = f"{text} is wrong."; Refusal("Code", message)', "put together"),
        ('Refusal("Code", "a" if text else f"{text}")', "put together"),
        ('Refusal("Code", "`{text}` is wrong.")', "has places"),
        ('Message("`{text}` is wrong.", other=text)', "the facts are"),
        ('Message("`{text}` is wrong.")', "the facts are"),
        ('refused(f"there is no {text}")', "put together"),
    ],
)
def test_a_message_that_cannot_be_translated_is_noticed(line, problem):
    problems = [each for each in in_source(line, "module.py") if isinstance(each, str)]
    assert [each for each in problems if problem in each and each.startswith("module.py:1: ")]


@pytest.mark.parametrize(
    "line",
    [
        'Refusal("Code", "It is wrong.")',
        'message = "It is wrong."\nRefusal("Code", message)',
        'Message("It is wrong.")',
        'ErrorTemplate("Code", "It is wrong.")',
    ],
)
def test_a_message_is_found_where_it_is_made(line):
    assert [each.template for each in in_source(line, "module.py")] == ["It is wrong."]


# -- phrases -------------------------------------------------------------------------------------------


def test_a_phrase_is_the_text_that_its_template_and_facts_make():
    phrase = Message("{name} has {count:g} {{parts}}", name="it", count=2.0)
    assert phrase == "it has 2 {parts}"
    assert Message("as {it} stands") == "as {it} stands"


def test_what_has_no_chinese_stays_english():
    assert in_chinese("Nobody says this.") == "Nobody says this."
    assert in_chinese(Message("Nobody says {this}.", this=1)) == "Nobody says 1."


def test_facts_are_never_taken_for_templates():
    message = in_chinese(Message("`{text}` is not a CIDR block.", text="{whole} must be a list"))
    assert message == "`{whole} must be a list` 不是合法的网段。"


# -- the caller's language -----------------------------------------------------------------------------

A_SUBNET = {"VpcId": "vpc-12345678", "SubnetName": "s", "Zone": "z", "CidrBlock": "10.0.0.0/24"}
ENGLISH = "The request is missing a required parameter `VpcName`."
CHINESE = "请求缺少必填参数 `VpcName`。"


def message(account, action, language="", **params):
    """Return what a refused caller reads."""
    client = attrs.evolve(account.client, language=language)
    with pytest.raises(ApiError) as refusal:
        client.call(action, **params)
    assert client.last.body.isascii()
    return refusal.value.message


@pytest.mark.parametrize("style", ["json", "get", "form"])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("", ENGLISH),
        ("en-US", ENGLISH),
        ("zh-CN", CHINESE),
        ("zh-cn", CHINESE),
        ("zh-TW", ENGLISH),
        ("la", ENGLISH),
    ],
)
def test_the_caller_names_a_language(style, language, text):
    assert message(TencentAccount(), "CreateVpc", language, CidrBlock="10.0.0.0/16", style=style) == text


@pytest.mark.parametrize(("header", "text"), [("zh-CN", CHINESE), ("en-US", ENGLISH)])
def test_the_header_counts_before_the_parameter(header, text):
    account = TencentAccount()
    request = attrs.evolve(account.client, language="zh-CN").request("CreateVpc", style="form")
    request = attrs.evolve(request, headers={**request.headers, "x-tc-language": header})
    answer = json.loads(account.emulator.send(request).body)
    assert answer["Response"]["Error"]["Message"] == text


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"VpcName": 1}, "参数 `VpcName` 的取值必须是字符串。"),
        ({"VpcName": "x" * 61}, "参数 `VpcName` 的取值不能超过 60 个字符。"),
        ({"StackType": "IPv5"}, "参数 `StackType` 的取值必须是 DualStack, IPv6Only 之一。"),
        ({"DnsServers": ["1.1.1.1", "x"]}, "参数 `DnsServers` 的取值中的每一项必须是 IPv4 地址。"),
        ({"DnsServers": ["1.1.1.1"] * 5}, "参数 `DnsServers` 的取值必须包含 0 到 4 项。"),
        ({"Foo": 1}, "无法识别参数 `Foo`。"),
        ({"CidrBlock": "ten"}, "`ten` 不是合法的网段。"),
        ({"CidrBlock": "8.8.0.0/16"}, "网段 `8.8.0.0/16` 不能用作私有网络的网段。"),
    ],
)
def test_what_is_wrong_with_a_request_is_told_in_chinese(params, text):
    wanted = {"VpcName": "vpc", "CidrBlock": "10.0.0.0/16", **params}
    assert message(TencentAccount(), "CreateVpc", "zh-CN", **wanted) == text


def test_why_a_parameter_is_not_served_is_told_in_chinese():
    text = message(TencentAccount(), "CreateSubnet", "zh-CN", **A_SUBNET, CdcId="cluster-1")
    assert text.startswith("参数 `CdcId` 的取值在此不受支持")
    assert text.endswith("没有专用集群。")


def test_ids_and_states_stay_as_they_are():
    account = TencentAccount.furnished()
    (instance_id,) = account.run_instances()
    text = message(account, "StartInstances", "zh-CN", InstanceIds=[instance_id])
    assert text.startswith(f"实例 `{instance_id}` 的状态为 RUNNING")


def test_several_states_are_joined_in_chinese():
    one, other = InstanceState.RUNNING, InstanceState.STOPPED
    error = InstanceWrongState("ins-1", InstanceState.PENDING, (one, other))
    told = translate(error, "AttachNetworkInterface").message
    assert told.endswith("needs RUNNING or STOPPED.")
    assert in_chinese(told).startswith("实例 `ins-1` 的状态为 PENDING")
    assert in_chinese(told).endswith("该操作要求状态为 RUNNING 或 STOPPED。")


@pytest.mark.parametrize(
    ("settings", "region", "action", "text"),
    [
        ({}, "ap-guangzhou", "Foo", "接口 `Foo` 不存在或未提供。"),
        ({}, "", "DescribeVpcs", "请求缺少必填参数 `Region`。"),
        ({}, "ap-atlantis", "DescribeVpcs", "不支持地域 `ap-atlantis`。"),
        (
            {"conditions": [ConditionSettings("tencent", "LimitExceeded", "*", "CreateVpc")]},
            "ap-guangzhou",
            "CreateVpc",
            "请求被模拟器设置中的条件拒绝。",
        ),
        ({"signatures": "strict"}, "ap-guangzhou", "DescribeVpcs", "SecretId 不存在。"),
    ],
)
def test_the_gateway_speaks_chinese(settings, region, action, text):
    account = TencentAccount(**settings)
    account.client.region = region
    params = {"VpcName": "vpc", "CidrBlock": "10.0.0.0/16"} if action == "CreateVpc" else {}
    assert message(account, action, "zh-CN", **params) == text


def test_throttling_is_told_in_chinese():
    account = TencentAccount(throttle="vendor")
    action = "DescribeVpcTaskResult"
    rate = account.emulator.pipeline.dialects[1].rates[action]
    told = ""
    for _ in range(rate.calls + 1):
        told = message(account, action, "zh-CN", TaskId="none")
    assert told == f"每个账号每 {rate.seconds} 秒最多可调用 {action} 接口 {rate.calls} 次。"


def test_a_body_that_cannot_be_read_is_told_in_chinese():
    world = emulator()
    request = attrs.evolve(world.tencent(), language="zh-CN").request("DescribeVpcs")
    for body, text in [(b"{", "请求体不是 JSON。"), (b"[]", "请求体不是 JSON 对象。")]:
        answer = json.loads(world.send(attrs.evolve(request, body=body)).body)
        assert answer["Response"]["Error"]["Message"].startswith("无法解析请求")
        assert answer["Response"]["Error"]["Message"].endswith(text)
    answer = world.pipeline.refuse_unread(request, Unread.TOO_LARGE)
    assert json.loads(answer.body)["Response"]["Error"]["Message"] == "请求体过大。"
    put = json.loads(world.send(attrs.evolve(request, method="PUT")).body)
    assert put["Response"]["Error"]["Message"] == "不支持 HTTP 方法 PUT。"


def test_an_apology_is_made_in_chinese():
    account = TencentAccount()
    client = attrs.evolve(account.client, language="zh-CN")
    dialect = account.emulator.pipeline.dialects[1]
    call = dialect.open(client.request("DescribeVpcs"), {}, "r")
    assert json.loads(dialect.internal_error(call).body)["Response"]["Error"]["Message"] == "服务内部错误。"
