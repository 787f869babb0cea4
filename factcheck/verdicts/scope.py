"""Reasons not to call two different values a contradiction: they may be values of different things.

An editor stops reading at the second false alarm, so a conflict has to survive every one of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from factcheck.alignment.features import other_fate, same_fate, same_head, specificity, stems
from factcheck.alignment.names import overlap
from factcheck.claims.comparison import compare, denies, is_age
from factcheck.claims.levels import COARSER, NEGATED, OPPOSED, OPPOSITE_CHANGE
from factcheck.claims.quantities.units import convertible
from factcheck.claims.times.calendar import day_of
from factcheck.model import Claim, Duration, Ordinal, Quantity, Statement, Time, Value
from factcheck.verdicts.parties import (
    NO_KEYS,
    NameKeys,
    apart,
    folded,
    subjects_apart,
    told_of_others,
    verb_of,
)
from factcheck.verdicts.parts import (
    ANYBODY,
    ARTICLES,
    LASTING,
    Siblings,
    all_differ,
    is_counted_beside,
    is_listed,
    is_one_of,
    is_part,
    is_told_beside,
    number_of,
)

# Of 0..1, see `specificity`: one digit that counts.
COMMONPLACE = 0.34
# So much money is no sum that any two texts have in common, however round.
MUCH = 10_000

# The share of their words that two sentences have in common when one is the other retold, and how many words
# say enough to tell.
RETOLD = 0.8
ENOUGH_WORDS = 4

# No clause names more days than that, save in a table.
MOST_DAYS = 6
# Sums converted from another currency, at the rate of their day, lie so near to each other.
RATE_OF_THE_DAY = 0.03
# What one does to a record that stood until then, and what it is called.
BREAKING = frozenset({"break", "beat", "surpass", "eclipse", "shatter", "smash", "exceed"})
RECORDS = frozenset({"record", "mark", "best", "high", "low"})
# How badly people are hurt: of all hurt those are a part.
DEGREES = frozenset({
    "seriously", "badly", "critically", "severely", "gravely", "slightly", "lightly", "serious", "critical",
    "severe", "grave", "slight", "minor", "light",
})  # fmt: skip
# Verbs that say how many of a thing there are, and with them those by which nothing happens to it.
OWNING = frozenset({"have", "own", "comprise", "contain", "consist"})
BEING = OWNING | {"be", "carry", "hold", "employ", "operate", "number", "include", "seat", "stand", "remain"}
ALONE = re.compile(r"\balone\b", re.IGNORECASE)
# What says of things that there were others before.
ADDED = frozenset({"additional", "extra", "further", "more", "much", "new", "other"})
# A sum in brackets behind another one.
CONVERSION = re.compile(r"\(\s?[^()]{0,20}$")

# A time that is told by another one, and what makes a length of time lead from one event to another.
ANAPHORIC = re.compile(r"\b(?:that|same|following|previous)\b", re.IGNORECASE)
FROM_EVENT = re.compile(r"\s{1,2}(?:after|before|later|earlier|ago|from now)\b")
# What makes a length lead from a place to a thing, and verbs by which the thing is the subject.
FROM_PLACE = re.compile(r"(?:\s\w{1,20}){0,2}\s{1,2}(?:of|from|off)\b")
LYING = frozenset({"be", "have", "lie", "locate", "situate", "sit", "stand", "base"})
LAST_WEEK = re.compile(r"last week", re.IGNORECASE)
WEEK = 7
# Not "the" and "of".
LONGER = re.compile(r"\w{4,}")
ROLE = re.compile(r"(?:\s\w{1,20})?\s{1,2}as (?!of\b|well\b|many\b|much\b|soon\b)")

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


# A reason, as a clause of plain English, and when it holds.
Excuse = tuple[str, Callable[["Conflict"], bool]]


class Conflict(NamedTuple):
    """Two claims whose values differ, and what is known around them."""

    left: Claim
    right: Claim
    beside: Siblings
    keys: NameKeys

    def either(self, holds: Callable[[Claim, Claim], bool]) -> bool:
        """Say whether something holds of the two claims, one way round or the other."""
        return holds(self.left, self.right) or holds(self.right, self.left)

    def among(self, holds: Callable[[Claim, Claim, Siblings], bool]) -> bool:
        """Say the same of what needs the claims beside them too."""
        return self.either(lambda one, other: holds(one, other, self.beside))

    def one_only(self, holds: Callable[[Claim], bool]) -> bool:
        """Say whether something holds of one of the two claims and not of the other."""
        return holds(self.left) != holds(self.right)


def excuse(left: Claim, right: Claim, beside: Siblings, keys: NameKeys = NO_KEYS) -> str | None:
    """Say why two different values may both be right, or None: then they are not taken to be of one fact.

    The reason is a clause of plain English.
    """
    case = Conflict(left, right, beside, keys)
    if is_age(left) and is_age(right):
        excuses = OF_AGES
    else:
        again = retold(left, right) and not _on_other_days(case)
        excuses = ALWAYS if again else (*ALWAYS, *ELSEWHERE)
    return next((reason for reason, holds in excuses if holds(case)), None)


def _of_others(case: Conflict) -> bool:
    """Whether two figures are said of different parties."""
    left, right, _, keys = case
    if isinstance(left.value, Statement | Time):
        return False
    return subjects_apart(left, right, keys) or told_of_others(left, right, keys)


def _is_part(case: Conflict) -> bool:
    """Whether one is a part of the other.

    But for those with a name in common: twelve Fords do not cover seven, they are told otherwise.
    """
    names = (folded(c, c.frame.near_names, case.keys) for c in (case.left, case.right))
    return overlap(*names) == 0 and case.among(is_part)


def _in_series(case: Conflict) -> bool:
    """Say whether one tells of another event of a series than the other does: "the sixth aftershock".

    A rank on one side alone must be one of who did it or to whom: "sank it, in a third strike" is about the
    sinking that others tell without counting.
    """
    ranks = [_ranks(c, case.beside) for c in (case.left, case.right)]
    numbers = [{r.value.rank for r in found if isinstance(r.value, Ordinal)} for found in ranks]
    if all(numbers):
        return numbers[0].isdisjoint(numbers[1])
    told = zip((case.left, case.right), ranks, strict=True)
    return any(r.anchor.text in f"{c.subject} {c.object}" for c, found in told for r in found)


def _ranks(claim: Claim, beside: Siblings) -> list[Claim]:
    """The ranks above one in the clause of a claim, its own value left out."""
    return [
        c
        for c in beside(claim)
        if isinstance(c.value, Ordinal) and c.value.rank and c.value.rank > 1
        and c is not claim and c.predicate == claim.predicate
    ]  # fmt: skip


def by_chance(left: Claim, right: Claim) -> bool:
    """Whether two values agree that any two texts have in common ("half", "two"), with no word in common.

    So do those of what befell others: 12 hurt and 12 arrested. Of "a launcher" and "a phone" in two lists
    the other things of the lists are no common words.
    """
    if other_fate(left, right):
        return True
    a, b = left.value, right.value
    if isinstance(a, Time) and isinstance(b, Time):
        return compare(left, right) is COARSER and _of_other_things(left, right)
    if not isinstance(a, Quantity) or not isinstance(b, Quantity) or specificity(left, right) > COMMONPLACE:
        return False
    if left.kind == right.kind == "money" and min(number_of(left), number_of(right)) >= MUCH:
        return False
    if is_age(left) and set(left.frame.near_names) & set(right.frame.near_names):
        return False
    if {left.anchor.text.casefold(), right.anchor.text.casefold()} & ARTICLES:
        things = [stems(re.findall(r"\w+", (v.unit_text or "").casefold())) for v in (a, b)]
        return things[0].isdisjoint(things[1])
    if same_fate(left, right):
        return False
    return _of_other_things(left, right)


def _of_other_things(left: Claim, right: Claim) -> bool:
    """Whether two values hang on other words, and none of those around them is the same."""
    return not (same_head(left, right) or stems(left.frame.near) & stems(right.frame.near))


def _old_record(claim: Claim) -> bool:
    """Whether a figure is the record that was broken: "broke his record of 1,870"."""
    words = {*claim.frame.clause, *claim.frame.near}
    return isinstance(claim.value, Quantity) and not (words.isdisjoint(BREAKING) or words.isdisjoint(RECORDS))


def _is_added(claim: Claim) -> bool:
    """Whether a count is of what came on top of others: "two additional sentences"."""
    return claim.kind == "count" and not ADDED.isdisjoint(claim.frame.modifiers)


def _of_degree(case: Conflict) -> bool:
    """Whether one counts all that were hurt and the other those who were hurt badly, or slightly."""
    if not same_fate(case.left, case.right):
        return False
    degrees = [DEGREES & {*c.frame.near, *c.frame.modifiers} for c in (case.left, case.right)]
    return degrees[0] != degrees[1] and not all(degrees)


def _of_stock(stock: Claim, part: Claim) -> bool:
    """Whether one says how many there are and the other to how many of them something happened."""
    counted = stock.kind == part.kind == "count" and number_of(stock) > number_of(part) > 0
    happened = any((phrase or "").startswith(part.anchor.text) for phrase in (part.subject, part.object))
    return counted and happened and verb_of(stock) in OWNING and verb_of(part) not in BEING | {""}


def _alone(claim: Claim) -> bool:
    return isinstance(claim.value, Quantity) and ALONE.search(claim.quote) is not None


def _anaphoric(case: Conflict) -> bool:
    told = (case.left, case.right)
    return isinstance(case.left.value, Time) and all(ANAPHORIC.search(c.anchor.text) for c in told)


def _all_differ(case: Conflict) -> bool:
    left, right, beside, _ = case
    return all_differ(left, beside(left), right, beside(right))


def _by_the_clock(case: Conflict) -> bool:
    return any(isinstance(c.value, Time) and (c.value.timex or "").startswith("T") for c in case[:2])


def _is_span(claim: Claim) -> bool:
    return isinstance(claim.value, Time) and claim.value.relation == "between"


def _is_distance(claim: Claim) -> bool:
    """Whether a length of time leads from one event to another: "nine days after the storm"."""
    return isinstance(claim.value, Duration) and _goes_on(claim, FROM_EVENT)


def _in_role(claim: Claim) -> bool:
    """Whether a number is of what somebody was at the time: "four seasons as a scout"."""
    return isinstance(claim.value, Quantity | Duration) and _goes_on(claim, ROLE)


def _lie_apart(case: Conflict) -> bool:
    """Whether two lengths lead from a place to what may be two things: "left the mill, 3 km north of it".

    They lead to one thing where one thing is done there, or both are told of the subject: "lies 3 km off".
    """
    both = (case.left, case.right)
    if not all(_is_length(c) and _goes_on(c, FROM_PLACE) for c in both):
        return False
    return verb_of(case.left) != verb_of(case.right) and not all(verb_of(c) in LYING for c in both)


def _is_length(claim: Claim) -> bool:
    return isinstance(claim.value, Quantity) and convertible(claim.value.unit or "", "metre")


def _ends_before(week: Claim, day: Claim) -> bool:
    """Whether a "last week" ends less than a week before a day."""
    if not (isinstance(week.value, Time) and isinstance(day.value, Time)):
        return False
    end, start = day_of(week.value.end), day_of(day.value.start)
    if end is None or start is None or not LAST_WEEK.fullmatch(week.anchor.text):
        return False
    return 0 <= (start - end).days < WEEK


def _of_other_times(case: Conflict) -> bool:
    """Whether the happening of two times or lengths of time is not named on both sides."""
    left, right, _, keys = case
    if not isinstance(left.value, Time | Duration) or _of_one_length(left, right):
        return False
    return shared_happening(left, right, keys) < 2


def _of_one_length(left: Claim, right: Claim) -> bool:
    """Whether both say how long one thing was: "the rescue took six hours", "the rescue lasted nine"."""
    if not isinstance(left.value, Duration) or not {left.predicate, right.predicate} <= LASTING:
        return False
    subjects = (stems(LONGER.findall((c.subject or "").casefold())) for c in (left, right))
    return bool(set.intersection(*subjects))


def _goes_on(claim: Claim, pattern: re.Pattern[str]) -> bool:
    """Whether a pattern matches right behind the value of a claim."""
    return pattern.match(claim.quote, claim.anchor.end - claim.start) is not None


def _on_other_days(case: Conflict) -> bool:
    """Whether both clauses say on what day, in what month or year, and none of these is the same."""
    if isinstance(case.left.value, Time):
        return False
    when = [_days_of(x, case.beside) for x in (case.left, case.right)]
    return all(when) and not any(_same_value(a, b) for a in when[0] for b in when[1])


def _days_of(claim: Claim, beside: Siblings) -> list[Claim]:
    """The days of the verb of a claim, or the only one of its sentence."""
    days = [c for c in beside(claim) if _is_day(c.value)]
    return days if len(days) == 1 else [c for c in days if c.predicate == claim.predicate][:MOST_DAYS]


def _with_others(case: Conflict) -> bool:
    """Whether two days differ and so do all figures of one sort beside them: "20% on Monday, 60% later"."""
    if not isinstance(case.left.value, Time):
        return False
    figures = [[c for c in case.beside(x) if isinstance(c.value, Quantity)][:MOST_DAYS] for x in case[:2]]
    alike = ((a, b) for a in figures[0] for b in figures[1] if a.kind == b.kind and same_head(a, b))
    same = [_same_value(a, b) for a, b in alike]
    return bool(same) and not any(same)


def _same_value(left: Claim, right: Claim) -> bool:
    """Whether two values agree, also if one clause denies what the other asserts."""
    level = compare(left, right)
    return level.relation == "agreement" or level is NEGATED


def _is_day(value: Value) -> bool:
    day = isinstance(value, Time) and value.grain != "minute" and value.timex
    return bool(day) and not str(day).startswith("T")


def _converted(case: Conflict) -> bool:
    """Whether one of two sums stands in brackets behind the sum it was converted from, and they are near."""
    both = (case.left, case.right)
    low, high = sorted(map(number_of, both))
    bracketed = (c.kind == "money" and CONVERSION.search(c.quote[: c.anchor.start - c.start]) for c in both)
    return low >= (1 - RATE_OF_THE_DAY) * high and any(bracketed)


def _of_other_ranks(case: Conflict) -> bool:
    return isinstance(case.left.value, Ordinal) and not same_head(case.left, case.right)


def _of_other_deeds(case: Conflict) -> bool:
    """Whether one denies another deed than the other asserts: another verb, another party, another thing.

    A claim has one polarity and may say more than one thing ("was floored and never recovered"), so the
    verbs have to be the same, or it is not known that the denied thing is the asserted one; or opposites, if
    both assert. Two people who are quoted may well deny each other's word: no two articles contradict each
    other by that.
    """
    both = (case.left, case.right)
    opposed = compare(*both) is OPPOSED
    if not opposed and denies(case.left) == denies(case.right):
        return False
    if not opposed and verb_of(case.left) != verb_of(case.right):
        return True
    speakers = (folded(c, filter(None, [c.speaker]), case.keys) for c in both)
    if apart(*speakers) or subjects_apart(case.left, case.right, case.keys):
        return True
    return _of_other_words(*(c.object for c in both)) or (
        opposed and _of_other_words(*(c.subject for c in both))
    )


def _of_other_words(left: str | None, right: str | None) -> bool:
    """Whether two phrases have no word in common, and both are there."""
    words = [stems(LONGER.findall((phrase or "").casefold())) for phrase in (left, right)]
    return all(words) and words[0].isdisjoint(words[1])


def _of_other_people(case: Conflict) -> bool:
    """Whether two ages are not told of one person: of two who are named, or not in the same words."""
    left, right = case.left, case.right
    names = [folded(c, c.frame.near_names, case.keys) for c in (left, right)]
    if all(names):
        return apart(*names)
    told = [_aged(c) for c in (left, right)]
    alike = left.subject == right.subject or (left.predicate == right.predicate and told[0] == told[1])
    return left.frame.head != right.frame.head or not alike


def _aged(claim: Claim) -> set[str]:
    """The longer words that say who is of an age, without those of the age: none of "a man in his 30s"."""
    return stems(LONGER.findall((claim.subject or "").casefold())) - stems(
        LONGER.findall(claim.anchor.text.casefold())
    )


def _no_common_word(case: Conflict) -> bool:
    """Whether nothing but names ties two claims; that people are counted is no tie."""
    left, right = case.left, case.right
    if same_fate(left, right) or compare(left, right) in (OPPOSED, OPPOSITE_CHANGE):
        return False
    common = stems(left.frame.clause + left.frame.near) & stems(right.frame.clause + right.frame.near)
    if same_head(left, right) and stems([left.frame.head or ""]).isdisjoint(ANYBODY):
        return False
    return not common - ANYBODY


def shared_happening(left: Claim, right: Claim, keys: NameKeys = NO_KEYS) -> int:
    """Count the words around two dates that name one happening: not the people in it, but what was done.

    The days of one story differ from sentence to sentence as one thing follows another; only where the
    happening itself is named on both sides do two dates contradict each other.
    """
    places = [folded(c, c.frame.clause_names, keys) for c in (left, right)]
    if left.frame.saying != right.frame.saying or (all(places) and not overlap(*places)):
        return 0
    return len(stems(left.frame.near) & stems(right.frame.near))


# Why two different ages may both be right: nothing that is told around them makes a person two.
OF_AGES: tuple[Excuse, ...] = (("they are ages of different people", _of_other_people),)
# Why two different values may both be right: the reason, and when it holds. These hold of a sentence that is
# retold word for word too ...
ALWAYS: tuple[Excuse, ...] = (
    ("one is converted from another currency, at a rate of its day", _converted),
    ("what befell the ones is not what befell the others", lambda case: other_fate(case.left, case.right)),
    ("what the one counts is counted beside the other", lambda case: case.among(is_counted_beside)),
    ("one is a part of what the other counts", lambda case: case.among(is_listed)),
    ("one counts only those hurt badly, or slightly", _of_degree),
    ("one is what there is, the other to what of it something happened", lambda case: case.either(_of_stock)),
    ("one is of a part alone", lambda case: case.one_only(_alone)),
    ("each “that year” is of what stands before it", _anaphoric),
    ("the figures told of the two days differ too", _with_others),
)
# ... and these of all others.
ELSEWHERE: tuple[Excuse, ...] = (
    ("they are said of different parties, each named", _of_others),
    ("they are said of different events of a series", _in_series),
    ("what the one denies is not what the other asserts", _of_other_deeds),
    ("they are ranks in different series", _of_other_ranks),
    ("one is a part of what the other counts", _is_part),
    ("the sentence of one tells the other too", lambda case: case.among(is_told_beside)),
    ("“a” may be one of several", lambda case: case.either(is_one_of)),
    ("one counts only what came on top", lambda case: case.one_only(_is_added)),
    ("one is the record before it fell", lambda case: case.one_only(_old_record)),
    ("they are told of different days", _on_other_days),
    ("all figures of the two sentences differ, so they tell of two things of one sort", _all_differ),
    ("they have no word in common but names", _no_common_word),
    ("times of day may be of different zones", _by_the_clock),
    ("one is a span of time, the other a moment", lambda case: case.one_only(_is_span)),
    ("one is how long it took, the other how long after", lambda case: case.one_only(_is_distance)),
    ("one is told of a role", lambda case: case.one_only(_in_role)),
    ("they are how far two things lie from a place", _lie_apart),
    ("“last week” may be the week that ends", lambda case: case.either(_ends_before)),
    ("the two times may be of different events", _of_other_times),
)
