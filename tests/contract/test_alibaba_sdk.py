"""The life of an interface as users of Alibaba Cloud's new Python SDK live it."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.contract.polling import poll
from tests.contract.requirements import require
from tests.contract.sdks.alibaba import OTHER_ZONE, REGION, ZONE, Sdk, ecs_models, vpc_models
from tests.contract.server import Server

exceptions = require("alibabacloud_tea_openapi.exceptions")


@pytest.fixture(
    params=[
        pytest.param({}, id="acs3"),
        pytest.param({"asynchronous": True}, id="acs3-async"),
        pytest.param({"signature_algorithm": "v2"}, id="v1"),
        pytest.param({"signature_algorithm": "v2", "asynchronous": True}, id="v1-async"),
    ]
)
def sdk(request: pytest.FixtureRequest, server: Server, access_key: str) -> Iterator[Sdk]:
    made = Sdk(server.address, access_key, **request.param)
    yield made
    made.close()


@pytest.fixture
def plain(server: Server, access_key: str) -> Sdk:
    return Sdk(server.address, access_key)


def vpc_status(sdk: Sdk, vpc_id: str) -> str | None:
    found = sdk.vpc.describe_vpcs(vpc_models.DescribeVpcsRequest(region_id=REGION, vpc_id=vpc_id)).vpcs.vpc
    return found[0].status if found else None


def vswitch_status(sdk: Sdk, vswitch_id: str) -> str | None:
    request = vpc_models.DescribeVSwitchesRequest(region_id=REGION, v_switch_id=vswitch_id)
    found = sdk.vpc.describe_vswitches(request).v_switches.v_switch
    return found[0].status if found else None


def instance_status(sdk: Sdk, instance_id: str) -> str | None:
    request = ecs_models.DescribeInstancesRequest(region_id=REGION, instance_ids=f'["{instance_id}"]')
    found = sdk.ecs.describe_instances(request).instances.instance
    return found[0].status if found else None


def interface(sdk: Sdk, interface_id: str) -> Any:
    request = ecs_models.DescribeNetworkInterfacesRequest(
        region_id=REGION, network_interface_id=[interface_id]
    )
    found = sdk.ecs.describe_network_interfaces(request).network_interface_sets.network_interface_set
    return found[0] if found else None


def interface_status(sdk: Sdk, interface_id: str) -> str | None:
    found = interface(sdk, interface_id)
    return found.status if found else None


def build_network(sdk: Sdk) -> tuple[str, str, str]:
    """Create a network with one vSwitch in each of two zones."""
    request = vpc_models.CreateVpcRequest(region_id=REGION, cidr_block="10.0.0.0/16", vpc_name="shop")
    vpc_id = sdk.vpc.create_vpc(request).vpc_id
    poll(lambda: vpc_status(sdk, vpc_id), "Available")
    vswitches = []
    for octet, zone in enumerate((ZONE, OTHER_ZONE)):
        request = vpc_models.CreateVSwitchRequest(
            region_id=REGION, vpc_id=vpc_id, zone_id=zone, cidr_block=f"10.0.{octet}.0/24"
        )
        vswitches.append(sdk.vpc.create_vswitch(request).v_switch_id)
        poll(lambda: vswitch_status(sdk, vswitches[-1]), "Available")
    return vpc_id, *vswitches


def run_instance(sdk: Sdk, vswitch_id: str, group_id: str) -> str:
    request = ecs_models.RunInstancesRequest(
        region_id=REGION,
        image_id="aliyun_3_x64_20G_alibase_20240528.vhd",
        instance_type="ecs.g7.large",
        v_switch_id=vswitch_id,
        security_group_id=group_id,
        instance_name="web",
    )
    (instance_id,) = sdk.ecs.run_instances(request).instance_id_sets.instance_id_set
    poll(lambda: instance_status(sdk, instance_id), "Running")
    return instance_id


def test_the_life_of_an_interface(sdk: Sdk) -> None:
    network = vpc_id, vswitch_id, other_vswitch_id = build_network(sdk)
    group_id = sdk.ecs.create_security_group(
        ecs_models.CreateSecurityGroupRequest(region_id=REGION, vpc_id=vpc_id, security_group_name="web")
    ).security_group_id
    instance_id = run_instance(sdk, vswitch_id, group_id)
    distant_id = run_instance(sdk, other_vswitch_id, group_id)

    created = sdk.ecs.create_network_interface(
        ecs_models.CreateNetworkInterfaceRequest(
            region_id=REGION,
            v_switch_id=vswitch_id,
            security_group_ids=[group_id],
            network_interface_name="second",
            secondary_private_ip_address_count=2,
            delete_on_release=False,
            tag=[ecs_models.CreateNetworkInterfaceRequestTag(key="team", value="net")],
        )
    )
    interface_id = created.network_interface_id
    assert created.status == "Available"
    assert created.zone_id == ZONE
    assert created.vpc_id == vpc_id
    assert created.security_group_ids.security_group_id == [group_id]
    assert [each.primary for each in created.private_ip_sets.private_ip_set] == [True, False, False]
    assert created.private_ip_address == created.private_ip_sets.private_ip_set[0].private_ip_address
    assert [(tag.tag_key, tag.tag_value) for tag in created.tags.tag] == [("team", "net")]

    def attach(to: str) -> Any:
        return sdk.ecs.attach_network_interface(
            ecs_models.AttachNetworkInterfaceRequest(
                region_id=REGION, network_interface_id=interface_id, instance_id=to
            )
        )

    with pytest.raises(exceptions.ClientException) as refused:
        attach(distant_id)
    assert refused.value.code == "InvalidOperation.AvailabilityZoneMismatch"
    assert refused.value.status_code == 403
    assert refused.value.request_id in refused.value.message
    assert refused.value.data["Code"] == refused.value.code
    assert interface_status(sdk, interface_id) == "Available"

    attach(instance_id)
    assert poll(lambda: interface_status(sdk, interface_id), "InUse") == ["Attaching", "InUse"]
    shown = interface(sdk, interface_id)
    assert shown.instance_id == shown.attachment.instance_id == instance_id
    assert shown.attachment.device_index == 1
    assert shown.type == "Secondary"
    assert shown.creation_time.endswith("Z")

    sdk.ecs.detach_network_interface(
        ecs_models.DetachNetworkInterfaceRequest(
            region_id=REGION, network_interface_id=interface_id, instance_id=instance_id
        )
    )
    assert poll(lambda: interface_status(sdk, interface_id), "Available") == ["Detaching", "Available"]

    tear_down(sdk, interface_id, [instance_id, distant_id], group_id, network)


def tear_down(
    sdk: Sdk, interface_id: str, instances: list[str], group_id: str, network: tuple[str, str, str]
) -> None:
    """Delete everything, each thing when nothing needs it any more, and watch it go."""
    sdk.ecs.delete_network_interface(
        ecs_models.DeleteNetworkInterfaceRequest(region_id=REGION, network_interface_id=interface_id)
    )
    poll(lambda: interface_status(sdk, interface_id), None)
    for instance_id in instances:
        sdk.ecs.delete_instance(ecs_models.DeleteInstanceRequest(instance_id=instance_id, force=True))
    for instance_id in instances:
        poll(lambda: instance_status(sdk, instance_id), None)  # noqa: B023 - called at once
    sdk.ecs.delete_security_group(
        ecs_models.DeleteSecurityGroupRequest(region_id=REGION, security_group_id=group_id)
    )
    vpc_id, *vswitches = network
    for vswitch_id in vswitches:
        sdk.vpc.delete_vswitch(vpc_models.DeleteVSwitchRequest(region_id=REGION, v_switch_id=vswitch_id))
        poll(lambda: vswitch_status(sdk, vswitch_id), None)  # noqa: B023 - called at once
    sdk.vpc.delete_vpc(vpc_models.DeleteVpcRequest(region_id=REGION, vpc_id=vpc_id))
    poll(lambda: vpc_status(sdk, vpc_id), None)


def test_an_unknown_interface_is_not_found_with_404(sdk: Sdk) -> None:
    with pytest.raises(exceptions.ClientException) as refused:
        sdk.ecs.delete_network_interface(
            ecs_models.DeleteNetworkInterfaceRequest(
                region_id=REGION, network_interface_id="eni-bp1nowhere0000000000"
            )
        )
    assert refused.value.code == "InvalidEniId.NotFound"
    assert refused.value.status_code == 404


def test_an_unknown_interface_is_not_listed(plain: Sdk) -> None:
    assert interface(plain, "eni-bp1nowhere0000000000") is None


def test_a_missing_parameter_is_refused_by_name(sdk: Sdk) -> None:
    with pytest.raises(exceptions.ClientException) as refused:
        sdk.ecs.create_network_interface(ecs_models.CreateNetworkInterfaceRequest(region_id=REGION))
    assert refused.value.status_code == 400
    assert refused.value.code.startswith("Missing")
    assert "VSwitchId" in refused.value.message


def test_an_empty_request_is_refused(plain: Sdk) -> None:
    with pytest.raises(exceptions.ClientException) as refused:
        plain.ecs.attach_network_interface(ecs_models.AttachNetworkInterfaceRequest())
    assert refused.value.code.startswith("Missing")


def test_an_unknown_region_is_not_found(plain: Sdk) -> None:
    with pytest.raises(exceptions.ClientException) as refused:
        plain.ecs.describe_network_interfaces(
            ecs_models.DescribeNetworkInterfacesRequest(region_id="zz-nowhere-1")
        )
    assert (refused.value.code, refused.value.status_code) == ("InvalidRegionId.NotFound", 404)


def test_accounts_see_only_their_own(server: Server, access_key: str, other_access_key: str) -> None:
    one, other = (Sdk(server.address, key) for key in (access_key, other_access_key))
    vpc_id, *_ = build_network(one)
    assert vpc_status(one, vpc_id) == "Available"
    assert vpc_status(other, vpc_id) is None


def test_a_client_token_creates_once(plain: Sdk) -> None:
    vpc_id, vswitch_id, _ = build_network(plain)
    group_id = plain.ecs.create_security_group(
        ecs_models.CreateSecurityGroupRequest(region_id=REGION, vpc_id=vpc_id)
    ).security_group_id

    def create(token: str, name: str = "once") -> str:
        request = ecs_models.CreateNetworkInterfaceRequest(
            region_id=REGION,
            v_switch_id=vswitch_id,
            security_group_id=group_id,
            network_interface_name=name,
            client_token=token,
        )
        return plain.ecs.create_network_interface(request).network_interface_id

    assert create("one") == create("one") != create("two")
    with pytest.raises(exceptions.ClientException) as refused:
        create("one", "another")
    assert refused.value.code == "IdempotentParameterMismatch"


@pytest.mark.parametrize("config", [{}, {"signature_algorithm": "v2"}], ids=["acs3", "v1"])
def test_a_wrong_secret_is_found_out(server: Server, access_key: str, config: dict[str, Any]) -> None:
    with pytest.raises(exceptions.ClientException) as refused:
        interface(Sdk(server.address, access_key, "another secret", **config), "eni-bp1nowhere0000000000")
    assert (refused.value.code, refused.value.status_code) == ("SignatureDoesNotMatch", 400)


def test_an_unknown_key_is_not_found(server: Server) -> None:
    with pytest.raises(exceptions.ClientException) as refused:
        interface(Sdk(server.address, "LTAIunknown"), "eni-bp1nowhere0000000000")
    assert (refused.value.code, refused.value.status_code) == ("InvalidAccessKeyId.NotFound", 404)


@pytest.mark.parametrize("config", [{}, {"signature_algorithm": "v2"}], ids=["acs3", "v1"])
def test_any_key_will_do_where_signatures_are_off(
    open_server: Server, access_key: str, config: dict[str, Any]
) -> None:
    sdk = Sdk(open_server.address, access_key, "any secret", security_token="any token", **config)
    assert interface(sdk, "eni-bp1nowhere0000000000") is None
