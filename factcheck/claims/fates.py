"""Tell what befell the people that a figure counts: "two deaths", "nobody was hurt", "police arrested six".

News has many words for few things that it counts again and again, and a dead man is told as "killed", a
"fatality" or "died". Which of them a figure is of is part of what the figure says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from factcheck.claims.parse import Sentence, Token

# Names of fates, as ``fate.toml`` has them: a casualty is dead or hurt.
Fates = tuple[str, ...]

# Of whom it is told that none was left out.
EVERYONE = frozenset({"all", "everyone", "everybody"})
_OBJECT = ("dobj", "obj", "nsubjpass")
_ARGUMENT = (*_OBJECT, "nsubj")
_STATED = ("acomp", "attr", "oprd", "xcomp", "ccomp", "advmod")
_HANGS_ON = ("acl", "relcl", "amod")
# A list of more members is followed no further; a sentence that was cut can have a word that hangs on itself.
_LONGEST_CHAIN = 12
_BEAR = ("suffer", "sustain")
_PAST = ("VBN", "VBD")


@cache
def _words() -> dict[str, dict[str, Fates]]:
    """Load ``fate.toml``: how a word is used, the word, and the fates that it tells."""
    text = resources.files("factcheck.claims").joinpath("data/fate.toml").read_text(encoding="utf-8")
    return {use: {w: tuple(f) for w, f in words.items()} for use, words in tomllib.loads(text).items()}


def _told(use: str, word: str) -> Fates:
    return _words()[use].get(word, ())


def _first(found: Iterable[Fates]) -> Fates:
    return next((fates for fates in found if fates), ())


def fates_of(sentence: Sentence, counted: int) -> Fates:
    """Return what befell those that a token counts or is the noun of; empty where that is not told."""
    tokens = sentence.tokens
    noun = tokens[counted]
    of_noun = _told("nouns", noun.lemma) or _by_itself(tokens, noun)
    return of_noun or _by_verb(tokens, _argument(tokens, noun))


def averted(fates: Fates) -> Fates:
    """Return what befell nobody where everyone met some fates: where all survived none is dead."""
    told = {"saved": "dead", "safe": "hurt"}
    return tuple(told[fate] for fate in fates if fate in told)


def _argument(tokens: list[Token], noun: Token) -> Token:
    """Return the word by which a noun hangs on the verb: "two" of "two of the men", the first of a list."""
    for _ in range(_LONGEST_CHAIN):
        above = tokens[noun.head]
        if noun.dep == "pobj" and above.lower == "of" and _is_quantifier(tokens[above.head]):
            noun = tokens[above.head]
        elif noun.dep == "conj" and above.pos == noun.pos:
            noun = above
        else:
            break
    return noun


def _is_quantifier(word: Token) -> bool:
    return word.pos in ("NUM", "PRON", "DET") or word.lower == "none"


def _by_itself(tokens: list[Token], noun: Token) -> Fates:
    """What a noun tells or its participles do: "20 dead", "20 of the wounded", "20 people killed there"."""
    of = (tokens[c] for p in noun.children if tokens[p].lower == "of" for c in tokens[p].children)
    hung = (tokens[c] for c in noun.children if tokens[c].dep in _HANGS_ON)
    return _first(_state(word) or _passive(tokens, word) for word in (noun, *hung, *of))


def _by_verb(tokens: list[Token], argument: Token) -> Fates:
    """What the verb tells of its subject or object: "20 were killed", "police arrested 20", "20 died"."""
    verb = tokens[argument.head]
    if argument.dep == "pobj":
        return _told("nouns", tokens[verb.head].lemma) if verb.lower == "of" else _toll(tokens, verb)
    if argument.dep in _OBJECT:
        lives = _told("lives", verb.lemma) if argument.lemma == "life" else ()
        return lives or _done(tokens, verb) or _stated(tokens, verb) or _led(tokens, verb)
    if argument.dep != "nsubj":
        return ()
    lost = _told("lives", verb.lemma) if any(tokens[c].lemma == "life" for c in verb.children) else ()
    bare = not any(tokens[c].dep in ("dobj", "aux") for c in verb.children)
    itself = (_passive(tokens, verb) if bare else ()) if verb.tag in _PAST else _state(verb)
    return (
        lost
        or _told("suffered", verb.lemma)
        or itself
        or _stated(tokens, verb)
        or _borne(tokens, verb)
        or (_led(tokens, verb) if verb.lemma == "come" else ())
    )


def _borne(tokens: list[Token], verb: Token) -> Fates:
    """What a subject bears: "two suffered burns and minor injuries"."""
    borne = (tokens[c].lemma for c in verb.children if tokens[c].dep == "dobj" and verb.lemma in _BEAR)
    return _first(_told("nouns", noun) for noun in borne)


def _led(tokens: list[Token], verb: Token) -> Fates:
    """What a verb leads somebody to: "taken to hospital", "treated for burns", "came to harm"."""
    prepositions = [tokens[c] for c in verb.children if tokens[c].dep == "prep"]
    phrases = (f"{p.lower} {tokens[c].lemma}" for p in prepositions for c in p.children)
    return _first(_told("led", phrase) for phrase in phrases)


def _toll(tokens: list[Token], preposition: Token) -> Fates:
    """What a toll is of that a verb leads to a figure: "the death toll rose to 20"."""
    verb = tokens[preposition.head]
    tolls = (tokens[c] for c in verb.children if tokens[c].dep == "nsubj" and tokens[c].lemma == "toll")
    return _first(_told("nouns", tokens[c].lemma) for toll in tolls for c in toll.children)


def _done(tokens: list[Token], verb: Token) -> Fates:
    """What a verb does to its object, and those joined to it: "killed or wounded"."""
    joined = (tokens[c] for c in verb.children if tokens[c].dep == "conj")
    shared = (word for word in joined if not any(tokens[c].dep in _ARGUMENT for c in word.children))
    return tuple(sorted({fate for word in (verb, *shared) for fate in _told("done", word.lemma)}))


def _passive(tokens: list[Token], word: Token) -> Fates:
    return _done(tokens, word) if word.tag in _PAST else ()


def _stated(tokens: list[Token], verb: Token) -> Fates:
    """What is stated beside a verb: "left 20 dead", "20 are missing"."""
    return _first(_state(tokens[c]) for c in verb.children if tokens[c].dep in _STATED)


def _state(word: Token) -> Fates:
    return _told("states", word.lower)
