"""Name who does what in a clause, and who says so."""

from __future__ import annotations

from functools import cache

from factcheck.claims.clauses import Clause, noun_phrase
from factcheck.claims.discourse import Attribution, is_outcome, is_speech
from factcheck.claims.parse import Sentence, Token
from factcheck.claims.reading import Reading
from factcheck.model import Span, Time

NOMINAL = frozenset({"NOUN", "PROPN"})
# Verbs that say little without the bare noun behind them: "take place", "give birth".
# Source: B. Levin, English Verb Classes and Alternations (1993), and the grammars' light verbs.
_LIGHT = frozenset({"take", "give", "make", "have", "hold", "lose", "gain", "do", "pay", "catch", "set"})
# Subjects of a verb of speech that nobody speaks as: "that suggests".
_NOBODY = frozenset({"that", "this", "which", "it", "these", "those", "there", "what"})
_FIRST_PERSON = frozenset({"i", "we"})
# Words that point to a noun told before: "a second is 20 km long", "the others fled".
_ELLIPTIC = frozenset(
    {"second", "third", "other", "another", "one", "latter", "former", "some", "rest", "two", "three", "four"}
)
# Sentences over which somebody who speaks may go on as "he" or "she".
_TURN = 4
# A chain of verbs ("is expected to try to sell") is followed no further.
_LONGEST_CHAIN = 3


def governor(tokens: list[int], sentence: Sentence) -> int:
    """The token of a mention from which its clause is found: the one whose head lies outside."""
    inside = set(tokens)
    return next((i for i in tokens if sentence.tokens[i].head not in inside), tokens[0])


def name_or_noun(reading: Reading, index: int, token: int) -> str | None:
    """The full name or the noun phrase a token stands for; None for a pronoun nobody can place."""
    sentence = reading.sentences[index]
    head = sentence.tokens[token]
    if head.lower in _FIRST_PERSON:
        return speaker(reading, (head.start, head.end), named=True)
    joined = any(sentence.tokens[c].dep == "conj" for c in head.children)
    name = reading.references.name(index, token)
    if name and not joined:
        return name
    place = reading.references.antecedent(index, token)
    if place is not None:
        return name_or_noun(reading, *place)
    if head.pos not in NOMINAL and head.pos != "NUM" and not _is_part(sentence, head):
        return name
    phrase = _without_time(reading, index, noun_phrase(sentence, token), token)
    words = sentence.document_text[sentence.tokens[phrase[0]].start : sentence.tokens[phrase[-1]].end]
    relative = next((i for i in phrase if sentence.tokens[i].tag in ("WP", "WDT", "WP$")), None)
    return words if relative is None else _with_antecedent(reading, index, phrase, relative)


def _is_part(sentence: Sentence, head: Token) -> bool:
    """Say whether a pronoun names a part of something named: "some of the injured", "most of the mills"."""
    parted = (sentence.tokens[c] for c in head.children if sentence.tokens[c].lower == "of")
    return any(sentence.tokens[c].tag != "PRP" for of in parted for c in of.children)


def _with_antecedent(reading: Reading, index: int, phrase: list[int], relative: int) -> str | None:
    """Write a phrase with what its relative pronoun stands for: "two of whom", "whose roof"."""
    tokens = reading.sentences[index].tokens
    verb = tokens[relative]
    while verb.dep != "relcl" and verb.head != verb.i:
        verb = tokens[verb.head]
    whom = name_or_noun(reading, index, verb.head) if verb.dep == "relcl" else None
    if whom is None:
        return None
    whom += "'s" if tokens[relative].tag == "WP$" else ""
    return " ".join(whom if i == relative else tokens[i].text for i in phrase)


def _without_time(reading: Reading, index: int, phrase: list[int], head: int) -> list[int]:
    """Cut a date that the parser hung on the noun: "the minister on Friday"."""
    covered, tokens = reading.covered[index], reading.sentences[index].tokens
    cut = next((i for i in phrase if i > head and i in covered and isinstance(covered[i].value, Time)), None)
    if cut is None:
        return phrase
    kept = [i for i in phrase if i < cut]
    while len(kept) > 1 and kept[-1] > head and tokens[kept[-1]].pos in ("ADP", "PUNCT", "DET", "CCONJ"):
        kept.pop()
    return kept


def is_elliptic(sentence: Sentence, token: int) -> bool:
    """Say whether a noun phrase only points back ("the two", "others"), with nothing that says to what."""
    head = sentence.tokens[token]
    bare = all(sentence.tokens[c].dep in ("det", "amod", "predet") for c in head.children)
    if head.lemma == "thing":
        return bare
    return bare and (head.lower in _ELLIPTIC or head.lemma in _ELLIPTIC)


def predicate_words(sentence: Sentence, clause: Clause) -> str | None:
    """The predicate as lemmas: with its particle, the bare noun of a light verb, and what it governs.

    "expect to approve", "take place", "carry out", "be aware"; None for a fragment without a verb.
    """
    verb = sentence.tokens[clause.predicate]
    if verb.pos not in ("VERB", "AUX"):
        return None
    words: list[str] = []
    for _ in range(_LONGEST_CHAIN):
        words.append(verb.lemma)
        children = [sentence.tokens[c] for c in verb.children]
        words.extend(c.lower for c in children if c.dep == "prt")
        words.extend(c.lower for c in children if _completes(sentence, verb, c))
        governed = _governed(sentence, verb)
        if governed is None:
            break
        words.append("to")
        verb = governed
    return " ".join(words)


