"""Choose what a claim says: which clauses are propositions, and which words a quote needs to stand alone."""

from __future__ import annotations

from factcheck.claims.clauses import Clause, noun_phrase
from factcheck.claims.discourse import is_reporting, is_speech
from factcheck.claims.fates import fates_of
from factcheck.claims.frames import CONTENT
from factcheck.claims.parse import Sentence, Token
from factcheck.claims.reading import Reading
from factcheck.claims.roles import NOMINAL, is_elliptic, name_or_noun

# A clause of so few content words says too little of its own.
_SHORT = 6
# A relative clause with a subject of its own and fewer content words ("the news we have") says nothing.
_BRIEF = 2
# "He said that she said that ..." is followed no deeper.
_NESTED = 4
# A subject further off than this many tokens is not fetched into the quote.
_FETCHED = 45
# A clause of up to this many tokens is quoted with the word that cannot do without it.
_COMPLETING = 25
# Verbs of speech whose object is the hearer: "told reporters" says nothing of its own.
_ADDRESSING = frozenset({"tell", "inform", "assure", "remind", "notify", "brief"})
_QUESTIONS = frozenset({"WRB", "WP", "WDT", "WP$"})
# Prepositions after which a clause tells what happened all the same.
_WHEN = frozenset({"after", "before", "since", "until", "despite", "because"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
# Determiners of what need not exist.
_NOBODY = frozenset({"nobody", "none"})
_UNTOLD = frozenset({"no", "any", "every", "each", "whatever", "whichever"})
_CLOSING = {"“": "”", '"': '"', "‘": "’"}


def stands_alone(
    reading: Reading, index: int, clause: Clause, clauses: list[Clause], *, depth: int = 0
) -> bool:
    """Say whether a clause is a proposition that needs no other to be understood.

    ``depth`` counts the clauses above it that only report it.
    """
    sentence = reading.sentences[index]
    predicate = sentence.tokens[clause.predicate]
    if predicate.pos not in ("VERB", "AUX") or not clause.finite or clause.subject is None:
        return False
    if predicate.text.isupper() and not sentence.text.isupper():
        return False  # a name that was taken for a verb
    nobody = _is_nobody(sentence, clause.subject)
    if not nobody and is_elliptic(sentence, clause.subject):
        return False
    target = clause.object
    if target is not None and is_elliptic(sentence, target) and not _is_no_one(sentence, target):
        return False
    if _only_reports(reading, index, clause, clauses, depth):
        return False
    if _is_open(sentence, clause) or _says_nothing(sentence, clause):
        return False
    return nobody or name_or_noun(reading, index, clause.subject) is not None


def _is_nobody(sentence: Sentence, subject: int) -> bool:
    """Say whether a subject says whom nothing befell: "nobody was hurt", not "nobody knows"."""
    named = sentence.tokens[subject].lower in _NOBODY or _is_no_one(sentence, subject)
    return named and bool(fates_of(sentence, subject))


def _is_no_one(sentence: Sentence, token: int) -> bool:
    children = (sentence.tokens[c].lower for c in sentence.tokens[token].children)
    return sentence.tokens[token].lower == "one" and "no" in children


def _is_open(sentence: Sentence, clause: Clause) -> bool:
    """Say whether a clause leaves a part open: "how many are hurt", "the law they passed", "if it rains"."""
    predicate = sentence.tokens[clause.predicate]
    if predicate.dep == "relcl":
        borrowed = clause.subject == predicate.head
        brief = not borrowed and content_words(sentence, clause.tokens) < _BRIEF
        if brief or not _has_antecedent(sentence, predicate):
            return True
    children = [sentence.tokens[c] for c in predicate.children]
    if any(c.dep == "mark" and c.lower in _CONDITIONS for c in children):
        return True
    if predicate.dep == "pcomp" and sentence.tokens[predicate.head].lower not in _WHEN:
        return True
    before = (sentence.tokens[i] for i in clause.tokens if i < clause.predicate)
    asks = any(t.tag in _QUESTIONS and t.dep != "mark" for t in before)
    told = clause.subject is not None and clause.subject == sentence.tokens[predicate.head].head
    return predicate.dep in ("ccomp", "csubj") and asks and not told


def _has_antecedent(sentence: Sentence, verb: Token) -> bool:
    """Say whether what a relative clause leaves open is told before it: "the law they passed".

    "All he saw" leaves it open, and "no ship that passed" tells of no ship.
    """
    antecedent = sentence.tokens[verb.head]
    determiners = (sentence.tokens[c].lower for c in antecedent.children)
    if antecedent.pos not in (*NOMINAL, "NUM") or not _UNTOLD.isdisjoint(determiners):
        return False
    # "A boat that the navy said was adrift": too little of its own.
    return not is_reporting(verb.lemma) or not any(sentence.tokens[c].dep == "ccomp" for c in verb.children)


def _says_nothing(sentence: Sentence, clause: Clause) -> bool:
    """Say whether a bare auxiliary stands for another clause: "those who have not", "as she did"."""
    verb = sentence.tokens[clause.predicate]
    if verb.lemma == "do":
        return clause.object is None
    if verb.pos != "AUX":
        return False
    said = set(clause.whole)
    subject = set() if clause.subject is None else {*sentence.subtree(clause.subject)}
    if clause.predicate not in subject:  # the subject of a relative clause is the noun that it hangs on
        said -= subject
    return not any(sentence.tokens[i].pos in (*CONTENT, "NUM", "PRON") for i in said)


def _only_reports(reading: Reading, index: int, clause: Clause, clauses: list[Clause], depth: int) -> bool:
    """Say whether a clause says no more than that somebody said something: "he told reporters on Friday".

    What was said is a claim of its own, with its speaker, where it can stand alone.
    """
    sentence = reading.sentences[index]
    predicate = sentence.tokens[clause.predicate]
    content = [i for i in predicate.children if sentence.tokens[i].dep == "ccomp"]
    if content:
        if depth > _NESTED or not is_reporting(predicate.lemma):
            return False
        told = (c for c in clauses if c.predicate in content)
        return any(stands_alone(reading, index, c, clauses, depth=depth + 1) for c in told)
    if _ends_in_speech(sentence, clause):
        return True
    if not is_speech(predicate.lemma) or content_words(sentence, clause.tokens) > _SHORT:
        return False
    target = clause.object
    if predicate.lemma in _ADDRESSING:
        return True
    if any(sentence.tokens[c].dep == "auxpass" for c in predicate.children):
        return False  # "an attack was reported near the port": the subject is what is told
    return target is None or bool(sentence.tokens[target].ent) or sentence.tokens[target].pos == "PRON"


def _ends_in_speech(sentence: Sentence, clause: Clause) -> bool:
    """Say whether what follows is the content: "quoted him as saying", not "left the room, saying"."""
    if not is_speech(sentence.tokens[clause.predicate].lemma):
        return False
    solid = [i for i in clause.whole if sentence.tokens[i].pos not in ("PUNCT", "SPACE")]
    last = sentence.tokens[solid[-1]] if solid else sentence.tokens[clause.predicate]
    return last.tag == "VBG" and is_speech(last.lemma)


def content_words(sentence: Sentence, tokens: list[int]) -> int:
    """Count the nouns, verbs, adjectives and adverbs among tokens."""
    return sum(sentence.tokens[i].pos in CONTENT for i in tokens)


# ---------------------------------------------------------------- what a claim is about
def scope_of_value(sentence: Sentence, clause: Clause, clauses: list[Clause]) -> list[int]:
    """The tokens that say what a mention in this clause is about.

    A short non-finite clause ("beginning Sunday") says too little, so the clause it hangs on is added; a
    reporting clause ("he said in December that ...") gets the content it reports.
    """
    if not clause.finite and content_words(sentence, clause.whole) <= _SHORT:
        return _finite_parent(clause, clauses).whole
    reports = is_reporting(sentence.tokens[clause.predicate].lemma)
    if content_words(sentence, clause.tokens) > _SHORT and not reports:
        return clause.whole
    return _with_content(sentence, clause, clauses)


def scope_of_statement(sentence: Sentence, clause: Clause, clauses: list[Clause]) -> list[int]:
    """The tokens of a proposition: its own, and the clause that completes it ("allow Trump to continue")."""
    return _with_content(sentence, clause, clauses)


def _with_content(sentence: Sentence, clause: Clause, clauses: list[Clause]) -> list[int]:
    own = set(clause.whole)
    content = {i for c in clauses if _completes(sentence, c, clause, own) for i in c.whole}
    return sorted(own | content) if content else clause.whole


def _completes(sentence: Sentence, inner: Clause, clause: Clause, own: set[int]) -> bool:
    """Say whether a clause is the content of another: "said that ...", "no mention of whether ..."."""
    verb = sentence.tokens[inner.predicate]
    if verb.dep == "ccomp":
        return verb.head == clause.predicate
    topic = sentence.tokens[verb.head].lower in ("of", "about", "on", "over")
    return verb.dep == "pcomp" and verb.head in own and topic


def _finite_parent(clause: Clause, clauses: list[Clause]) -> Clause:
    if clause.finite:
        return clause
    return next((c for c in clauses if c.finite and clause.predicate in c.whole), clause)


# ---------------------------------------------------------------- quotes
def quote_of(sentence: Sentence, clause: Clause, clauses: list[Clause], tokens: list[int]) -> tuple[int, int]:
    """The document offsets of the words that say a claim, beginning with whom or what it is said of.

    A non-finite clause is quoted with the finite one it hangs on, a relative clause with its antecedent, a
    verb that shares its subject with another from that subject on; a quotation is closed.
    """
    parent = _finite_parent(clause, clauses)
    inside = {*tokens, *parent.whole}
    first = _opening(sentence, parent)
    if first is not None and parent.predicate - first <= _FETCHED:
        inside.add(first)
    solid = [sentence.tokens[i] for i in sorted(inside)]
    while len(solid) > 1 and _is_lead(solid[0], parent, inside):
        solid.pop(0)
    while len(solid) > 1 and _is_tail(solid[-1]):
        solid.pop()
    start = _opened(sentence, solid[0].start, solid[-1].end)
    return start, _closed(sentence, start, _completed(sentence, solid[-1]).end)


def _completed(sentence: Sentence, last: Token) -> Token:
    """The last token of the clause without which the last word says too little.

    It says which one is meant ("money that was not voted"), or what ("after deciding they would stay").
    After a comma it would only add something.
    """
    tokens = sentence.tokens
    leaning = [last.head, last.i] if last.dep == "advmod" else [last.i]  # "no reason whatsoever for which"
    for child in (c for i in leaning for c in tokens[i].children):
        inner = sentence.subtree(child)
        near = inner[0] == last.i + 1 and len(inner) <= _COMPLETING
        if tokens[child].dep in ("relcl", "ccomp") and near and inner[-1] - inner[0] == len(inner) - 1:
            kept = [i for i in inner if tokens[i].pos not in ("PUNCT", "SPACE")]
            return tokens[kept[-1]] if kept else last
    return last


def _is_tail(token: Token) -> bool:
    """Say whether a token at the end of a quote only leads to what is left out."""
    if token.pos == "ADP":
        return token.dep == "prep"
    return token.pos in ("PUNCT", "SPACE", "CCONJ") and token.text not in "%$€£"


def _is_lead(token: Token, clause: Clause, inside: set[int]) -> bool:
    """Say whether a token at the start of a quote only joins it to what stood before."""
    if token.pos in ("PUNCT", "SPACE", "CCONJ"):
        return token.text not in _CLOSING
    joins = token.tag == "WRB" or token.dep == "mark"
    mine = token.head == clause.predicate or token.head not in inside
    return joins and mine and token.lower not in _CONDITIONS


def _opening(sentence: Sentence, clause: Clause) -> int | None:
    """The first token of the subject that a clause borrows from the words before it."""
    verb = sentence.tokens[clause.predicate]
    children = [sentence.tokens[c] for c in verb.children]
    aside = any(c.lower == "when" for c in children) and sentence.tokens[verb.head].ent not in (
        "DATE",
        "TIME",
    )
    aside = aside or any(
        c.lower == "that" and c.dep == "mark" for c in children
    )  # "a word at noon that it sank"
    subject = verb.head if verb.dep == "relcl" and not aside else clause.subject
    if subject is None or subject in clause.whole or subject > clause.predicate:
        return None
    return noun_phrase(sentence, subject)[0]


def _opened(sentence: Sentence, start: int, end: int) -> int:
    """Take in the mark that opens a quotation closed within the quote: “The paint,” said Anna, “is wet.”"""
    text = sentence.document_text
    for opening, closing in _CLOSING.items():
        first = text.find(closing, start, end)
        unopened = first >= 0 and (opening == closing or text.find(opening, start, first) < 0)
        if unopened and start > sentence.start and text[start - 1] == opening:
            return start - 1
    return start


def _closed(sentence: Sentence, start: int, end: int) -> int:
    """Take in the mark that closes a quotation opened within the quote, a comma or stop before it too."""
    text = sentence.document_text
    for opening, closing in _CLOSING.items():
        if opening == closing:
            odd = text.count(opening, start, end) % 2 == 1
        else:
            odd = text.count(opening, start, end) > text.count(closing, start, end)
        for at in (end, end + 1):
            if odd and text[at : at + 1] == closing and text[end:at] in ("", ",", "."):
                return at + 1
    return end
