"""One document as the recognisers read it: its sentences and all that was found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import replace

from factcheck.claims.discourse import Attribution, References, find_attributions, resolve_references
from factcheck.claims.mending import mend
from factcheck.claims.parse import Sentence
from factcheck.claims.quantities import (
    find_listed_singles,
    find_ordinals,
    find_quantities,
    find_zero_counts,
)
from factcheck.claims.times import find_times
from factcheck.claims.times.calendar import day_of, first_day
from factcheck.model import Document, Duration, Mention, Ordinal, Quantity, Time

# So many days before an article lies what it only recalls.
NEWS_DAYS = 31
AGO = re.compile(r"\blast (?:year|month)\b|\b(?:years?|months?) (?:ago|earlier)\b", re.IGNORECASE)
# Words before the time that a rate is counted by.
BY = frozenset({"a", "an", "per", "each", "every"})
# How a sentence begins that goes on about what the one before it tells of.
GOING_ON = frozenset({"that", "those", "it", "they"})


@dataclass(slots=True)
class Reading:
    """A document's sentences with everything the recognisers found in them."""

    document: Document
    sentences: list[Sentence]
    mentions: list[list[Mention]]
    references: References
    attributions: list[Attribution]
    # For each sentence, by token, the first mention that covers it.
    covered: list[dict[int, Mention]]
    # For each sentence, whether it only recalls what was long before the article.
    recalled: list[bool]
    # Whom each attribution names or stands for, filled by ``name_sources``.
    sources: list[str | None] = field(default_factory=list)


def read_sentences(document: Document, sentences: list[Sentence]) -> Reading:
    """Run every recogniser over the parsed sentences of a document, which are mended in place."""
    for sentence in sentences:
        mend(sentence)
    times = find_times(sentences, document.published)
    mentions = [_settle(sentence, row) for sentence, row in zip(sentences, times, strict=True)]
    return Reading(
        document, sentences, mentions, resolve_references(sentences), find_attributions(sentences),
        [_cover(sentence, row) for sentence, row in zip(sentences, mentions, strict=True)],
        _recalled(document, sentences, mentions),
    )  # fmt: skip


def _recalled(document: Document, sentences: list[Sentence], mentions: list[list[Mention]]) -> list[bool]:
    """Say of each sentence whether all days it names lie long before the article, and that it names some.

    One that names none and begins with "that" or "it" goes on about what the one before it tells of.
    """
    today = day_of(document.published)
    recalled: list[bool] = []
    for sentence, row in zip(sentences, mentions, strict=True):
        found = (_is_long_ago(m, document.text[m.start : m.end], today) for m in row)
        told = [long_ago for long_ago in found if long_ago is not None]
        going_on = bool(sentence.tokens) and sentence.tokens[0].lower in GOING_ON
        before = bool(recalled) and recalled[-1] and going_on
        recalled.append(all(told) if told else before)
    return recalled


def _is_long_ago(mention: Mention, words: str, today: date | None) -> bool | None:
    """Say whether a time lies long before the article; None of what is no time, or where nobody can say.

    Of an article that tells no date, "last year" is long ago all the same.
    """
    if not isinstance(mention.value, Time):
        return None
    if today is None:
        return AGO.search(words) is not None or None
    day = first_day(mention.value.timex or "") if mention.value.resolved else None
    return None if day is None else (today - day).days > NEWS_DAYS


def _cover(sentence: Sentence, mentions: list[Mention]) -> dict[int, Mention]:
    covered: dict[int, Mention] = {}
    for mention in mentions:
        for i in sentence.token_at(mention.start, mention.end):
            covered.setdefault(i, mention)
    return covered


def _settle(sentence: Sentence, times: list[Mention]) -> list[Mention]:
    """Merge the recognisers' finds; where two overlap, time beats quantity and quantity beats rank."""
    quantities = settled_rates(find_quantities(sentence), times, sentence.document_text)
    kept = [t for t in times if not _counts_a_rate(sentence, t, quantities)]
    singles = find_listed_singles(sentence, quantities)
    for mention in (*quantities, *find_zero_counts(sentence), *singles):
        if not overlaps_any(mention, kept):
            kept.append(mention)
    ranks = [
        m
        for m in find_ordinals(sentence)
        if not overlaps_any(m, [k for k in kept if not isinstance(k.value, Time)])
    ]
    # "The second meeting in two months", "the first since 2019": the time is the scope of the rank.
    scopes = {s for m in ranks if isinstance(m.value, Ordinal) for s in (m.value.within, m.value.since) if s}
    kept = [m for m in kept if not (isinstance(m.value, Time | Duration) and m.value.timex in scopes)]
    return sorted([*kept, *ranks], key=lambda m: (m.start, m.end))


def settled_rates(quantities: Iterable[Mention], times: Iterable[Mention], text: str) -> list[Mention]:
    """Take a time that begins in the unit of a rate out of it: "$5 million a year earlier" is no rate."""
    return [_cut(mention, times, text) for mention in quantities]


def _cut(mention: Mention, times: Iterable[Mention], text: str) -> Mention:
    value = mention.value
    if not isinstance(value, Quantity) or " per " not in (value.unit or "") or mention.kind == "count":
        return mention
    for time in times:
        if isinstance(time.value, Time) and mention.start < time.start < mention.end <= time.end:
            kept = text[mention.start : time.start].rstrip()
            written = (value.unit_text or "").removesuffix(text[time.start : mention.end]).strip()
            unit = str(value.unit).partition(" per ")[0]
            value = replace(value, unit=unit, unit_text=written or None)
            return replace(mention, end=mention.start + len(kept), value=value)
    return mention


def _counts_a_rate(sentence: Sentence, time: Mention, quantities: Iterable[Mention]) -> bool:
    """Say whether a length of time is the one that a rate is counted by: "$8m a year", "two trips a day"."""
    if not isinstance(time.value, Duration):
        return False
    inside = sentence.token_at(time.start, time.end)
    if inside and sentence.tokens[inside[0]].lower in BY and _is_of_noun(sentence, inside[-1]):
        return True
    rates = (q for q in quantities if isinstance(q.value, Quantity) and " per " in (q.value.unit or ""))
    return any(q.start < time.start and time.end == _end_of_rate(sentence, q) for q in rates)


def _is_of_noun(sentence: Sentence, token: int) -> bool:
    """Say whether a length of time hangs on a noun as it stands: "two million tonnes of steel a year"."""
    time = sentence.tokens[token]
    return time.dep == "npadvmod" and sentence.tokens[time.head].pos == "NOUN"


def _end_of_rate(sentence: Sentence, rate: Mention) -> int:
    """Where a rate ends; the mention of a count ends before its noun."""
    if rate.kind != "count" or rate.head is None:
        return rate.end
    by = sentence.tokens[rate.head + 2 : rate.head + 3]
    return by[0].end if by else rate.end


def overlaps_any(mention: Mention, others: Iterable[Mention]) -> bool:
    """Say whether a mention shares a character with one of the others."""
    return any(mention.start < o.end and o.start < mention.end for o in others)
