"""Groups of name keys that were found to mean the same, and where they stand."""

from __future__ import annotations

from collections import Counter


class NameGroups:
    """The keys of one story in disjoint groups, each called by one of its keys, the head.

    Documents are told apart by number; nothing depends on which number a document has.
    """

    def __init__(self) -> None:
        self._mentions: dict[str, Counter[int]] = {}
        self._forms: dict[str, set[str]] = {}
        self._parent: dict[str, str] = {}

    def add(self, key: str, document: int) -> None:
        """Count one mention of a key in a document."""
        self._mentions.setdefault(key, Counter())[document] += 1
        self._forms.setdefault(key, {key})

    def find(self, key: str) -> str:
        """Return the head of a key's group."""
        while key in self._parent:
            key = self._parent[key]
        return key

    def merge(self, key: str, into: str) -> None:
        """Put the group of one key into that of another, whose head stays."""
        source, target = self.find(key), self.find(into)
        if source != target:
            self._parent[source] = target
            self._mentions[target] += self._mentions.pop(source)
            self._forms[target] |= self._forms.pop(source)

    def heads(self) -> list[str]:
        """Return the heads of all groups in alphabetical order."""
        return sorted(self._mentions)

    def forms(self, head: str) -> list[str]:
        """Return the keys of a group in alphabetical order."""
        return sorted(self._forms[head])

    def mentions(self, key: str) -> int:
        """Return how often a key's group is mentioned in all documents."""
        return self._mentions[self.find(key)].total()

    def apart(self, first: str, second: str) -> bool:
        """Say whether no document has both groups: one that has both tells them apart."""
        return self._mentions[self.find(first)].keys().isdisjoint(self._mentions[self.find(second)].keys())

    def together(self, first: str, second: str) -> bool:
        """Say whether some document has each of two keys as a name of its own."""
        return first in self._mentions and second in self._mentions and not self.apart(first, second)
