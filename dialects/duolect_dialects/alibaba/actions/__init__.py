"""The actions of Alibaba Cloud that are served, one module per kind of resource.

A module ends with its ``ACTIONS``; this list of modules is the whole registry.
"""

from duolect_dialects.action import index
from duolect_dialects.alibaba.actions import (
    catalog,
    instances,
    interfaces,
    networks,
    run_instances,
    security_groups,
)

ACTIONS = index(
    action
    for module in (interfaces, networks, security_groups, run_instances, instances, catalog)
    for action in module.ACTIONS
)
"""Every action, by version and name."""
