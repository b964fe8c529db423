"""The actions of Tencent Cloud that are served, one module per kind of resource.

A module ends with its ``ACTIONS``; this list of modules is the whole registry.
"""

from duolect_dialects.action import index
from duolect_dialects.tencent.actions import catalog as _catalog
from duolect_dialects.tencent.actions import instances as _instances
from duolect_dialects.tencent.actions import interfaces as _interfaces
from duolect_dialects.tencent.actions import networks as _networks
from duolect_dialects.tencent.actions import run_instances as _run_instances
from duolect_dialects.tencent.actions import security_groups as _security_groups
from duolect_dialects.tencent.actions import tasks as _tasks

ACTIONS = index(
    (
        *_catalog.ACTIONS,
        *_instances.ACTIONS,
        *_interfaces.ACTIONS,
        *_networks.ACTIONS,
        *_run_instances.ACTIONS,
        *_security_groups.ACTIONS,
        *_tasks.ACTIONS,
    )
)
"""Every action, by version and name."""
