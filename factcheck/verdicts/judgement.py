"""Judge aligned pairs: do the two claims agree, contradict each other, or can nobody honestly say?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from factcheck.alignment.features import OFFICE, specificity
from factcheck.alignment.pairing import Candidate
from factcheck.claims.comparison import compare, is_age, other_range
from factcheck.claims.levels import DIFFERENT, NEGATED, PRECISION, Level
from factcheck.config import Config
from factcheck.model import Claim, Document, Pair, Quantity, Statement, Time
from factcheck.verdicts.bars import AGREE_BY_LEVEL, agreement_bar, bar_between, sort_of, sure_between
from factcheck.verdicts.parties import (
    NO_KEYS,
    NameKeys,
    are_exchanged,
    beside_others,
    other_office,
    told_of_others,
    verb_of,
)
from factcheck.verdicts.parts import Siblings, figures_differ, siblings
from factcheck.verdicts.rates import Rates, exchanged, stated_rates
from factcheck.verdicts.scope import TENTATIVE, by_chance, excuse, retold

# How telling a value must be (0..1, see `specificity`) for agreement to pass on from one telling to the next.
TELLING = 0.6
# How many years may lie between articles of one story that tell no date.
GROWN_UP = 3
AT_STATED_RATE = Level(
    "agreement", "equal at the stated rate", "the sums are worth the same at the rate that the articles give"
)
# What is passed on without being vouched for is told as done all the same.
HEARSAY = re.compile(r"\b(?:reported|alleged|apparent|supposed|purported|evident)ly\b", re.IGNORECASE)
# Something planned or possible neither confirms nor contradicts the same thing done.
HEDGED = Level("undecided", "hedged", "one states what the other only expects or considers possible")
# Nor does a denial that one side reports, whichever of the two is right.
DENIED = Level("undecided", "denied", "one reports that somebody denies what the other tells")
# What denies a part of a statement, wherever in it: "made it clear that she will not sign".
DENYING = re.compile(
    r"n['’]t\b|\bnot\b(?! only\b)|\b(?:never|nobody|nothing|none|no one|no|without|neither)\b", re.IGNORECASE
)
PARTLY_DENIED = Level("undecided", "denied in part", "something is denied in one of the two statements only")
OTHERS = Level("undecided", "told of others", "one tells of a party what the other tells of another")
EXCHANGED_FIGURES = Level(
    "contradiction", "exchanged figures", "each gives the value to the party that has another in the other"
)
SUPERSEDED = Level("undecided", "superseded", "the later report may have overtaken the earlier one")


@dataclass(frozen=True)
class Context:
    """What judging a pair needs to know besides the two claims; ``stories`` maps documents to stories."""

    documents: Mapping[str, Document]
    stories: Mapping[str, str]
    beside: Siblings
    rates: Rates
    config: Config
    ranks: Mapping[str, int]
    keys: NameKeys

    def side(self, claim: Claim) -> tuple[int, str, str]:
        """What tells which claim of a pair is the left one: the source more trusted, then the id."""
        return self.ranks.get(claim.document, 0), claim.document, claim.id


def judge(
    candidates: Sequence[Candidate],
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    stories: Mapping[str, str],
    config: Config,
    keys: NameKeys = NO_KEYS,
    ranks: Mapping[str, int] = MappingProxyType({}),
) -> list[Pair]:
    """Return the pairs that are about the same fact, each with its relation and the reason for it.

    ``keys`` say what the names of each document stand for, as alignment found; ``ranks`` how far documents
    are trusted, 0 most: the left claim is that of the more trusted one.
    """
    told = context_of(claims, documents, stories, config, keys, ranks)
    judged = (
        consider(c, claims[c.left], claims[c.right], told).pair for c in _sided(candidates, claims, told)
    )
    pairs = [pair for pair in judged if pair is not None]
    spread = list(_spread(pairs, claims, told))
    settled = {frozenset((p.left, p.right)) for p in spread}
    kept = [p for p in pairs if frozenset((p.left, p.right)) not in settled]
    return _without_hollow([*kept, *spread], claims, told.beside)


def context_of(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    stories: Mapping[str, str],
    config: Config,
    keys: NameKeys = NO_KEYS,
    ranks: Mapping[str, int] = MappingProxyType({}),
) -> Context:
    """Gather what judging the pairs of a run needs to know."""
    sources = [c for c in claims.values() if documents[c.document].role == "source"]
    rates = stated_rates(sources, documents, stories)
    return Context(documents, stories, siblings(claims.values()), rates, config, ranks, keys)


def _sided(
    candidates: Sequence[Candidate], claims: Mapping[str, Claim], told: Context
) -> Iterator[Candidate]:
    for candidate in candidates:
        left, right = sorted((claims[candidate.left], claims[candidate.right]), key=told.side)
        yield msgspec.structs.replace(candidate, left=left.id, right=right.id)


def _without_hollow(pairs: list[Pair], claims: Mapping[str, Claim], beside: Siblings) -> list[Pair]:
    """Drop agreements of statements that hold other figures: "both say so" would mislead."""
    at_odds: dict[frozenset[str], list[Pair]] = {}
    for pair in pairs:
        if pair.relation == "contradiction":
            at_odds.setdefault(frozenset(claims[c].document for c in (pair.left, pair.right)), []).append(
                pair
            )

    def hollow(pair: Pair) -> bool:
        left, right = claims[pair.left], claims[pair.right]
        conflicts = at_odds.get(frozenset((left.document, right.document)), ())
        at_odds_here = any(_holds(left, right, claims[c.left], claims[c.right]) for c in conflicts)
        return at_odds_here or figures_differ(left, right, beside)

    return [
        p for p in pairs if p.relation != "agreement" or claims[p.left].kind != "statement" or not hollow(p)
    ]


def _holds(left: Claim, right: Claim, one: Claim, other: Claim) -> bool:
    """Say whether two statements hold two values, each its own."""
    if left.document != one.document:
        one, other = other, one
    return all(
        outer.start <= inner.anchor.start and inner.anchor.end <= outer.end
        for outer, inner in ((left, one), (right, other))
    )


def _spread(pairs: Sequence[Pair], claims: Mapping[str, Claim], told: Context) -> Iterator[Pair]:
    """Yield what follows: what one telling agrees with or contradicts, those that agree with it do too.

    Only where the values of the two bear that out, and nothing excuses a difference. What a draft tells is
    no link between sources.
    """
    known = {frozenset((p.left, p.right)) for p in pairs if p.level != "possible"}
    agreeing: dict[str, list[tuple[str, Pair]]] = {}
    for pair in pairs:
        if pair.relation == "agreement":
            agreeing.setdefault(pair.left, []).append((pair.right, pair))
            agreeing.setdefault(pair.right, []).append((pair.left, pair))
    # What follows from two pairs that passed their bars has passed: these lie under the bar of every kind.
    passed = msgspec.structs.replace(told.config, agree_at=-1.0, contradict_at=-1.0, possible_at=-1.0)
    sure = replace(told, config=passed)
    for first in [p for p in pairs if p.relation != "undecided"]:
        for here, there in ((first.left, first.right), (first.right, first.left)):
            if told.documents[claims[here].document].role == "draft":
                continue
            for other, agreement in agreeing.get(here, ()):
                both = frozenset((other, there))
                if both in known or claims[other].document == claims[there].document:
                    continue
                left, right = sorted((other, there), key=lambda c: told.side(claims[c]))
                roles = {told.documents[claims[c].document].role for c in (left, right)}
                vague = first.relation == "agreement" and specificity(claims[left], claims[right]) < TELLING
                if vague or roles == {"draft"}:
                    continue
                chance = round(min(first.confidence, agreement.confidence), 4)
                candidate = Candidate(left=left, right=right, similarity=first.similarity, confidence=chance)
                found = consider(candidate, claims[left], claims[right], sure).pair
                if found is not None and found.relation == first.relation:
                    known.add(both)
                    yield found


class Considered(NamedTuple):
    """How a pair was judged: the level, the bar for it, what excuses a conflict, and what came of it."""

    level: Level
    bar: float
    excuse: str | None
    pair: Pair | None


def consider(candidate: Candidate, left: Claim, right: Claim, told: Context) -> Considered:
    """Judge one pair; its ``pair`` is None where nothing is to be told of it."""
    level = _compare(left, right, told)
    if level.relation == "agreement":
        level = _unless_otherwise(level, left, right, told)
    bar = agreement_bar(sort_of(left), told.config)
    if level.relation == "contradiction":
        bar = bar_between(left, right, told.config, told.keys)
        excused = None if level is EXCHANGED_FIGURES else _excuse(candidate, left, right, bar, told)
        if excused:
            return Considered(level, bar, excused, None)
        if _unlike_modes(left, right) or (
            level is NEGATED and "conditional" in (left.modality, right.modality)
        ):
            level = HEDGED
    if level.name == "different" and (
        _overtaken(left, right, told.documents) or _aged(left, right, told.documents)
    ):
        level = SUPERSEDED
    if level.relation != "undecided" and (left.modality == "denied") != (right.modality == "denied"):
        level = DENIED
    if level.relation == "contradiction" and candidate.confidence < bar:
        level = Level("undecided", "possible", f"{level.reason}, if both are about the same fact")
    if not _worth_telling(level, candidate.confidence, left, right, told.config):
        return Considered(level, bar, None, None)
    return Considered(level, bar, None, _pair(candidate, level, left, right))


def _excuse(candidate: Candidate, left: Claim, right: Claim, bar: float, told: Context) -> str | None:
    """Say why two different values are not taken to be of one fact; two excuses are for unsure pairs."""
    excused = excuse(left, right, told.beside, told.keys)
    if excused or is_age(left):
        return excused
    unsure = candidate.confidence < sure_between(left, right, bar, told.config)
    if unsure and beside_others(left, right, told.keys):
        return "other names stand beside them"
    earlier = not retold(left, right) and _recalls(left) != _recalls(right)
    return "one is told of an earlier event" if earlier else None


def _pair(candidate: Candidate, level: Level, left: Claim, right: Claim) -> Pair:
    return Pair(
        left=candidate.left, right=candidate.right, relation=level.relation, level=level.name,
        reason=_reason(level, left, right), similarity=candidate.similarity, confidence=candidate.confidence,
    )  # fmt: skip


def _compare(left: Claim, right: Claim, told: Context) -> Level:
    """Compare two claims; sums in two currencies by the rate that the story gives, if it gives one.

    Such a rate is rough: it can show that two sums agree, but not that they do not.
    """
    converted = exchanged(left, right, told.rates, told.stories[left.document])
    if converted is not None and compare(left, converted).relation == "agreement":
        return AT_STATED_RATE
    found = compare(left, right)
    # Ranges that overlap may both be right, but not as one end of the other sentence's range.
    ends = not is_age(left) and other_range(left.value, right.value)  # but a man of 34 is in his thirties
    if found is PRECISION and ends and retold(left, right):
        return DIFFERENT
    return found


def _unlike_modes(left: Claim, right: Claim) -> bool:
    """Say whether one states what the other only plans, expects or thinks possible."""
    return (left.modality in TENTATIVE) != (right.modality in TENTATIVE)


def _unless_otherwise(level: Level, left: Claim, right: Claim, told: Context) -> Level:
    """Take back an agreement of what is told of other parties, or of what one only expects."""
    if not isinstance(left.value, Statement):
        return EXCHANGED_FIGURES if are_exchanged(left, right, told.beside, told.keys) else level
    if other_office(left, right) if sort_of(left) == OFFICE else told_of_others(left, right, told.keys):
        return OTHERS
    if len({len(DENYING.findall(c.quote)) % 2 for c in (left, right)}) > 1:
        return PARTLY_DENIED
    unsure = _unlike_modes(left, right) and not any(HEARSAY.search(c.quote) for c in (left, right))
    return HEDGED if unsure and verb_of(left) == verb_of(right) else level


def _worth_telling(level: Level, confidence: float, left: Claim, right: Claim, config: Config) -> bool:
    if level.relation == "contradiction":
        return True
    if level.name == "possible" or (level is HEDGED and not isinstance(left.value, Statement)):
        return confidence >= config.possible_at
    if level.name == "incomparable":
        # Units that do not convert are worth a word; a time of day beside a weekday, or "largest" beside
        # "oldest", are two things to say of one event.
        a, b = left.value, right.value
        units = (
            isinstance(a, Quantity)
            and isinstance(b, Quantity)
            and (a.unit, a.currency) != (b.unit, b.currency)
        )
        return units and confidence >= config.contradict_at
    bar = agreement_bar(sort_of(left), config) + AGREE_BY_LEVEL.get(level.name, 0.0)
    return confidence >= bar and not (level.relation == "agreement" and by_chance(left, right))


def _recalls(claim: Claim) -> bool:
    """Say whether a figure is told of an earlier event."""
    return claim.frame.recalled and not isinstance(claim.value, Time | Statement)


def _overtaken(left: Claim, right: Claim, documents: Mapping[str, Document]) -> bool:
    """Say whether two counts differ that may have grown between two known dates of publication."""
    older, newer = sorted((left, right), key=lambda c: documents[c.document].published or "")
    dates = documents[older.document].published, documents[newer.document].published
    if None in dates or dates[0] == dates[1] or left.kind != "count":
        return False
    a, b = older.value, newer.value
    if not isinstance(a, Quantity) or not isinstance(b, Quantity) or a.number is None or b.number is None:
        return False
    return b.number > a.number and _evolves(older) and _evolves(newer)


def _aged(left: Claim, right: Claim, documents: Mapping[str, Document]) -> bool:
    """Say whether two ages of one person differ by no more than the articles may lie apart.

    An article that tells no date may be of any year; a draft is of today.
    """
    told = [documents[c.document] for c in (left, right)]
    values = [c.value for c in (left, right)]
    if "draft" in (d.role for d in told) or not any(is_age(c) for c in (left, right)):
        return False
    ages = [float(v.number) for v in values if isinstance(v, Quantity) and v.number is not None]
    days = [date.fromisoformat(d.published[:10]) for d in told if d.published]
    years = GROWN_UP if len(days) < 2 else abs((days[0] - days[1]).days) / 365.25
    return len(ages) == 2 and abs(ages[0] - ages[1]) < years + 1


def _evolves(claim: Claim) -> bool:
    return claim.frame.past and not claim.frame.times


def _reason(level: Level, left: Claim, right: Claim) -> str:
    if isinstance(left.value, Statement):
        return level.reason
    return f"{level.reason}: “{left.anchor.text}” and “{right.anchor.text}”"
