"""Find the proper names of a sentence, without titles, articles and possessive endings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from factcheck.claims.parse import Sentence, Token

# OntoNotes labels of names; the other labels are values (dates, numbers ...).
NAMED = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_PLACES = frozenset({"NORP", "GPE", "LOC"})
_LONGEST = 8  # tokens; a longer run of capitals without an entity label is a headline, not a name


@dataclass(slots=True)
class Name:
    """One mention of a proper name in a sentence (token indices, end exclusive).

    ``label`` is an OntoNotes label or "" where the recogniser saw none; ``titles`` are the words of office
    and address that stand before the name, in lower case.
    """

    sentence: int
    first: int
    last: int
    text: str
    label: str
    titles: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name in lower case, hyphens taken as spaces."""
        return tuple(self.text.lower().replace("-", " ").replace("‑", " ").split())


@cache
def vocabulary() -> dict[str, dict[str, frozenset[str]]]:
    """Load ``reference.toml``: section and list name to a set of words."""
    text = resources.files("factcheck.claims").joinpath("data/reference.toml").read_text(encoding="utf-8")
    return {
        section: {name: frozenset(words) for name, words in lists.items()}
        for section, lists in tomllib.loads(text).items()
    }


@cache
def _titles() -> frozenset[str]:
    titles = vocabulary()["titles"]
    return titles["male"] | titles["female"] | titles["office"]


def find_names(sentence: Sentence, index: int) -> list[Name]:
    """Return the names in a sentence in order; ``index`` is the sentence's place in its document."""
    names = []
    for first, last in _runs(sentence.tokens):
        name = _name(sentence, index, first, last)
        if name is not None:
            names.append(name)
    return names


def is_title(token: Token) -> bool:
    """Say whether a token is a word of office or address."""
    return token.lower in _titles()


def is_ship_prefix(word: str) -> bool:
    """Say whether a word, in lower case, stands before the names of ships."""
    return word in vocabulary()["vessels"]["prefixes"]


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for token in tokens:
        if start is not None and not _continues(tokens, start, token):
            yield start, token.i
            start = None
        if start is None and _is_part(tokens, token):
            start = token.i
    if start is not None:
        yield start, len(tokens)


def _is_part(tokens: list[Token], token: Token) -> bool:
    if token.tag == "POS" or token.text.isspace():
        return False
    if token.ent in ("", "PERSON") and (is_title(token) or _attends_title(tokens, token)):
        return False
    return token.ent in NAMED or (token.pos == "PROPN" and not token.ent)


def _attends_title(tokens: list[Token], token: Token) -> bool:
    """Say whether a word only leads up to a title ("Prime Minister", "former President")."""
    attending, at = vocabulary()["titles"]["attending"], token.i
    while at + 1 < len(tokens) and tokens[at].lower in attending:
        at += 1
    return at > token.i and is_title(tokens[at])


def _continues(tokens: list[Token], start: int, token: Token) -> bool:
    before = tokens[token.i - 1]
    if token.text in "-‑" and before.end == token.start:
        after = tokens[token.i + 1] if token.i + 1 < len(tokens) else token
        return after.start == token.end and _is_part(tokens, after)
    if not _is_part(tokens, token):
        # A possessive inside one entity belongs to it ("Children's Fund").
        return token.tag == "POS" and token.ent not in ("", "PERSON", "GPE") and _goes_on(tokens, token)
    labels = {tokens[start].ent, before.ent, token.ent}
    # The recogniser drops parts of people's and organisations' names, seldom of places'.
    whole = len(labels) == 1 or (len(labels - {""}) < 2 and not labels & _PLACES)
    return whole and (token.pos == "PROPN" or bool(token.ent))


def _goes_on(tokens: list[Token], token: Token) -> bool:
    return token.i + 1 < len(tokens) and tokens[token.i + 1].ent == token.ent


def _name(sentence: Sentence, index: int, first: int, last: int) -> Name | None:
    tokens = sentence.tokens
    while first < last and not _is_nameable(tokens[first]):
        first += 1
    while last > first and not tokens[last - 1].text[:1].isalnum():
        last -= 1
    if first == last or not any(c.isupper() for t in tokens[first:last] for c in t.text[:1]):
        return None
    label = next((t.ent for t in tokens[first:last] if t.ent in NAMED), "")
    if not label and (last - first > _LONGEST or _is_office(tokens, first, last)):
        return None
    text = " ".join(sentence.document_text[tokens[first].start : tokens[last - 1].end].split())
    return Name(index, first, last, text, label, _titles_before(tokens, first))


def _is_office(tokens: list[Token], first: int, last: int) -> bool:
    """Say whether unrecognised capitals are a single letter or belong to a title ("Industry Minister")."""
    return last - first == 1 and (
        len(tokens[first].text) == 1 or (last < len(tokens) and is_title(tokens[last]))
    )


def _is_nameable(token: Token) -> bool:
    return token.text[:1].isalnum() and token.lower not in ("the", "a", "an", "this", "that")


def _titles_before(tokens: list[Token], first: int) -> tuple[str, ...]:
    at = first
    attending = vocabulary()["titles"]["attending"]
    while at > 0 and (is_title(tokens[at - 1]) or tokens[at - 1].lower in attending):
        at -= 1
    return tuple(t.lower for t in tokens[at:first])
