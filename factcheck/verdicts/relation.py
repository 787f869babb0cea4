"""Say how two statements relate, without a story around them.

Two witnesses: the entailment head, which reads the words, and the typed comparison of values, which knows
that fifteen is 15 and that 28,500 is not 38,500. Each state of the values shifts the head's probabilities by
fixed factors, and the most probable relation is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

import numpy as np

from factcheck.alignment.features import GROUPS
from factcheck.claims.comparison import compare
from factcheck.claims.levels import Level
from factcheck.claims.quantities.numerals import number_words
from factcheck.claims.times.lexer import vocabulary
from factcheck.model import Claim, Duration, Extraction, Frozen, Ordinal, Quantity, Time
from factcheck.verdicts.entailment import AGREE, CONTRADICT, NEITHER, Matrix
from factcheck.verdicts.parties import verb_of
from factcheck.verdicts.scope import TENTATIVE

WORD = re.compile(r"[^\W\d_]+")
# What makes a statement unsure; these and others govern the modality of claims.
UNSURE = frozenset({"may", "might", "could", "will", "would", "if", "plans", "planned", "expected"})
# How a report is called false, and how it is told without being vouched for. Source: the refuting and hedging
# words that studies of stance towards rumours go by (W. Ferreira and A. Vlachos, Emergent, 2016), in all
# forms that news has of them.
REFUTED = re.compile(
    r"\b(?:hoax(?:es)?|fakes?|faked|false|falsely|untrue|incorrect|unfounded|baseless|bogus|fabricated|fictitious"
    r"|den(?:y|ies|ied|ying)|refut(?:es?|ed|ing)|debunk(?:s|ed|ing)?|disprov(?:es?|ed|en)|rebut(?:s|ted)?"
    r"|retract(?:s|ed|ing)?|(?:dismiss(?:es|ed)?|shoots? down|shot down|shuts? down|quash(?:es|ed)?)"
    r"(?: \w+)? (?:reports?|rumou?rs?|claims?|allegations?|talk|speculation))\b",
    re.IGNORECASE,
)
HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|rumou?red|rumou?rs?|unconfirmed|in talks|said to)\b",
    re.IGNORECASE,
)
# A statement of more words says more than the one thing that is called false.
HEADLINE = 24
# Months and weekdays that are far more often other words.
OTHER_WORDS = frozenset({"may", "mar", "sat", "sun", "mon", "wed"})
# Who asks of two statements expects them to be about one thing, more often than the pairs are that the head
# learnt from.
ONE_THING = 0.15
# But not where no longer word of the two begins alike, and their vectors are not alike either: these the head
# takes for contradiction. Of labelled pairs without a common word, few that agree lie under the cosine, and
# of sentences drawn at random most.
STRANGERS = 100.0
STEM = 4
LIKE = 0.15
# What a head that is quite sure may still be wrong about: without it no value could turn its answer.
DOUBT = 0.003

# How a statement opens that does not name what it is about: "He was", "Its owner", "The film was"; but the
# "it" of "it is reported that" is nothing.
UNNAMED = re.compile(
    r"(?:(?:He|She|They|It(?! (?:is|was|has been) \w+ that))"
    r"|(?P<whose>His|Her|Its|Their)|(?P<noun>(?:The|This|These) [a-z]+))\b"
)
CAPITALISED = re.compile(r"\b[A-Z]\w+")
# Words that open a sentence with a capital and no name.
NO_NAMES = frozenset({
    "A", "An", "The", "This", "That", "These", "Those", "He", "She", "It", "They", "We", "I", "You", "His",
    "Her", "Its", "Their", "Our", "My", "Some", "There",
})  # fmt: skip
# The verb of "born".
BIRTH = "bear"

State = Literal["none", "same", "different", "unmatched", "tentative", "refuted"]
# How the values of the two statements shift the probabilities of agreement, contradiction and neither.
# Source: `tests/benchmarks/fit_relation.py`, on training pairs and labelled stories; but of tentative and of
# refuted ones, of which these have few: what is only expected neither confirms nor contradicts the same thing
# done, and who calls a report false denies what it says.
SHIFTS: dict[State, tuple[float, float, float]] = {
    "none": (1.0, 1.0, 1.0),
    "same": (1.0, 0.09, 0.03),
    "different": (0.04, 1.0, 0.02),
    "unmatched": (0.22, 1.0, 0.08),
    "tentative": (0.0, 0.0, 1.0),
    "refuted": (0.02, 1.0, 0.02),
}


class Related(Frozen, frozen=True, kw_only=True):
    """How two statements relate; ``confidence`` is the probability of that, in 0..1."""

    relation: Literal["agreement", "contradiction", "unrelated", "undecided"]
    confidence: float
    reason: str


class Values(NamedTuple):
    """How the values of the second statement stand to those of the first.

    "none": there is nothing to compare; "same": the first has each of them; "different": one of them differs
    from its counterpart, as ``reason`` says; "unmatched": one of them has no counterpart; "tentative": the
    first only expects or considers possible what the second states, or passes it on as hearsay; "refuted":
    the first calls it false. ``alike`` are the values of the first that the second has too, as start, end and
    the second's words for it.
    """

    state: State
    reason: str = ""
    alike: tuple[tuple[int, int, str], ...] = ()


NONE = Values("none")
CALLED_FALSE = Values("refuted", "the first calls false what the second states")
PASSED_ON = Values("tentative", "the first passes on what the second states, and does not vouch for it")
# The state of several values is the first of these that one of them has.
ORDER: tuple[State, ...] = ("different", "unmatched", "same", "none")


def both_ways(forward: Matrix, backward: Matrix) -> Matrix:
    """Return the probabilities (pairs, 3) of pairs, given those of either direction.

    Agreement is directed, but what contradicts a statement is contradicted by it: there the geometric mean
    counts. Rows need not sum to 1.
    """
    chances = forward + DOUBT
    chances[:, CONTRADICT] = np.sqrt(chances[:, CONTRADICT] * (backward[:, CONTRADICT] + DOUBT))
    return chances


def relate(left: str, right: str, chances: Matrix, values: Values, *, strangers: bool) -> Related:
    """Relate two statements by what the entailment head and the comparison of their values say.

    ``chances`` (3,) are those of ``both_ways``; ``strangers`` says that the two speak of other things.
    """
    if not (WORD.search(left) and WORD.search(right)):
        return Related(
            relation="undecided", confidence=0.0, reason="one side says nothing that can be checked"
        )
    shift = np.array(SHIFTS[values.state])
    if strangers:
        shift = np.array((1.0, 1.0, STRANGERS))
    elif values.state != "tentative":
        shift[NEITHER] *= ONE_THING
    weights = chances * shift
    weights /= weights.sum()
    best = int(weights.argmax())
    confidence = round(float(weights[best]), 4)
    if best == AGREE:
        reason = "the second follows from the first"
        if values.state == "same":
            reason += ", and the values agree"
        return Related(relation="agreement", confidence=confidence, reason=reason)
    if best == CONTRADICT:
        reason = values.reason or "both cannot be true of the same event"
        return Related(relation="contradiction", confidence=confidence, reason=reason)
    if strangers:
        return Related(relation="unrelated", confidence=confidence, reason="they speak of other things")
    reason = "the first neither tells nor rules out the second"
    if values.state == "tentative":
        reason = values.reason
    return Related(relation="undecided", confidence=confidence, reason=reason)


def common_word(left: str, right: str) -> bool:
    """Say whether longer words of two texts begin alike."""
    return not _content(left).isdisjoint(_content(right))


def written_alike(left: str, values: Values) -> str:
    """Return the first statement with its values written as the second writes them.

    The head reads words: that 50% is half it need not know. Of values that overlap the last is written.
    """
    limit = len(left)
    for start, end, words in sorted(values.alike, reverse=True):
        if end <= limit:
            left, limit = left[:start] + words + left[end:], start
    return left


def may_be_named_alike(left: str, right: str) -> bool:
    """Say whether reading two statements can pay: one opens without a name, or they share some of one."""
    if (UNNAMED.match(left) is None) != (UNNAMED.match(right) is None):
        return True
    return not set(CAPITALISED.findall(left)).isdisjoint(CAPITALISED.findall(right))


def named_alike(text: str, left: Extraction, right: Extraction) -> str:
    """Return the first statement, as ``text`` has it, with what it is about named as the second names it.

    Who relates "It was found in 1935" to "Radium was found in 1935" means radium, and "Holm" is the "Ida
    Holm" of the other; the head does not know.
    """
    name = next((c.subject for c in right.claims if c.subject), "")
    own = next((c.subject for c in left.claims if c.subject and text.startswith(c.subject)), "")
    if not _is_name(name):
        return text
    if _is_name(own):
        words = set(own.split()), set(name.split())
        return name + text[len(own) :] if words[0] < words[1] or words[1] < words[0] else text
    found = UNNAMED.match(text)
    if found is None or (found["noun"] and found["noun"] != own):
        return text  # "The film version of the novel was"
    return name + ("'s" if found["whose"] else "") + text[found.end() :]


def _is_name(phrase: str) -> bool:
    first, _, rest = phrase.partition(" ")
    return first[:1].isupper() and (first not in NO_NAMES or rest[:1].isupper())


def stance(left: str, right: str) -> Values | None:
    """Say how the first statement, if it is short, stands to a report that the second may be telling."""
    if len(WORD.findall(left)) > HEADLINE or not common_word(left, right):
        return None
    told = ((REFUTED, CALLED_FALSE), (HEARSAY, PASSED_ON))
    return next((values for words, values in told if words.search(left) and not words.search(right)), None)


def may_be_compared(left: str, right: str) -> bool:
    """Say whether reading two statements can pay: both may hold values, or the first be unsure."""
    unsure = not UNSURE.isdisjoint(WORD.findall(left.casefold()))
    return unsure or (may_hold_value(left) and may_hold_value(right))


def may_hold_value(text: str) -> bool:
    """Say whether a text has a digit or a word of numbers or dates: whether reading it for values can pay."""
    return any(c.isdigit() for c in text) or not _value_words().isdisjoint(WORD.findall(text.casefold()))


def compare_values(left: Extraction, right: Extraction) -> Values:
    """Compare each value of the second statement with those of its group in the first."""
    if any(_only_expected(claim, left.claims) for claim in right.claims):
        return Values("tentative", "the first only expects or considers possible what the second states")
    found = [_counterpart(claim, left.claims) for claim in right.claims if claim.kind != "statement"]
    worst = min(found, key=lambda values: ORDER.index(values.state), default=NONE)
    # One place is written one way, whatever else of the second it agrees with.
    alike = {place[:2]: place for values in found for place in values.alike}
    return worst._replace(alike=tuple(alike.values()))


def _only_expected(claim: Claim, others: Sequence[Claim]) -> bool:
    """Say whether a statement is asserted that the others tell, each time, as planned or possible."""
    if claim.kind != "statement" or claim.modality != "asserted":
        return False
    told = [o for o in others if o.kind == "statement" and verb_of(o) == verb_of(claim)]
    return bool(told) and all(o.modality in TENTATIVE for o in told)


def _counterpart(claim: Claim, others: Sequence[Claim]) -> Values:
    """Find the value that says the same, or else the nearest that differs."""
    conflicts: list[tuple[int, int, Claim, Level]] = []
    for row, other in enumerate(others):
        if _lasts(other, claim):
            return Values("same")
        if GROUPS[other.kind] != GROUPS[claim.kind] or _one_of_birth(other, claim):
            continue
        level = compare(other, claim)
        if level.relation == "agreement" or _implied(other, claim):
            place = other.anchor.start, other.anchor.end, claim.anchor.text
            return Values("same", alike=(place,))
        if level.relation == "contradiction" and _of_one_sort(other, claim):
            near = len({*other.frame.clause, other.frame.head} & {*claim.frame.clause, claim.frame.head})
            conflicts.append((-near, row, other, level))
    if not conflicts:
        return NONE if isinstance(claim.value, Ordinal) else Values("unmatched")
    _, _, other, level = min(conflicts, key=lambda c: c[:2])
    return Values("different", f"{level.reason}: “{other.anchor.text}” and “{claim.anchor.text}”")


def _one_of_birth(left: Claim, right: Claim) -> bool:
    """Say whether of two dates one is of somebody's birth and the other of something they did."""
    verbs = (left.predicate, right.predicate)
    return isinstance(left.value, Time) and BIRTH in verbs and not {BIRTH, "be", None}.issuperset(verbs)


