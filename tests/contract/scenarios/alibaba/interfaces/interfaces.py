"""How users call the actions on network interfaces with Alibaba Cloud's SDK, and what they see."""

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models


def create_network_interface(account: SdkAccount) -> None:
    reply = account.ecs.create_network_interface(
        ecs_models.CreateNetworkInterfaceRequest(
            region_id=REGION,
            v_switch_id=account.vswitch_id,
            security_group_ids=[account.group_id],
            network_interface_name="named",
            description="described",
            primary_ip_address="10.0.0.9",
            private_ip_address=["10.0.0.10"],
            tag=[ecs_models.CreateNetworkInterfaceRequestTag(key="team", value="net")],
            connection_tracking_configuration=(
                ecs_models.CreateNetworkInterfaceRequestConnectionTrackingConfiguration(udp_timeout=60)
            ),
        )
    )
    assert (reply.network_interface_name, reply.description) == ("named", "described")
    assert [each.private_ip_address for each in reply.private_ip_sets.private_ip_set] == [
        "10.0.0.9",
        "10.0.0.10",
    ]


def attach_network_interface(account: SdkAccount) -> None:
    account.attach_interface()
    (shown,) = [
        each for each in account.describe_interfaces() if each.network_interface_id == account.interface_id
    ]
    assert shown.status == "Attaching"


def detach_network_interface(account: SdkAccount) -> None:
    account.attach_interface()

    def status() -> str:
        request = ecs_models.DescribeNetworkInterfaceAttributeRequest(
            region_id=REGION, network_interface_id=account.interface_id
        )
        found: str = account.ecs.describe_network_interface_attribute(request).status
        return found

    poll(status, "InUse")
    request = ecs_models.DetachNetworkInterfaceRequest(
        region_id=REGION, network_interface_id=account.interface_id, instance_id=account.instance_id
    )
    assert account.ecs.detach_network_interface(request).request_id
    poll(status, "Available")


def delete_network_interface(account: SdkAccount) -> None:
    request = ecs_models.DeleteNetworkInterfaceRequest(
        region_id=REGION, network_interface_id=account.interface_id
    )
    assert account.ecs.delete_network_interface(request).request_id
    poll(lambda: len(account.describe_interfaces()), 0)


def describe_network_interfaces(account: SdkAccount) -> None:
    assert account.interface_id
    assert account.instance_id
    shown = account.describe_interfaces()
    assert [each.type for each in shown] == ["Primary", "Secondary"]
    assert shown[0].attachment.device_index == 0
    request = ecs_models.DescribeNetworkInterfacesRequest(region_id=REGION, page_number=2, page_size=1)
    page = account.ecs.describe_network_interfaces(request)
    assert (page.page_number, page.page_size, page.total_count) == (2, 1, 2)


def describe_network_interface_attribute(account: SdkAccount) -> None:
    request = ecs_models.DescribeNetworkInterfaceAttributeRequest(
        region_id=REGION, network_interface_id=account.interface_id
    )
    shown = account.ecs.describe_network_interface_attribute(request)
    assert shown.network_interface_id == account.interface_id
    assert shown.connection_tracking_configuration.tcp_established_timeout == 910


def modify_network_interface_attribute(account: SdkAccount) -> None:
    request = ecs_models.ModifyNetworkInterfaceAttributeRequest(
        region_id=REGION,
        network_interface_id=account.interface_id,
        network_interface_name="renamed",
        delete_on_release=False,
        security_group_id=[account.other_group_id],
        connection_tracking_configuration=(
            ecs_models.ModifyNetworkInterfaceAttributeRequestConnectionTrackingConfiguration(udp_timeout=60)
        ),
        network_interface_traffic_config=(
            ecs_models.ModifyNetworkInterfaceAttributeRequestNetworkInterfaceTrafficConfig(queue_number=2)
        ),
    )
    assert account.ecs.modify_network_interface_attribute(request).request_id
    shown = account.describe_interface()
    assert (shown.network_interface_name, shown.delete_on_release) == ("renamed", False)
    assert shown.security_group_ids.security_group_id == [account.other_group_id]
    assert (shown.connection_tracking_configuration.udp_timeout, shown.queue_number) == (60, 2)


def enable_network_interface_qos(account: SdkAccount) -> None:
    request = ecs_models.EnableNetworkInterfaceQoSRequest(
        region_id=REGION,
        network_interface_id=account.interface_id,
        qo_s=ecs_models.EnableNetworkInterfaceQoSRequestQoS(bandwidth_tx=50_000, pps_rx=10_000),
    )
    assert account.ecs.enable_network_interface_qo_s(request).request_id
    config = account.describe_interface().qo_sconfig
    assert config.enable_qo_s
    assert (config.qo_s.bandwidth_tx, config.qo_s.pps_rx) == (50_000, 10_000)


def disable_network_interface_qos(account: SdkAccount) -> None:
    enable_network_interface_qos(account)
    request = ecs_models.DisableNetworkInterfaceQoSRequest(
        region_id=REGION, network_interface_id=account.interface_id
    )
    assert account.ecs.disable_network_interface_qo_s(request).request_id
    assert not account.describe_interface().qo_sconfig.enable_qo_s
