"""What the vendors' clients send that a plain reading of the documents does not tell.

Most of it shows wherever the SDKs run against the server; here stands what needs a statement of its own.
"""

import base64
from typing import Any

import attrs
import pytest
from tests.contract.plain_http import DESCRIBE, ECS, FORM, JSON, TC, VPC, ask, rpc
from tests.contract.polling import poll
from tests.contract.sdks import alibaba, tencent
from tests.contract.server import Server
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.emulator.signed import code, sign_tc3, sign_v1, strict

# -- where a request goes ------------------------------------------------------------------------------


def test_an_acs3_call_with_action_and_version_in_its_headers_only_and_an_empty_body_is_served(
    open_server: Server,
) -> None:
    headers = {"x-acs-action": "DescribeRegions", "x-acs-version": ECS, "x-acs-signature-nonce": "n"}
    answer, tree = ask(open_server, "POST", "/?AcceptLanguage=en-US", headers)
    assert answer.status == 200
    assert tree["Regions"]["Region"]


@pytest.mark.parametrize("scheme", ["ACS3-HMAC-SHA256", "v2"])
def test_an_alibaba_endpoint_with_a_path_prefix_is_believed_although_the_sdk_signs_without_it(
    server: Server, access_key: str, scheme: str
) -> None:
    sdk = alibaba.Sdk(f"{server.address}/alibaba", access_key, signature_algorithm=scheme)
    request = alibaba.ecs_models.DescribeNetworkInterfacesRequest(region_id=alibaba.REGION)
    assert sdk.ecs.describe_network_interfaces(request).total_count == 0


def test_a_tencent_endpoint_with_a_path_prefix_is_believed_although_the_sdk_signs_without_it(
    server: Server, access_key: str
) -> None:
    sdk = tencent.Sdk(f"{server.address}/tencent", access_key, endpoint_is_url=True)
    assert sdk.vpc(DESCRIBE).TotalCount == 0


@pytest.mark.parametrize("path", ["/alibaba", "/alibaba/", "/tencent", "/tencent/"])
def test_a_signature_over_the_root_is_believed_under_any_path(path: str) -> None:
    world = strict()
    requests = (
        sign_v1(world.alibaba().request(DESCRIBE)),
        sign_tc3(world.tencent().request(DESCRIBE)),
    )
    assert [code(world, attrs.evolve(each, path=path)) for each in requests] == [(200, ""), (200, "")]


def test_a_host_header_that_is_a_url_is_served_on_both_clouds(open_server: Server) -> None:
    host = {"Host": open_server.url}
    answer, tree = ask(open_server, "POST", f"/?{rpc(DESCRIBE)}", host)
    assert (answer.status, tree["TotalCount"]) == (200, 0)
    answer, tree = ask(open_server, "POST", "/", {**TC, **JSON, **host}, b"{}")
    assert (answer.status, tree["Response"]["TotalCount"]) == (200, 0)


@pytest.mark.parametrize("scheme", [None, "v2"])
def test_a_host_header_that_is_a_url_is_signed_as_it_is(
    server: Server, access_key: str, scheme: str | None
) -> None:
    sdk = alibaba.Sdk(server.url, access_key, signature_algorithm=scheme)
    request = alibaba.ecs_models.DescribeNetworkInterfacesRequest(region_id=alibaba.REGION)
    assert sdk.ecs.describe_network_interfaces(request).total_count == 0
    assert tencent.Sdk(server.address, access_key, endpoint_is_url=True).vpc(DESCRIBE).TotalCount == 0


def sdk_that_signs_for(server: Server, access_key: str, service: str) -> tencent.Sdk:
    """Return the SDK whose clients all name this service in their credential scope."""
    sdk = tencent.Sdk(server.address, access_key)
    for client in sdk._clients.values():
        client._service = service
    return sdk


@pytest.mark.parametrize("service", ["127", "localhost:18099"])
def test_a_credential_scope_that_names_no_service_is_believed_and_the_action_finds_its_own(
    server: Server, access_key: str, service: str
) -> None:
    """Node takes the service from the endpoint; what it signs so is believed and served."""
    sdk = sdk_that_signs_for(server, access_key, service)
    assert sdk.vpc(DESCRIBE).TotalCount == 0
    assert sdk.cvm("DescribeInstances").TotalCount == 0


def test_a_credential_scope_of_another_service_is_not_believed(server: Server, access_key: str) -> None:
    sdk = sdk_that_signs_for(server, access_key, "vpc")
    assert sdk.vpc(DESCRIBE).TotalCount == 0
    with pytest.raises(tencent.Refused) as refused:
        sdk.cvm("DescribeInstances")
    assert refused.value.get_code() == "AuthFailure.SignatureFailure"


def test_an_alibaba_action_of_one_name_has_another_shape_in_each_version() -> None:
    client = AlibabaAccount.furnished().client
    shapes = [
        client.call("DescribeVSwitches", version)["VSwitches"]["VSwitch"][0].keys()
        for version in (ECS, VPC)
    ]
    assert shapes[0] != shapes[1]


