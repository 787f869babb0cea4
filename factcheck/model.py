"""The nouns of factcheck: what one stage hands to the next.

Every offset in this module is a half-open range of Unicode code points into the text of a document
*as it was read*. No stage edits a text, so ``text[start:end]`` is always the quoted words.

The types are frozen ``msgspec`` structs: they compare by value, cost little, and their JSON form and
JSON Schema come from the same declarations.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

import msgspec

Number = int | float

Comparator = Literal["exact", "about", "above", "below", "range"]
Change = Literal["up", "down"]
Kind = Literal[
    "count", "money", "percent", "share", "measure",  # quantities
    "ordinal", "superlative",
    "date", "period", "duration",
    "statement",
]  # fmt: skip
Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "planned", "possible", "conditional", "questioned", "denied"]
Relation = Literal["agreement", "contradiction", "undecided"]
FactVerdict = Literal["agreement", "contradiction", "gap", "undecided"]
DraftVerdict = Literal["supported", "contradicted", "disputed", "unsupported"]
Severity = Literal["error", "warning", "note"]
Standing = Literal["new", "known", "expired"]


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """A value: immutable, compared field by field."""


class Span(Frozen, frozen=True, kw_only=True):
    """A half-open range of code points of one document."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Say whether the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end


# ---------------------------------------------------------------- documents
class Landmark(Frozen, frozen=True, kw_only=True):
    """Where a reader of the original finds the text from ``start`` on: "page 2, paragraph 3"."""

    start: int
    label: str


def label_at(places: Sequence[Landmark], offset: int) -> str | None:
    """Return the label of the last landmark at or before an offset, or None where there is none."""
    at = bisect_right(places, offset, key=lambda place: place.start)
    return places[at - 1].label if at else None


class Document(Frozen, frozen=True, kw_only=True):
    """One article or draft.

    ``published`` is an ISO date (``2026-01-04``) or None. ``blocks`` are the paragraphs that carry prose
    and ``boilerplate`` the rest (bylines, captions, share bars, headings ...); together they cover every
    non-blank line of ``text``, in order. ``places``, sorted by start, lead back from the text of a converted
    file to the file; a file that is read as it is has none, its lines will do.
    """

    id: str
    path: str
    text: str
    role: Literal["source", "draft"] = "source"
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None
    blocks: tuple[Span, ...] = ()
    boilerplate: tuple[Span, ...] = ()
    places: tuple[Landmark, ...] = ()
    ignores: tuple[Ignore, ...] = ()


class Ignore(Frozen, frozen=True, kw_only=True):
    """A wish, written into a document, that findings of these rules be ignored in a part of it.

    ``quote`` are the words from ``start`` to ``end`` that say so, ``scope`` the part. Without a reason, or
    without rules, it is not granted.
    """

    document: str
    start: int
    end: int
    quote: str
    rules: tuple[str, ...]
    reason: str
    scope: Span

    @property
    def anchor(self) -> Anchor:
        """The words themselves: what a finding about them points at."""
        return Anchor(start=self.start, end=self.end, text=self.quote)


class Skipped(Frozen, frozen=True, kw_only=True):
    """Something that was not checked, and why; shown in every report."""

    path: str
    stage: Literal["read", "extract", "align"]
    reason: str


# ---------------------------------------------------------------- values
class Quantity(Frozen, frozen=True, kw_only=True, tag="quantity", tag_field="type", omit_defaults=True):
    """How much or how many.

    Exactly one of ``number`` and the bounds ``low``/``high`` is set; an open bound ("more than 20") keeps
    ``number`` with ``comparator`` above or below. A percentage is given out of one hundred, a share
    ("a third") out of one. ``unit`` is singular and normalised, ``unit_text`` as written.
    ``before`` is the other end of a change ("up from 20 to 30": number 30, before 20).
    """

    number: Number | None = None
    low: Number | None = None
    high: Number | None = None
    before: Number | None = None
    comparator: Comparator = "exact"
    change: Change | None = None
    unit: str | None = None
    unit_text: str | None = None
    of: str | None = None
    currency: str | None = None


