"""Every code that Alibaba Cloud documents for AttachNetworkInterface, provoked.

Sources: the old page AttachNetworkInterface and that of 2024-03-19.
"""

from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.interfaces.attach_scenarios import (
    RDMA,
    SMALL,
    attaching,
    attaching_ipv6,
    attaching_of,
    attaching_to,
    instance_elsewhere,
    instance_of_another_region,
    instance_without_room,
    interface_in_use,
    interface_of_an_enterprise_group,
    interface_of_an_enterprise_group_to_a_type_without,
    interface_on_its_way,
    member_of_another_trunk,
    primary_interface,
    rdma_member,
    region_of_neither,
    small,
    trunk_of_another_instance,
    trunk_of_another_vpc,
    trunk_on_a_trunk,
    trunk_that_does_not_exist,
    trunk_that_is_available,
    trunk_that_is_no_trunk,
    trunk_with_its_last_member,
    two_on_one,
)
from tests.dialects.alibaba.interfaces.error_codes import (
    ABSENT_ENI,
    ABSENT_INSTANCE,
    check,
    codes_with_status,
    refused,
)
from tests.dialects.code_tables import Reach, best_reach, by_condition, by_request, by_state, parametrized

from duolect.settings.settings import ConditionSettings
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_dialects.alibaba.dialect import AlibabaDialect

