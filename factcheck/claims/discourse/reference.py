"""Say who is meant: full names for short ones, acronyms, pronouns and descriptions of one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from factcheck.claims.discourse.antecedents import Place, find_antecedents
from factcheck.claims.discourse.naming import Name, find_names, is_ship_prefix, is_title, vocabulary
from factcheck.claims.discourse.quotation import find_quotations
from factcheck.claims.discourse.roster import Roster, acronyms
from factcheck.claims.parse import Sentence, Token

_REACH = 2  # sentences a pronoun or description looks back
_SUBJECTS = ("nsubj", "nsubjpass")
_PLACES = frozenset({"GPE", "LOC", "NORP", "FAC"})


class References:
    """Who the tokens of one document refer to, where the text makes it plain."""

    def __init__(
        self,
        by_token: dict[Place, str],
        by_sentence: Sequence[tuple[str, ...]],
        antecedents: dict[Place, Place],
        mentions: Sequence[Sequence[Name]],
    ) -> None:
        self._by_token = by_token
        self._by_sentence = by_sentence
        self._antecedents = antecedents
        self._mentions = mentions

    def name(self, sentence_index: int, token_index: int) -> str | None:
        """Return the fullest name of what a token refers to; None where the text leaves it open."""
        return self._by_token.get((sentence_index, token_index))

    def antecedent(self, sentence_index: int, token_index: int) -> Place | None:
        """Return the sentence and token of the noun that a pronoun stands for; None where that is open."""
        return self._antecedents.get((sentence_index, token_index))

    def names(self, sentence_index: int) -> tuple[str, ...]:
        """Return the full names of all entities a sentence refers to, in order, each once."""
        return self._by_sentence[sentence_index] if 0 <= sentence_index < len(self._by_sentence) else ()

    def mentions(self, sentence_index: int) -> Sequence[Name]:
        """Return the proper names as a sentence writes them, in order; see `find_names`."""
        return self._mentions[sentence_index]


def resolve_references(sentences: Sequence[Sentence]) -> References:
    """Resolve the names, pronouns and descriptions of one document, given all its sentences in order."""
    return _Resolver(sentences).resolve()


class _Resolver:
    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.names = [find_names(s, i) for i, s in enumerate(sentences)]
        self.acronyms = dict(a for s in sentences for a in acronyms(s))
        self.headlines = {i for i, s in enumerate(sentences) if _is_headline(s)}
        plain = [n for i, names in enumerate(self.names) if i not in self.headlines for n in names]
        self.labels = _labels(plain)
        self.people = Roster(n for n in plain if self.label(n) == "PERSON")
        self._recognise_surnames(plain)
        self.organisations = Roster(n for n in plain if self.label(n) == "ORG")
        self.gender: dict[str, str] = {}
        self.unresolved: set[tuple[int, str]] = set()  # sentence and gender of pronouns left open
        self.holders: dict[str, set[str]] = {}
        self.by_token: dict[Place, str] = {}
        # For each sentence the full names in it, with the first token and the label of each.
        self.referred: list[dict[str, tuple[int, str]]] = [{} for _ in sentences]
        self.stranger: dict[int, int] = {}  # sentence to the first token that is a person without a name

    def label(self, name: Name) -> str:
        if is_ship_prefix(name.words[0]):
            return "PRODUCT"  # the recogniser takes the name of a ship for a person's
        return "PERSON" if _personal(name) else self.labels.get(name.words, name.label)

    def _recognise_surnames(self, names: Sequence[Name]) -> None:
        """Take a bare surname for a person's, whatever the recogniser saw in it, unless a place bears it."""
        places = {n.words for n in names if len(n.words) == 1 and self._is_located(n)}
        for name in names:
            if len(name.words) == 1 and name.words not in places and self.label(name) != "PERSON":
                placed = self.labels[name.words] in _PLACES
                if self.people.bears(name.words[0], surname=placed):
                    self.labels[name.words] = "PERSON"

    def _is_located(self, name: Name) -> bool:
        tokens = self.sentences[name.sentence].tokens
        before = tokens[name.first - 1].lower if name.first else ""
        return before in vocabulary()["places"]["prepositions"]

    def resolve(self) -> References:
        for index, names in enumerate(self.names):
            for name in names:
                self._refer(self._cut(name) if index in self.headlines else name)
        quoted = _quoted_tokens(self.sentences)
        for index, sentence in enumerate(self.sentences):
            aged = _aged(sentence)
            for token in sentence.tokens:
                if token.tag in ("PRP", "PRP$") and (index, token.i) not in quoted:
                    self._pronoun(index, token)
                elif token.i in aged and not self._introduces(index, token):
                    self._anaphor(index, token)
                elif token.tag == "NN" and (index, token.i) not in self.by_token:
                    self._description(index, token)
                    self._stranger(index, token)
        antecedents = find_antecedents(
            self.sentences,
            label=self._label_at,
            gender=self._gender_at,
            quoted=quoted,
            settled=lambda index, i: (index, i) in self.by_token,
        )
        for (index, i), place in antecedents.items():
            noun = self.sentences[place[0]].tokens[place[1]]
            joined = any(self.sentences[place[0]].tokens[c].dep == "conj" for c in noun.children)
            if place in self.by_token and not joined:
                self._settle(
                    index, self.sentences[index].tokens[i], self.by_token[place], self._label_at(*place)
                )
        by_sentence = [tuple(sorted(r, key=lambda n: r[n])) for r in self.referred]
        return References(self.by_token, by_sentence, antecedents, self.names)

    def _label_at(self, index: int, token: int) -> str:
        return self.referred[index].get(self.by_token.get((index, token), ""), (0, ""))[1]

    def _gender_at(self, index: int, token: int) -> str | None:
        word, words = self.sentences[index].tokens[token].lower, vocabulary()
        known = self.gender.get(self.by_token.get((index, token), ""))
        return known or next(
            (g for g in ("male", "female") if word in words["people"][g] or word in words["titles"][g]), None
        )

    # ------------------------------------------------------------ names
    def _cut(self, name: Name) -> Name:
        """Take a name in a headline as far as the text below knows it: "Lee Visits" is Lee."""
        tokens = self.sentences[name.sentence].tokens
        for last in range(name.last, name.first, -1):
            text = " ".join(t.text for t in tokens[name.first : last])
            part = Name(name.sentence, name.first, last, text, name.label, name.titles)
            if part.words in self.labels:
                return part
        return name

    def _refer(self, name: Name) -> None:
        label = self.label(name)
        full: str | None = self.acronyms.get(name.text.replace(".", ""), name.text)
        if label == "PERSON":
            full = self.people.person(name)
        elif full == name.text and (label == "ORG" or (not label and len(name.words) == 1)):
            full = self.organisations.organisation(name) if label else self.people.person(name)
        self._enter(name.sentence, name.first, full or name.text, label)
        if full is None:
            return
        for i in range(name.first, name.last):
            self.by_token[name.sentence, i] = full
        if label == "PERSON":
            self._learn(name, full)

    def _learn(self, name: Name, full: str) -> None:
        """Keep what the titles tell of a person: gender, and the office held."""
        titles = vocabulary()["titles"]
        for title in name.titles:
            for gender in ("male", "female"):
                if title in titles[gender]:
                    self.gender.setdefault(full, gender)
        tokens = self.sentences[name.sentence].tokens
        offices = {t for t in name.titles if t in titles["office"]}
        if titles["absent"] & set(name.titles):
            offices = set()
        offices |= {tokens[c].lower for c in self._appositions(tokens, name) if is_title(tokens[c])}
        for office in offices:
            self.holders.setdefault(office, set()).add(full)

    @staticmethod
    def _appositions(tokens: list[Token], name: Name) -> list[int]:
        """The nouns that stand in apposition to a name, on either side."""
        own = tokens[name.first : name.last]
        found = [c for t in own for c in t.children if tokens[c].dep == "appos"]
        return found + [t.head for t in own if t.dep == "appos"]

    # ------------------------------------------------------------ pronouns and descriptions
    def _pronoun(self, index: int, token: Token) -> None:
        pronouns = vocabulary()["pronouns"]
        gender = next((g for g in ("male", "female") if token.lower in pronouns[g]), None)
        if gender is None:
            return
        full = self._person(index, token, gender)
        if full is None:
            self.unresolved.add((index, gender))
        else:
            self.gender.setdefault(full, gender)
            self._settle(index, token, full, "PERSON")

    def _anaphor(self, index: int, token: Token) -> None:
        """Settle who "the 61-year-old" is."""
        full = self._person(index, token, None)
        if full is not None:
            self._settle(index, token, full, "PERSON")

    def _person(self, index: int, token: Token, gender: str | None) -> str | None:
        """The only person, of a gender where one is given, in the nearest sentence before that has any."""
        for back in range(min(_REACH, index) + 1):
            limit = token.i if back == 0 else len(self.sentences[index - back].tokens)
            fitting = self._fitting(index - back, limit, gender)
            strangers = self.stranger.get(index - back, limit) < limit
            strangers = strangers or (index - back, gender) in self.unresolved
            if fitting or strangers:
                if len(fitting) > 1 or strangers:
                    return None
                (full,) = fitting
                rivals = back == 0 and index > 0 and not self._speaks(index, token, full)
                return None if rivals and self._fitting(index - 1, None, gender) - {full} else full
        return None

    def _fitting(self, index: int, limit: int | None, gender: str | None) -> set[str]:
        people = self._named(index, limit, "PERSON")
        return {p for p in people if gender is None or self.gender.get(p, gender) == gender}

    def _speaks(self, index: int, token: Token, full: str) -> bool:
        """Say whether the pronoun is in the clause that its candidate says or thinks ("Lee said he ...")."""
        tokens = self.sentences[index].tokens
        at = token
        for _ in range(_REACH + 2):
            at, inner = tokens[at.head], at
            if inner.dep == "ccomp":
                return any(
                    tokens[c].dep == "nsubj" and self.by_token.get((index, c)) == full for c in at.children
                )
        return False

    def _description(self, index: int, token: Token) -> None:
        if not _is_definite(self.sentences[index], token):
            return
        if is_title(token):
            holders = self.holders.get(token.lower, set())
            if len(holders) == 1:
                self._settle(index, token, next(iter(holders)), "PERSON")
            return
        kinds = vocabulary()["organisations"]
        if token.lower in kinds["business"] or token.lower in kinds["institution"]:
            full = self._organisation(index, token, business=token.lower in kinds["business"])
            if full is not None:
                self._settle(index, token, full, "ORG")

    def _organisation(self, index: int, token: Token, *, business: bool) -> str | None:
        institutional = vocabulary()["organisations"]["institution"]
        for back in range(min(_REACH, index) + 1):
            limit = token.i if back == 0 else len(self.sentences[index - back].tokens)
            named = self._named(index - back, limit, "ORG")
            if business:
                fitting = {n for n in named if not institutional & set(n.lower().split())}
            else:
                fitting = {n for n in named if token.lower in n.lower().split()}
            if fitting:
                return next(iter(fitting)) if len(fitting) == 1 else None
        return None

    def _named(self, index: int, limit: int | None, label: str) -> set[str]:
        entries = self.referred[index].items()
        return {full for full, (at, of) in entries if of == label and (limit is None or at < limit)}

    def _stranger(self, index: int, token: Token) -> None:
        """Note a single person without a name, who competes for the pronouns after it."""
        if token.dep in ("appos", "compound", "attr") or (index, token.i) in self.by_token:
            return
        personal = token.lower in vocabulary()["people"]["nouns"] or is_title(token)
        if personal and not self._introduces(index, token):
            self.stranger.setdefault(index, token.i)

    def _introduces(self, index: int, token: Token) -> bool:
        """Say whether a noun only announces a name ("spokesman Ola Berg", "the actor, Ann Low")."""
        tokens = self.sentences[index].tokens
        after = token.i + 1
        return (index, after) in self.by_token or any(tokens[c].dep == "appos" for c in token.children)

    def _settle(self, index: int, token: Token, full: str, label: str) -> None:
        self.by_token[index, token.i] = full
        self._enter(index, token.i, full, label)

    def _enter(self, index: int, at: int, full: str, label: str) -> None:
        entries = self.referred[index]
        entries[full] = min(entries.get(full, (at, label)), (at, label))


