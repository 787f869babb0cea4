"""Turn one document into claims: mentions bound to the clause that makes them a claim."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from factcheck.claims.ages import AGEING, bearer
from factcheck.claims.clauses import Clause, split_clauses
from factcheck.claims.comparison import tells_age
from factcheck.claims.discourse import assertion
from factcheck.claims.frames import frame_of, masked_text, sentence_text
from factcheck.claims.offices import Office, find_offices, office_called
from factcheck.claims.parse import Paragraphs, parse
from factcheck.claims.propositions import quote_of, scope_of_statement, scope_of_value, stands_alone
from factcheck.claims.quantities import find_quantities
from factcheck.claims.reading import Reading, overlaps_any, read_sentences, settled_rates
from factcheck.claims.roles import governor, name_or_noun, name_sources, object_of, predicate_words, speaker
from factcheck.claims.times import find_times
from factcheck.model import (
    Anchor,
    Claim,
    Document,
    Duration,
    Extraction,
    Frame,
    Kind,
    Mention,
    SentenceText,
    Statement,
    Time,
    Value,
)  # fmt: skip

if TYPE_CHECKING:
    from spacy.language import Language

# How times of day without a date begin in TIMEX3.
CLOCK = ("T0", "T1", "T2", "TX")


def find_mentions(document: Document, nlp: Language) -> list[Mention]:
    """Return every quantity and time expression of the whole text, checkable or not, in text order.

    Unlike claims, mentions are looked for in boilerplate too, and a duration is given both as a
    duration and as a quantity.
    """
    blocks = sorted((*document.blocks, *document.boilerplate), key=lambda s: s.start)
    sentences = parse(nlp, document.text, blocks, document.ignores)
    times = find_times(sentences, document.published)
    found = [m for row in times for m in row]
    for sentence, row in zip(sentences, times, strict=True):
        calendar = [m for m in row if isinstance(m.value, Time)]
        quantities = settled_rates(find_quantities(sentence), calendar, document.text)
        found.extend(m for m in quantities if not overlaps_any(m, calendar))
    return sorted(found, key=lambda m: (m.start, m.end, m.kind))


def as_claim(mention: Mention, document: Document) -> Claim:
    """Show a mention in the form of a claim whose quote is its anchor."""
    quote = document.text[mention.start : mention.end]
    return Claim(
        id=_identifier(document.id, mention.kind, mention.start, mention.end), document=document.id,
        kind=mention.kind, quote=quote, start=mention.start, end=mention.end,
        anchor=Anchor(start=mention.start, end=mention.end, text=quote), value=mention.value,
        frame=Frame(masked="", sentence="", phrase="", event=""),
    )  # fmt: skip


def extract(document: Document, nlp: Language, known: Paragraphs | None = None) -> Extraction:
    """Return the claims of a document in text order, each once.

    ``known`` holds the paragraphs of its last version, and afterwards those of this one.
    """
    parsed = parse(nlp, document.text, document.blocks, document.ignores, known)
    reading = read_sentences(document, parsed)
    name_sources(reading)
    claims: dict[str, Claim] = {}
    sentences: list[SentenceText] = []
    for index in range(len(reading.sentences)):
        sentences.append(sentence_text(reading, index))
        for claim in _claims_of(reading, index):
            claims.setdefault(claim.id, claim)
    for claim in _offices(reading):
        claims.setdefault(claim.id, claim)
    ordered = sorted(claims.values(), key=lambda c: (c.anchor.start, c.anchor.end, c.kind, c.id))
    return Extraction(document=document.id, claims=tuple(ordered), sentences=tuple(sentences))


def _claims_of(reading: Reading, index: int) -> Iterator[Claim]:
    sentence, mentions = reading.sentences[index], reading.mentions[index]
    clauses = split_clauses(sentence)
    by_token = {i: clause for clause in clauses for i in clause.tokens}
    for mention in mentions:
        tokens = sentence.token_at(mention.start, mention.end)
        if tokens and mention.checkable and _is_claim(mention.value):
            clause = by_token[governor(tokens, sentence)]
            yield from _asserted(_build(reading, index, clause, clauses, mention))
    for clause in clauses:
        if stands_alone(reading, index, clause, clauses):
            yield from _asserted(_build(reading, index, clause, clauses, None))


def _offices(reading: Reading) -> Iterator[Claim]:
    """Yield what each name is said to be, once for each way in which the document says so."""
    told: set[tuple[str, str]] = set()
    for index, sentence in enumerate(reading.sentences):
        for office in find_offices(sentence, reading.references.mentions(index)):
            claim = _office(reading, index, office)
            key = claim.subject or "", sentence.tokens[office.head].lemma
            if key not in told:
                told.add(key)
                yield claim


def _office(reading: Reading, index: int, office: Office) -> Claim:
    """Build the claim that somebody is something; in its masked text the name comes first."""
    sentence, text = reading.sentences[index], reading.document.text
    name, head = office.name[-1], sentence.tokens[office.head]
    tokens = [*office.name, *office.role]
    start, end = sentence.tokens[min(tokens)].start, sentence.tokens[max(tokens)].end
    anchor = (head.start, head.end)
    clause = Clause(head.i, sorted(tokens), sorted(tokens), True, name, head.i, start, end)
    masked = masked_text(reading, index, tokens, None)
    said = " ".join(sentence.tokens[i].text for i in office.name)
    return Claim(
        id=_identifier(reading.document.id, "statement", *anchor, start, end),
        document=reading.document.id, kind="statement", quote=text[start:end], start=start, end=end,
        anchor=Anchor(start=anchor[0], end=anchor[1], text=head.text), value=Statement(text=text[start:end]),
        subject=reading.references.name(index, name) or said, predicate="be",
        object=text[sentence.tokens[office.role[0]].start : sentence.tokens[office.role[-1]].end],
        speaker=speaker(reading, anchor),
        frame=replace(
            frame_of(reading, index, clause, [clause], tokens, masked, None), head=office_called(head.lemma)
        ),
    )  # fmt: skip


def _asserted(claim: Claim) -> Iterator[Claim]:
    """Drop what is only asked."""
    if claim.modality != "questioned":
        yield claim


def _is_claim(value: Value) -> bool:
    """Say whether a value can be checked: no "now" or "recently", no "some days"."""
    if isinstance(value, Time):
        partly = value.timex is not None and (value.timex[0] in "0123456789X" or value.timex[:2] in CLOCK)
        return value.resolved or value.weekday is not None or partly
    if isinstance(value, Duration):
        return value.number is not None or value.low is not None
    return True


def _build(
    reading: Reading, index: int, clause: Clause, clauses: list[Clause], mention: Mention | None
) -> Claim:
    sentence = reading.sentences[index]
    predicate = sentence.tokens[clause.predicate]
    scope = scope_of_value if mention else scope_of_statement
    tokens = scope(sentence, clause, clauses)
    polarity, modality = assertion(sentence, clause.predicate)
    subject = clause.subject
    aged = bearer(sentence, mention)
    if aged is not None:
        # "Ida Holm, 61, did not come": what is denied is not her age.
        polarity, modality, subject = "positive", "asserted", aged
    start, end = quote_of(sentence, clause, clauses, tokens)
    if mention:
        start, end = min(start, mention.start), max(end, mention.end)
    kind: Kind = mention.kind if mention else "statement"
    masked = masked_text(reading, index, tokens, clause)
    anchor = (mention.start, mention.end) if mention else (predicate.start, predicate.end)
    text = reading.document.text
    value: Value = mention.value if mention else Statement(text=text[start:end], polarity=polarity)
    frame = frame_of(reading, index, clause, clauses, tokens, masked, mention)
    who = None if subject is None else name_or_noun(reading, index, subject)
    if mention and tells_age(mention.value):
        # Who writes of somebody aged 17 is not; of several who are named nobody can say whose it is.
        told = aged is not None or predicate.lemma in AGEING
        named = told and subject is not None and who == reading.references.name(index, subject)
        head = frame.head if aged is None else sentence.tokens[aged].lemma
        frame = replace(frame, head=head, near_names=(who,) if who and named else ())
    return Claim(
        id=_identifier(reading.document.id, kind, *anchor, start, end),
        document=reading.document.id, kind=kind, quote=text[start:end], start=start, end=end,
        anchor=Anchor(start=anchor[0], end=anchor[1], text=text[anchor[0] : anchor[1]]), value=value,
        subject=who,
        predicate=predicate_words(sentence, clause), object=object_of(reading, index, clause),
        polarity=polarity, modality=modality, speaker=speaker(reading, anchor, predicate), frame=frame,
    )  # fmt: skip


def _identifier(document: str, kind: str, *offsets: int) -> str:
    raw = "\x1f".join((document, kind, *map(str, offsets)))
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:12]
