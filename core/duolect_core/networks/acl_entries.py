"""The entries of network ACLs: replacing, adding, changing, removing and copying them."""

from collections import ChainMap
from collections.abc import Mapping, Sequence

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import ACL_LIFECYCLE, Trigger
from duolect_core.model.network_acls import AclEntry, Entries, NetworkAcl
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import WITH_PORTS, Block, Direction, Ports, Protocol, Verdict
from duolect_core.relations import lookup


def entered(partition: Partition, before: Entries, wanted: Entries) -> Entries:
    """Return entries as they get into a network ACL: with ids, and with the instant where they are new."""
    known = {entry.id: entry for entries in before.values() for entry in entries}
    made: dict[str, str] = {}
    return {
        direction: tuple(_entered(partition, known, made, entry) for entry in entries)
        for direction, entries in wanted.items()
    }


def _entered(
    partition: Partition, known: Mapping[str, AclEntry], made: dict[str, str], entry: AclEntry
) -> AclEntry:
    was = known.get(entry.id)
    if was is not None and was == attrs.evolve(entry, modified=was.modified):
        return was
    entry_id = entry.id
    if not entry_id:
        taken = ChainMap(made, partition.graph.network_acls_by_entry)
        entry_id = partition.new_id(ResourceKind.ACL_ENTRY, taken)
        made[entry_id] = ""
    return attrs.evolve(entry, id=entry_id, modified=partition.now)


def check(partition: Partition, resource_id: str, network_id: str, entries: Entries) -> None:
    """Raise what keeps a network ACL of a network from having these entries.

    Raises:
        AclIpv6Disabled: an entry is about IPv6, which the network does not have.
        AclEntryVersionsMixed: the two sides of an entry are of two versions of IP.
        AclEntryQuotaExceeded: there are too many; it names the ``resource_id``.
    """
    rules = partition.rules
    limit = rules.quotas.entries_per_acl
    versions = [[entry.version for entry in each] for each in entries.values()]
    without_ipv6 = partition.graph.networks[network_id].ipv6_block is None
    if rules.acl_ipv6_needs_block and without_ipv6 and any(6 in each for each in versions):  # noqa: PLR2004
        raise errors.AclIpv6Disabled(network_id)
    for entry in (each for one in entries.values() for each in one):
        sides = {block.version for block in (entry.source, entry.destination) if block is not None}
        if len(sides) > 1:
            raise errors.AclEntryVersionsMixed(entry.id)
    if limit is not None and any(each.count(version) > limit for each in versions for version in (4, 6)):
        raise errors.AclEntryQuotaExceeded(resource_id, limit)


def _put(partition: Partition, acl: NetworkAcl, wanted: Entries) -> NetworkAcl:
    """Give a network ACL these entries in the directions that are named, after the cloud's time."""
    entries = entered(partition, acl.entries, wanted)
    partition.graph.set_acl_entries(acl, {**acl.entries, **entries})
    if partition.rules.provision_is_asynchronous:
        acl.state = ACL_LIFECYCLE[acl.state, Trigger.MODIFY]
        duration = partition.rules.durations.change_network_acl
        partition.begin(OperationKind.MODIFY_NETWORK_ACL, Trigger.PROVISIONED, duration, acl.id)
    return acl


def _ready(partition: Partition, acl_id: str, *, five_part: bool) -> NetworkAcl:
    acl = lookup.ready_network_acl(partition.graph, acl_id)
    if acl.five_part is not five_part:
        raise errors.AclPartsDiffer(acl.id)
    return acl


def _place_of(entries: Sequence[AclEntry], entry_id: str) -> int:
    for place, entry in enumerate(entries):
        if entry.id == entry_id:
            return place
    raise errors.AclEntryNotFound(entry_id)


@attrs.frozen(kw_only=True)
class ReplaceAclEntries:
    """Put entries in the place of all that a network ACL has in the directions that are named.

    An entry with an id is one that it has in this direction, which is kept or changed.

    Raises:
        NetworkAclNotFound, NetworkAclBusy, AclPartsDiffer: there is none that could have them.
        AclEntryNotFound: an id is that of no entry in the direction, or is named twice.
        what ``check`` raises.
    """

    acl_id: str
    entries: Entries
    five_part: bool = False

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, MODIFYING where the cloud takes its time over it."""
        return _put(partition, self.check(partition), self.entries)

    def check(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, or raise what keeps it as it is."""
        acl = _ready(partition, self.acl_id, five_part=self.five_part)
        for direction, entries in self.entries.items():
            named = [entry.id for entry in entries if entry.id]
            for place, entry_id in enumerate(named):
                _place_of(acl.entries.get(direction, ()), entry_id)
                if entry_id in named[:place]:
                    raise errors.AclEntryNotFound(entry_id)
        check(partition, acl.id, acl.network_id, self.entries)
        return acl


