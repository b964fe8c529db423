"""The vendor's error for every error of the core, gathered from the subjects.

The errors of a subject stand in its module ``errors``. ``TABLE`` has one entry per core error, as vpc words
it; ``BY_PRODUCT`` what another product calls it; ``BY_ACTION`` the exceptions, each because the list of
codes of the action has one of its own or lacks the usual one; ``BY_STATE`` the codes that name the state of
an instance.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_core.model.lifecycles import InstanceState
from duolect_dialects.call import Refusal
from duolect_dialects.error_template import ErrorTemplate
from duolect_dialects.tencent.account import errors as account
from duolect_dialects.tencent.disks import errors as disks
from duolect_dialects.tencent.fleets import errors as fleets
from duolect_dialects.tencent.images import errors as images
from duolect_dialects.tencent.instances import errors as instances
from duolect_dialects.tencent.interfaces import errors as interfaces
from duolect_dialects.tencent.key_pairs import errors as key_pairs
from duolect_dialects.tencent.nat_gateways import errors as nat_gateways
from duolect_dialects.tencent.networks import errors as networks
from duolect_dialects.tencent.public_addresses import errors as public_addresses
from duolect_dialects.tencent.request_errors import refusal
from duolect_dialects.tencent.routes import errors as routes
from duolect_dialects.tencent.security_groups import errors as security_groups
from duolect_dialects.tencent.tags import errors as tags

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        **tags.TABLE,
        **networks.TABLE,
        **routes.TABLE,
        **security_groups.TABLE,
        **interfaces.TABLE,
        **instances.TABLE,
        **key_pairs.TABLE,
        **fleets.TABLE,
        **public_addresses.TABLE,
        **disks.TABLE,
        **images.TABLE,
        **nat_gateways.TABLE,
        **account.TABLE,
    }
)
BY_PRODUCT: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {**tags.BY_PRODUCT, **instances.BY_PRODUCT, **disks.BY_PRODUCT}
)
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        **tags.BY_ACTION,
        **networks.BY_ACTION,
        **routes.BY_ACTION,
        **security_groups.BY_ACTION,
        **interfaces.BY_ACTION,
        **instances.BY_ACTION,
        **key_pairs.BY_ACTION,
        **fleets.BY_ACTION,
        **public_addresses.BY_ACTION,
        **disks.BY_ACTION,
        **images.BY_ACTION,
        **nat_gateways.BY_ACTION,
        **account.BY_ACTION,
    }
)
BY_STATE: Final[Mapping[tuple[str, InstanceState], ErrorTemplate]] = MappingProxyType(
    {**interfaces.BY_STATE, **instances.BY_STATE}
)


def translate(error: core.CoreError, action: str, product: str = "vpc") -> Refusal:
    """Return a core error in the vendor's terms, as an action of a product words it."""
    kind = type(error)
    template = BY_ACTION.get((action, kind)) or BY_PRODUCT.get((product, kind)) or TABLE[kind]
    if isinstance(error, core.InstanceWrongState):
        template = BY_STATE.get((action, error.state), template)
    return refusal(error, template)