def test_a_request_line_of_fifty_kilobytes_is_read_by_the_dialect(
    open_server: Server, access_key: str
) -> None:
    def call(action: str, version: str, **params: str) -> Any:
        target = f"/?{rpc(action, version, access_key, **params)}"
        answer, tree = ask(open_server, "POST", target, {})
        assert answer.status == 200, tree
        return tree

    def status(action: str, kind: str) -> str:
        return call(action, VPC)[f"{kind}es" if kind == "VSwitch" else f"{kind}s"][kind][0]["Status"]

    vpc_id = call("CreateVpc", VPC, CidrBlock="10.0.0.0/16")["VpcId"]
    poll(lambda: status("DescribeVpcs", "Vpc"), "Available")
    vswitch = call("CreateVSwitch", VPC, VpcId=vpc_id, ZoneId=alibaba.ZONE, CidrBlock="10.0.0.0/24")
    poll(lambda: status("DescribeVSwitches", "VSwitch"), "Available")
    group = call("CreateSecurityGroup", ECS, VpcId=vpc_id)
    data = base64.b64encode(bytes(32 * 2**10)).decode()  # as much as the cloud takes
    wanted = {
        "ImageId": "aliyun_3_x64_20G_alibase_20240528.vhd",
        "InstanceType": "ecs.g7.large",
        "VSwitchId": vswitch["VSwitchId"],
        "SecurityGroupId": group["SecurityGroupId"],
        "UserData": data,
        "Description": "x" * 250,
    }
    padding = "y" * (50_000 - len(rpc("RunInstances", ECS, access_key, **wanted)))
    made = call("RunInstances", ECS, **wanted, SignatureNonce=padding)
    assert len(made["InstanceIdSets"]["InstanceIdSet"]) == 1


# -- how parameters are written ------------------------------------------------------------------------


def test_an_empty_alibaba_post_of_type_octet_stream_is_served(open_server: Server) -> None:
    """The asynchronous Python SDK sends it."""
    headers = {"Content-Type": "application/octet-stream"}
    answer, tree = ask(open_server, "POST", f"/?{rpc(DESCRIBE)}", headers)
    assert (answer.status, tree["TotalCount"]) == (200, 0)


def test_an_alibaba_form_that_arrives_in_chunks_is_served(open_server: Server) -> None:
    """The Node SDK sends it."""
    encoded = rpc(DESCRIBE).encode()
    chunks = iter([encoded[:20], encoded[20:]])
    headers = {"Content-Type": FORM, "Transfer-Encoding": "chunked"}
    answer, tree = ask(open_server, "POST", "/", headers, chunks, encode_chunked=True)
    assert (answer.status, tree["TotalCount"]) == (200, 0)


@pytest.mark.parametrize("written", ["True", "true", "TRUE", "False", "false", "FALSE"])
def test_a_boolean_may_be_written_in_any_case_on_both_clouds(written: str) -> None:
    alibaba_account, tencent_account = AlibabaAccount.furnished(), TencentAccount.furnished()
    eni = alibaba_account.create_interface(DeleteOnRelease=written)
    (shown,) = alibaba_account.client.call(DESCRIBE, NetworkInterfaceId=[eni])["NetworkInterfaceSets"][
        "NetworkInterfaceSet"
    ]
    assert shown["DeleteOnRelease"] is (written.lower() == "true")
    for style, last in (("get", 10), ("form", 20)):
        first, second = f"10.0.0.{last}", f"10.0.0.{last + 1}"
        addresses = [{"PrivateIpAddress": first}, {"PrivateIpAddress": second, "Primary": written}]
        asked = tencent_account.interface_params(PrivateIpAddresses=addresses)
        made = tencent_account.client.call("CreateNetworkInterface", style=style, **asked)[
            "NetworkInterface"
        ]
        primary = [each["PrivateIpAddress"] for each in made["PrivateIpAddressSet"] if each["Primary"]]
        assert primary == [second if written.lower() == "true" else first]


def test_lists_count_from_one_at_alibaba_and_from_zero_at_tencent_in_the_order_of_their_numbers() -> None:
    alibaba_account, tencent_account = AlibabaAccount.furnished(), TencentAccount.furnished()
    wanted = [f"10.0.0.{n}" for n in range(30, 42)]
    flat = {f"PrivateIpAddress.{n}": address for n, address in enumerate(wanted, 1)}
    eni = alibaba_account.create_interface(**dict(sorted(flat.items())))  # 10 stands before 2
    (shown,) = alibaba_account.client.call(DESCRIBE, NetworkInterfaceId=[eni])["NetworkInterfaceSets"][
        "NetworkInterfaceSet"
    ]
    addresses = [each["PrivateIpAddress"] for each in shown["PrivateIpSets"]["PrivateIpSet"]]
    assert [each for each in addresses if each in wanted] == wanted
    wanted = wanted[:10]
    flat = {f"PrivateIpAddresses.{n}.PrivateIpAddress": address for n, address in enumerate(wanted)}
    made = tencent_account.client.call(
        "CreateNetworkInterface",
        style="get",
        **tencent_account.interface_params(),
        **dict(reversed(flat.items())),
    )
    found = made["NetworkInterface"]["PrivateIpAddressSet"]
    assert [each["PrivateIpAddress"] for each in found] == wanted


# -- what is signed ------------------------------------------------------------------------------------


def test_an_alibaba_query_is_signed_as_it_is_meant_however_its_signs_are_written() -> None:
    """Python writes a space as ``+``, Node leaves ``*'()!`` as they are; both sign the same text."""
    world = strict()
    request = sign_v1(world.alibaba().request(DESCRIBE, NetworkInterfaceName="a *'()!~b"))
    spelt = request.query
    for old, new in ((b"%20", b"+"), (b"%2A", b"*"), (b"%27", b"'"), (b"%28", b"("), (b"%21", b"!")):
        assert old in spelt
        spelt = spelt.replace(old, new)
    assert code(world, attrs.evolve(request, query=spelt)) == (200, "")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_tencent_nonce_that_came_before_is_never_refused(
    server: Server, access_key: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Node draws its nonces from 65536 numbers."""
    drawn = []
    monkeypatch.setattr("random.randint", lambda *_: drawn.append(7) or 7)
    sdk = tencent.Sdk(server.address, access_key, signMethod="HmacSHA256", method=method)
    assert [sdk.vpc(DESCRIBE).TotalCount for _ in range(3)] == [0, 0, 0]
    assert len(drawn) >= 3