@attrs.frozen(kw_only=True)
class AddAclEntries:
    """Add entries to a network ACL, after those that it has.

    Raises:
        NetworkAclNotFound, NetworkAclBusy, AclPartsDiffer: there is none that could have them.
        what ``check`` raises.
    """

    acl_id: str
    entries: Entries
    five_part: bool = False

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, MODIFYING where the cloud takes its time over it."""
        return _put(partition, *self.check(partition))

    def check(self, partition: Partition) -> tuple[NetworkAcl, Entries]:
        """Return the network ACL and its entries with the new ones, or raise what keeps them out."""
        acl = _ready(partition, self.acl_id, five_part=self.five_part)
        wanted = {
            direction: (*acl.entries.get(direction, ()), *(attrs.evolve(each, id="") for each in new))
            for direction, new in self.entries.items()
        }
        check(partition, acl.id, acl.network_id, wanted)
        return acl, wanted


@attrs.frozen(kw_only=True)
class AclEntryChange:
    """What of an entry changes; None leaves a value as it is. ``place`` is the one it moves to, from 1."""

    entry_id: str
    protocol: Protocol | None = None
    verdict: Verdict | None = None
    source: Block | None = None
    destination: Block | None = None
    source_ports: Ports | None = None
    ports: Ports | None = None
    description: str | None = None
    place: int | None = None

    def of(self, entry: AclEntry) -> AclEntry:
        """Return the entry as it is afterwards."""
        changes = attrs.asdict(self, recurse=False, filter=lambda _, value: value is not None)
        del changes["entry_id"]
        changes.pop("place", None)
        changed = attrs.evolve(entry, **changes)
        return (
            changed if changed.protocol in WITH_PORTS else attrs.evolve(changed, ports=(), source_ports=())
        )


@attrs.frozen(kw_only=True)
class ChangeAclEntries:
    """Change entries of a network ACL, and their places among the others of their direction.

    Raises:
        NetworkAclNotFound, NetworkAclBusy, AclPartsDiffer: there is none that could be changed.
        AclEntryNotFound: it has no such entry in this direction.
        what ``check`` raises.
    """

    acl_id: str
    changes: Mapping[Direction, tuple[AclEntryChange, ...]]
    five_part: bool = False

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, MODIFYING where the cloud takes its time over it."""
        return _put(partition, *self.check(partition))

    def check(self, partition: Partition) -> tuple[NetworkAcl, Entries]:
        """Return the network ACL and its entries with the changes, or raise what keeps it as it is."""
        acl = _ready(partition, self.acl_id, five_part=self.five_part)
        wanted: dict[Direction, tuple[AclEntry, ...]] = {}
        for direction, changes in self.changes.items():
            entries = [*acl.entries.get(direction, ())]
            for change in changes:
                place = _place_of(entries, change.entry_id)
                entry = change.of(entries.pop(place))
                entries.insert(place if change.place is None else change.place - 1, entry)
            wanted[direction] = tuple(entries)
        check(partition, acl.id, acl.network_id, wanted)
        return acl, wanted


@attrs.frozen(kw_only=True)
class RemoveAclEntries:
    """Remove entries from a network ACL: all of them, or none.

    Raises:
        NetworkAclNotFound, NetworkAclBusy, AclPartsDiffer: there is none that could lose them.
        AclEntryNotFound: it has no such entry in this direction.
    """

    acl_id: str
    entry_ids: Mapping[Direction, tuple[str, ...]]
    five_part: bool = False

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, MODIFYING where the cloud takes its time over it."""
        return _put(partition, *self.check(partition))

    def check(self, partition: Partition) -> tuple[NetworkAcl, Entries]:
        """Return the network ACL and the entries that are left, or raise what keeps it as it is."""
        acl = _ready(partition, self.acl_id, five_part=self.five_part)
        wanted: dict[Direction, tuple[AclEntry, ...]] = {}
        for direction, entry_ids in self.entry_ids.items():
            entries = acl.entries.get(direction, ())
            gone = {_place_of(entries, entry_id) for entry_id in entry_ids}
            wanted[direction] = tuple(each for place, each in enumerate(entries) if place not in gone)
        return acl, wanted


@attrs.frozen(kw_only=True)
class CopyAclEntries:
    """Put the entries of another network ACL in the place of those that this one has.

    Raises:
        NetworkAclNotFound, NetworkAclBusy: one of the two is not there (yet).
        AclPartsDiffer: the entries of one have three parts, those of the other five.
        what ``check`` raises.
    """

    acl_id: str
    source_id: str

    def apply(self, partition: Partition) -> NetworkAcl:
        """Return the network ACL, MODIFYING where the cloud takes its time over it."""
        return _put(partition, *self.check(partition))

    def check(self, partition: Partition) -> tuple[NetworkAcl, Entries]:
        """Return the network ACL and the entries to come, or raise what keeps it as it is."""
        source = lookup.ready_network_acl(partition.graph, self.source_id)
        acl = _ready(partition, self.acl_id, five_part=source.five_part)
        wanted = {
            direction: tuple(attrs.evolve(each, id="") for each in source.entries.get(direction, ()))
            for direction in Direction
        }
        check(partition, acl.id, acl.network_id, wanted)
        return acl, wanted