def _implied(left: Claim, right: Claim) -> bool:
    """Say whether the first bound holds the second: more than 300 are more than 250."""
    a, b = left.value, right.value
    if not (isinstance(a, Quantity) and isinstance(b, Quantity)) or a.unit != b.unit:
        return False
    if a.comparator != b.comparator or a.number is None or b.number is None:
        return False
    low, high = sorted((a.number, b.number))
    return (a.comparator, a.number) in (("above", high), ("below", low))


def _lasts(left: Claim, right: Claim) -> bool:
    """Say whether the first tells from when to when, and the second how many years that is."""
    a, b = left.value, right.value
    if left.kind != "period" or not isinstance(a, Time) or not isinstance(b, Duration) or b.unit != "year":
        return False
    began, ended = (a.start or "")[:4], (a.end or "")[:4]
    if not (began.isdigit() and ended.isdigit()) or b.number is None:
        return False
    # Of years it is not known where in them something began and ended; the end is the first day after.
    return int(ended) - int(began) - 1 <= b.number <= int(ended) - int(began)


def _of_one_sort(left: Claim, right: Claim) -> bool:
    """Say whether two values can be values of one thing: 15 ships and 20 sailors cannot."""
    heads = {left.frame.head, right.frame.head}
    if isinstance(left.value, Ordinal):
        return len(heads) == 1  # the third son, the first president
    if not (isinstance(left.value, Quantity) and isinstance(right.value, Quantity)):
        return True
    return left.kind == right.kind and (left.kind != "count" or None in heads or len(heads) == 1)


@cache
def _value_words() -> frozenset[str]:
    words = vocabulary()
    return frozenset(number_words() | words["months"].keys() | words["weekdays"].keys()) - OTHER_WORDS


def _content(text: str) -> set[str]:
    """How the words of a text begin that are long enough to mean something."""
    return {word[:STEM] for word in WORD.findall(text.casefold()) if len(word) >= STEM}
