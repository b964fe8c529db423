"""The codes with which actions may answer: those that the vendor lists, and with a reason a few others.

A vendor's list for an action is never complete. Where the emulator gives a code that the list lacks, it
stands here, with the reason. ``tests.harness`` holds every answer of every test against this.
"""

from collections.abc import Iterator

from duolect.calls.pipeline import Pipeline
from duolect_dialects.action import Action
from duolect_dialects.dialect import Dialect

CHECKS = {
    "InvalidParameter.Coexist",
    "InvalidParameter.FilterInvalidKey",
    "InvalidParameter.FilterNotDict",
    "InvalidParameter.FilterValuesNotList",
    "InvalidParameterValue.Empty",
    "InvalidParameterValue.LimitExceeded",
    "InvalidParameterValue.Malformed",
    "InvalidParameterValue.Range",
    "InvalidParameterValue.TooLong",
}
"""With these vpc of Tencent Cloud tells what is wrong with any request, whatever an action's list has."""

_TABLE = """
alibaba | MissingAccessKeyId MissingSignature MissingSignatureMethod MissingSignatureNonce
    MissingSignatureVersion MissingTimestamp | * | the gateway's, before it looks at the action
alibaba | InvalidIp.IpPrefixIllegal InvalidIp.IpPrefixMaskInvalid InvalidIp.IpPrefixNotStrict |
    AssignIpv6Addresses UnassignIpv6Addresses | the lists are older than prefixes; those of the IPv4
    actions have them
alibaba | InvalidOperation.EniTrafficModeNotSupportIpv6 | AssignIpv6Addresses | the list of Create has
    it
alibaba | InvalidOperation.EniServiceManaged | CreateNetworkInterfacePermission | all changes of
    interfaces list it
alibaba | InvalidIp.IpRepeated | UnassignPrivateIpAddresses | the list of its IPv6 twin has it
alibaba | InvalidSourcePortRange.Malformed | ModifySecurityGroupEgressRule RevokeSecurityGroupEgress |
    the lists of the ingress twins have it for the same parameter
alibaba | DependencyViolation.VSwitch | ModifyVpcAttribute | older lists than IPv6; as on delete
alibaba | DependencyViolation | ModifyVSwitchAttribute | older lists than IPv6; as on delete
alibaba | InvalidVSwitch.Ipv6NotTurnOn | CreateDefaultVSwitch CreateVSwitch ModifyVSwitchAttribute
    RunInstances | what interfaces say where there is no IPv6
alibaba | Duplicate.TagKey InvalidTagKey.Malformed InvalidTagValue.Malformed QuotaExceed.Tags |
    CreateVpc CreateVSwitch AllocateEipAddress | VPC has the codes of ECS for tags
alibaba | QuotaExceed.Tags | CreateInstance | as wherever there are tags
alibaba | InvalidResourceGroup.NotFound | AllocateEipAddress CreateInstance RunInstances | as wherever
    there are groups
alibaba | QuotaExceeded.Vpc | AssociateVpcCidrBlock | the product's own, of any VPC
alibaba | IncorrectVpcStatus | AssociateVpcCidrBlock UnassociateVpcCidrBlock | the product's own, of any VPC
alibaba | InvalidSecurityGroupId.NotVpc | ModifyInstanceAttribute | what interfaces say of groups
alibaba | InvalidEniId.NotFound InvalidOperation.InvalidEniState
    InvalidOperation.MaxEniQueueNumberExceeded InvalidOperation.MultiGroupType
    InvalidOperation.VpcMismatch | RunInstances | what interfaces say that come along
tencent | UnsupportedOperation.IdempotentParameterMismatch UnsupportedOperation.IdempotentProcessing |
    AllocateAddresses AssignIpv6Addresses RunInstances | what every action says whose list knows client
    tokens
tencent | UnsupportedOperation.ZoneMismatch | CreateAndAttachNetworkInterface MigrateNetworkInterface |
    as Attach
tencent | UnsupportedOperation.InvalidState | MigrateNetworkInterface MigratePrivateIpAddress | as
    Attach and Detach
tencent | InvalidParameterValue.TagDuplicateKey InvalidParameterValue.TagInvalidKey
    InvalidParameterValue.TagInvalidKeyLen InvalidParameterValue.TagInvalidVal
    LimitExceeded.TagKeyPerResourceExceeded | CloneSecurityGroup CreateSecurityGroupWithPolicies | as the
    other ways to create with tags
tencent | InvalidParameterValue.ServiceTypeInvalid | DescribeResourceTagsByTagKeys | as its siblings
tencent | InvalidParameterValue.TagKeyEmpty | UpdateResourceTagValue | as its siblings
"""


def _entries() -> Iterator[tuple[str, str, str]]:
    for line in _TABLE.replace("\n    ", " ").strip().splitlines():
        cloud, codes, actions, reason = (part.split() for part in line.split(" | "))
        assert reason
        yield from ((cloud[0], action, code) for action in actions for code in codes)


UNLISTED = frozenset(_entries())
"""The others, by cloud, action and code."""


def is_listed(dialect: Dialect, action: Action, code: str) -> bool:
    """Say whether the vendor lists a code for an action, or for all."""
    return code in dialect.documents(action) or code in dialect.common


def may_answer(dialect: Dialect, action: Action, code: str) -> bool:
    """Say whether an action may answer with a code."""
    if code == "DryRunOperation" and "DryRun" in action.parameters:
        return True  # the parameter's own description has it
    if dialect.name == "tencent" and action.product == "vpc" and code in CHECKS:
        return True
    others = {(dialect.name, action.name, code), (dialect.name, "*", code)}
    return (
        is_listed(dialect, action, code) or code in dialect.gives_beyond(action) or bool(others & UNLISTED)
    )


def check_latest(pipeline: Pipeline) -> None:
    """Assert that the latest call was not answered with a code that its action never gives."""
    for record in pipeline.journal.records(pipeline.journal.last - 1):
        dialect = next(each for each in pipeline.dialects if each.name == record.cloud)
        action = dialect.actions.get((record.version, record.action))
        if record.code and action is not None:
            assert may_answer(dialect, action, record.code), f"{record.action} says {record.code}"
