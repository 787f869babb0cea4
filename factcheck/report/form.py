"""The JSON form of a report, declared once: it is what is written and what the JSON Schema says.

A field with a default is left out when it has nothing to say; every other field is always there.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from factcheck.model import (
    Change,
    Comparator,
    DraftVerdict,
    FactVerdict,
    Kind,
    Modality,
    Number,
    Polarity,
    Relation,
    Severity,
    Standing,
)

Offset = Annotated[int, Meta(ge=0)]


class Form(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An object of the JSON report."""


# ---------------------------------------------------------------- values
class QuantityForm(Form, frozen=True, kw_only=True, tag="quantity", tag_field="type"):
    """How much or how many: a number, or the bounds low and high."""

    number: Annotated[
        Number | None,
        Meta(
            description="The figure, scale words applied: 4.5 million is 4500000, 48% is 48, a third 0.3333."
        ),
    ] = None
    low: Annotated[Number | None, Meta(description="Lower bound of a range.")] = None
    high: Annotated[Number | None, Meta(description="Upper bound of a range.")] = None
    before: Annotated[
        Number | None,
        Meta(description="The other end of a change: 'up from 20 to 30' has number 30, before 20."),
    ] = None
    comparator: Annotated[
        Comparator, Meta(description="How the figure is meant: exactly, about, as a bound, or as a range.")
    ]
    change: Annotated[
        Change | None, Meta(description="The direction if the figure is an amount of change, or null.")
    ]
    unit: Annotated[
        str | None, Meta(description="What is counted or measured, singular and normalised: troop, dollar.")
    ] = None
    unit_text: Annotated[str | None, Meta(description="The unit as the article writes it.")] = None
    of: Annotated[str | None, Meta(description="What a share or percentage is a share of.")] = None
    currency: Annotated[str | None, Meta(description="The currency of an amount of money.")] = None


class OrdinalForm(Form, frozen=True, kw_only=True, tag="ordinal", tag_field="type"):
    """A rank ('second meeting') or a superlative ('largest partner')."""

    rank: Annotated[int | None, Meta(description="The place in the order; 1 for a plain superlative.")] = None
    adjective: Annotated[
        str | None, Meta(description="What a superlative ranks by, in its plain form: large.")
    ] = None
    since: Annotated[
        str | None, Meta(description="TIMEX3 value from when on the rank holds: 'first since 2019'.")
    ] = None
    within: Annotated[
        str | None, Meta(description="TIMEX3 value within which the rank holds: 'second this year'.")
    ] = None
    unit: Annotated[str | None, Meta(description="What is ranked, singular and normalised.")] = None


class TimeForm(Form, frozen=True, kw_only=True, tag="time", tag_field="type"):
    """A moment or a period on the calendar."""

    timex: Annotated[str | None, Meta(description="TIMEX3 value: 2026-01-04, 2026-W02, 2025-11.")] = None
    start: Annotated[str | None, Meta(description="ISO date or date-time at which it begins.")] = None
    end: Annotated[str | None, Meta(description="ISO date or date-time at which it is over, exclusive.")] = (
        None
    )
    grain: Annotated[str | None, Meta(description="How precise it is: year, month, day ...")] = None
    relation: Annotated[
        Literal["on", "since", "before", "after", "until", "between"],
        Meta(description="How the claim stands to this time."),
    ]
    comparator: Annotated[
        Comparator, Meta(description="How the time is meant: exactly, about, as a bound, or as a range.")
    ]
    resolved: Annotated[bool, Meta(description="False where the text alone cannot say which time is meant.")]
    weekday: Annotated[int | None, Meta(description="The day of the week named, 0 for Monday.")] = None


class DurationForm(Form, frozen=True, kw_only=True, tag="duration", tag_field="type"):
    """A length of time."""

    timex: Annotated[str | None, Meta(description="TIMEX3 value: P4D, P2M.")] = None
    number: Annotated[Number | None, Meta(description="The length, in units.")] = None
    low: Annotated[Number | None, Meta(description="Lower bound of a range, in units.")] = None
    high: Annotated[Number | None, Meta(description="Upper bound of a range, in units.")] = None
    unit: Annotated[str | None, Meta(description="The unit of time: day, month, year ...")] = None
    comparator: Annotated[
        Comparator, Meta(description="How the length is meant: exactly, about, as a bound, or as a range.")
    ]


