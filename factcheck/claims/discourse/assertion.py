"""Decide whether a clause is asserted at all: its polarity, and its modality."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from factcheck.claims.parse import Sentence, Token
from factcheck.model import Modality, Polarity

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "oprd"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_CLOSING = frozenset({"”", '"', "''", "’"})
_DEPTH = 8  # clauses between a predicate and its root; deeper nesting says nothing about the predicate

# What a reader takes from two marks in one clause: the one that claims less.
_STRENGTH: dict[Modality, int] = {
    "asserted": 0, "planned": 1, "possible": 2, "denied": 3, "conditional": 4, "questioned": 5,
}  # fmt: skip


@cache
def _words() -> dict[str, dict[str, frozenset[str]]]:
    text = resources.files("factcheck.claims").joinpath("data/assertion.toml").read_text(encoding="utf-8")
    return {
        section: {name: frozenset(words) for name, words in lists.items()}
        for section, lists in tomllib.loads(text).items()
    }


def assertion(sentence: Sentence, predicate: int) -> tuple[Polarity, Modality]:
    """Return the polarity and modality of the clause headed by token ``predicate``.

    A governor and its infinitive count as one predicate: both tokens of "failed to pay" are negative. Two
    negations cancel; "not until May" affirms what began in May. What is denied by somebody keeps its own
    polarity and has the modality denied.
    """
    verb = sentence.tokens[predicate]
    if verb.dep in ("aux", "auxpass"):
        verb = sentence.tokens[verb.head]
    reading = _Reading(sentence)
    reading.own(verb)
    reading.complement(verb)
    reading.climb(verb)
    return ("negative" if reading.negative else "positive"), reading.modality


def is_outcome(verb: Token, child: Token) -> bool:
    """Say whether a child of a verb is the adjective that it asserts: "is safe", "found the man guilty"."""
    if verb.lemma == "be":
        return child.dep == "acomp"
    judged = verb.lemma in _words()["judging"]["verbs"] and child.dep in ("acomp", "oprd", "ccomp")
    return judged and child.pos == "ADJ" and child.tag == "JJ"


class _Reading:
    """Polarity and modality as gathered so far on the way from a predicate to its root."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.words = _words()
        self.negative = False
        self.modality: Modality = "asserted"

    def weaken(self, modality: Modality) -> None:
        if _STRENGTH[modality] > _STRENGTH[self.modality]:
            self.modality = modality

    def flip(self, *, when: bool = True) -> None:
        self.negative ^= when

    # ------------------------------------------------------------ the clause itself
    def own(self, verb: Token) -> None:
        """Read the negations, auxiliaries, adverbs and subordinators of one clause."""
        self.flip(when=self.negated(verb))
        for child in self.children(verb):
            self._auxiliary(verb, child)
            if child.dep == "advmod" and child.lower in self.words["possible"]["adverbs"]:
                self.weaken("possible")
                self.flip(when=child.lower == "unlikely")
            elif child.dep in ("mark", "advmod", "aux"):
                self._subordinator(verb, child)
            elif child.dep == "advcl" and self._is_conditional(child) and self._is_open(verb):
                self.weaken("conditional")

    def _auxiliary(self, verb: Token, child: Token) -> None:
        if child.dep not in ("aux", "auxpass"):
            return
        if child.lower in self.words["planned"]["auxiliaries"]:
            self.weaken("planned")
        elif child.lower in ("would", "'d", "’d") and child.tag == "MD":
            self.weaken("conditional" if self._has(verb, "have") else "planned")
        # "could not reach" reports a failure, "could have reached" and "may not reach" a possibility.
        elif child.lower in self.words["possible"]["auxiliaries"] and (
            child.lower != "could" or not self.negated(verb) or self._has(verb, "have")
        ):
            self.weaken("possible")

    def _subordinator(self, verb: Token, child: Token) -> None:
        if child.lower in self.words["questioned"]["marks"]:
            self.weaken("questioned")
        elif child.dep != "aux" and child.lower in self.words["conditional"]["marks"]:
            head = self.tokens[verb.head]
            asked = verb.dep == "ccomp" and head.lemma in self.words["questioned"]["governors"]
            self.weaken("questioned" if asked else "conditional")

    def _is_conditional(self, verb: Token) -> bool:
        """Say whether an adverbial clause states a condition; "even if" states none."""
        forms = [c.lower for c in self.children(verb)]
        return "even" not in forms and any(f in self.words["conditional"]["marks"] for f in forms)

    def _is_open(self, verb: Token) -> bool:
        """Say whether a condition bears on a verb: one with a modal, or in the present."""
        modal = any(c.dep == "aux" and c.tag == "MD" for c in self.children(verb))
        return modal or verb.tag in ("VBZ", "VBP")

    def complement(self, verb: Token) -> None:
        """Read the governor itself as part of its predicate: "plans to open", "failed to pay"."""
        for child in self.children(verb):
            if child.dep == "xcomp" and child.pos in _VERBAL:
                self.governed(verb, child)
                self.flip(when=self.negated(child))
                return
            if child.dep in ("acomp", "attr", "oprd") and child.pos in ("ADJ", "VERB", "ADP"):
                inner = next((c for c in self.children(child) if c.dep == "xcomp"), None)
                if inner is not None or child.lemma in self.words["possible"]["governors"]:
                    self.governed(child, inner or child)
                    self.flip(when=inner is not None and self.negated(inner))
                    return

    # ------------------------------------------------------------ the clauses above
    def climb(self, token: Token) -> None:
        """Read what governs the clause, up to the root of the sentence.

        Relative and adverbial clauses stand on their own: "the man who fled will return" says that he fled.
        """
        for _ in range(_DEPTH):
            head = self.tokens[token.head]
            if token.dep == "ccomp" and any(t.text == "?" for t in self.tokens[token.i : head.i]):
                self.weaken("questioned")  # a question quoted before the verb that reports it
            if head.i == token.i:
                self._question(token)
                return
            if token.pos in _NOMINAL and token.dep in _ARGUMENTS:
                self.own(head)
            elif token.dep == "conj":
                self._coordinated(token, head)
            elif token.dep in ("xcomp", "ccomp", "csubj", "oprd"):
                self._complement_of(token, head)
            elif token.dep == "acl" and head.pos in _NOMINAL and self._is_content(token):
                head = self._of_noun(token, head)
            elif token.dep in ("pcomp", "pobj"):
                head = self._after_preposition(token, head)
            elif token.dep not in ("acomp", "parataxis", "dep"):
                return
            token = head

    def _is_content(self, verb: Token) -> bool:
        """Tell "the claim that it sank" from a participle that qualifies ("the ship sunk in May")."""
        return any(c.dep in ("mark", "aux", *_SUBJECTS) for c in self.children(verb))

    def _complement_of(self, token: Token, head: Token) -> None:
        adjective = next((c for c in self.children(head) if c.dep == "acomp"), None)
        self.governed(adjective if head.lemma == "be" and adjective else head, token)
        if token.dep == "xcomp" or head.lemma in self.words["implicative"]["raised"]:
            if head.dep == "acomp":
                self.own(self.tokens[head.head])
            elif head.pos in _VERBAL:
                self.own(head)
            else:
                self.flip(when=self.negated(head))
        elif self.negated(head) and head.lemma in self.words["reporting"]["verbs"]:
            self.weaken("possible")

    def governed(self, governor: Token, inner: Token) -> None:
        """Apply the meaning of a governing verb or adjective to its complement."""
        words, lemma = self.words, governor.lemma
        passive = any(c.dep == "auxpass" for c in self.children(governor)) or governor.dep == "acl"
        if lemma in words["denied"]["verbs"]:
            self.weaken("possible" if self.negated(governor) else "denied")
        elif lemma in words["implicative"]["negative"]:
            self.flip()
        elif lemma in words["possible"]["governors"] or (passive and lemma in words["possible"]["passive"]):
            self.weaken("possible")
            self.flip(when=lemma == "unlikely")
        elif lemma in words["possible"]["enabling"] and governor.tag not in ("VBD", "VBN"):
            self.weaken("possible")  # "allowed them to leave" tells that they left
        elif inner.dep == "xcomp" and self._is_plan(governor, inner):
            self.weaken("planned")
        elif inner.dep == "xcomp" and self._has(governor, "yet"):
            self.flip()
        elif lemma in ("expect", "hope", "predict", "forecast", "wish") and inner.dep == "ccomp":
            self.weaken("planned")

    def _is_plan(self, governor: Token, inner: Token) -> bool:
        infinitive = self._has(inner, "to")
        if governor.lemma == "be":
            # "is to visit" is a plan, "it is hard to visit" and "it is his task to visit" are none.
            return infinitive and not any(
                c.dep in ("acomp", "attr", "expl") or c.lower == "it" for c in self.children(governor)
            )
        if governor.lemma == "go" and governor.tag != "VBG":
            return False
        return infinitive and governor.lemma in self.words["planned"]["governors"]

    def _coordinated(self, token: Token, head: Token) -> None:
        own = [c for c in self.children(token) if c.dep in (*_SUBJECTS, "aux", "auxpass")]
        if own or token.pos not in _VERBAL:
            return
        if token.tag == head.tag and token.tag in ("VB", "VBN", "VBG"):
            self.own(head)
        elif any(c.dep == "cc" and c.lower in ("or", "nor") for c in self.children(head)):
            self.flip(when=self.negated(head))

    def _of_noun(self, token: Token, noun: Token) -> Token:
        """Read a noun with a content clause ("no plans to sell"); return where to climb from."""
        words = self.words
        verb = self.tokens[noun.head]
        governed = noun.dep in ("dobj", "attr", "nsubjpass") and verb.pos in _VERBAL
        none = self._no(noun)
        if none and noun.lemma in words["negation"]["assuring"]:
            return verb if governed else noun
        self.flip(when=none != (governed and self._negative_adverbs(verb) % 2 == 1))
        if noun.lemma in words["denied"]["nouns"] or (governed and verb.lemma in words["denied"]["verbs"]):
            self.weaken("denied")
        elif noun.lemma in words["planned"]["nouns"] and self._has(token, "to"):
            self.weaken("planned")
        elif noun.lemma in words["possible"]["nouns"]:
            self.weaken("possible")
        return verb if governed else noun

    def _after_preposition(self, token: Token, preposition: Token) -> Token:
        """Read a clause after a preposition ("kept from leaving"); return where to climb from."""
        verb = self.tokens[preposition.head]
        if preposition.lower == "without":
            self.flip()
        elif preposition.lower == "from" and token.dep == "pcomp":
            if verb.lemma in self.words["implicative"]["from"]:
                self.flip()
                self.own(verb)
                return verb
        elif preposition.lower in ("of", "with") and verb.lemma in self.words["possible"]["passive"]:
            self.weaken("possible")
        return preposition

    def _question(self, root: Token) -> None:
        closing = (t for t in reversed(self.tokens) if t.text.strip("\"'”’)] \n"))
        if next(closing, root).text.endswith("?"):
            self.weaken("questioned")

    # ------------------------------------------------------------ negation
    def negated(self, verb: Token) -> bool:
        """Say whether the clause of a verb, or a noun, carries an odd number of negations of its own."""
        if verb.pos in _NOMINAL and self._no(verb):
            return True
        count = self._negative_adverbs(verb)
        if count and any(c.lower == "until" and c.dep != "mark" for c in self.children(verb)):
            return False
        # The parser hangs the "not" of "is not aware" on either word, that of "found not guilty" on the last.
        stated = (c for c in self.children(verb) if is_outcome(verb, c) and c.dep not in _ARGUMENTS)
        count += sum(self._negative_adverbs(c) for c in stated)
        count += sum(c.dep in _ARGUMENTS and self._none(c) for c in self.children(verb))
        return count % 2 == 1

    def _negative_adverbs(self, verb: Token) -> int:
        return sum(self._negates(verb, child) for child in self.children(verb))

    def _negates(self, verb: Token, child: Token) -> bool:
        if child.dep not in ("neg", "advmod", "preconj", "cc", "det"):
            return False
        words = self.words["negation"]
        if child.lower in words["adverbs"]:
            coordinator = child.dep == "cc" and child.i > verb.i
            return not self._adds(child) and not coordinator
        return child.lower in ("longer", "more") and any(c.lower == "no" for c in self.children(child))

    def _none(self, noun: Token) -> bool:
        words = self.words["negation"]
        if noun.lower in words["pronouns"]:
            return True
        if noun.lower == "one" and self._no(noun):
            return True
        return self._no(noun) and noun.lemma not in words["assuring"]

    def _no(self, noun: Token) -> bool:
        """Say whether a noun phrase is negated: "no reports", "not all passengers", "neither side"."""
        for child in self.children(noun):
            determines = child.dep in ("det", "neg", "preconj")
            if determines and child.lower in self.words["negation"]["determiners"]:
                after = self._following(child)  # a quotation mark in: the "no" vote
                return after not in self.words["negation"]["bounding"] and after not in _CLOSING
            if child.lower == "not" and child.i < noun.i:
                return not self._adds(child)
            if child.dep in ("det", "predet") and any(c.lower == "not" for c in self.children(child)):
                return True
            if child.dep == "compound" and self._no(child):  # "no flood risk"
                return True
        return False

    # ------------------------------------------------------------ tokens
    def children(self, token: Token) -> Iterator[Token]:
        return (self.tokens[c] for c in token.children)

    def _following(self, token: Token) -> str:
        return self.tokens[token.i + 1].lower if token.i + 1 < len(self.tokens) else ""

    def _adds(self, word: Token) -> bool:
        """Say whether a "not" adds to what is said: "not only", "not to mention"."""
        after = self._following(word)
        mentions = (
            after == "to" and word.i + 2 < len(self.tokens) and self.tokens[word.i + 2].lower == "mention"
        )
        return mentions or after in self.words["negation"]["additive"]

    def _has(self, token: Token, word: str) -> bool:
        return any(c.lower == word or (c.lemma == word and c.dep == "aux") for c in self.children(token))
