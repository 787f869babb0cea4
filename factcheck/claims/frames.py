"""Write claims with their values taken out: what alignment compares."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.claims.clauses import Clause, noun_phrase
from factcheck.claims.fates import EVERYONE, Fates, averted, fates_of
from factcheck.claims.parse import Sentence, Token
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
            out.append(_named(reading, index, token) or token.text)
        elif mention is not last:
            out.append(PLACEHOLDER[mention.kind])
        last = mention
    return " ".join(out)


def _named(reading: Reading, index: int, token: Token) -> str | None:
    """Whom or what a pronoun stands for, in words."""
    if token.pos != "PRON":
        return None
    place = reading.references.antecedent(index, token.i)
    return name_or_noun(reading, *place) if place else reading.references.name(index, token.i)


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
    head = _head(sentence, mention) if mention else None
    whole = list(range(len(sentence.tokens)))
    return Frame(
        masked=masked,
        sentence=masked_text(reading, index, whole, None),
        event=masked_text(reading, index, _nameless(sentence, tokens), None),
        phrase=_phrase(reading, index, clauses, mention) or masked,
        head=sentence.tokens[head].lemma if head is not None else None,
        fates=_fates(sentence, mention) if mention else (),
        modifiers=_modifiers(sentence, mention) if mention else (),
        names=reading.references.names(index),
        context=reading.references.names(index - 1) if index else (),
        words=_words(reading, index, whole),
        clause=_common(reading, index, tokens),
        near=_words(reading, index, _window(sentence, mention)) if mention else (),
        clause_names=_names(reading, index, tokens),
        near_names=_names(reading, index, _beside(sentence, mention)) if mention else (),
        times=_times(reading.mentions[index], mention),
        recalled=reading.recalled[index],
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
    head = _head(sentence, mention)
    if head is None:
        return None
    if sentence.tokens[head].pos in NOMINAL:
        inside = sentence.token_at(mention.start, mention.end) if mention.head is None else []
        return masked_text(reading, index, sorted({*noun_phrase(sentence, head), *inside}), None)
    clause = next((c for c in clauses if head in c.tokens), None)
    return masked_text(reading, index, clause.tokens, clause) if clause else None


def _head(sentence: Sentence, mention: Mention) -> int | None:
    """The token a value is directly of: what is counted, or the word that a date or figure hangs on."""
    if mention.head is not None:
        return mention.head
    inside = sentence.token_at(mention.start, mention.end)
    if not inside:
        return None
    above = sentence.tokens[sentence.tokens[governor(inside, sentence)].head]
    if above.pos in ("ADP", "SCONJ"):
        above = sentence.tokens[above.head]
    return None if above.i in inside else above.i


def _fates(sentence: Sentence, mention: Mention) -> Fates:
    """What befell those that a count is of."""
    if mention.kind != "count":
        return ()
    inside = sentence.token_at(mention.start, mention.end)
    counted = mention.head if mention.head is not None else governor(inside, sentence) if inside else None
    if counted is None:
        return ()
    fates = fates_of(sentence, counted)
    return averted(fates) if inside and sentence.tokens[inside[0]].lower in EVERYONE else fates


def _window(sentence: Sentence, mention: Mention) -> list[int]:
    """The content words around a mention that are no names, up to so many on either side."""
    inside = sentence.token_at(mention.start, mention.end)
    if not inside:
        return []
    common = [t.i for t in sentence.tokens if t.pos in CONTENT and t.pos != "PROPN"]
    before = [i for i in common if i < inside[0]][-WINDOW:]
    after = [i for i in common if i > inside[-1]][:WINDOW]
    return [*before, *after]


def _beside(sentence: Sentence, mention: Mention) -> list[int]:
    """The tokens so near to a mention that a place or body among them limits what it is a value of."""
    inside = sentence.token_at(mention.start, mention.end)
    if not inside:
        return []
    return list(range(max(0, inside[0] - 3), min(len(sentence.tokens), inside[-1] + 8)))


def _modifiers(sentence: Sentence, mention: Mention) -> tuple[str, ...]:
    """What qualifies the noun that is counted: "more" of "two more boats", not of "more than two"."""
    if mention.head is None:
        return ()
    inside = sentence.token_at(mention.start, mention.end)
    phrase = (i for i in noun_phrase(sentence, mention.head) if i != mention.head and i not in inside)
    found = [sentence.tokens[i] for i in phrase]
    return tuple(sorted({t.lemma for t in found if t.pos in ("NOUN", "PROPN", "ADJ", "VERB")}))


def _words(reading: Reading, index: int, tokens: Sequence[int]) -> tuple[str, ...]:
    sentence, covered = reading.sentences[index], reading.covered[index]
    content = (sentence.tokens[i] for i in tokens if i not in covered)
    return tuple(sorted({t.lemma for t in content if t.pos in CONTENT and t.lemma not in LIGHT_VERBS}))


def _common(reading: Reading, index: int, tokens: Sequence[int]) -> tuple[str, ...]:
    """Content words that are no names: what happened, whoever it happened to."""
    sentence = reading.sentences[index]
    return _words(reading, index, [i for i in tokens if sentence.tokens[i].pos != "PROPN"])


def _names(reading: Reading, index: int, tokens: Sequence[int]) -> tuple[str, ...]:
    """The full names of what these tokens name or stand for."""
    found = (reading.references.name(index, i) for i in tokens)
    return tuple(sorted({name for name in found if name}))


def _is_cue(reading: Reading, predicate: Token) -> bool:
    return any(a.cue_start < predicate.end and predicate.start < a.cue_end for a in reading.attributions)


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
        mentions=tuple(reading.mentions[index]),
    )  # fmt: skip
