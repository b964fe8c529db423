"""Creating, importing, modifying and deleting key pairs."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.key_pairs.rsa import draw_key
from duolect_core.model.key_pairs import KeyPair, PrivateKey
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class CreateKeyPair:
    """Create a pair of RSA keys, whose modulus has ``bits`` bits, drawn with the partition's chance.

    ``comment`` follows the public key in its line; ``{id}`` stands for the id of the pair.

    Raises:
        KeyPairNameTaken, KeyPairQuotaExceeded, TagQuotaExceeded: it cannot be had.
    """

    name: str
    bits: int
    comment: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[KeyPair, PrivateKey]:
        """Return the key pair, and its private key, which is kept nowhere."""
        self.check(partition)
        key = draw_key(partition.generator, self.bits)
        created = _new(partition, self.name, self.tags, self.extras)
        created.public_key = f"{key.public} {self.comment.format(id=created.id)}".rstrip()
        partition.graph.add_key_pair(created)
        return created, PrivateKey(key.pem)

    def check(self, partition: Partition) -> None:
        """Raise what keeps the key pair from being created."""
        _check_new(partition, self.name, self.tags)


@attrs.frozen(kw_only=True)
class ImportKeyPair:
    """Take in the public key of a pair, a line in the form of OpenSSH.

    Raises:
        KeyPairNameTaken, KeyPairQuotaExceeded, TagQuotaExceeded: it cannot be had.
        PublicKeyTaken: another pair has this key, where a key is imported once only.
    """

    name: str
    public_key: str
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> KeyPair:
        """Return the key pair."""
        self.check(partition)
        created = _new(partition, self.name, self.tags, self.extras)
        created.public_key = self.public_key
        partition.graph.add_key_pair(created)
        return created

    def check(self, partition: Partition) -> None:
        """Raise what keeps the key pair from being imported."""
        _check_new(partition, self.name, self.tags)
        graph = partition.graph
        if partition.rules.public_keys_unique:
            for key_pair_id in graph.key_pairs_by_public_key.ids(graph.key_of(self.public_key)):
                raise errors.PublicKeyTaken(key_pair_id)


def _check_new(partition: Partition, name: str, tags: Mapping[str, str]) -> None:
    graph, rules = partition.graph, partition.rules
    _check_name(partition, name)
    limit = rules.quotas.key_pairs
    if limit is not None and len(graph.key_pairs) >= limit:
        raise errors.KeyPairQuotaExceeded(rules.region, limit)
    lookup.check_tags(rules, tags)


def _check_name(partition: Partition, name: str) -> None:
    taken_by = partition.graph.key_pairs_by_name.get(name)
    if taken_by is not None:
        raise errors.KeyPairNameTaken(name, taken_by)


def _new(partition: Partition, name: str, tags: Mapping[str, str], extras: Mapping[str, Any]) -> KeyPair:
    """Return a key pair that has as yet no public key."""
    return KeyPair(
        id=partition.new_id(ResourceKind.KEY_PAIR, partition.graph.key_pairs),
        order=partition.next_order(),
        created=partition.now,
        name=name,
        tags=dict(tags),
        extras=extras,
        public_key="",
    )


@attrs.frozen(kw_only=True)
class ModifyKeyPair:
    """Change what is said of a key pair; None leaves a value as it is. ``extras`` goes over what it has.

    Raises:
        KeyPairNotFound, KeyPairNameTaken: there is none to modify, or another one is called so.
    """

    key_pair_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> KeyPair:
        """Return the key pair as it is now."""
        found = self.check(partition)
        if self.name is not None:
            partition.graph.rename_key_pair(found, self.name)
        if self.description is not None:
            found.description = self.description
        found.extras = {**found.extras, **self.extras}
        return found

    def check(self, partition: Partition) -> KeyPair:
        """Return the key pair, or raise what keeps it as it is."""
        found = lookup.key_pair(partition.graph, self.key_pair_id)
        if self.name not in {None, found.name}:
            _check_name(partition, str(self.name))
        return found


@attrs.frozen
class DeleteKeyPairs:
    """Delete key pairs: all of them, or none.

    Raises:
        KeyPairNotFound, KeyPairInUse: one of them is not there, or opens an instance.
    """

    key_pair_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> None:
        """Take the key pairs out."""
        for found in self.check(partition):
            partition.graph.remove_key_pair(found)

    def check(self, partition: Partition) -> tuple[KeyPair, ...]:
        """Return the key pairs, or raise what keeps them from going."""
        graph = partition.graph
        found = tuple(lookup.key_pair(graph, each) for each in dict.fromkeys(self.key_pair_ids))
        for each in found:
            for instance_id in graph.instances_by_key_pair.ids(each.id):
                raise errors.KeyPairInUse(each.id, instance_id)
        return found
