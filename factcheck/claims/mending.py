"""Mend what the parser gets wrong about who does what, where that can be told."""

from __future__ import annotations

from factcheck.claims.discourse.reporting import is_speech
from factcheck.claims.parse import Sentence, Token

_OPENING = frozenset({"“", '"', "``", "„", "«"})
_CLOSING = frozenset({"”", '"', "''", "“", "»"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
# What the parser makes of the first part of a quotation that "said X" interrupts.
_ASTRAY = ("dep", "nsubj", "nsubjpass", "dobj", "npadvmod", "ccomp", "intj")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def mend(sentence: Sentence) -> None:
    """Give the verbs of a sentence the subjects that the parser hung elsewhere; the sentence is changed."""
    _mend_auxiliaries(sentence.tokens)
    _mend_interrupted_speech(sentence)


def _mend_auxiliaries(tokens: list[Token]) -> None:
    """Give a verb the subject of its auxiliary: "the bridge was closed to traffic"."""
    for helper in tokens:
        if helper.dep in ("aux", "auxpass"):
            verb = tokens[helper.head]
            subjects = _subjects(tokens, helper)
            if len(subjects) == 1 and not _subjects(tokens, verb):
                _move(tokens, tokens[subjects[0]], verb)


def _mend_interrupted_speech(sentence: Sentence) -> None:
    """Give a verb its subject back: “The paint,” said Anna, “is wet.”

    The parser hangs the subject on "said", as a second subject or as nothing in particular.
    """
    tokens = sentence.tokens
    if len(tokens) < 8 or tokens[0].text not in _OPENING:
        return
    close = next((t.i for t in tokens[1:] if t.text in _CLOSING), None)
    if close is None or close + 1 >= len(tokens):
        return
    report = next((t for t in tokens[close + 1 : close + 8] if t.pos == "VERB" and is_speech(t.lemma)), None)
    if report is None:
        return
    reopened = next((t.i for t in tokens[report.i + 1 :] if t.text in _OPENING), None)
    if reopened is None:
        return
    strays = [
        c for c in report.children if c < close and tokens[c].dep in _ASTRAY and tokens[c].pos in _NOMINAL
    ]
    verb = tokens[report.head]
    lacks = not _subjects(tokens, verb)
    if len(strays) == 1 and verb.i > reopened and verb.pos in ("VERB", "AUX") and lacks:
        _move(tokens, tokens[strays[0]], verb)


def _subjects(tokens: list[Token], verb: Token) -> list[int]:
    return [c for c in verb.children if tokens[c].dep in _SUBJECTS]


def _move(tokens: list[Token], subject: Token, verb: Token) -> None:
    passive = any(tokens[c].dep == "auxpass" for c in verb.children)
    tokens[subject.head].children.remove(subject.i)
    subject.head, subject.dep = verb.i, "nsubjpass" if passive else "nsubj"
    verb.children.append(subject.i)
    verb.children.sort()