class Ordinal(Frozen, frozen=True, kw_only=True, tag="ordinal", tag_field="type", omit_defaults=True):
    """A rank ("second meeting") or a superlative ("largest partner": rank 1, adjective "large").

    ``since`` and ``within`` are TIMEX3 values that limit the scope; ``unit`` is what is ranked.
    """

    rank: int | None = None
    adjective: str | None = None
    since: str | None = None
    within: str | None = None
    unit: str | None = None


class Time(Frozen, frozen=True, kw_only=True, tag="time", tag_field="type", omit_defaults=True):
    """A moment or period on the calendar.

    ``timex`` is the TIMEX3 value; ``start`` and ``end`` are ISO dates or date-times, end exclusive. Where
    ``resolved`` is false both are None, save that a month or day whose year the text does not tell has as
    ``start`` what is known of it: ``--12-31`` or ``--01`` (ISO 8601; gMonthDay and gMonth of XML Schema).
    ``weekday`` (0 = Monday) is kept because it can be compared even when the date cannot.
    """

    timex: str | None = None
    start: str | None = None
    end: str | None = None
    grain: str | None = None
    relation: Literal["on", "since", "before", "after", "until", "between"] = "on"
    comparator: Comparator = "exact"
    resolved: bool = True
    weekday: int | None = None


class Duration(Frozen, frozen=True, kw_only=True, tag="duration", tag_field="type", omit_defaults=True):
    """A length of time: ``timex`` (P4D), and the same as a number of ``unit`` (day)."""

    timex: str | None = None
    number: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    comparator: Comparator = "exact"


class Statement(Frozen, frozen=True, kw_only=True, tag="statement", tag_field="type"):
    """A proposition without a figure; ``text`` is how the article words it."""

    text: str
    polarity: Polarity = "positive"


Value = Quantity | Ordinal | Time | Duration | Statement


class Mention(Frozen, frozen=True, kw_only=True):
    """One expression of quantity or time in running text, before anyone asks what it is about.

    ``start``/``end`` cover the whole expression with its hedge ("more than 1,000"); ``head`` is the index,
    in its sentence, of the token that is counted or measured ("respondents"), where there is one.
    """

    kind: Kind
    start: int
    end: int
    value: Value
    head: int | None = None
    checkable: bool = True


# ---------------------------------------------------------------- claims
class Anchor(Frozen, frozen=True, kw_only=True):
    """The part of a claim's quote that carries the checkable value."""

    start: int
    end: int
    text: str


class Frame(Frozen, frozen=True, kw_only=True):
    """What a claim is about, with its value taken out: the input of alignment.

    ``masked``, ``sentence`` and ``phrase`` are the clause, the whole sentence and the words the value hangs
    on, each with every value replaced by a placeholder and pronouns by the names they stand for where that is
    plain; ``event`` is the clause without proper names: what happened, whoever took part.
    ``head`` is the lemma of what is counted, of the word a date hangs on, or of an office; other statements
    have none. ``fates`` are what befell the people counted ("dead", "hurt", "held"), where that is told.
    ``modifiers`` are the lemmas that qualify the head. ``words`` are the content lemmas of the sentence;
    ``clause`` and ``near`` those of the clause and of the words around the anchor, without names.
    ``names`` are the full proper names in the sentence, ``context`` those of the sentence before,
    ``clause_names`` those in the clause, ``near_names`` those right beside the anchor, of an age the name of
    whose it is.
    ``times`` are the TIMEX3 values of other time expressions in the sentence, ``recalled`` says whether it
    tells of what was long before its article, ``past`` whether the predicate is in the past, ``saying``
    whether it is a verb of saying. ``index`` numbers the sentence within
    its document, and ``position`` is where it stands there, from 0 to 1.
    """

    masked: str
    sentence: str
    phrase: str
    event: str
    head: str | None = None
    fates: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    clause_names: tuple[str, ...] = ()
    near_names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    recalled: bool = False
    past: bool = False
    saying: bool = False
    index: int = 0
    position: float = 0.0


