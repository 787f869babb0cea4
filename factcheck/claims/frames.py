"""Write claims with their values taken out: what alignment compares."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.claims.clauses import Clause, noun_phrase
from factcheck.claims.parse import Sentence
from factcheck.claims.reading import Reading
from factcheck.claims.roles import NOMINAL, governor, name_or_noun
from factcheck.model import Frame, Mention, SentenceText, Time

# What stands in a masked text where a value stood: plain words keep an encoder on familiar ground.
PLACEHOLDER: dict[str, str] = {
    "count": "several", "money": "a sum", "percent": "a share", "share": "a share", "measure": "some",
    "ordinal": "another", "superlative": "notable", "date": "then", "period": "then", "duration": "some time",
}  # fmt: skip
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
# Content words on either side of a value that are taken to be about it whatever the parse says.
WINDOW = 8
LIGHT_VERBS = frozenset({"be", "have", "do", "say"})


def masked_text(reading: Reading, index: int, tokens: list[int], clause: Clause | None) -> str:
    """Write tokens out with values masked and pronouns resolved; a borrowed subject goes in front."""
    sentence, covered = reading.sentences[index], reading.covered[index]
    out: list[str] = []
    if clause and clause.subject is not None and clause.subject not in tokens:
        borrowed = name_or_noun(reading, index, clause.subject)
        out.extend([borrowed] if borrowed else [])
    last: Mention | None = None
    for token in (sentence.tokens[i] for i in tokens):
        mention = covered.get(token.i)
        if mention is None and token.pos in ("PUNCT", "SPACE") and token.text not in "-–/%":
            continue
        if mention is None:
            name = reading.references.name(index, token.i) if token.pos == "PRON" else None
            out.append(name or token.text)
        elif mention is not last:
            out.append(PLACEHOLDER[mention.kind])
        last = mention
    return " ".join(out)


def frame_of(
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
        sentence=masked_text(reading, index, whole, None),
        event=masked_text(reading, index, _nameless(sentence, tokens), None),
        phrase=_phrase(reading, index, clauses, mention) or masked,
        head=sentence.tokens[head].lemma if head is not None else None,
        modifiers=_modifiers(sentence, head),
        names=reading.references.names(index),
        context=reading.references.names(index - 1) if index else (),
        words=_words(reading, index, whole),
        clause=_common(reading, index, tokens),
        near=_common(reading, index, _window(sentence, mention)) if mention else (),
        times=_times(reading.mentions[index], mention),
        past=sentence.tokens[clause.predicate].tag in ("VBD", "VBN"),
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
        return masked_text(reading, index, noun_phrase(sentence, mention.head), None)
    if not inside:
        return None
    above = sentence.tokens[sentence.tokens[governor(inside, sentence)].head]
    if above.pos in ("ADP", "SCONJ"):
        above = sentence.tokens[above.head]
    if above.pos in NOMINAL and above.i not in inside:
        return masked_text(reading, index, sorted({*noun_phrase(sentence, above.i), *inside}), None)
    clause = next((c for c in clauses if above.i in c.tokens), None)
    return masked_text(reading, index, clause.tokens, clause) if clause else None


def _window(sentence: Sentence, mention: Mention) -> list[int]:
    """The tokens around a mention, up to so many content words on either side."""
    inside = sentence.token_at(mention.start, mention.end)
    if not inside:
        return []
    before = [t.i for t in sentence.tokens[: inside[0]] if t.pos in CONTENT][-WINDOW:]
    after = [t.i for t in sentence.tokens[inside[-1] + 1 :] if t.pos in CONTENT][:WINDOW]
    return [*before, *after]


def _modifiers(sentence: Sentence, head: int | None) -> tuple[str, ...]:
    if head is None:
        return ()
    found = [sentence.tokens[i] for i in noun_phrase(sentence, head) if i != head]
    return tuple(sorted({t.lemma for t in found if t.pos in ("NOUN", "PROPN", "ADJ", "VERB")}))


def _words(reading: Reading, index: int, tokens: Sequence[int]) -> tuple[str, ...]:
    sentence, covered = reading.sentences[index], reading.covered[index]
    content = (sentence.tokens[i] for i in tokens if i not in covered)
    return tuple(sorted({t.lemma for t in content if t.pos in CONTENT and t.lemma not in LIGHT_VERBS}))


def _common(reading: Reading, index: int, tokens: Sequence[int]) -> tuple[str, ...]:
    """Content words that are no names: what happened, whoever it happened to."""
    sentence = reading.sentences[index]
    return _words(reading, index, [i for i in tokens if sentence.tokens[i].pos != "PROPN"])


def _times(mentions: list[Mention], own: Mention | None) -> tuple[str, ...]:
    values = [
        m.value.timex for m in mentions if m is not own and isinstance(m.value, Time) and m.value.resolved
    ]
    return tuple(sorted({v for v in values if v}))


def sentence_text(reading: Reading, index: int) -> SentenceText:
    sentence = reading.sentences[index]
    whole = list(range(len(sentence.tokens)))
    return SentenceText(
        start=sentence.start, end=sentence.end, masked=masked_text(reading, index, whole, None),
        names=reading.references.names(index), words=_words(reading, index, whole),
    )  # fmt: skip
