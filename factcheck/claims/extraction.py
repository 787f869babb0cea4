"""Turn one document into claims: mentions bound to the clause that makes them a claim."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.assertion import assertion
from factcheck.claims.attribution import Attribution, find_attributions
from factcheck.claims.clauses import Clause, noun_phrase, split_clauses
from factcheck.claims.ordinal import find_ordinals
from factcheck.claims.parse import Sentence, Token, parse
from factcheck.claims.quantity import find_quantities
from factcheck.claims.reference import References, resolve_references
from factcheck.claims.time import find_times
from factcheck.claims.zero import find_zero_counts
from factcheck.model import (
    Anchor, Claim, Document, Duration, Extraction, Frame, Kind, Mention, SentenceText, Span, Statement, Time, Value,
)  # fmt: skip

if TYPE_CHECKING:
    from spacy.language import Language

# What stands in a masked text where a value stood: plain words keep an encoder on familiar ground.
PLACEHOLDER: dict[str, str] = {
    "count": "several", "money": "a sum", "percent": "a share", "share": "a share", "measure": "some",
    "ordinal": "another", "superlative": "notable", "date": "then", "period": "then", "duration": "some time",
}  # fmt: skip
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
NOMINAL = frozenset({"NOUN", "PROPN"})
# A reporting clause says little of its own: its content clause says what a date or figure in it is about.
SHORT_CLAUSE = 6
# Content words on either side of a value that are taken to be about it whatever the parse says.
WINDOW = 8
LIGHT_VERBS = frozenset({"be", "have", "do", "say"})


@dataclass(slots=True)
class Reading:
    """A document's sentences with everything the recognisers found in them."""

    document: Document
    sentences: list[Sentence]
    mentions: list[list[Mention]]
    references: References
    attributions: list[Attribution]


def find_mentions(document: Document, nlp: Language) -> list[Mention]:
    """Return every quantity and time expression of the whole text, checkable or not, in text order.

    Unlike claims, mentions are looked for in boilerplate too, and a duration is given both as a
    duration and as a quantity.
    """
    blocks = sorted((*document.blocks, *document.boilerplate), key=lambda s: s.start)
    sentences = parse(nlp, document.text, blocks)
    times = find_times(sentences, document.published)
    found = [m for row in times for m in row]
    for sentence, row in zip(sentences, times, strict=True):
        calendar = [m for m in row if isinstance(m.value, Time)]
        for mention in find_quantities(sentence):
            if not _covered(mention, calendar):
                found.append(mention)
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


def extract(document: Document, nlp: Language) -> Extraction:
    """Return the claims of a document in text order, each once."""
    reading = _read(document, nlp)
    claims: dict[str, Claim] = {}
    sentences: list[SentenceText] = []
    for index in range(len(reading.sentences)):
        sentences.append(_sentence_text(reading, index))
        for claim in _claims_of(reading, index):
            claims.setdefault(claim.id, claim)
    ordered = sorted(claims.values(), key=lambda c: (c.anchor.start, c.anchor.end, c.kind, c.id))
    return Extraction(document=document.id, claims=tuple(ordered), sentences=tuple(sentences))


def _read(document: Document, nlp: Language) -> Reading:
    sentences = parse(nlp, document.text, document.blocks)
    times = find_times(sentences, document.published)
    mentions = [_settle(sentence, row) for sentence, row in zip(sentences, times, strict=True)]
    return Reading(document, sentences, mentions, resolve_references(sentences), find_attributions(sentences))


def _settle(sentence: Sentence, times: list[Mention]) -> list[Mention]:
    """Merge the recognisers' finds; where two overlap, time beats quantity and quantity beats rank."""
    kept = list(times)
    for mention in (*find_quantities(sentence), *find_zero_counts(sentence)):
        if not _covered(mention, kept):
            kept.append(mention)
    for mention in find_ordinals(sentence):
        if not _covered(mention, [m for m in kept if not isinstance(m.value, Time)]):
            kept.append(mention)
    return sorted(kept, key=lambda m: (m.start, m.end))


def _covered(mention: Mention, others: Iterable[Mention]) -> bool:
    return any(mention.start < o.end and o.start < mention.end for o in others)