def _is_headline(sentence: Sentence) -> bool:
    """Say whether nearly all words are capitalised, so that capitals tell nothing about names."""
    words = [t.text for t in sentence.tokens if len(t.text) > 3 and t.text.isalpha()]
    capitals = sum(w[0].isupper() for w in words)
    return len(words) > 3 and capitals >= 0.8 * len(words) and sentence.tokens[-1].text not in '.!?”"'


def _personal(name: Name) -> bool:
    titles = vocabulary()["titles"]
    return name.label not in _PLACES and any(
        t in titles["office"] or t in titles["male"] or t in titles["female"] for t in name.titles
    )


def _labels(names: Iterable[Name]) -> dict[tuple[str, ...], str]:
    """The label each name has most often: the recogniser wavers from sentence to sentence."""
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for name in names:
        votes.setdefault(name.words, Counter())["PERSON" if _personal(name) else name.label] += 1
    return {words: max(c, key=lambda label: (c[label], label != "")) for words, c in votes.items()}


def _quoted_tokens(sentences: Sequence[Sentence]) -> set[Place]:
    """The tokens inside quotations, whose pronouns are spoken from another point of view."""
    quotations = find_quotations(sentences)
    found: set[Place] = set()
    at = 0
    for index, sentence in enumerate(sentences):
        for token in sentence.tokens:
            while at < len(quotations) and quotations[at].end <= token.start:
                at += 1
            if at < len(quotations) and quotations[at].start <= token.start:
                found.add((index, token.i))
    return found


def _is_definite(sentence: Sentence, token: Token) -> bool:
    """Say whether a noun stands with a plain "the", without anything that tells which one is meant."""
    tokens = sentence.tokens
    kinds = {tokens[c].dep for c in token.children if tokens[c].dep not in ("punct", "case")}
    if kinds - {"det"} or token.dep == "compound":
        return False
    return any(tokens[c].lower == "the" for c in token.children)


def _aged(sentence: Sentence) -> set[int]:
    """The nouns of "the 61-year-old" and "the 61-year-old singer": somebody told of before."""
    tokens = sentence.tokens
    found = set()
    for old in (t for t in tokens if t.lower == "old" and t.i >= 2 and tokens[t.i - 2].lower == "year"):
        noun = tokens[old.head] if old.dep == "amod" else old
        definite = any(tokens[c].lower == "the" for c in noun.children)
        plain = noun is old or noun.tag == "NN"
        if definite and plain and noun.dep in _SUBJECTS:
            found.add(noun.i)
    return found