ATTACH_OLD = codes_with_status("""
400 UnsupportedParameter InvalidOperation.InvalidEcsState InvalidOperation.DetachPrimaryEniNotAllowed
400 MissingParameter
403 Abs.InvalidAccount.NotFound Forbidden.NotSupportRAM Forbidden.SubUser EniPerInstanceLimitExceeded
403 InvalidOperation.VpcMismatch SecurityGroupInstanceLimitExceed InvalidOperation.InvalidEniType
404 InvalidEcsId.NotFound
""")
DOCUMENTED = codes_with_status("""
400 InvalidOperation.Ipv6CountExceeded MissingParameter UnsupportedParameter InvalidParameter
400 InvalidInstanceID.Malformed InvalidOperation.InvalidRegion InvalidOperation.InvalidEcsState
400 InvalidOperation.InvalidEniState InvalidOperation.DetachPrimaryEniNotAllowed Forbidden.RegionId
400 InvalidOperation.InvalidGeneration InvalidParams.EniId InvalidParameter.NetworkCardIndexInvalid
400 InvalidOperation.UserNotSupportNetworkCard
403 InvalidUserType.NotSupported Abs.InvalidAccount.NotFound Forbidden.NotSupportRAM Forbidden.SubUser
403 MaxEniCountExceeded EniPerInstanceLimitExceeded InvalidOperation.AvailabilityZoneMismatch
403 InvalidOperation.VpcMismatch SecurityGroupInstanceLimitExceed InvalidSecurityGroupId.NotVpc
403 InvalidOperation.InvalidEniType InvalidInstanceId.NotFound InvalidEni.NotSameVpc
403 InvalidOperation.Ipv4CountExceeded InvalidOperation.EniServiceManaged InvalidOperation.MultiGroupType
403 InvalidOperation.NotSupportEnterpriseGroup InvalidOperation.EniCountExceeded
403 InvalidOperation.EipBindModel InvalidOperation.Ipv6NotSupport InvalidOperation.HotPlugNotSupport
403 InvalidInstance.NetworkType InvalidOperation.InvalidTrunkEniStatus InvalidOperation.TrunkingIsNotAllowed
403 InvalidOperation.InstanceTypeNotSupportEniTrunking InvalidOperation.EniTypeNotSupportTrunking
403 InvalidOperation.EniTrunkDeviceFull InvalidParameter.EniNotBelongTrunk
403 InvalidOperation.EniTypeNotSupportAttachToTrunk InvalidParameter.EniNotBelongEcs
403 InvalidParameter.InvalidEniQueueNumber InvalidOperation.MaxEniQueueNumberExceeded
403 InvalidOperation.ExceedInstanceTypeQueueNumber
403 InvalidOperation.HighPerformanceTrafficModeNotSupportTrunkEni
403 InvalidOperation.HighPerformanceTrafficModeNotSupportMemberEni
403 InvalidOperation.InstanceTypeNotSupportHighPerformanceTrafficMode
403 InvalidOperation.EniTrafficModeNotSupportIpv6 InvalidOperation.MaxEniQueuePairNumberExceed
403 InvalidParameter.InvalidQueuePairNumber InvalidOperation.EniQueuePairNumberOverflow
403 InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded
404 InvalidEcsId.NotFound InvalidEniId.NotFound InvalidVSwitchId.NotFound InvalidSecurityGroupId.NotFound
""")
ATTACH = [
    by_request("MissingParameter", 400, attaching(RegionId=None)),
    by_request("MissingParameter", 400, attaching(InstanceId=None)),
    by_request("MissingParameter", 400, attaching(NetworkInterfaceId="")),
    by_request("UnsupportedParameter", 400, attaching(DeviceIndex=1)),
    by_request("InvalidParameter", 400, attaching(NetworkCardIndex="first")),
    by_request("InvalidParameter", 400, attaching(WaitForNetworkConfigurationReady="maybe")),
    by_request("InvalidInstanceID.Malformed", 400, attaching(InstanceId="AY121018033933eae8")),
    by_request("InvalidParams.EniId", 400, attaching(NetworkInterfaceId="eni_1")),
    by_request("InvalidParams.EniId", 400, attaching(TrunkNetworkInstanceId="trunk")),
    by_request("InvalidParameter.NetworkCardIndexInvalid", 400, attaching(NetworkCardIndex=-1)),
    by_state("InvalidEcsId.NotFound", 404, attaching(InstanceId=ABSENT_INSTANCE)),
    by_state("InvalidEniId.NotFound", 404, attaching(NetworkInterfaceId=ABSENT_ENI)),
    by_state("InvalidEniId.NotFound", 404, trunk_that_does_not_exist),
    by_state("InvalidParameter.NetworkCardIndexInvalid", 400, attaching(NetworkCardIndex=0)),
    by_state("InvalidOperation.InvalidRegion", 400, region_of_neither),
    by_state("InvalidOperation.InvalidRegion", 400, instance_of_another_region),
    by_state(
        "InvalidOperation.InvalidEcsState",
        400,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_starting_instance()
        ),
    ),
    by_state(
        "InvalidOperation.InvalidEcsState",
        400,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_instance_being_deleted()
        ),
    ),
    by_state("InvalidOperation.InvalidEniState", 400, interface_in_use),
    by_state("InvalidOperation.InvalidEniState", 400, interface_on_its_way),
    by_state("InvalidOperation.InvalidEniType", 403, primary_interface),
    by_state(
        "InvalidOperation.EniServiceManaged",
        403,
        lambda account: account.attachment_params(account.add_managed_interface(), account.add_instance()),
    ),
    by_state(
        "InvalidInstance.NetworkType",
        403,
        lambda account: account.attachment_params(
            account.create_interface(), account.add_instance(classic=True)
        ),
    ),
    by_state("InvalidOperation.VpcMismatch", 403, instance_elsewhere(same_vpc=False)),
    by_state("InvalidOperation.AvailabilityZoneMismatch", 403, instance_elsewhere(1, same_vpc=True)),
    by_state(
        "InvalidOperation.InvalidGeneration", 400, attaching_to(SMALL), **small(supports_interfaces=False)
    ),
    by_state("InvalidOperation.HotPlugNotSupport", 403, attaching_to("ecs.t5-lc1m2.small")),
    by_state("InvalidOperation.MultiGroupType", 403, interface_of_an_enterprise_group),
    by_state(
        "InvalidOperation.NotSupportEnterpriseGroup",
        403,
        interface_of_an_enterprise_group_to_a_type_without,
        **small(supports_enterprise_groups=False),
    ),
    by_state("EniPerInstanceLimitExceeded", 403, instance_without_room),
    by_state(
        "InvalidOperation.Ipv4CountExceeded",
        403,
        attaching_to("ecs.n4.small", SecondaryPrivateIpAddressCount=2),
    ),
    by_state("InvalidOperation.Ipv6CountExceeded", 400, attaching_ipv6("ecs.g6.large", Ipv6AddressCount=2)),
    by_state("InvalidOperation.Ipv6NotSupport", 403, attaching_ipv6("ecs.n4.small", Ipv6AddressCount=1)),
    by_state("InvalidOperation.InvalidTrunkEniStatus", 403, trunk_that_is_available),
    by_state("InvalidOperation.EniTypeNotSupportTrunking", 403, trunk_that_is_no_trunk),
    by_state("InvalidParameter.EniNotBelongEcs", 403, trunk_of_another_instance),
    by_state("InvalidEni.NotSameVpc", 403, trunk_of_another_vpc),
    by_state("InvalidOperation.EniTrunkDeviceFull", 403, trunk_with_its_last_member, **small(members=1)),
    by_state("InvalidOperation.EniTypeNotSupportAttachToTrunk", 403, trunk_on_a_trunk),
    by_state("InvalidParameter.EniNotBelongTrunk", 403, member_of_another_trunk),
    by_state(
        "InvalidOperation.InstanceTypeNotSupportEniTrunking",
        403,
        attaching_to("ecs.g6.large", InstanceType="Trunk"),
    ),
    by_state("InvalidOperation.MaxEniQueueNumberExceeded", 403, attaching_of(QueueNumber=3)),
    by_state(
        "InvalidOperation.ExceedInstanceTypeQueueNumber",
        403,
        two_on_one({"QueueNumber": 3}, {"QueueNumber": 3}),
        **small(queues_per_interface=4, queues_total=6),
    ),
    by_state(
        "InvalidOperation.HighPerformanceTrafficModeNotSupportTrunkEni",
        403,
        attaching_of(InstanceType="Trunk", **RDMA),
    ),
    by_state("InvalidOperation.HighPerformanceTrafficModeNotSupportMemberEni", 403, rdma_member),
    by_state(
        "InvalidOperation.InstanceTypeNotSupportHighPerformanceTrafficMode", 403, attaching_of(**RDMA)
    ),
    by_state(
        "InvalidOperation.EniTrafficModeNotSupportIpv6",
        403,
        attaching_ipv6("ecs.g7.large", Ipv6AddressCount=1, **RDMA),
    ),
    by_state(
        "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded",
        403,
        two_on_one(RDMA, RDMA),
        **small(rdma_interfaces=1, queue_pairs_per_interface=4, queue_pairs_total=8),
    ),
    by_state(
        "InvalidOperation.MaxEniQueuePairNumberExceed",
        403,
        attaching_to(SMALL, QueuePairNumber=5, **RDMA),
        **small(rdma_interfaces=2, queue_pairs_per_interface=4, queue_pairs_total=8),
    ),
    by_state(
        "InvalidOperation.EniQueuePairNumberOverflow",
        403,
        two_on_one({"QueuePairNumber": 4, **RDMA}, {"QueuePairNumber": 3, **RDMA}),
        **small(rdma_interfaces=2, queue_pairs_per_interface=4, queue_pairs_total=6),
    ),
    *by_condition(
        attaching(),
        Reach.CONFIG,
        """
    403 | InvalidUserType.NotSupported | the account's type
    403 | Abs.InvalidAccount.NotFound | the account's existence
    403 | Forbidden.NotSupportRAM | the account's permissions
    403 | Forbidden.SubUser | the account's permissions
    400 | Forbidden.RegionId | the features of a region
    400 | InvalidOperation.UserNotSupportNetworkCard | the features of an account
    403 | InvalidOperation.TrunkingIsNotAllowed | the features of an account
    403 | InvalidOperation.EipBindModel | elastic public addresses
    400 | InvalidOperation.DetachPrimaryEniNotAllowed | of a primary interface the type is refused first
    403 | InvalidInstanceId.NotFound | the page's second code beside InvalidEcsId.NotFound
    403 | MaxEniCountExceeded | the action creates no interface
    403 | SecurityGroupInstanceLimitExceed | an interface counts from its creation on
    403 | InvalidOperation.EniCountExceeded | an interface counts from its creation on
    403 | InvalidSecurityGroupId.NotVpc | no interface can be created in such a group
    403 | InvalidParameter.InvalidEniQueueNumber | the action takes no queue number
    403 | InvalidParameter.InvalidQueuePairNumber | the action takes no queue pair number
    404 | InvalidVSwitchId.NotFound | a vSwitch cannot go before its interfaces
    404 | InvalidSecurityGroupId.NotFound | a security group cannot go before its members
    """,
    ),
]