class Claim(Frozen, frozen=True, kw_only=True):
    """One atomic, checkable statement of one document. ``start <= anchor.start < anchor.end <= end``."""

    id: str
    document: str
    kind: Kind
    quote: str
    start: int
    end: int
    anchor: Anchor
    value: Value
    subject: str | None = None
    predicate: str | None = None
    object: str | None = None
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    speaker: str | None = None
    frame: Frame


class SentenceText(Frozen, frozen=True, kw_only=True):
    """A sentence of a document with its values masked, for telling stories and copies apart.

    ``mentions`` are the values that were taken out, in text order, also those that no claim came of: sums
    within a sentence need every operand.
    """

    start: int
    end: int
    masked: str
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Extraction(Frozen, frozen=True, kw_only=True):
    """All that later stages need to know of one document."""

    document: str
    claims: tuple[Claim, ...]
    sentences: tuple[SentenceText, ...]


# ---------------------------------------------------------------- verdicts
class Pair(Frozen, frozen=True, kw_only=True):
    """Two claims of different documents that are about the same fact, and how they relate.

    ``similarity`` is the cosine of the masked clauses, ``confidence`` the probability in 0..1 that the
    two are about the same fact; ``level`` names the comparison level that decided.
    """

    left: str
    right: str
    relation: Relation
    level: str
    reason: str
    similarity: float
    confidence: float


class Fact(Frozen, frozen=True, kw_only=True):
    """One fact as told by one or several documents. ``missing_from`` are documents of the same story."""

    id: str
    claims: tuple[str, ...]
    verdict: FactVerdict
    sources: tuple[str, ...]
    origins: int
    missing_from: tuple[str, ...] = ()


class DraftCheck(Frozen, frozen=True, kw_only=True):
    """The verdict on one claim of a draft, with the claims of the sources that decided it."""

    claim: str
    verdict: DraftVerdict
    evidence: tuple[str, ...]
    reason: str


class Place(Frozen, frozen=True, kw_only=True):
    """Where a finding points: offsets in code points, ``line`` and ``column`` counted from 1.

    ``label`` is the place in the original where the document was converted: "page 2, paragraph 3".
    """

    document: str
    start: int
    end: int
    line: int
    column: int
    label: str | None = None


class Finding(Frozen, frozen=True, kw_only=True):
    """Something an editor should look at. ``fingerprint`` survives edits elsewhere in the text.

    ``standing`` says how it stands to a baseline, None where there is none.
    """

    rule: str
    severity: Severity
    message: str
    primary: Place
    related: tuple[Place, ...]
    fingerprint: str
    standing: Standing | None = None


class Ignored(Frozen, frozen=True, kw_only=True):
    """A finding that a document asks to ignore, and the reason it gives."""

    finding: Finding
    reason: str


class Accepted(Frozen, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A finding that somebody accepted: an entry of a baseline.

    ``fingerprint`` alone is compared; ``rule``, ``path`` and ``message`` tell a reader what it was. The entry
    counts up to and including the day ``expires``.
    """

    fingerprint: Annotated[str, msgspec.Meta(min_length=1)]
    rule: str
    path: str
    message: str
    reason: Annotated[str, msgspec.Meta(min_length=1)]
    author: Annotated[str, msgspec.Meta(min_length=1)]
    expires: date | None = None


class ReportDocument(Frozen, frozen=True, kw_only=True):
    """A document as a report shows it: without its text unless that was asked for."""

    id: str
    path: str
    role: Literal["source", "draft"]
    title: str | None
    published: str | None
    publisher: str | None
    story: str
    origin: str
    url: str | None = None
    author: str | None = None
    places: tuple[Landmark, ...] = ()


class Report(Frozen, frozen=True, kw_only=True):
    """Everything one run found out; every output format is a view of it.

    ``texts`` maps document ids to texts for renderers that quote context; it is not serialised. ``stale`` are
    entries of the baseline that no finding matches any more.
    """

    documents: tuple[ReportDocument, ...]
    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...]
    facts: tuple[Fact, ...]
    draft: tuple[DraftCheck, ...] | None
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    models: dict[str, str]
    config: str
    texts: dict[str, str]
    ignored: tuple[Ignored, ...] = ()
    stale: tuple[Accepted, ...] = ()
