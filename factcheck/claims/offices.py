"""Find who or what is said to be what: "Ida Holm, the governor of Nordby", "the Danish trawler Freja".

An office told beside a name is a claim as good as "Ida Holm is the governor", and one that is often wrong; so
is the sort of thing that a name stands for. Both are called offices here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from factcheck.claims.clauses import noun_phrase
from factcheck.claims.discourse.naming import Name, is_ship_prefix, is_title, vocabulary
from factcheck.claims.parse import Sentence, Token

_NOMINAL = ("NOUN", "PROPN")
_PLURAL = ("NNS", "NNPS")
# What the recogniser takes the names of things for.
_THINGS = frozenset({"ORG", "FAC", "PRODUCT"})
_BEFORE = frozenset({"compound", "nmod", "amod"})
# A longer phrase is a list or a parser's mistake.
_LONGEST = 14
_ADDRESS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "lord", "lady"})

# Titles as they are written before a name, and other names of one office.
_IN_FULL = {
    "sen.": "senator", "rep.": "representative", "congressman": "representative",
    "congresswoman": "representative", "gov.": "governor", "gen.": "general", "col.": "colonel",
    "lt.": "lieutenant", "capt.": "captain", "sgt.": "sergeant", "adm.": "admiral", "cmdr.": "commander",
    "det.": "detective", "insp.": "inspector", "rev.": "reverend", "prof.": "professor", "pres.": "president",
    "atty.": "attorney", "spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman",
    "chairperson": "chairman", "chair": "chairman", "gm": "manager", "ceo": "executive",
}  # fmt: skip


def office_called(lemma: str) -> str:
    """Return an office in full: "gov." is a governor."""
    return _IN_FULL.get(lemma, lemma)


class Office(NamedTuple):
    """A name and what its bearer is said to be, as indices of tokens; ``head`` is the noun of the office."""

    name: list[int]
    role: list[int]
    head: int


def find_offices(sentence: Sentence, names: Iterable[Name]) -> Iterator[Office]:
    """Yield the offices, occupations and sorts of things that a sentence tells beside its ``names``."""
    for found in names:
        name = _trimmed(sentence.tokens, found)
        called = list(range(name.first, name.last))
        for role, head in (*_before(sentence, name), *_beside(sentence, name), *_sort(sentence, name)):
            if _is_told(sentence, role, head) and not set(role) & set(called):
                yield Office(called, role, head)


def _trimmed(tokens: list[Token], name: Name) -> Name:
    """Take from the front of a person's name what the recogniser leaves out of it: "Deputy" Ida Holm."""
    first = name.first
    while tokens[first].ent == "" and name.label == "PERSON":
        first += 1
    return replace(name, first=first) if name.last - first > 1 else name


def _root(tokens: list[Token], name: Name) -> Token:
    """Return the word that the rest of a name hangs on: "Office" in "Office of Fair Trading"."""
    named = range(name.first, name.last)
    return next(tokens[i] for i in named if tokens[i].head not in named or tokens[i].head == i)


def _is_told(sentence: Sentence, role: list[int], head: int) -> bool:
    """Say whether a phrase tells what one is, without "his" and "whose", which leave open whose."""
    words = [sentence.tokens[i] for i in role]
    open_ended = any(t.tag in ("PRP$", "WP$", "WDT", "WP") for t in words)
    return 0 < len(role) <= _LONGEST and not open_ended and words[role.index(head)].tag not in _PLURAL


def _is_full(name: Name) -> bool:
    """Say whether a name is that of a body, or more than a surname."""
    return name.label == "ORG" or (name.label in ("", "PERSON") and name.last - name.first > 1)


def _before(sentence: Sentence, name: Name) -> Iterator[tuple[list[int], int]]:
    """Yield the words of an office that stand right before a person's name: "harbour master Ole Vik"."""
    tokens, last = sentence.tokens, _root(sentence.tokens, name)
    if name.label != "PERSON" or not _is_full(name) or is_ship_prefix(tokens[name.first].lower):
        return
    parts = [c for c in last.children if c < name.first and tokens[c].dep in _BEFORE]
    role = _run_before(sentence, parts, name.first)
    heads = [c for c in parts if c in role and _is_office(tokens[c])]
    if role and heads:
        yield role, heads[-1]