class StatementForm(Form, frozen=True, kw_only=True, tag="statement", tag_field="type"):
    """A proposition without a figure."""

    text: Annotated[str, Meta(description="The proposition, in the words of the article.")]
    polarity: Annotated[Polarity, Meta(description="Whether it is affirmed or negated.")]


ValueForm = QuantityForm | OrdinalForm | TimeForm | DurationForm | StatementForm


# ---------------------------------------------------------------- documents and claims
class ToolForm(Form, frozen=True, kw_only=True):
    """What made the report: with the same tool, models and configuration it comes out the same."""

    name: Annotated[Literal["factcheck"], Meta(description="Always factcheck.")]
    version: Annotated[str, Meta(description="Version of the tool.")]
    models: Annotated[dict[str, str], Meta(description="The models used, by purpose, with their versions.")]
    config: Annotated[str, Meta(description="Fingerprint of the configuration.")]


class DocumentForm(Form, frozen=True, kw_only=True):
    """A document that was checked."""

    id: Annotated[str, Meta(description="Identifier of the document in this report.")]
    path: Annotated[str, Meta(description="Where it was read from.")]
    role: Annotated[Literal["source", "draft"], Meta(description="Whether it is a source or a draft.")]
    title: Annotated[str | None, Meta(description="Headline, or null if not known.")]
    published: Annotated[str | None, Meta(description="ISO date of publication, or null if not known.")]
    publisher: Annotated[str | None, Meta(description="Who published it, or null if not known.")]
    story: Annotated[str, Meta(description="Documents about the same event share this.")]
    origin: Annotated[str, Meta(description="Documents that copy one another share this.")]
    author: Annotated[str | None, Meta(description="Who wrote it; left out if not known.")] = None
    text: Annotated[
        str | UnsetType, Meta(description="The text all offsets point into; only on request.")
    ] = UNSET


class AnchorForm(Form, frozen=True, kw_only=True):
    """The part of a claim's quote that carries the value."""

    start: Annotated[Offset, Meta(description="First code point, in the document's text.")]
    end: Annotated[Offset, Meta(description="One past the last code point, in the document's text.")]
    text: Annotated[str, Meta(description="The words between start and end.")]


class ClaimForm(Form, frozen=True, kw_only=True):
    """One atomic, checkable statement of one document."""

    id: Annotated[str, Meta(description="Identifier of the claim.")]
    document: Annotated[str, Meta(description="Identifier of the document that makes it.")]
    kind: Annotated[Kind, Meta(description="What kind of value it states.")]
    quote: Annotated[str, Meta(description="The words that make the claim.")]
    start: Annotated[Offset, Meta(description="First code point of the quote, in the document's text.")]
    end: Annotated[Offset, Meta(description="One past the last code point of the quote.")]
    anchor: Annotated[AnchorForm, Meta(description="The part of the quote that carries the value.")]
    value: Annotated[ValueForm, Meta(description="The value in normal form.")]
    subject: Annotated[str | None, Meta(description="Who or what the claim is about, or null.")]
    predicate: Annotated[str | None, Meta(description="What is said of the subject, or null.")]
    polarity: Annotated[Polarity, Meta(description="Whether the claim is affirmed or negated.")]
    modality: Annotated[Modality, Meta(description="Whether it is stated as fact, planned, possible ...")]
    speaker: Annotated[
        str | None, Meta(description="Who is reported to say it, or null in the article's voice.")
    ]


# ---------------------------------------------------------------- verdicts
class PairForm(Form, frozen=True, kw_only=True):
    """Two claims of different documents that are about the same fact."""

    left: Annotated[str, Meta(description="Identifier of a claim.")]
    right: Annotated[str, Meta(description="Identifier of the other claim.")]
    relation: Annotated[Relation, Meta(description="How the two relate.")]
    level: Annotated[
        str, Meta(description="The comparison that decided; 'possible' marks an undecided pair worth a look.")
    ]
    reason: Annotated[str, Meta(description="Why, in one sentence.")]
    similarity: Annotated[
        float | None, Meta(description="Cosine of the two clauses with their values masked.")
    ]
    confidence: Annotated[
        float | None, Meta(description="Probability in 0..1 that both are about the same fact.")
    ]


