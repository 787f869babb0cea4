"""Say which predicates are opposites: "approved" and "rejected", "is insured" and "is uninsured"."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

_NEGATIVE = ("un",)


@cache
def _data() -> dict[str, Any]:
    """Load ``opposite.toml``."""
    text = resources.files("factcheck.claims").joinpath("data/opposite.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return {"pairs": found["pairs"], "mutual": frozenset(found["mutual"])}


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """Return every pair of opposites, both ways round."""
    told = ((x, y) for left, right in _data()["pairs"] for x in left for y in right)
    return frozenset(pair for x, y in told for pair in ((x, y), (y, x)))


def are_opposite(left: str | None, right: str | None) -> bool:
    """Say whether two predicates, as lemmas, cannot both hold of one thing at one time."""
    if not left or not right:
        return False
    return _negates(left, right) or any((x, y) in _pairs() for x in _forms(left) for y in _forms(right))


def _forms(predicate: str) -> set[str]:
    """The predicate, and the last word of a chain: "open" of "be open", "approve" of "vote to approve"."""
    return {predicate, predicate.split()[-1]}


def _negates(left: str, right: str) -> bool:
    """Whether one adjective is the other with a prefix that says "not": "be safe", "rule unsafe"."""
    short, long = sorted((left.split(), right.split()), key=lambda words: len(words[-1]))
    plain = len(short) == len(long) == 2 and short[0] == long[0]
    return plain and long[1] in {f"{prefix}{short[1]}" for prefix in _NEGATIVE}


def is_mutual(predicate: str) -> bool:
    """Say whether what a predicate tells goes both ways: who meets somebody is met."""
    return not _data()["mutual"].isdisjoint(predicate.split()[-1:])