@parametrized(ATTACH)
def test_attach_is_refused_with_each_documented_code(case):
    check(case, "AttachNetworkInterface")


def test_the_table_holds_every_documented_code_with_its_status_and_no_other():
    dialect = AlibabaDialect()
    assert {case.code: case.status for case in ATTACH} == DOCUMENTED
    assert dict(dialect.documents(dialect.actions["2014-05-26", "AttachNetworkInterface"])) == DOCUMENTED


def test_the_documents_are_counted_right():
    assert len(ATTACH_OLD) == 12
    assert len(DOCUMENTED) == 59
    assert ATTACH_OLD.items() <= DOCUMENTED.items()


def test_most_codes_are_reached_without_a_condition():
    assert best_reach(ATTACH) == {"request": 6, "state": 35, "config": 18}


def test_without_a_condition_the_same_request_is_granted():
    other_account = ConditionSettings("alibaba", "Forbidden.SubUser", "AKOTHER", "AttachNetworkInterface")
    other_action = ConditionSettings("alibaba", "Forbidden.SubUser", "*", "DeleteNetworkInterface")
    account = AlibabaAccount.furnished(conditions=(other_account, other_action))
    account.client.call("AttachNetworkInterface", **attaching()(account))


def test_what_is_gone_is_not_found():
    account = AlibabaAccount.furnished()
    instance = account.add_instance()
    good = account.attachment_params(account.create_interface(), instance)
    account.complete(DeleteInstances(instance_ids=(instance.id,), force=True))
    error, _ = refused(account, "AttachNetworkInterface", good)
    assert (error.code, error.status) == ("InvalidEcsId.NotFound", 404)
