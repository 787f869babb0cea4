"""Find the single things in a list of counts: "seized seven rifles, a launcher and 13 magazines"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.claims.parse import Sentence, Token
from factcheck.model import Mention, Quantity

_ARTICLES = frozenset({"a", "an"})
_PREDICATES = frozenset({"VBD", "VBZ", "VBP", "VB", "MD", "WDT", "WP", "WRB"})
_JOINTS = frozenset({"and", "or", "as"})
_BOUNDARIES = frozenset({"ADP", "CCONJ", "SCONJ", "PUNCT", "VERB", "AUX", "DET", "PRON", "SPACE", "PART"})
_SEPARATORS = _JOINTS | {",", ";"}


def find_listed_singles(sentence: Sentence, counts: Sequence[Mention]) -> list[Mention]:
    """Find the nouns with "a" or "an" in a list that counts other things, each a count of one.

    Elsewhere the article introduces and counts nothing; beside figures it is one of them. ``counts`` are the
    quantities of the sentence in text order. The mention covers the article; ``head`` is the noun.
    """
    starts = {m.start for m in counts if m.kind == "count"}
    if not starts:
        return []
    found = []
    for items in _lists(sentence, starts):
        for at in items:
            article = sentence.tokens[at]
            noun = _noun_after(sentence, at)
            if article.start in starts or noun is None:
                continue
            if any(t.pos == "NUM" for t in sentence.tokens[at + 1 : noun.i]):
                continue
            text = sentence.document_text[sentence.tokens[at + 1].start : noun.end]
            value = Quantity(number=1, unit=noun.lemma, unit_text=text)
            found.append(
                Mention(kind="count", start=article.start, end=article.end, value=value, head=noun.i)
            )
    return found


def _noun_after(sentence: Sentence, article: int) -> Token | None:
    """The noun an article leads to: the last word before the next item, preposition or mark.

    Its place is surer than its parse: in a list without verbs "launcher" is soon an adverb, and "grenade" the
    noun. What has a noun before it as its compound is a noun.
    """
    tokens = sentence.tokens
    end = article + 1
    while end < len(tokens) and (
        tokens[end].pos not in _BOUNDARIES or tokens[end].tag == "HYPH" or tokens[end].dep == "amod"
    ):
        end += 1
    last = tokens[end - 1]
    compound = any(tokens[c].dep == "compound" and c > article for c in last.children)
    singular = last.tag == "NN" or (compound and last.pos == "ADV")
    return last if end - 1 > article and singular else None


def _lists(sentence: Sentence, starts: set[int]) -> list[list[int]]:
    """The lists of a sentence that hold a count: where each item starts, after a separator or as the first.

    A list has no finite verb and ends in "and" or "or";
    the parser often loses the coordination of long ones.
    """
    lists: list[list[int]] = []
    items: list[int] = []
    joined = False
    told = 0  # how many items stand before the last semicolon: what follows it may be another clause
    for token in _outside_brackets(sentence):
        before = sentence.tokens[token.i - 1].lower if token.i else ""
        if token.tag in _PREDICATES or token.text in (":", "—", "–"):
            _close(items[:told] if told else items, joined, starts, sentence, lists)
            items, joined, told = [], False, 0
        elif token.text == ";":
            told = len(items)
        elif token.start in starts or (token.lower in _ARTICLES and (before in _SEPARATORS or not items)):
            if before not in _SEPARATORS:
                _close(items, joined, starts, sentence, lists)
                items, joined, told = [], False, 0
            items.append(token.i)
            joined = joined or (before in _JOINTS and len(items) > 1)
        elif token.lower in ("and", "or"):  # the last item may be uncounted: "a launcher, rockets and shells"
            joined = joined or len(items) > 1
    _close(items, joined, starts, sentence, lists)
    return lists


def _outside_brackets(sentence: Sentence) -> Iterator[Token]:
    """Yield the tokens that stand in no brackets: "three motors (used to power rafts), a radio"."""
    depth = 0
    for token in sentence.tokens:
        depth = max(0, depth + (token.text == "(") - (token.text == ")"))
        if not depth and token.text != ")":
            yield token


def _close(
    items: list[int], joined: bool, starts: set[int], sentence: Sentence, lists: list[list[int]]
) -> None:
    if joined and any(sentence.tokens[i].start in starts for i in items):
        lists.append(items)