class FactForm(Form, frozen=True, kw_only=True):
    """One fact as told by one or several documents."""

    id: Annotated[str, Meta(description="Identifier of the fact.")]
    claims: Annotated[tuple[str, ...], Meta(description="Identifiers of the claims that tell it.")]
    verdict: Annotated[FactVerdict, Meta(description="What its tellings amount to.")]
    sources: Annotated[tuple[str, ...], Meta(description="Identifiers of the documents that tell it.")]
    origins: Annotated[int, Meta(ge=0, description="Number of independent tellings.")]
    missing_from: Annotated[
        tuple[str, ...], Meta(description="Identifiers of documents of the same story that are silent.")
    ]


class DraftForm(Form, frozen=True, kw_only=True):
    """The verdict on one claim of a draft."""

    claim: Annotated[str, Meta(description="Identifier of the draft's claim.")]
    verdict: Annotated[DraftVerdict, Meta(description="What the sources say about it.")]
    evidence: Annotated[tuple[str, ...], Meta(description="Identifiers of the claims that decided.")]
    reason: Annotated[str, Meta(description="Why, in one sentence.")]


class PlaceForm(Form, frozen=True, kw_only=True):
    """A place in a document."""

    document: Annotated[str, Meta(description="Identifier of the document.")]
    start: Annotated[Offset, Meta(description="First code point, in the document's text.")]
    end: Annotated[Offset, Meta(description="One past the last code point.")]
    line: Annotated[int, Meta(ge=1, description="Line, counted from 1.")]
    column: Annotated[int, Meta(ge=1, description="Column in code points, counted from 1.")]
    label: Annotated[
        str | None, Meta(description="The place in a converted file: 'page 2, paragraph 3', 'paragraph 14'.")
    ] = None


class FindingForm(Form, frozen=True, kw_only=True):
    """Something an editor should look at."""

    rule: Annotated[str, Meta(description="Code of the rule that found it.")]
    severity: Annotated[Severity, Meta(description="How much it matters.")]
    message: Annotated[str, Meta(description="What was found, in one sentence.")]
    primary: Annotated[PlaceForm, Meta(description="Where to look.")]
    related: Annotated[tuple[PlaceForm, ...], Meta(description="Other places that belong to it.")]
    fingerprint: Annotated[str, Meta(description="Stays the same when other parts of the text change.")]
    standing: Annotated[
        Standing | None, Meta(description="With a baseline: not in it, in it, or in an entry that expired.")
    ] = None


class IgnoredForm(FindingForm, frozen=True, kw_only=True):
    """A finding that a document asks to ignore."""

    reason: Annotated[str, Meta(description="The reason the document gives.")]


class AcceptedForm(Form, frozen=True, kw_only=True):
    """An entry of the baseline."""

    fingerprint: Annotated[str, Meta(description="Fingerprint of the finding that was accepted.")]
    rule: Annotated[str, Meta(description="Code of its rule.")]
    path: Annotated[str, Meta(description="Where its document lay.")]
    message: Annotated[str, Meta(description="What it said.")]
    reason: Annotated[str, Meta(description="Why it was accepted.")]
    author: Annotated[str, Meta(description="Who accepted it.")]
    expires: Annotated[date | None, Meta(description="The last day on which the entry counts.")] = None


class SkippedForm(Form, frozen=True, kw_only=True):
    """Something that was not checked."""

    path: Annotated[str, Meta(description="Where it lies.")]
    stage: Annotated[Literal["read", "extract", "align"], Meta(description="The stage that gave up.")]
    reason: Annotated[str, Meta(description="Why.")]


# ---------------------------------------------------------------- summary and report
class RelationCounts(Form, frozen=True, kw_only=True):
    """Number of pairs by relation."""

    agreement: Annotated[int, Meta(description="Pairs that agree.")]
    contradiction: Annotated[int, Meta(description="Pairs that contradict each other.")]
    undecided: Annotated[int, Meta(description="Pairs that cannot be compared honestly.")]


