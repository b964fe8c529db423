"""Key pairs, and the instances that they open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables

if TYPE_CHECKING:
    from duolect_core.model.key_pairs import KeyPair


class KeyPairTables(TagTables):
    """The key pairs of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.key_pairs: dict[str, KeyPair] = {}
        self.key_pairs_by_name: dict[str, str] = {}
        """The key pair of each name: no two have the same."""
        self.key_pairs_by_public_key: Index[str] = Index()
        """The key pairs of each public key, without the comment that may follow it."""

    @staticmethod
    def key_of(public_key: str) -> str:
        """Return the line of a public key without the comment that may follow it."""
        return " ".join(public_key.split()[:2])

    def add_key_pair(self, key_pair: KeyPair) -> None:
        """Put a new key pair in."""
        self.key_pairs[key_pair.id] = key_pair
        self.key_pairs_by_name[key_pair.name] = key_pair.id
        self.key_pairs_by_public_key.add(self.key_of(key_pair.public_key), key_pair.id, key_pair.order)
        self._tag(key_pair)

    def rename_key_pair(self, key_pair: KeyPair, name: str) -> None:
        """Give a key pair another name, which no other one has."""
        del self.key_pairs_by_name[key_pair.name]
        key_pair.name = name
        self.key_pairs_by_name[name] = key_pair.id

    def remove_key_pair(self, key_pair: KeyPair) -> None:
        """Take a key pair out, which opens no instance."""
        self._untag(key_pair)
        self.key_pairs_by_public_key.discard(self.key_of(key_pair.public_key), key_pair.id)
        del self.key_pairs_by_name[key_pair.name]
        del self.key_pairs[key_pair.id]
