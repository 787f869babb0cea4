"""Find the noun an "it", "they", "he" or "she" stands for, where the structure of the text leaves only one.

Subjects follow subjects: a pronoun that is the subject of its clause most often goes on about the subject
before it. Source: B. Grosz, A. Joshi, S. Weinstein, Centering (1995). Where two nouns could be meant the
pronoun stays open; a wrong subject is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from factcheck.claims.discourse.naming import is_title, vocabulary
from factcheck.claims.discourse.reporting import is_reporting
from factcheck.claims.parse import Sentence, Token

Place = tuple[int, int]  # index of a sentence, index of a token in it

_SUBJECTS = ("nsubj", "nsubjpass")
_VERBAL = ("VERB", "AUX")
_NUMBERS = {"it": "singular", "they": "plural", "he": "person", "she": "person"}
_TIMES = ("DATE", "TIME")
# Determiners of what need not exist: "no ship", "any ship".
_OPEN = frozenset({"no", "any", "each", "every", "neither", "either"})
# "It" before these stands for nothing: "it seems", "it rained", "it takes two days".
_IMPERSONAL = frozenset({"seem", "appear", "rain", "snow", "hail", "happen", "take", "matter", "turn"})
_BOTH = ("both", "each", "two")
_STEPS = 6  # clauses between a pronoun and the verb that reports it


def find_antecedents(
    sentences: Sequence[Sentence],
    *,
    label: Callable[[int, int], str],
    gender: Callable[[int, int], str | None],
    quoted: set[Place],
    settled: Callable[[int, int], bool],
) -> dict[Place, Place]:
    """Map subject pronouns to the head noun they stand for, both as (sentence, token).

    ``label`` gives the entity label of a token's name, or ""; ``gender`` that of a noun or name, where it is
    known; ``quoted`` the tokens inside quotations, whose pronouns look no further than their quotation;
    ``settled`` says that a pronoun is placed already.
    """
    search = _Search(sentences, label, gender, quoted)
    for index, sentence in enumerate(sentences):
        for token in sentence.tokens:
            asked = token.tag == "PRP" and token.lower in _NUMBERS and token.dep in _SUBJECTS
            if asked and not settled(index, token.i) and not _is_impersonal(sentence, token):
                search.place(index, token)
    return search.found


class _Search:
    def __init__(
        self,
        sentences: Sequence[Sentence],
        label: Callable[[int, int], str],
        gender: Callable[[int, int], str | None],
        quoted: set[Place],
    ) -> None:
        self.sentences = sentences
        self.label = label
        self.gender = gender
        self.quoted = quoted
        self.found: dict[Place, Place] = {}

    def place(self, index: int, pronoun: Token) -> None:
        tokens = self.sentences[index].tokens
        if tokens[min(pronoun.i + 1, len(tokens) - 1)].lower in _BOTH:
            return  # "they both": two who were told of apart
        speaker = _speaker(tokens, pronoun)
        if speaker is None:
            noun = self._beside(index, pronoun)
        elif pronoun.lower == "it" and tokens[pronoun.head].lemma == "be":
            return  # "the survey said it was a landslide": not what the survey was
        else:
            noun = self._of_report(index, speaker, pronoun) or self._beside(index, pronoun)
        if noun is not None:
            self.found[index, pronoun.i] = noun

    def _of_report(self, index: int, speaker: Token, pronoun: Token) -> Place | None:
        """Whoever speaks, of what is said after it: "the company said it would close the plant"."""
        # "The official said he was alive" may be about somebody told of before.
        person = _NUMBERS[pronoun.lower] == "person" and not self.label(index, speaker.i)
        if person and index > 0 and self._crowd(index - 1) > 0:
            return None
        return self._noun(index, speaker, pronoun, index)

    def _beside(self, index: int, pronoun: Token) -> Place | None:
        """The subject before a pronoun, in its sentence or else in the one before."""
        tokens = self.sentences[index].tokens
        if _precedes_its_main_clause(tokens, pronoun):
            return None
        before = [t for t in _subjects(tokens) if t.i < pronoun.i and t.head != pronoun.head]
        fitting = dict.fromkeys(filter(None, (self._noun(index, t, pronoun, index) for t in before)))
        joined = self._joined(index, pronoun)
        if joined in fitting:
            return joined
        if fitting:
            return next(iter(fitting)) if len(fitting) == 1 and not self._rivals(index, pronoun) else None
        if (index, pronoun.i) in self.quoted or index == 0 or self._others(index, pronoun):
            return None
        if _NUMBERS[pronoun.lower] == "person" and self._crowd(index - 1) != 1:
            return None
        topics = [self._noun(index - 1, t, pronoun, index) for t in self._topics(index - 1)]
        distinct = dict.fromkeys(filter(None, topics))
        return next(iter(distinct)) if len(distinct) == 1 else None

    def _joined(self, index: int, pronoun: Token) -> Place | None:
        """The subject of the verb that the pronoun's verb is joined to."""
        tokens = self.sentences[index].tokens
        verb = tokens[pronoun.head]
        subject = _subject(tokens, tokens[verb.head]) if verb.dep == "conj" else None
        return self._noun(index, subject, pronoun, index) if subject else None

    def _topics(self, index: int) -> Iterator[Token]:
        """The subjects of the main clauses of a sentence, and of what they report."""
        tokens = self.sentences[index].tokens
        for subject in _subjects(tokens):
            verb = tokens[subject.head]
            while verb.head != verb.i and (
                verb.dep == "conj" or (verb.dep == "ccomp" and is_reporting(tokens[verb.head].lemma))
            ):
                verb = tokens[verb.head]
            if verb.head == verb.i:
                yield subject

    def _rivals(self, index: int, pronoun: Token) -> bool:
        """Say whether other people before a "he" or "she" could be meant as well."""
        return _NUMBERS[pronoun.lower] == "person" and self._crowd(index, pronoun.i) > 1

    def _others(self, index: int, pronoun: Token) -> bool:
        """Say whether a noun before the pronoun in its own sentence could be meant, though no subject."""
        nouns = self.sentences[index].tokens[: pronoun.i]
        return any(self._noun(index, t, pronoun, index) for t in nouns if t.dep not in ("compound", "appos"))

    def _crowd(self, index: int, limit: int | None = None) -> int:
        """Count the people a sentence speaks of, up to a token."""
        return sum(self._is_person(index, t) for t in self.sentences[index].tokens[:limit])

    def _is_person(self, index: int, token: Token) -> bool:
        if token.pos not in ("NOUN", "PROPN") or token.dep in ("compound", "appos"):
            return False
        common = token.lower in vocabulary()["people"]["nouns"] or is_title(token)
        return common or (self.label(index, token.i) or token.ent) == "PERSON"

    def _noun(self, index: int, token: Token, pronoun: Token, at: int) -> Place | None:
        """The noun a token is or stands for, if the pronoun in sentence ``at`` can stand for it."""
        place = self.found.get((index, token.i), (index, token.i))
        noun = self.sentences[place[0]].tokens[place[1]]
        if noun.pos not in ("NOUN", "PROPN") or noun.ent in _TIMES:
            return None
        if (at, pronoun.i) in self.quoted and place not in self.quoted:
            return None
        children = [self.sentences[place[0]].tokens[c] for c in noun.children]
        if any(c.dep in ("det", "neg") and c.lower in _OPEN for c in children):
            return None
        plural = noun.tag in ("NNS", "NNPS") or any(c.dep == "conj" for c in children)
        person = self._is_person(place[0], noun)
        number = _NUMBERS[pronoun.lower]
        if number == "person":
            fitting = self.gender(*place) in (None, _gender(pronoun))
            return place if person and fitting and not plural else None
        if number == "plural":
            return place if plural or self._is_body(place, noun) else None
        return place if not plural and not person else None

    def _is_body(self, place: Place, noun: Token) -> bool:
        kinds = vocabulary()["organisations"]
        named = "ORG" in (self.label(*place), noun.ent)
        return named or noun.lower in kinds["business"] or noun.lower in kinds["institution"]