class FactCounts(Form, frozen=True, kw_only=True):
    """Number of facts by verdict."""

    agreement: Annotated[int, Meta(description="Facts the sources agree on.")]
    contradiction: Annotated[int, Meta(description="Facts the sources contradict each other on.")]
    gap: Annotated[int, Meta(description="Facts that some sources of the story do not tell.")]
    undecided: Annotated[int, Meta(description="Facts told in ways that cannot be compared honestly.")]


class DraftCounts(Form, frozen=True, kw_only=True):
    """Number of the draft's claims by verdict."""

    supported: Annotated[int, Meta(description="Claims that the sources support.")]
    contradicted: Annotated[int, Meta(description="Claims that the sources contradict.")]
    disputed: Annotated[int, Meta(description="Claims that some sources support and others contradict.")]
    unsupported: Annotated[int, Meta(description="Claims no source speaks of.")]


class SummaryForm(Form, frozen=True, kw_only=True):
    """The report in figures."""

    documents: Annotated[int, Meta(description="Documents checked, drafts included.")]
    stories: Annotated[int, Meta(description="Stories the sources tell.")]
    origins: Annotated[int, Meta(description="Independent sources: copies of one text count once.")]
    claims: Annotated[int, Meta(description="Claims extracted.")]
    facts: Annotated[FactCounts, Meta(description="Facts by verdict.")]
    pairs: Annotated[RelationCounts, Meta(description="Pairs of claims by relation.")]
    worth_a_look: Annotated[int, Meta(description="Undecided pairs that are a likely contradiction.")]
    skipped: Annotated[int, Meta(description="Entries of the list of what was not checked.")]
    draft: Annotated[DraftCounts | UnsetType, Meta(description="The draft's claims by verdict.")] = UNSET


class ReportForm(Form, frozen=True, kw_only=True):
    """Everything one run of factcheck found out."""

    schema: Annotated[Literal["factcheck-report/1"], Meta(description="Name and version of this format.")]
    tool: Annotated[ToolForm, Meta(description="What made the report.")]
    documents: Annotated[tuple[DocumentForm, ...], Meta(description="The documents that were checked.")]
    claims: Annotated[tuple[ClaimForm, ...], Meta(description="The claims found in them.")]
    pairs: Annotated[
        tuple[PairForm, ...], Meta(description="Pairs of claims of different documents about the same fact.")
    ]
    facts: Annotated[tuple[FactForm, ...], Meta(description="What is told, across the documents.")]
    draft: Annotated[
        tuple[DraftForm, ...] | UnsetType, Meta(description="Only there when a draft was checked.")
    ] = UNSET
    findings: Annotated[tuple[FindingForm, ...], Meta(description="What an editor should look at.")]
    ignored: Annotated[
        tuple[IgnoredForm, ...], Meta(description="Findings that documents ask to ignore, with a reason.")
    ] = ()
    stale: Annotated[
        tuple[AcceptedForm, ...], Meta(description="Entries of the baseline that match nothing any more.")
    ] = ()
    skipped: Annotated[tuple[SkippedForm, ...], Meta(description="What was not checked, and why.")]
    summary: Annotated[SummaryForm, Meta(description="The report in figures.")]


# ---------------------------------------------------------------- claims alone
class SourceForm(Form, frozen=True, kw_only=True):
    """A document whose claims were extracted."""

    id: Annotated[str, Meta(description="Identifier of the document.")]
    path: Annotated[str, Meta(description="Where it was read from.")]
    title: Annotated[str | None, Meta(description="Headline, or null if not known.")]
    published: Annotated[str | None, Meta(description="ISO date of publication, or null if not known.")]
    publisher: Annotated[str | None, Meta(description="Who published it, or null if not known.")]
    url: Annotated[str | None, Meta(description="Where it was published, or null if not known.")]
    language: Annotated[str | None, Meta(description="Language of the text, or null if not known.")]
    author: Annotated[str | None, Meta(description="Who wrote it; left out if not known.")] = None


class ClaimsForm(Form, frozen=True, kw_only=True):
    """The claims of some documents, not compared."""

    schema: Annotated[Literal["factcheck-claims/1"], Meta(description="Name and version of this format.")]
    documents: Annotated[tuple[SourceForm, ...], Meta(description="The documents read.")]
    claims: Annotated[tuple[ClaimForm, ...], Meta(description="The claims found in them.")]
