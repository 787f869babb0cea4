"""Find who is said to be what: "Governor Ida Holm", "Ida Holm, the governor of Nordby".

An office told beside a name is a claim as good as "Ida Holm is the governor", and one that is often wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from factcheck.claims.clauses import noun_phrase
from factcheck.claims.discourse.naming import is_title, vocabulary
from factcheck.claims.parse import Sentence, Token

_NOMINAL = ("NOUN", "PROPN")
# What a person or a body can be called by, besides what the recogniser leaves without a label.
_BEARERS = frozenset({"PERSON", "ORG"})
_PLURAL = ("NNS", "NNPS")
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
    "chairperson": "chairman", "chair": "chairman",
}  # fmt: skip


def office_called(lemma: str) -> str:
    """Return an office in full: "gov." is a governor."""
    return _IN_FULL.get(lemma, lemma)


class Office(NamedTuple):
    """A name and what its bearer is said to be, as indices of tokens; ``head`` is the noun of the office."""

    name: list[int]
    role: list[int]
    head: int


def find_offices(sentence: Sentence) -> Iterator[Office]:
    """Yield the offices and occupations that a sentence tells beside a full name."""
    for token in sentence.tokens:
        name = _name(sentence, token)
        if not name or (len(name) < 2 and token.ent != "ORG"):
            continue
        for role, head in (*_before(sentence, name), *_beside(sentence, token)):
            if _is_told(sentence, role, head) and not set(role) & set(name):
                yield Office(name, role, head)


def _is_told(sentence: Sentence, role: list[int], head: int) -> bool:
    """Say whether a phrase tells what one is, without "his" and "whose", which leave open whose."""
    words = [sentence.tokens[i] for i in role]
    open_ended = any(t.tag in ("PRP$", "WP$", "WDT", "WP") for t in words)
    return 0 < len(role) <= _LONGEST and not open_ended and words[role.index(head)].tag not in _PLURAL


def _name(sentence: Sentence, last: Token) -> list[int]:
    """Return the tokens of the name that ends in a token, none where it ends no name."""
    if last.pos != "PROPN" or last.dep == "compound" or last.ent not in (*_BEARERS, "") or is_title(last):
        return []
    name = [last.i]
    while name[0]:
        before = sentence.tokens[name[0] - 1]
        if before.head != last.i or before.dep != "compound" or before.pos != "PROPN" or is_title(before):
            break
        if before.ent != last.ent:
            break
        name.insert(0, before.i)
    return name


def _before(sentence: Sentence, name: list[int]) -> Iterator[tuple[list[int], int]]:
    """Yield the words of an office that stand right before a person's name: "harbour master Ole Vik"."""
    tokens = sentence.tokens
    last = tokens[name[-1]]
    vessel = tokens[name[0]].lower in vocabulary()["vessels"]["prefixes"]
    if last.ent != "PERSON" or not name[0] or vessel:
        return
    parts = [c for c in last.children if c < name[0] and tokens[c].dep in _BEFORE]
    role = sorted({i for part in parts for i in sentence.subtree(part)})
    while role and role[0] + len(role) != name[0]:
        role.pop(0)  # "the" and whatever else the parser hung on the name from afar
    heads = [c for c in parts if c in role and _is_office(tokens[c])]
    if role and heads:
        yield role, heads[-1]


def _beside(sentence: Sentence, name: Token) -> Iterator[tuple[list[int], int]]:
    """Yield what stands beside a name in apposition: "Ole Vik, a pilot", "the harbour master, Ole Vik"."""
    tokens = sentence.tokens
    told = [tokens[c] for c in name.children if tokens[c].dep == "appos" and c > name.i]
    if name.dep == "appos" and name.ent == "PERSON":
        told.append(_holder(tokens, tokens[name.head]))
    for head in told:
        if head.ent in ("", "ORG", "GPE", "NORP") and _is_office(head) and (name.ent or is_title(head)):
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
    if head.lower in _ADDRESS or head.pos not in _NOMINAL:
        return False
    return head.pos == "NOUN" or is_title(head) or head.lower in vocabulary()["people"]["nouns"]
