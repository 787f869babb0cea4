"""Match short forms of names with full ones: surnames, first words of organisations, acronyms."""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.claims.discourse.naming import Name, vocabulary
from factcheck.claims.parse import Sentence

_CROWD = 64  # full names with a word in common; beyond that a text is a list, and no form is matched

Words = tuple[str, ...]


class Roster:
    """The full names of one kind, and what a shorter form stands for."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._long: dict[Words, str] = {}  # words to the text, in the order of first mention
        self._by_end: dict[str, list[Words]] = {}
        bare: set[str] = set()
        # A "Jr." who comes in after the bare surname was used is somebody else than its bearer.
        self._juniors: set[Words] = set()
        for name in names:
            words = name.words
            if len(words) == 1:
                bare.add(words[0])
            elif _surname(words) != words[-1] and _surname(words) in bare:
                self._juniors.add(words)
            if len(words) > 1 and words not in self._long and name.text[0].isalnum():
                self._long[words] = name.text
                for word in {words[0], _surname(words)}:
                    self._by_end.setdefault(word, []).append(words)

    def person(self, name: Name) -> str | None:
        """Return the first full form of a person's name; None where several people compete for it."""
        words = name.words
        longer = self._longer(words)
        if not longer:
            return name.text
        longest = max(longer, key=len)
        if not all(_shortens(w, longest) for w in longer):
            return self._long.get(words)
        # "Tom Reyes", said first, stays the name of Tom B. Reyes, unless there is a Tom C. Reyes as well.
        forms = [w for w in self._near(longest) if _shortens(w, longest)]
        first = next((w for w in forms if all(_shortens(v, longest) for v in self._longer(w))), longest)
        return self._long[first]

    def organisation(self, name: Name) -> str:
        """Return the one longer name that begins with an organisation's name, or else the name itself."""
        words = name.words
        longer = [w for w in self._longer(words) if w != words and w[: len(words)] == words]
        return self._long[longer[0]] if len(longer) == 1 else name.text

    def bears(self, word: str, *, surname: bool) -> bool:
        """Say whether a full name ends with a word, or, unless ``surname``, begins with it."""
        return any(_surname(w) == word or not surname for w in self._by_end.get(word, ()))

    def _longer(self, words: Words) -> list[Words]:
        found = [w for w in self._near(words) if _shortens(words, w)]
        return [w for w in found if w not in self._juniors] if len(words) == 1 else found

    def _near(self, words: Words) -> list[Words]:
        """The full names that share an end with a name, its own first word's before its surname's."""
        ends = dict.fromkeys((words[0], _surname(words)))
        found = dict.fromkeys(w for end in ends for w in self._by_end.get(end, ())[:_CROWD])
        return list(found)


def _surname(words: Words) -> str:
    """The last word of a name that is no "Jr." or "III"."""
    generations = vocabulary()["generations"]["suffixes"]
    return words[-2] if len(words) > 1 and words[-1] in generations else words[-1]


def _shortens(short: Words, long: Words) -> bool:
    """Say whether all words of one name stand in the other, in order, with one end in common."""
    generations = vocabulary()["generations"]["suffixes"]
    if len(short) > 1 and (short[-1] in generations) != (long[-1] in generations):
        return False
    if short[0] != long[0] and _surname(short) != _surname(long):
        return False
    rest = iter(long)
    return all(word in rest for word in short)


def acronyms(sentence: Sentence) -> list[tuple[str, str]]:
    """Return the short forms that a sentence introduces in brackets, each with what it stands for."""
    found, tokens = [], sentence.tokens
    for bracket in tokens[1:-2]:
        if bracket.text != "(" or tokens[bracket.i + 2].text != ")":
            continue
        short = tokens[bracket.i + 1].text.replace(".", "")
        if 2 <= len(short) <= 8 and short.isupper() and short.isalpha():
            long = _long_form(sentence, bracket.i, short)
            if long:
                found.append((short, long))
    return found


def _long_form(sentence: Sentence, end: int, short: str) -> str | None:
    """Match the letters of an acronym backwards with the words before it.

    Source: Schwartz and Hearst (2003), A Simple Algorithm for Identifying Abbreviation Definitions.
    """
    tokens, letters = sentence.tokens, short.lower()
    first = max(0, end - min(len(letters) + 5, 2 * len(letters)))
    text = sentence.document_text
    begin, at = tokens[first].start, tokens[end].start - 1
    for place in range(len(letters) - 1, -1, -1):
        while at >= begin and (
            text[at].lower() != letters[place] or (place == 0 and at > begin and text[at - 1].isalnum())
        ):
            at -= 1
        if at < begin:
            return None
        at -= 1
    long = " ".join(text[at + 1 : tokens[end].start].split())
    return long if long[:1].isupper() and len(long) > len(short) + 2 else None