def _claims_of(reading: Reading, index: int) -> Iterator[Claim]:
    sentence, mentions = reading.sentences[index], reading.mentions[index]
    clauses = split_clauses(sentence)
    by_token = {i: clause for clause in clauses for i in clause.tokens}
    for mention in mentions:
        tokens = sentence.token_at(mention.start, mention.end)
        if tokens and mention.checkable and _is_claim(mention.value):
            clause = by_token[_governor(tokens, sentence)]
            yield _build(reading, index, clause, clauses, mention)
    for clause in clauses:
        if _stands_alone(reading, index, clause):
            yield _build(reading, index, clause, clauses, None)


def _is_claim(value: Value) -> bool:
    if isinstance(value, Time):
        return (
            value.resolved
            or value.weekday is not None
            or bool(value.timex and value.timex[:1] in "0123456789X")
        )
    if isinstance(value, Duration):
        return value.number is not None or value.low is not None
    return True


def _governor(tokens: list[int], sentence: Sentence) -> int:
    """The token of a mention from which its clause is found: the one whose head lies outside."""
    inside = set(tokens)
    return next((i for i in tokens if sentence.tokens[i].head not in inside), tokens[0])


def _stands_alone(reading: Reading, index: int, clause: Clause) -> bool:
    """Say whether a clause is a proposition that needs no other to be understood."""
    sentence = reading.sentences[index]
    predicate = sentence.tokens[clause.predicate]
    if predicate.pos not in ("VERB", "AUX") or not clause.finite or clause.subject is None:
        return False
    reports = any(sentence.tokens[c].dep == "ccomp" for c in predicate.children)
    if reports and len(clause.whole) <= SHORT_CLAUSE:
        return False
    return _name_or_noun(reading, index, clause.subject) is not None


def _name_or_noun(reading: Reading, index: int, token: int) -> str | None:
    """The full name or the noun phrase a token stands for; None for a pronoun nobody can place."""
    name = reading.references.name(index, token)
    if name:
        return name
    sentence = reading.sentences[index]
    if sentence.tokens[token].pos not in NOMINAL and sentence.tokens[token].pos != "NUM":
        return None
    phrase = noun_phrase(sentence, token)
    return sentence.document_text[sentence.tokens[phrase[0]].start : sentence.tokens[phrase[-1]].end]


def _build(
    reading: Reading, index: int, clause: Clause, clauses: list[Clause], mention: Mention | None
) -> Claim:
    sentence = reading.sentences[index]
    predicate = sentence.tokens[clause.predicate]
    tokens = _scope(sentence, clause, clauses) if mention else clause.whole
    polarity, modality = assertion(sentence, clause.predicate)
    start, end = _quote(sentence, clause, tokens, mention)
    kind: Kind = mention.kind if mention else "statement"
    masked = _masked(reading, index, tokens, clause)
    value: Value = mention.value if mention else Statement(text=masked, polarity=polarity)
    anchor = (mention.start, mention.end) if mention else (predicate.start, predicate.end)
    text = reading.document.text
    return Claim(
        id=_identifier(reading.document.id, kind, *anchor, start, end),
        document=reading.document.id, kind=kind, quote=text[start:end], start=start, end=end,
        anchor=Anchor(start=anchor[0], end=anchor[1], text=text[anchor[0] : anchor[1]]), value=value,
        subject=_named(reading, index, clause.subject), predicate=predicate.lemma,
        object=_named(reading, index, clause.object), polarity=polarity, modality=modality,
        speaker=_speaker(reading, anchor), frame=_frame(reading, index, clause, clauses, tokens, masked, mention),
    )  # fmt: skip


def _named(reading: Reading, index: int, token: int | None) -> str | None:
    return None if token is None else _name_or_noun(reading, index, token)


