"""Recognise the words that report: who is the source of what, as one sentence's syntax shows it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from factcheck.claims.discourse.naming import vocabulary
from factcheck.claims.parse import Sentence, Token

_SUBJECTS = ("nsubj", "nsubjpass")
_VERBAL = ("VERB", "AUX")
_OUTSIDE = frozenset({"relcl", "acl", "ccomp", "punct"})  # what hangs on a name without naming anybody
_CLOSING = 4  # tokens that may follow a closing "he said": a day, a full stop, a quotation mark
_SEPARATORS = frozenset({",", "”", '"', "''", "’", "—", "–", "-"})
# Labels of a verb that has no subject of its own and borrows its governor's.
_BORROWING = frozenset({"conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "parataxis", "dep"})


@dataclass(slots=True)
class Cue:
    """A reporting word in its sentence; everything is token indices.

    ``source`` is the head of the speaker phrase. ``contents`` are the tokens of what is reported, empty
    where only a quotation can tell. ``quotes`` says that the word may introduce a quotation.
    """

    first: int
    last: int
    source: int | None
    contents: list[int]
    quotes: bool


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """Map each reporting lemma to the groups of ``reporting.toml`` it stands in."""
    text = resources.files("factcheck.claims").joinpath("data/reporting.toml").read_text(encoding="utf-8")
    groups: dict[str, set[str]] = {}
    for group, lemmas in tomllib.loads(text).items():
        for lemma in lemmas:
            groups.setdefault(lemma, set()).add(group)
    return {lemma: frozenset(of) for lemma, of in groups.items()}


def is_speech(lemma: str) -> bool:
    """Say whether a verb reports words: "say", "announce"."""
    return "speech" in lexicon().get(lemma, frozenset())


def is_reporting(lemma: str) -> bool:
    """Say whether a verb reports words, thoughts or findings: "say", "believe", "show"."""
    return not {"speech", "thought", "evidence"}.isdisjoint(lexicon().get(lemma, frozenset()))


@cache
def _topic_prepositions() -> frozenset[str]:
    return frozenset(word for word, groups in lexicon().items() if "topic_prepositions" in groups)


def find_cues(sentence: Sentence) -> Iterator[Cue]:
    """Yield the reporting words of a sentence in order, those without content included."""
    known = lexicon()
    colon = _colon_cue(sentence)
    if colon is not None:
        yield colon
    for token in sentence.tokens:
        if token.lower == "according":
            cue = _according_cue(sentence, token)
        else:
            groups = known.get(token.lemma)
            cue = _cue(sentence, token, groups) if groups else None
        if cue is not None:
            yield cue


def _cue(sentence: Sentence, token: Token, groups: frozenset[str]) -> Cue | None:
    if token.pos in _VERBAL and token.dep not in ("aux", "auxpass"):
        return _verb_cue(sentence, token, groups)
    if token.pos == "NOUN" and groups & {"nouns", "topic_nouns"}:
        return _noun_cue(sentence, token, groups)
    if token.pos == "ADJ" and "adjectives" in groups:
        return _adjective_cue(sentence, token)
    if token.pos == "ADV" and "adverbs" in groups:
        rest = _governing_clause(sentence, token)
        return Cue(token.i, token.i, None, rest, False) if rest else None
    return None


# ---------------------------------------------------------------- verbs
def _verb_cue(sentence: Sentence, token: Token, groups: frozenset[str]) -> Cue | None:
    clausal = bool(groups & {"speech", "thought", "evidence", "seeming"})
    quotes = bool(groups & {"speech", "quoting", "judgment"})
    source = None if "seeming" in groups else _subject(sentence, token)
    contents: list[int] = []
    if clausal:
        contents = _clause_content(sentence, token, source)
    if not contents and groups & {"intention", "evidence", "thought", "seeming"}:
        contents = _infinitive_content(sentence, token)
    if not contents and "speech" in groups:
        contents = _hearsay(sentence, token)
    if not contents and "judgment" in groups:
        contents = _object_content(sentence, token)
    if not contents and "topic" in groups:
        contents = _topic(sentence, token)
    if not contents and not quotes:
        return None
    return Cue(token.i, token.i, source, contents, quotes)


def _clause_content(sentence: Sentence, verb: Token, source: int | None) -> list[int]:
    tokens = sentence.tokens
    for child in verb.children:
        if tokens[child].dep == "ccomp":
            return _without(sentence.subtree(child), _phrase(sentence, source))
    if verb.dep == "parataxis" and verb.head != verb.i:
        inner = set(sentence.subtree(verb.i))
        return [i for i in sentence.subtree(verb.head) if i not in inner]
    return _preceding(sentence, verb, source)


def _preceding(sentence: Sentence, verb: Token, source: int | None) -> list[int]:
    """All that stands before a closing "..., he said", where the parse has not tied the two together."""
    phrase = _phrase(sentence, source)
    if source is None or sentence.tokens[source].head != verb.i:
        return []
    first, last = min(verb.i, *phrase), max(verb.i, *phrase)
    closing = len(sentence.tokens) - 1 - last <= _CLOSING
    if closing and first > 1 and sentence.tokens[first - 1].text in _SEPARATORS:
        return list(range(first))
    return []


def _infinitive_content(sentence: Sentence, verb: Token) -> list[int]:
    tokens = sentence.tokens
    for child in verb.children:
        if tokens[child].dep == "xcomp" or (
            tokens[child].dep == "ccomp" and any(tokens[c].lower == "to" for c in tokens[child].children)
        ):
            return sentence.subtree(child)
    return []


def _hearsay(sentence: Sentence, verb: Token) -> list[int]:
    """What is told of the subject of a passive: "the duke is said to have sold the castle"."""
    tokens = sentence.tokens
    children = [c for c in verb.children if tokens[c].dep in ("nsubjpass", "xcomp")]
    passive = any(tokens[c].dep == "auxpass" for c in verb.children)
    if not passive or [tokens[c].dep for c in children] != ["nsubjpass", "xcomp"]:
        return []
    return sorted(i for c in children for i in sentence.subtree(c))


def _object_content(sentence: Sentence, verb: Token) -> list[int]:
    tokens = sentence.tokens
    heads = [c for c in verb.children if c > verb.i and tokens[c].dep in ("dobj", "oprd")]
    if heads:
        heads += [c for c in verb.children if c > heads[0] and tokens[c].dep == "prep"]
    elif verb.tag == "VBN":
        heads = [c for c in verb.children if tokens[c].dep == "nsubjpass"]
    return sorted(i for h in heads for i in sentence.subtree(h))


def _topic(sentence: Sentence, word: Token) -> list[int]:
    """The object of the preposition that leads from a word to its subject matter, with the rest after it."""
    tokens = sentence.tokens
    for child in word.children:
        if child > word.i and tokens[child].dep == "prep" and tokens[child].lower in _topic_prepositions():
            return _without(sentence.subtree(child), [child])
    return []


# ---------------------------------------------------------------- other cues
def _noun_cue(sentence: Sentence, noun: Token, groups: frozenset[str]) -> Cue | None:
    tokens = sentence.tokens
    for child in noun.children:
        at = tokens[child]
        # A bare participle ("the claim made in May") qualifies the noun and is not its content.
        clausal = at.tag not in ("VBN", "VBG") or any(
            tokens[c].dep in ("mark", *_SUBJECTS) for c in at.children
        )
        if child > noun.i and at.dep in ("acl", "ccomp") and clausal:
            contents = sentence.subtree(child)
            return Cue(noun.i, noun.i, _owner(sentence, noun), contents, False)
    if "topic_nouns" in groups and (contents := _topic(sentence, noun)):
        return Cue(noun.i, noun.i, _owner(sentence, noun), contents, False)
    return None


def _adjective_cue(sentence: Sentence, adjective: Token) -> Cue | None:
    tokens = sentence.tokens
    if adjective.dep != "acomp":
        return None
    for child in adjective.children:
        if child > adjective.i and tokens[child].dep in ("ccomp", "xcomp"):
            copula = tokens[adjective.head]
            return Cue(adjective.i, adjective.i, _subject(sentence, copula), sentence.subtree(child), False)
    return None


def _according_cue(sentence: Sentence, token: Token) -> Cue | None:
    tokens = sentence.tokens
    to = next((c for c in token.children if c > token.i and tokens[c].lower == "to"), None)
    if to is None:
        return None
    source = next((c for c in tokens[to].children if tokens[c].dep == "pobj"), None)
    if source is not None and _is_yardstick(sentence, token, tokens[source]):
        return None
    contents = _governing_clause(sentence, token)
    return Cue(token.i, to, source, contents, True)


def _is_yardstick(sentence: Sentence, according: Token, noun: Token) -> bool:
    """Say whether something is done according to a noun ("sorted according to size") that tells nothing.

    Who or what tells is named, is a person or body, or puts its words down; or a comma sets it off.
    """
    if noun.ent or noun.pos != "NOUN":
        return False
    bare = not any(sentence.tokens[c].dep in ("det", "poss", "amod", "compound") for c in noun.children)
    if bare and "yardsticks" in lexicon().get(noun.lemma, ()):
        return True
    before = sentence.tokens[according.i - 1].text if according.i else ","
    words, teller = vocabulary(), noun.lemma
    people = teller in words["people"]["nouns"] or teller in words["titles"]["office"]
    bodies = teller in words["organisations"]["business"] or teller in words["organisations"]["institution"]
    tells = not {"tellers", "nouns"}.isdisjoint(lexicon().get(teller, ()))
    return not (before in _SEPARATORS or before == "(" or people or bodies or tells)


def _colon_cue(sentence: Sentence) -> Cue | None:
    """Read a name before a colon at the start of a sentence, as in transcripts and headlines."""
    tokens = sentence.tokens
    at = next((t.i for t in tokens[:6] if t.text == ":"), None)
    if not at:
        return None
    names = tokens[:at]
    if not all(t.pos == "PROPN" for t in names) and not is_speaker_line(sentence):
        return None
    return Cue(at, at, at - 1, list(range(at + 1, len(tokens))), True)


def is_speaker_line(sentence: Sentence) -> bool:
    """Say whether a sentence opens with a name in capitals and a colon, as a turn in a transcript does."""
    at = next((t.i for t in sentence.tokens[:6] if t.text == ":"), None)
    names = [t for t in sentence.tokens[:at] if t.text.strip(".")] if at else []
    if not names or not all(t.text.isupper() and len(t.text.strip(".")) > 1 for t in names):
        return False
    placed = any(t.ent in ("GPE", "LOC") for t in names)  # a dateline
    return not placed and not any("banners" in lexicon().get(t.lower, ()) for t in names)


def _governing_clause(sentence: Sentence, token: Token) -> list[int]:
    """The tokens of the clause a reporting adjunct belongs to, without the adjunct."""
    tokens = sentence.tokens
    at = tokens[token.head]
    while at.head != at.i and at.pos not in _VERBAL:
        at = tokens[at.head]
    return _without(sentence.subtree(at.i), sentence.subtree(token.i))


# ---------------------------------------------------------------- sources
def _subject(sentence: Sentence, verb: Token) -> int | None:
    """The head of the phrase that says, thinks or wants; a verb without a subject borrows one."""
    tokens = sentence.tokens
    for _ in range(6):
        passive = False
        for child in verb.children:
            if tokens[child].dep == "agent":
                return _first_object(sentence, tokens[child])
            passive = passive or tokens[child].dep in ("nsubjpass", "auxpass")
        for child in verb.children:
            if tokens[child].dep == "nsubj":
                return _antecedent(sentence, child)
        if passive or (verb.dep == "acl" and verb.tag in ("VBN", "VBD")):
            return None
        if verb.dep in ("acl", "relcl"):
            return verb.head
        if verb.dep == "pcomp" and (quoted := _quoted_source(sentence, verb)) is not None:
            return quoted
        if verb.dep not in _BORROWING or verb.head == verb.i:
            return None
        verb = tokens[verb.head]
    return None


def _quoted_source(sentence: Sentence, verb: Token) -> int | None:
    """Who says it in "quoted the mayor as saying": the object, not the subject."""
    tokens = sentence.tokens
    preposition = tokens[verb.head]
    if preposition.lower != "as":
        return None
    return next((c for c in tokens[preposition.head].children if tokens[c].dep == "dobj"), None)


def _antecedent(sentence: Sentence, subject: int) -> int:
    """The noun a relative pronoun stands for, or the subject itself."""
    tokens = sentence.tokens
    verb = tokens[tokens[subject].head]
    if tokens[subject].tag in ("WP", "WDT") and verb.dep == "relcl":
        return verb.head
    return subject


def _owner(sentence: Sentence, noun: Token) -> int | None:
    """Whose claim or plan it is: the possessor, the author after "by", or the subject that makes it."""
    tokens = sentence.tokens
    for child in noun.children:
        if tokens[child].dep == "poss":
            return child
    for child in noun.children:
        if tokens[child].lower in ("by", "from", "of") and tokens[child].dep in ("prep", "agent"):
            return _first_object(sentence, tokens[child])
    governor = tokens[noun.head]
    if "denying" in lexicon().get(governor.lemma, ()):
        return None  # who rejects a claim has not made it
    if noun.dep in ("dobj", "pobj", "attr") and governor.i != noun.i:
        while governor.dep == "prep" and governor.head != governor.i:
            governor = tokens[governor.head]
        if governor.pos in _VERBAL:
            return _subject(sentence, governor)
    return None


def _first_object(sentence: Sentence, preposition: Token) -> int | None:
    return next((c for c in preposition.children if sentence.tokens[c].dep == "pobj"), None)


def source_phrase(sentence: Sentence, cue: Cue) -> list[int]:
    """Return the tokens of a speaker's noun phrase, appositions included, clauses left out.

    Where the speaker is named before a relative pronoun ("the farmer who said ..."), the pronoun is the end.
    """
    phrase = _phrase(sentence, cue.source)
    tokens = sentence.tokens
    pronoun = next((c for c in tokens[cue.first].children if tokens[c].tag in ("WP", "WDT")), None)
    if pronoun is not None and tokens[pronoun].dep == "nsubj" and phrase and pronoun > phrase[-1]:
        phrase.append(pronoun)
    return phrase


def _phrase(sentence: Sentence, head: int | None) -> list[int]:
    if head is None:
        return []
    tokens, found, stack = sentence.tokens, [], [head]
    while stack:
        at = stack.pop()
        found.append(at)
        stack.extend(c for c in tokens[at].children if tokens[c].dep not in _OUTSIDE)
    return sorted(found)


def _without(tokens: Iterable[int], excluded: Iterable[int]) -> list[int]:
    drop = set(excluded)
    return [i for i in tokens if i not in drop]