def _completes(sentence: Sentence, verb: Token, child: Token) -> bool:
    if child.dep == "acomp" and verb.lemma in ("become", "remain", "stay"):
        return child.pos == "ADJ"
    if is_outcome(verb, child):
        return child.pos == "ADJ"
    bare = all(sentence.tokens[c].pos == "ADP" for c in child.children)
    return child.dep == "dobj" and verb.lemma in _LIGHT and child.tag == "NN" and child.i > verb.i and bare


def _governed(sentence: Sentence, verb: Token) -> Token | None:
    """The infinitive a verb, or the adjective of a copula, governs."""
    for child in (sentence.tokens[c] for c in verb.children):
        if child.dep == "acomp":
            return _governed(sentence, child)
        if child.dep == "xcomp" and any(sentence.tokens[c].tag == "TO" for c in child.children):
            own = any(sentence.tokens[c].dep in ("nsubj", "nsubjpass") for c in child.children)
            return (
                child
                if child.pos in ("VERB", "AUX") and not own and not _has_object(sentence, verb)
                else None
            )
    return None


def _has_object(sentence: Sentence, verb: Token) -> bool:
    return any(sentence.tokens[c].dep == "dobj" for c in verb.children)


def object_of(reading: Reading, index: int, clause: Clause) -> str | None:
    """The object of the predicate, or of the last infinitive it governs."""
    sentence, target = reading.sentences[index], clause.object
    verb: Token | None = sentence.tokens[clause.predicate]
    for _ in range(_LONGEST_CHAIN):
        verb = _governed(sentence, verb) if verb else None
        if verb:
            target = next((c for c in verb.children if sentence.tokens[c].dep in ("dobj", "attr")), None)
    if target is None or _completes(
        sentence, sentence.tokens[sentence.tokens[target].head], sentence.tokens[target]
    ):
        return None
    return name_or_noun(reading, index, target)


def speaker(
    reading: Reading, anchor: tuple[int, int], predicate: Token | None = None, *, named: bool = False
) -> str | None:
    """The source of the narrowest attribution whose content holds the anchor.

    Who declares an emergency or agrees to a deal does so and is not the source of it: an attribution whose
    cue is the claim's own ``predicate`` is passed over.
    A pronoun or an office is given as the name it stands for where that is known; with ``named``, a pronoun
    that stands for nobody known counts as nobody.
    """
    span = Span(start=anchor[0], end=anchor[1])
    best: tuple[int, int] | None = None
    for place, attribution in enumerate(reading.attributions):
        if predicate is not None and attribution.cue_start <= predicate.start < attribution.cue_end:
            continue
        for content in attribution.contents:
            size = content.end - content.start
            if attribution.source and content.overlaps(span) and (best is None or size < best[0]):
                best = (size, place)
    if best is None:
        return None
    source = _source(reading, best[1])
    if source and source.lower() in _NOBODY:
        return None
    return None if named and source and source.lower() in _pronouns() else source


def name_sources(reading: Reading) -> None:
    """Find out for each attribution, in order, whom its source names or stands for."""
    for attribution in reading.attributions:
        reading.sources.append(_source_name(reading, attribution))


def _source(reading: Reading, place: int) -> str | None:
    """Whom an attribution names; while that is being found out, its source as written."""
    known = place < len(reading.sources)
    return reading.sources[place] if known else reading.attributions[place].source


@cache
def _pronouns() -> frozenset[str]:
    return frozenset({"he", "she", "it", "they", "i", "we", "you", "who"})


def _source_name(reading: Reading, attribution: Attribution) -> str | None:
    sentence = reading.sentences[attribution.sentence]
    if attribution.source_start is None or attribution.source_end is None:
        return attribution.source
    inside = sentence.token_at(attribution.source_start, attribution.source_end)
    if not inside:
        return attribution.source
    head = sentence.tokens[governor(inside, sentence)]
    if any(sentence.tokens[c].dep == "conj" for c in head.children):
        return name_or_noun(reading, attribution.sentence, head.i)  # "Nevada and Utah said": both
    if head.lower in ("he", "she"):
        known = name_or_noun(reading, attribution.sentence, head.i)
        return known or _last_speaker(reading, attribution.sentence) or attribution.source
    appositions = [c for c in head.children if sentence.tokens[c].dep == "appos"]
    names = (reading.references.name(attribution.sentence, i) for i in (head.i, *appositions))
    return next((name for name in names if name), None) or _office(reading, attribution, head)


def _last_speaker(reading: Reading, index: int) -> str | None:
    """Who spoke shortly before a sentence: "he added" goes on with the words of the person quoted last."""
    # Those before are named by now, each after the last speaker before it.
    for place in reversed(range(len(reading.sources))):
        previous = reading.attributions[place]
        if previous.sentence < index - _TURN:
            return None
        tokens = reading.sentences[previous.sentence]
        cue = tokens.token_at(previous.cue_start, previous.cue_end)
        if previous.sentence < index and previous.source and cue and is_speech(tokens.tokens[cue[0]].lemma):
            head = tokens.token_at(previous.source_start or 0, previous.source_end or 0)[-1:]
            body = any(tokens.tokens[i].ent in ("ORG", "GPE", "NORP") for i in head)
            name = None if body else reading.sources[place]
            return None if name is None or name.lower() in _pronouns() else name
    return None


def _office(reading: Reading, attribution: Attribution, head: Token) -> str | None:
    """The source as written, with what it is of: "head of the port", not "head"."""
    if attribution.source is None or head.pos not in NOMINAL or " " in attribution.source:
        return attribution.source
    phrase = name_or_noun(reading, attribution.sentence, head.i)
    return phrase or attribution.source
