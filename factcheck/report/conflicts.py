"""Arrange what contradicts, or may contradict, for human readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.model import Claim, Pair, Report
from factcheck.report.references import References, claim_words, is_statement
from factcheck.report.summary import worth_a_look

NO_CONFLICT = "The documents do not contradict each other on anything that was checked."


@dataclass(frozen=True, slots=True)
class Version:
    """A value of a contradicted fact and the letters of the documents that give it.

    ``words`` is empty for statements, whose value is the whole quote.
    """

    words: str
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One fact that documents contradict each other on; ``also`` are versions that no one contradicts."""

    claims: tuple[Claim, ...]
    versions: tuple[Version, ...]
    also: tuple[Version, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """An undecided pair and its claims."""

    pair: Pair
    left: Claim
    right: Claim
    words: str


def conflicts(report: Report, references: References) -> list[Conflict]:
    """Return what the sources contradict each other on, each fact once however many pairs it has.

    A contradicting pair outside of every contradicted fact joins the fact it shares a claim with, and is
    a conflict of its own where there is none. Pairs with a claim of a draft are left to the draft's checks.
    """
    pairs = [p for p in report.pairs if p.relation == "contradiction" and not references.drafted(p)]
    facts = [list(fact.claims) for fact in report.facts if fact.verdict == "contradiction"]
    held = {name: fact for fact in facts for name in fact}
    for pair in pairs:
        fact = held.get(pair.left, held.get(pair.right))
        if fact is None:
            facts.append(fact := [])
        for name in (pair.left, pair.right):
            if name not in fact:
                fact.append(name)
                held.setdefault(name, fact)
    return [_conflict(fact, pairs, references) for fact in facts]


def doubts(report: Report, references: References) -> tuple[list[Doubt], list[Doubt]]:
    """Return the undecided pairs that are worth a look, likeliest first, and the other undecided pairs."""
    undecided = sorted(
        (pair for pair in report.pairs if pair.relation == "undecided"),
        key=lambda pair: (-pair.confidence, pair.left, pair.right),
    )
    found = [_doubt(pair, references) for pair in undecided]
    return [d for d in found if worth_a_look(d.pair)], [d for d in found if not worth_a_look(d.pair)]


def versions_line(conflict: Conflict) -> str:
    """Set the versions of a contradicted fact side by side: "2017 (A) against 2016 (B, C)"."""
    line = " against ".join(map(_version_words, conflict.versions))
    return f"{line}; also {', '.join(map(_version_words, conflict.also))}" if conflict.also else line


def opponents(contradictions: Iterable[Pair]) -> dict[str, set[str]]:
    """Map each claim to the claims that contradict it."""
    found: dict[str, set[str]] = {}
    for pair in contradictions:
        found.setdefault(pair.left, set()).add(pair.right)
        found.setdefault(pair.right, set()).add(pair.left)
    return found


def _doubt(pair: Pair, references: References) -> Doubt:
    left, right = references.claims[pair.left], references.claims[pair.right]
    versions = (*_versions([left], [], references), *_versions([right], [], references))
    return Doubt(pair, left, right, " and ".join(map(_version_words, versions)))


def _version_words(version: Version) -> str:
    letters = ", ".join(version.letters)
    return f"{version.words} ({letters})" if version.words else letters


def _conflict(names: Sequence[str], contradictions: Sequence[Pair], references: References) -> Conflict:
    told = set(names)
    pairs = [pair for pair in contradictions if pair.left in told and pair.right in told]
    claims = references.claims_of(names)
    against = {name for pair in pairs for name in (pair.left, pair.right)}
    fighting = [claim for claim in claims if claim.id in against] or list(claims)
    others = [claim for claim in claims if claim not in fighting]
    strongest = max(pairs, key=lambda pair: pair.confidence, default=None)
    return Conflict(
        claims,
        _versions(fighting, pairs, references),
        _versions(others, [], references),
        strongest.reason if strongest else "",
    )


def _versions(claims: Sequence[Claim], pairs: Sequence[Pair], references: References) -> tuple[Version, ...]:
    """Gather the claims that say the same; statements by whether they contradict the first one."""
    if not claims:
        return ()
    opposed = opponents(pairs).get(claims[0].id, set())
    sides: dict[tuple[str, bool], list[str]] = {}
    for claim in claims:
        side = ("", claim.id in opposed) if is_statement(claim) else (claim_words(claim), False)
        sides.setdefault(side, []).append(claim.document)
    return tuple(Version(words, references.letters_of(told)) for (words, _), told in sides.items())
