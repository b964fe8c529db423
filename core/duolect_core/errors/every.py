"""Every error of the core, gathered from the modules of its subjects."""

from duolect_core.errors.addresses import *
from duolect_core.errors.bandwidth_packages import *
from duolect_core.errors.base import *
from duolect_core.errors.dhcp_options import *
from duolect_core.errors.disks import *
from duolect_core.errors.fleets import *
from duolect_core.errors.gateways import *
from duolect_core.errors.images import *
from duolect_core.errors.instances import *
from duolect_core.errors.interfaces import *
from duolect_core.errors.key_pairs import *
from duolect_core.errors.lists import *
from duolect_core.errors.nat_gateways import *
from duolect_core.errors.network_acls import *
from duolect_core.errors.networks import *
from duolect_core.errors.public_addresses import *
from duolect_core.errors.routes import *
from duolect_core.errors.security_groups import *
from duolect_core.errors.tags import *
from duolect_core.errors.virtual_addresses import *