def _identifier(document: str, kind: str, *offsets: int) -> str:
    raw = "\x1f".join((document, kind, *map(str, offsets)))
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _scope(sentence: Sentence, clause: Clause, clauses: list[Clause]) -> list[int]:
    """The tokens that say what a mention in this clause is about.

    A short non-finite clause ("beginning Sunday") says too little, so the clause it hangs on is added; a
    reporting clause ("he said in December that ...") gets the content it reports.
    """
    if not clause.finite and _content_words(sentence, clause.whole) <= SHORT_CLAUSE:
        parent = next((c for c in clauses if c.finite and clause.predicate in c.whole), clause)
        return parent.whole
    if _content_words(sentence, clause.tokens) > SHORT_CLAUSE:
        return clause.whole
    content = {
        i
        for c in clauses
        for i in c.whole
        if sentence.tokens[c.predicate].dep == "ccomp"
        and sentence.tokens[c.predicate].head == clause.predicate
    }
    return sorted({*clause.whole, *content}) if content else clause.whole


def _content_words(sentence: Sentence, tokens: list[int]) -> int:
    return sum(sentence.tokens[i].pos in CONTENT for i in tokens)


def _quote(sentence: Sentence, clause: Clause, tokens: list[int], mention: Mention | None) -> tuple[int, int]:
    start, end = clause.start, clause.end
    if tokens is not clause.whole:
        solid = [sentence.tokens[i] for i in tokens if sentence.tokens[i].pos not in ("PUNCT", "SPACE")]
        start, end = min(start, solid[0].start), max(end, solid[-1].end)
    if mention:
        start, end = min(start, mention.start), max(end, mention.end)
    return start, end


def _masked(reading: Reading, index: int, tokens: list[int], clause: Clause | None) -> str:
    """Write tokens out with values masked and pronouns resolved; a borrowed subject goes in front."""
    sentence, mentions = reading.sentences[index], reading.mentions[index]
    out: list[str] = []
    if clause and clause.subject is not None and clause.subject not in tokens:
        borrowed = _name_or_noun(reading, index, clause.subject)
        out.extend([borrowed] if borrowed else [])
    last: Mention | None = None
    for token in (sentence.tokens[i] for i in tokens):
        mention = next((m for m in mentions if m.start < token.end and token.start < m.end), None)
        if mention is None and token.pos in ("PUNCT", "SPACE") and token.text not in "-–/%":
            continue
        if mention is None:
            name = reading.references.name(index, token.i) if token.pos == "PRON" else None
            out.append(name or token.text)
        elif mention is not last:
            out.append(PLACEHOLDER[mention.kind])
        last = mention
    return " ".join(out)


def _frame(
    reading: Reading,
    index: int,
    clause: Clause,
    clauses: list[Clause],
    tokens: list[int],
    masked: str,
    mention: Mention | None,
) -> Frame:
    sentence = reading.sentences[index]
    head = mention.head if mention and mention.head is not None else None
    whole = list(range(len(sentence.tokens)))
    return Frame(
        masked=masked,
        sentence=_masked(reading, index, whole, None),
        event=_masked(reading, index, _nameless(sentence, tokens), None),
        phrase=_phrase(reading, index, clauses, mention) or masked,
        head=sentence.tokens[head].lemma if head is not None else None,
        modifiers=_modifiers(sentence, head),
        names=reading.references.names(index),
        context=reading.references.names(index - 1) if index else (),
        words=_words(sentence, whole, reading.mentions[index]),
        clause=_common(sentence, tokens, reading.mentions[index]),
        near=_words(sentence, _window(sentence, mention), reading.mentions[index]) if mention else (),
        clause_names=_names(reading, index, tokens),
        near_names=_names(reading, index, _beside(sentence, mention)) if mention else (),
        times=_times(reading.mentions[index], mention),
        past=sentence.tokens[clause.predicate].tag in ("VBD", "VBN"),
        saying=_is_cue(reading, sentence.tokens[clause.predicate]),
        index=index,
        position=round(index / max(1, len(reading.sentences) - 1), 3),
    )


def _nameless(sentence: Sentence, tokens: list[int]) -> list[int]:
    return [i for i in tokens if sentence.tokens[i].pos not in ("PROPN", "DET", "PRON", "PART")]