def _speaker(tokens: list[Token], pronoun: Token) -> Token | None:
    """The subject of the report before a pronoun that the pronoun's clause is the content of."""
    verb = tokens[pronoun.head]
    for _ in range(_STEPS):
        if verb.dep == "ccomp":
            governor = tokens[verb.head]
            speaker = _subject(tokens, governor)
            reports = is_reporting(governor.lemma) and speaker is not None and speaker.i < pronoun.i
            return speaker if reports else None
        elif verb.dep not in ("conj", "advcl"):
            return None
        verb = tokens[verb.head]
    return None


def _gender(pronoun: Token) -> str:
    return "male" if pronoun.lower in vocabulary()["pronouns"]["male"] else "female"


def _subjects(tokens: list[Token]) -> Iterator[Token]:
    return (t for t in tokens if t.dep in _SUBJECTS and t.tag not in ("WP", "WDT", "EX"))


def _subject(tokens: list[Token], verb: Token) -> Token | None:
    return next((tokens[c] for c in verb.children if tokens[c].dep in _SUBJECTS), None)


def _precedes_its_main_clause(tokens: list[Token], pronoun: Token) -> bool:
    """Say whether the noun may still come: "because it is remote, the island ..."."""
    verb = tokens[pronoun.head]
    return verb.dep == "advcl" and pronoun.i < verb.head


def _is_impersonal(sentence: Sentence, pronoun: Token) -> bool:
    """Say whether an "it" stands for a clause, the weather or nothing: "it is clear that", "it rained"."""
    if pronoun.lower != "it":
        return False
    tokens = sentence.tokens
    verb = tokens[pronoun.head]
    if verb.lemma in _IMPERSONAL:
        return True
    children = [tokens[c] for c in verb.children]
    if any(c.dep in ("csubj", "csubjpass") or (c.dep == "attr" and _is_cleft(tokens, c)) for c in children):
        return True
    passive = pronoun.dep == "nsubjpass"
    if any(c.dep == "ccomp" for c in children) and (passive or verb.lemma == "be"):
        return True
    if verb.lemma not in ("be", "become", "remain"):
        return False
    whole = [*children, *(tokens[i] for c in children if c.dep in ("acomp", "attr") for i in c.children)]
    return any(c.dep in ("ccomp", "xcomp", "advcl") and c.pos in _VERBAL and c.i > verb.i for c in whole)


def _is_cleft(tokens: list[Token], attribute: Token) -> bool:
    """Say whether "it is X" tells a time, or X is what a clause after it is about: "it is a law that ..."."""
    timed = attribute.ent in _TIMES or attribute.pos == "NUM"
    return timed or any(tokens[c].dep in ("relcl", "acl") for c in attribute.children)
