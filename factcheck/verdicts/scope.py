"""Reasons not to call two different values a contradiction: they may be values of different things.

An editor stops reading at the second false alarm, so a conflict has to survive every one of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from factcheck.alignment.features import names_within, same_head, specificity, stems
from factcheck.alignment.names import fold, overlap
from factcheck.claims.comparison import compare
from factcheck.model import Claim, Duration, Ordinal, Quantity, Statement, Time, Value
from factcheck.verdicts.parts import (
    ANYBODY,
    ARTICLES,
    Siblings,
    all_differ,
    is_counted_beside,
    is_listed,
    is_one_of,
    is_part,
    number_of,
)

# Of 0..1, see `specificity`: one digit that counts.
COMMONPLACE = 0.34

# The share of their words that two sentences have in common when one is the other retold, and how many words
# say enough to tell.
RETOLD = 0.8
ENOUGH_WORDS = 4

# What the names of each document stand for in its story: a key by name, by the document's id.
NameKeys = Mapping[str, Mapping[str, str]]
NO_KEYS: NameKeys = MappingProxyType({})

# No clause names more days than that, save in a table.
MOST_DAYS = 6
# Sums converted from another currency, at the rate of their day, lie so near to each other.
RATE_OF_THE_DAY = 0.03
# What one does to a record that stood until then, and what it is called.
BREAKING = frozenset({"break", "beat", "surpass", "eclipse", "shatter", "smash", "exceed"})
RECORDS = frozenset({"record", "mark", "best", "high", "low"})
# A sum in brackets behind another one.
CONVERSION = re.compile(r"\(\s?[^()]{0,20}$")

# A time that is told by another one, and what makes a length of time lead from one event to another.
ANAPHORIC = re.compile(r"\b(?:that|same|following|previous)\b", re.IGNORECASE)
FROM_EVENT = re.compile(r"\s{1,2}(?:after|before|later|earlier|ago|from now)\b")
ROLE = re.compile(r"(?:\s\w{1,20})?\s{1,2}as (?!of\b|well\b|many\b|much\b|soon\b)")
PART = "one is a part of what the other counts"

# How what may not come about is told.
TENTATIVE = frozenset({"planned", "possible", "conditional", "questioned"})


def retold(left: Claim, right: Claim) -> bool:
    """Say whether two claims stand in one sentence or clause told twice, word for word but for a few.

    Then a different value is a different value of the same thing, whatever else might excuse it.
    """
    if left.kind == right.kind != "statement" and _same_clause(left, right):
        return True
    words = [stems(c.frame.words) for c in (left, right)]
    near = [stems(c.frame.near or c.frame.clause) for c in (left, right)]
    common = len(words[0] & words[1])
    return (
        left.kind == right.kind
        and common >= ENOUGH_WORDS
        and common >= RETOLD * len(words[0] | words[1])
        and len(near[0] & near[1]) >= RETOLD * len(near[0] | near[1])
    )


def _same_clause(left: Claim, right: Claim) -> bool:
    """Whether two clauses are the same but for their values: "has led the party since 2002", "since 2003"."""
    words = [set(re.findall(r"\w+", c.frame.masked.casefold())) for c in (left, right)]
    common = len(words[0] & words[1])
    return common > ENOUGH_WORDS and common >= RETOLD * len(words[0] | words[1])


def excuse(left: Claim, right: Claim, beside: Siblings, keys: NameKeys = NO_KEYS) -> str | None:
    """Say why two different values may both be right, or None: then they are not taken to be of one fact.

    The reason is a clause of plain English.
    """
    if _converted(left, right):
        return "one is converted from another currency, at a rate of its day"
    both = ((left, right), (right, left))
    if any(is_counted_beside(*pair, beside) for pair in both):
        return "what the one counts is counted beside the other"
    if any(is_listed(*pair, beside) for pair in both):
        return PART
    if isinstance(left.value, Time) and all(ANAPHORIC.search(c.anchor.text) for c in (left, right)):
        return "each “that year” is of what stands before it"
    if retold(left, right) and not _on_other_days(left, right, beside):
        return None
    times = [c.value for c in (left, right) if isinstance(c.value, Time)]
    reasons = (
        (of_others(left, right, keys), "they are said of different parties, each named"),
        (_in_series(left, right, beside), "they are said of different events of a series"),
        (_of_other_deeds(left, right, keys), "what the one denies is not what the other asserts"),
        (_of_other_ranks(left, right), "they are ranks in different series"),
        (
            not _named_alike(left, right, keys) and any(is_part(*pair, beside) for pair in both),
            PART,
        ),
        (any(is_one_of(*pair) for pair in both), "“a” may be one of several"),
        (_old_record(left) != _old_record(right), "one is the record before it fell"),
        (_on_other_days(left, right, beside), "they are told of different days"),
        (
            all_differ(left, beside(left), right, beside(right)),
            "all figures of the two sentences differ, so they tell of two things of one sort",
        ),
        (_no_common_word(left, right), "they have no word in common but names"),
        (
            any((time.timex or "").startswith("T") for time in times),
            "times of day may be of different zones",
        ),
        (_is_span(left) != _is_span(right), "one is a span of time, the other a moment"),
        (_is_distance(left) != _is_distance(right), "one is how long it took, the other how long after"),
        (_in_role(left) != _in_role(right), "one is told of a role"),
        (
            isinstance(left.value, Time | Duration) and shared_happening(left, right, keys) < 2,
            "the two times may be of different events",
        ),
    )
    return next((reason for holds, reason in reasons if holds), None)


def of_others(left: Claim, right: Claim, keys: NameKeys = NO_KEYS) -> bool:
    """Say whether two figures are said of different parties, each named: two bidders, two countries."""
    if isinstance(left.value, Statement | Time):
        return False
    return _apart(*(_folded(c, names_within(c, c.subject), keys) for c in (left, right)))


def beside_others(left: Claim, right: Claim, keys: NameKeys = NO_KEYS) -> bool:
    """Say whether other names stand right beside two figures: a sign of different things, and a weak one.

    "Three cables between Genoa and Tunis" may well be the four that run "below the Mediterranean".
    """
    if isinstance(left.value, Statement | Time):
        return False
    return _apart(*(_folded(c, c.frame.near_names, keys) for c in (left, right)))


def _named_alike(left: Claim, right: Claim, keys: NameKeys) -> bool:
    """Whether a name stands beside both: twelve Kalashnikovs do not cover seven, they are told otherwise."""
    return overlap(*(_folded(c, c.frame.near_names, keys) for c in (left, right))) > 0


def _apart(left: set[str], right: set[str]) -> bool:
    return bool(left and right) and overlap(left, right) == 0


def _in_series(left: Claim, right: Claim, beside: Siblings) -> bool:
    """Say whether one tells of another event of a series than the other does: "the sixth aftershock".

    A rank on one side alone must be one of who did it or to whom: "sank it, in a third strike" is about the
    sinking that others tell without counting.
    """
    ranks = [_ranks(c, beside) for c in (left, right)]
    numbers = [{r.value.rank for r in found if isinstance(r.value, Ordinal)} for found in ranks]
    if all(numbers):
        return numbers[0].isdisjoint(numbers[1])
    told = zip((left, right), ranks, strict=True)
    return any(r.anchor.text in f"{c.subject} {c.object}" for c, found in told for r in found)


def _ranks(claim: Claim, beside: Siblings) -> list[Claim]:
    """The ranks above one in the clause of a claim, its own value left out."""
    return [
        c
        for c in beside(claim)
        if isinstance(c.value, Ordinal) and c.value.rank and c.value.rank > 1
        and c is not claim and c.predicate == claim.predicate
    ]  # fmt: skip


def _folded(claim: Claim, names: Iterable[str], keys: NameKeys) -> set[str]:
    known = keys.get(claim.document, {})
    return {known.get(name) or fold(name) for name in names}


def by_chance(left: Claim, right: Claim) -> bool:
    """Whether two values agree that any two texts have in common ("half", "two"), with no word in common.

    Of "a launcher" and "a phone" in two lists the other things of the lists are no common words.
    """
    a, b = left.value, right.value
    if not isinstance(a, Quantity) or not isinstance(b, Quantity) or specificity(left, right) > COMMONPLACE:
        return False
    if {left.anchor.text.casefold(), right.anchor.text.casefold()} & ARTICLES:
        things = [stems(re.findall(r"\w+", (v.unit_text or "").casefold())) for v in (a, b)]
        return things[0].isdisjoint(things[1])
    return not (same_head(left, right) or stems(left.frame.near) & stems(right.frame.near))


def _old_record(claim: Claim) -> bool:
    """Whether a figure is the record that was broken: "broke his record of 2,106"."""
    words = {*claim.frame.clause, *claim.frame.near}
    return isinstance(claim.value, Quantity) and not (words.isdisjoint(BREAKING) or words.isdisjoint(RECORDS))


def _is_span(claim: Claim) -> bool:
    return isinstance(claim.value, Time) and claim.value.relation == "between"


def _is_distance(claim: Claim) -> bool:
    """Whether a length of time leads from one event to another: "nine days after the storm"."""
    return isinstance(claim.value, Duration) and _goes_on(claim, FROM_EVENT)


def _in_role(claim: Claim) -> bool:
    """Whether a number is of what somebody was at the time: "four seasons as a scout"."""
    return isinstance(claim.value, Quantity | Duration) and _goes_on(claim, ROLE)


def _goes_on(claim: Claim, pattern: re.Pattern[str]) -> bool:
    """Whether a pattern matches right behind the value of a claim."""
    return pattern.match(claim.quote, claim.anchor.end - claim.start) is not None


def _on_other_days(left: Claim, right: Claim, beside: Siblings) -> bool:
    """Whether both clauses say on what day, in what month or year, and none of these is the same."""
    if isinstance(left.value, Time):
        return False
    when = [
        [c for c in beside(x) if c.predicate == x.predicate and _is_day(c.value)][:MOST_DAYS]
        for x in (left, right)
    ]
    return all(when) and all(compare(a, b).relation != "agreement" for a in when[0] for b in when[1])


def _is_day(value: Value) -> bool:
    day = isinstance(value, Time) and value.grain != "minute" and value.timex
    return bool(day) and not str(day).startswith("T")


def _converted(left: Claim, right: Claim) -> bool:
    """Whether one of two sums stands in brackets behind the sum it was converted from, and they are near."""
    if left.kind != "money" or right.kind != "money":
        return False
    low, high = sorted(map(number_of, (left, right)))
    bracketed = (CONVERSION.search(c.quote[: c.anchor.start - c.start]) for c in (left, right))
    return low >= (1 - RATE_OF_THE_DAY) * high and any(bracketed)


def _of_other_ranks(left: Claim, right: Claim) -> bool:
    return isinstance(left.value, Ordinal) and not same_head(left, right)


def _of_other_deeds(left: Claim, right: Claim, keys: NameKeys) -> bool:
    """Whether one denies another deed than the other asserts: another verb, another party, another thing.

    A claim has one polarity and may say more than one thing ("was floored and never recovered"), so the
    verbs have to be the same, or it is not known that the denied thing is the asserted one. Two people who
    are quoted may well deny each other's word: no two articles contradict each other by that.
    """
    if left.polarity == right.polarity:
        return False
    verbs = [(c.predicate or "").split()[-1:] for c in (left, right)]
    if verbs[0] != verbs[1] or _apart(*(_folded(c, filter(None, [c.speaker]), keys) for c in (left, right))):
        return True
    if _apart(*(_folded(c, names_within(c, c.subject), keys) for c in (left, right))):
        return True
    things = [stems(re.findall(r"\w+", (c.object or "").casefold())) for c in (left, right)]
    return all(things) and things[0].isdisjoint(things[1])


def _no_common_word(left: Claim, right: Claim) -> bool:
    """Whether nothing but names ties two claims; that people are counted is no tie."""
    common = stems(left.frame.clause + left.frame.near) & stems(right.frame.clause + right.frame.near)
    if same_head(left, right) and stems([left.frame.head or ""]).isdisjoint(ANYBODY):
        return False
    return not common - ANYBODY


def shared_happening(left: Claim, right: Claim, keys: NameKeys = NO_KEYS) -> int:
    """Count the words around two dates that name one happening: not the people in it, but what was done.

    The days of one story differ from sentence to sentence as one thing follows another; only where the
    happening itself is named on both sides do two dates contradict each other.
    """
    places = [_folded(c, c.frame.clause_names, keys) for c in (left, right)]
    if left.frame.saying != right.frame.saying or (all(places) and not overlap(*places)):
        return 0
    return len(stems(left.frame.near) & stems(right.frame.near))
