"""Split a parsed sentence into clauses: a predicate with the words that are its own.

A figure is claimed of its clause, not of the whole sentence: in "48% favoured the alliance, while 46%
stressed trade" each share belongs to one side.
"""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.claims.parse import Sentence, Token

# ClearNLP labels under which a verb opens a clause of its own. `xcomp` and `aux` stay with their governor:
# "plans to introduce" is one predicate.
CLAUSAL = frozenset(
    {"ROOT", "conj", "ccomp", "advcl", "relcl", "acl", "parataxis", "csubj", "csubjpass", "pcomp"}
)
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
# Labels of a verb that has its governor's subject where it has none of its own.
BORROWING = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep"})
# Verbs that govern a participle with a subject of its own: "get it done".
RESULTATIVE = frozenset({"get", "have", "see", "want", "keep", "find", "leave", "hear", "need"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
# What hangs loosely on a noun and is not part of what it names.
LOOSE = frozenset({"relcl", "acl", "appos", "advcl", "parataxis", "punct", "ccomp", "dep"})
_TRAILING = frozenset({"PUNCT", "SPACE", "CCONJ", "ADP", "ADV"})
# Participles that are prepositions with the word behind them: "as opposed to the larger sum".
PREPOSITIONAL = {"opposed": ("to",), "compared": ("to", "with"), "according": ("to",)}
RELATIVES = frozenset({"that", "which", "who"})
OBJECTS = ("dobj", "attr", "oprd", "dative", "acomp", "xcomp")


@dataclass(slots=True)
class Clause:
    """A predicate and the indices of the tokens that are its own, in order.

    ``whole`` adds the non-finite clauses that hang on it ("to build ties", "gifted by the leader"), which are
    no propositions by themselves. ``subject`` is inherited by a coordinated verb, and is the noun that a
    relative clause hangs on; ``object`` is None for an intransitive verb. ``start``/``end`` are document
    offsets of the whole without the punctuation and conjunctions at its edges.
    """

    predicate: int
    tokens: list[int]
    whole: list[int]
    finite: bool
    subject: int | None
    object: int | None
    start: int
    end: int


def split_clauses(sentence: Sentence) -> list[Clause]:
    """Return the clauses of a sentence in the order of their predicates; a fragment is one clause."""
    tokens = sentence.tokens
    predicates = [t.i for t in tokens if _opens_clause(t, tokens)]
    owner = _hidden_predicates(predicates, tokens)
    predicates = [p for p in predicates if p not in owner]
    own: dict[int, list[int]] = {p: [] for p in predicates}
    for token in tokens:
        own[_owner(token, tokens, own, owner)].append(token.i)
    finite = {p: _is_finite(tokens[p], tokens) for p in predicates}
    whole = {p: list(own[p]) for p in predicates}
    # Deepest first, so that a chain of non-finite clauses reaches the finite one it hangs on.
    for p in sorted(predicates, key=lambda p: -_depth(p, tokens)):
        if not finite[p]:
            parent = _owner(tokens[tokens[p].head], tokens, own, owner)
            whole[parent] = sorted({*whole[parent], *whole[p]})
    return [_clause(p, own[p], whole[p], finite[p], sentence) for p in predicates]


def noun_phrase(sentence: Sentence, head: int) -> list[int]:
    """Return the tokens of the noun phrase around a head, without relative clauses and appositions."""
    found, stack = [], [head]
    while stack:
        at = stack.pop()
        found.append(at)
        stack.extend(c for c in sentence.tokens[at].children if sentence.tokens[c].dep not in LOOSE)
    found.sort()
    low = high = found.index(head)
    while low and _adjoin(sentence.tokens, found[low - 1], found[low]):
        low -= 1
    while high + 1 < len(found) and _adjoin(sentence.tokens, found[high], found[high + 1]):
        high += 1
    phrase = list(range(found[low], found[high] + 1))
    while phrase[-1] != head and sentence.tokens[phrase[-1]].pos in _TRAILING:
        phrase.pop()
    return phrase


def _adjoin(tokens: list[Token], left: int, right: int) -> bool:
    """Say whether nothing but punctuation ("hard-hit", "Nordby, Marlow") lies between two tokens."""
    between = tokens[left + 1 : right]
    if not all(t.pos == "PUNCT" and t.text not in "()—" for t in between):
        return False
    return tokens[right].pos != "ADP" or all(t.text != "," for t in between)


def _is_finite(verb: Token, tokens: list[Token]) -> bool:
    """Say whether a predicate has a tense: its own, an auxiliary's, or that of the verb it is joined to."""
    if verb.head == verb.i or _has_tense(verb, tokens):
        return True
    if verb.dep in ("relcl", "ccomp"):
        infinitive = verb.tag == "VB" or any(tokens[c].tag == "TO" for c in verb.children)
        resultative = verb.tag == "VBN" and tokens[verb.head].lemma in RESULTATIVE
        being = any(tokens[c].dep == "auxpass" and tokens[c].tag == "VBG" for c in verb.children)
        return not infinitive and not resultative and not being and verb.tag != "VBG"
    return (
        verb.dep == "conj"
        and verb.tag in ("VB", "VBN")
        and tokens[verb.head].dep in ("ROOT", "ccomp", "relcl")
    )


def _has_tense(verb: Token, tokens: list[Token]) -> bool:
    helpers = [tokens[c].tag for c in verb.children if tokens[c].pos == "AUX"]
    return verb.tag in FINITE or any(tag in FINITE or tag == "MD" for tag in helpers)


def _depth(i: int, tokens: list[Token]) -> int:
    depth = 0
    while tokens[i].head != i:
        i, depth = tokens[i].head, depth + 1
    return depth


def _opens_clause(token: Token, tokens: list[Token]) -> bool:
    if token.head == token.i:
        return True
    if token.dep not in CLAUSAL or token.pos not in ("VERB", "AUX"):
        return False
    follower = tokens[token.i + 1].lower if token.i + 1 < len(tokens) else ""
    if token.dep == "advcl" and follower in PREPOSITIONAL.get(token.lower, ()):
        return False
    return token.dep != "conj" or tokens[token.head].pos in ("VERB", "AUX")


def _hidden_predicates(predicates: list[int], tokens: list[Token]) -> dict[int, int]:
    """Find the main verb where the parser took it for a participle of the subject: noun to verb.

    "The report of the panel cleared them": an attribute is never in the past tense.
    """
    found: dict[int, int] = {}
    for i in predicates:
        if _is_hidden(tokens[i], tokens):
            root = _root(i, tokens)
            if tokens[root].pos in ("NOUN", "PROPN"):
                found.setdefault(root, i)
    return found


def _is_hidden(verb: Token, tokens: list[Token]) -> bool:
    if verb.dep not in ("acl", "relcl") or verb.tag not in FINITE:
        return False
    return not any(tokens[c].dep in SUBJECTS or tokens[c].tag in ("WDT", "WP", "WRB") for c in verb.children)


def _root(i: int, tokens: list[Token]) -> int:
    while tokens[i].head != i:
        i = tokens[i].head
    return i


def _owner(token: Token, tokens: list[Token], own: dict[int, list[int]], owner: dict[int, int]) -> int:
    path, at = [], token.i
    while at not in own and at not in owner:
        path.append(at)
        at = tokens[at].head
    found = at if at in own else owner[at]
    for step in path:
        owner[step] = found
    return found


def _clause(predicate: int, own: list[int], whole: list[int], finite: bool, sentence: Sentence) -> Clause:
    tokens = sentence.tokens
    first, last = 0, len(whole) - 1
    while first < last and _is_edge(tokens[whole[first]], leading=True):
        first += 1
    while last > first and _is_edge(tokens[whole[last]], leading=False):
        last -= 1
    subject, target = _subject(predicate, tokens), _object(predicate, tokens)
    start, end = tokens[whole[first]].start, tokens[whole[last]].end
    return Clause(predicate, own, whole, finite, subject, target, start, end)


def _is_edge(token: Token, *, leading: bool) -> bool:
    if token.pos in ("PUNCT", "SPACE"):
        return token.text not in ("%", "$", "€", "£")
    if token.pos == "CCONJ":
        return True
    return leading and token.pos == "SCONJ" and token.lower != "than"


def _subject(predicate: int, tokens: list[Token]) -> int | None:
    verb, seen = tokens[predicate], 0
    while seen < len(tokens):
        for child in verb.children:
            if tokens[child].tag == "EX":  # "there were four aftershocks"
                return next((c for c in verb.children if tokens[c].dep in ("attr", "dobj")), None)
            if _is_told_of(verb, tokens):
                return tokens[verb.head].head
            if tokens[child].dep in SUBJECTS and tokens[child].tag not in ("WDT", "WP"):
                return child
        if verb.dep in ("relcl", "acl"):
            if _is_hidden(verb, tokens):
                return _root(verb.i, tokens)
            infinitive = any(tokens[c].tag == "TO" for c in verb.children)
            return None if verb.dep == "acl" and infinitive else verb.head
        if verb.dep not in BORROWING or verb.head == verb.i:
            return None
        if verb.dep in ("advcl", "pcomp") and _has_tense(verb, tokens):
            return None
        verb, seen = tokens[verb.head], seen + 1
    return None


def _is_told_of(verb: Token, tokens: list[Token]) -> bool:
    """Say whether a clause is said of the noun before it: "a boat that the navy said was adrift"."""
    relative = any(tokens[c].dep == "nsubj" and tokens[c].lower in RELATIVES for c in verb.children)
    return verb.dep == "ccomp" and relative and tokens[verb.head].dep == "relcl"


def _object(predicate: int, tokens: list[Token]) -> int | None:
    children = tokens[predicate].children
    if any(tokens[c].tag == "EX" for c in children):
        return None  # what there is, is the subject
    found = next((c for label in OBJECTS for c in children if tokens[c].dep == label), None)
    relative = tokens[predicate].dep == "relcl" and found is not None and tokens[found].tag in ("WDT", "WP")
    return tokens[predicate].head if relative else found  # "the law that parliament passed"
