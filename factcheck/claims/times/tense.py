"""Tell from the tags of a clause whether it speaks of the past or the future."""

from __future__ import annotations

from functools import cache

from factcheck.claims.parse import Sentence, Token
from factcheck.claims.times.context import Tense
from factcheck.claims.times.lexer import vocabulary

_VERBAL = frozenset({"VERB", "AUX"})
# How far up the tree the verb is sought; no natural sentence is deeper, and a hostile one must stay cheap.
_DEEPEST = 30
_ATTRIBUTIVE = frozenset({"compound", "poss", "nmod", "nummod", "amod"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_AUXILIARY = frozenset({"aux", "auxpass"})


def tense_at(sentence: Sentence, at: int) -> Tense | None:
    """Give the tense of the verb that governs token ``at``, or None where no finite verb does.

    A participle or infinitive takes the tense of the verb above it, save that words of planning ("set to
    resume Monday", "payable Friday") and modals other than "could" make it future, and that a bare past
    participle ("announced Wednesday") is past.
    """
    if _is_attribute(sentence, at):
        return None
    verb = _verb_above(sentence, at)
    infinitive = False
    for _ in range(_DEEPEST):
        if verb is None:
            return None
        token, tags = sentence.tokens[verb], _tags(sentence, verb)
        tense = _tense(token, tags, infinitive)
        if tense or token.head == verb:
            return tense or ("future" if infinitive or "TO" in tags else None)
        infinitive = infinitive or "TO" in tags
        verb = _verb_above(sentence, token.head)
    return None


def _is_attribute(sentence: Sentence, at: int) -> bool:
    """Say whether the time qualifies a noun ("Wednesday's ruling") that is not what the verb is said of."""
    token = sentence.tokens[at]
    return token.dep in _ATTRIBUTIVE and sentence.tokens[token.head].dep not in _SUBJECTS


def _tense(token: Token, tags: set[str], infinitive: bool) -> Tense | None:
    if "MD" in tags or (token.lemma in _planning() and (infinitive or token.tag != "VBD")):
        return "future"
    if "VBD" in tags:
        return "past"
    if token.tag == "VBN":
        return "future" if infinitive and tags & {"VBZ", "VBP"} else "past"
    if tags & {"VBZ", "VBP"}:
        return "future" if infinitive or _scheduled(token, tags) else "present"
    if token.tag == "VBG" and token.lemma in _opening():
        return "future"
    return None


def _scheduled(token: Token, tags: set[str]) -> bool:
    """Say whether a present tells of what is fixed to come: "begins a visit on Sunday", "is leaving".

    Source: R. Quirk et al., A Comprehensive Grammar of the English Language (1985), 4.44 f.
    """
    return token.lemma in _timetabled() and (token.tag != "VBG" or bool(tags & {"VBZ", "VBP"}))


@cache
def _timetabled() -> frozenset[str]:
    return frozenset(vocabulary()["planning"]["timetabled"])


@cache
def _opening() -> frozenset[str]:
    return frozenset(vocabulary()["planning"]["opening"])


@cache
def _planning() -> frozenset[str]:
    return frozenset(vocabulary()["planning"]["lemmas"])


def _verb_above(sentence: Sentence, at: int | None) -> int | None:
    for _ in range(_DEEPEST):
        if at is None:
            return None
        token = sentence.tokens[at]
        if token.pos in _VERBAL and token.dep not in _AUXILIARY:
            return at
        at = None if token.head == token.i else token.head
    return None


def _tags(sentence: Sentence, verb: int) -> set[str]:
    helpers = [sentence.tokens[c] for c in sentence.tokens[verb].children]
    return {sentence.tokens[verb].tag, *(t.tag for t in helpers if _helps(t))}


def _helps(token: Token) -> bool:
    if token.tag == "MD":
        return token.lemma != "could"
    return token.dep in _AUXILIARY or token.tag == "TO"