def _run_before(sentence: Sentence, parts: list[int], end: int) -> list[int]:
    """Return the words of some parts that stand in a row right before a name."""
    run = sorted({i for part in parts for i in sentence.subtree(part) if i < end})
    while run and run[0] + len(run) != end:
        run.pop(0)  # "the" and whatever else the parser hung on the name from afar
    return run


def _sort(sentence: Sentence, name: Name) -> Iterator[tuple[list[int], int]]:
    """Yield the sort of thing that a common noun right before a name tells: "the merchant vessel Freja"."""
    tokens = sentence.tokens
    noun, last = tokens[max(0, name.first - 1)], _root(tokens, name)
    if _is_sort(noun, name, tokens[name.first], last):
        parts = [c for c in last.children if c < noun.i and tokens[c].dep in _BEFORE]
        role = _run_before(sentence, [*parts, noun.i], name.first)
        while tokens[role[0]].pos in ("DET", "PUNCT"):
            role.pop(0)
        yield role, noun.i


def _is_sort(noun: Token, name: Name, first: Token, last: Token) -> bool:
    """Say whether a common noun tells what the thing is that is named right behind it.

    ``first`` and ``last`` are the first word of the name and the one that the others hang on. Ships are taken
    for persons and places, so one that is named in apposition may have any label, and one word alone that of
    a person.
    """
    ship = is_ship_prefix(first.lower)
    beside = last.head == noun.i and last.dep == "appos"
    before = noun.head == last.i and noun.dep in _BEFORE
    thing = beside or ship or name.label in _THINGS or (name.label == "PERSON" and first is last)
    words = vocabulary()
    other = (
        is_title(noun) or noun.lemma in words["people"]["nouns"] or noun.lemma in words["things"]["no_sorts"]
    )
    common = (noun.tag == "NN" or _is_ship(noun)) and noun.text[:1].islower() and not other
    return common and thing and (beside or before) and not _is_rank(last)


def _is_rank(token: Token) -> bool:
    return is_title(token) or f"{token.lower}." in _IN_FULL


def _is_ship(noun: Token) -> bool:
    """Say whether a word is one for ships: taggers take "the frigate" for an adjective."""
    return noun.lower in vocabulary()["vessels"]["nouns"]


def _beside(sentence: Sentence, named: Name) -> Iterator[tuple[list[int], int]]:
    """Yield what stands beside a name in apposition: "Ole Vik, a pilot", "the harbour master, Ole Vik"."""
    tokens, name = sentence.tokens, _root(sentence.tokens, named)
    if not _is_full(named):
        return
    told = [tokens[c] for c in name.children if tokens[c].dep == "appos" and c > name.i]
    if name.dep == "appos" and named.label == "PERSON":
        told.append(_holder(tokens, tokens[name.head]))
    for head in told:
        if (
            head.ent in ("", "ORG", "GPE", "NORP")
            and _is_office(head)
            and (named.label or is_title(head) or is_ship_prefix(tokens[named.first].lower))
        ):
            role = _until_comma(tokens, noun_phrase(sentence, head.i), head.i)
            first, second = sorted((role, [name.i]))
            if any(t.pos == "PUNCT" for t in tokens[first[-1] : second[0]]):
                yield role, head.i


def _holder(tokens: list[Token], noun: Token) -> Token:
    """Return the office in "the head of the port, Ole Vik", where the parser hangs the name on the port."""
    of = tokens[noun.head]
    held = tokens[of.head]
    return held if noun.dep == "pobj" and of.lower == "of" and is_title(held) else noun


def _until_comma(tokens: list[Token], phrase: list[int], head: int) -> list[int]:
    """Cut a phrase at the first comma behind its noun: what follows belongs to the sentence."""
    end = next((i for i in phrase if i > head and tokens[i].text == ","), phrase[-1] + 1)
    return [i for i in phrase if i < end]


def _is_office(head: Token) -> bool:
    """Say whether a noun says what somebody is: a common noun, or a word of office in capitals."""
    if _is_ship(head):
        return True
    if head.lower in _ADDRESS or head.pos not in _NOMINAL:
        return False
    return head.pos == "NOUN" or is_title(head) or head.lower in vocabulary()["people"]["nouns"]
