"""The vendor's errors for high-availability virtual IP addresses (HaVips).

Sources: the pages of the actions on them, of ECS and of the VPC product; of some of their lists of codes
only a part could be read. What those would say beside it is ``InvalidParameter``, which every action has.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.VirtualAddressNotFound: not_found("InvalidHaVipId.NotFound", "HaVip"),
        core.VirtualAddressBusy: ErrorTemplate(
            "IncorrectHaVipStatus", "The HaVip {address_id} is {state}; try again later.", 400
        ),
        core.VirtualAddressElsewhere: ErrorTemplate(
            "InvalidParameter",
            "{carrier_id} is in the vSwitch {carrier_subnet_id}, the HaVip in {subnet_id}.",
            400,
        ),
        core.VirtualAddressCarried: ErrorTemplate(
            "InvalidParameter", "The HaVip {address_id} is associated with {carrier_id} already.", 400
        ),
        core.VirtualAddressNotCarried: ErrorTemplate(
            "ResourceNotAssociated", "The HaVip {address_id} is not associated with {carrier_id}.", 400
        ),
        core.VirtualAddressHoldsCarriers: ErrorTemplate(
            "IncorrectStatus", "The HaVip {resource_id} is still associated with {held_by}.", 400
        ),
        core.VirtualAddressHoldsPublicAddress: ErrorTemplate(
            "DependencyViolation.HaVipAssociatedWithEIP",
            "The HaVip {resource_id} is still associated with the EIP {held_by}.",
            400,
        ),
        core.VirtualAddressHoldsRoutes: ErrorTemplate(
            "DependencyViolation.HaVipReferedByRouteEntry",
            "The route entry {held_by} still leads to the HaVip {resource_id}.",
            400,
        ),
        core.SubnetHoldsVirtualAddresses: ErrorTemplate(
            "DependencyViolation.HaVip", "The vSwitch {resource_id} still has the HaVip {held_by}.", 400
        ),
        core.NetworkHoldsVirtualAddresses: ErrorTemplate(
            "DependencyViolation.VSwitch", "A vSwitch of {resource_id} still has the HaVip {held_by}.", 400
        ),
        core.VirtualAddressQuotaExceeded: quota("QuotaExceeded", "HaVips of {resource_id}", 400),
        core.CarrierQuotaExceeded: quota(
            "CountLimitExceeded.HaVipOnECSInstance", "associations of the HaVip {resource_id}", 400
        ),
        core.CarriedQuotaExceeded: quota(
            "CountLimitExceed.HaVipOnInstance", "HaVips that are associated with {resource_id}", 400
        ),
    }
)
_UNDER_WAY: Final = ErrorTemplate("IncorrectStatus", "The HaVip {address_id} is {state}.", 400)
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        ("AssociateEipAddress", core.VirtualAddressNotFound): not_found(
            "InvalidInstanId.NotFound", "HaVip"
        ),
        ("ModifyHaVipAttribute", core.VirtualAddressBusy): _UNDER_WAY,
        ("DeleteHaVip", core.VirtualAddressBusy): _UNDER_WAY,
        **for_actions(
            ["AssociateHaVip", "UnassociateHaVip"],
            {
                core.InstanceWrongState: ErrorTemplate(
                    "IncorrectInstanceStatus",
                    "The instance {instance_id} is {state}; the operation needs {allowed}.",
                    400,
                ),
            },
        ),
        **for_actions(
            ["AssociateHaVip"],
            {
                core.InstanceNotFound: not_found("InvalidInstanceId.NotFound", "instance"),
                core.InstanceClassicNetwork: ErrorTemplate(
                    "InvalidParameter", "The instance {resource_id} is in the classic network.", 400
                ),
            },
        ),
        **for_actions(
            ["CreateHaVip"],
            {
                core.SubnetNotFound: ErrorTemplate(
                    "InvalidVSwitch.NotFound", "The vSwitch {resource_id} does not exist.", 400
                ),
                core.AddressOutsideSubnet: ErrorTemplate(
                    "InvalidIPAddress.OutOfRange", "The address {address} is not in the vSwitch.", 400
                ),
                core.AddressReserved: ErrorTemplate(
                    "InvalidIPAddress.NotAvailable", "The system keeps the address {address}.", 400
                ),
                core.AddressInUse: ErrorTemplate(
                    "InvalidIPAddress.AlreadyUsed", "The address {address} is already in use.", 400
                ),
            },
        ),
    }
)