def _phrase(reading: Reading, index: int, clauses: list[Clause], mention: Mention | None) -> str | None:
    """The words that say most directly what a value is of: the noun phrase or the clause it hangs on."""
    if mention is None:
        return None
    sentence = reading.sentences[index]
    inside = sentence.token_at(mention.start, mention.end)
    if mention.head is not None:
        return _masked(reading, index, noun_phrase(sentence, mention.head), None)
    if not inside:
        return None
    governor = sentence.tokens[sentence.tokens[_governor(inside, sentence)].head]
    if governor.pos in ("ADP", "SCONJ"):
        governor = sentence.tokens[governor.head]
    if governor.pos in NOMINAL and governor.i not in inside:
        return _masked(reading, index, sorted({*noun_phrase(sentence, governor.i), *inside}), None)
    clause = next((c for c in clauses if governor.i in c.tokens), None)
    return _masked(reading, index, clause.tokens, clause) if clause else None


def _window(sentence: Sentence, mention: Mention) -> list[int]:
    """The content words around a mention that are no names, up to so many on either side."""
    inside = sentence.token_at(mention.start, mention.end)
    if not inside:
        return []
    common = [t.i for t in sentence.tokens if t.pos in CONTENT and t.pos != "PROPN"]
    before = [i for i in common if i < inside[0]][-WINDOW:]
    after = [i for i in common if i > inside[-1]][:WINDOW]
    return [*before, *after]


def _modifiers(sentence: Sentence, head: int | None) -> tuple[str, ...]:
    if head is None:
        return ()
    found = [sentence.tokens[i] for i in noun_phrase(sentence, head) if i != head]
    return tuple(sorted({t.lemma for t in found if t.pos in ("NOUN", "PROPN", "ADJ", "VERB")}))


def _words(sentence: Sentence, tokens: Sequence[int], mentions: list[Mention]) -> tuple[str, ...]:
    found = {t.lemma for t in (sentence.tokens[i] for i in tokens) if _is_content(t, mentions)}
    return tuple(sorted(found))


def _names(reading: Reading, index: int, tokens: Sequence[int]) -> tuple[str, ...]:
    """The full names of what these tokens name or stand for."""
    found = (reading.references.name(index, i) for i in tokens)
    return tuple(sorted({name for name in found if name}))


def _beside(sentence: Sentence, mention: Mention) -> list[int]:
    """The tokens so near to a mention that a place or body among them limits what it is a value of."""
    inside = sentence.token_at(mention.start, mention.end)
    if not inside:
        return []
    return list(range(max(0, inside[0] - 3), min(len(sentence.tokens), inside[-1] + 8)))


def _common(sentence: Sentence, tokens: Sequence[int], mentions: list[Mention]) -> tuple[str, ...]:
    """Content words that are no names: what happened, whoever it happened to."""
    return _words(sentence, [i for i in tokens if sentence.tokens[i].pos != "PROPN"], mentions)


def _is_content(token: Token, mentions: list[Mention]) -> bool:
    if token.pos not in CONTENT or token.lemma in LIGHT_VERBS:
        return False
    return not any(m.start < token.end and token.start < m.end for m in mentions)


def _times(mentions: list[Mention], own: Mention | None) -> tuple[str, ...]:
    values = [
        m.value.timex for m in mentions if m is not own and isinstance(m.value, Time) and m.value.resolved
    ]
    return tuple(sorted({v for v in values if v}))


def _is_cue(reading: Reading, predicate: Token) -> bool:
    return any(a.cue_start < predicate.end and predicate.start < a.cue_end for a in reading.attributions)


def _speaker(reading: Reading, anchor: tuple[int, int]) -> str | None:
    """The source of the narrowest attribution whose content holds the anchor."""
    span = Span(start=anchor[0], end=anchor[1])
    best: tuple[int, str] | None = None
    for attribution in reading.attributions:
        for content in attribution.contents:
            size = content.end - content.start
            if attribution.source and content.overlaps(span) and (best is None or size < best[0]):
                best = (size, attribution.source)
    return best[1] if best else None


def _sentence_text(reading: Reading, index: int) -> SentenceText:
    sentence = reading.sentences[index]
    whole = list(range(len(sentence.tokens)))
    return SentenceText(
        start=sentence.start, end=sentence.end, masked=_masked(reading, index, whole, None),
        names=reading.references.names(index), words=_words(sentence, whole, reading.mentions[index]),
    )  # fmt: skip
