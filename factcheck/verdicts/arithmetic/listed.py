"""FC410: a list of names that is longer or shorter than announced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.model import Quantity
from factcheck.verdicts.arithmetic.article import Figure, turn_of_phrase
from factcheck.verdicts.arithmetic.rounding import shown
from factcheck.verdicts.rules.base import Evidence, Noticed

_ANNOUNCED = turn_of_phrase(r"<count>(?: <word>{0,5}[\w'’-]{1,20})? ?: ?([^:;()]{5,400}?)\.?$")
# A name, with the age of its bearer; within it no more than the small words that names have.
_NAME = re.compile(r"(?:the )?[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|the|de|la|van|der|von|al|bin)){0,5}")
_AGE = turn_of_phrase(r",? <any measure>(?=,|$| and)")
_JOINT = re.compile(r", and |, | and ")
_AND = re.compile(r"(?<!,) and ")
_MOST = 20
_OPEN = re.compile(r"\b(?:include|including|such as|among|like|e\.g|for example|others?)\b", re.IGNORECASE)


def listed(evidence: Evidence) -> Iterator[Noticed]:
    """Report a list of names after a colon that has more or fewer entries than the figure before it says.

    ## What to do

    Count the names; one is missing or the figure is wrong. A name that holds "and" may be one or two.

    ## Example

        article.txt: Five countries signed: France, Spain, Italy and Malta.

    > the list has 4, not 5
    """
    for article in evidence.articles:
        for line in article.lines:
            for found in _ANNOUNCED.finditer(line.shape):
                (figure,) = line.named([found[1]])
                entries = _entries(found[2])
                if entries and (message := _miscounted(figure, *entries)) and not _OPEN.search(line.shape):
                    yield Noticed(message, figure, [])


def _entries(text: str) -> tuple[int, int] | None:
    """Return the fewest and the most entries that a list may have; None where it is no list of names."""
    text = _AGE.sub("", text).strip()
    names = _JOINT.split(text)
    if len(names) < 2 or not all(_NAME.fullmatch(name.strip()) for name in names):
        return None
    # The last joint ends the list; an "and" before it, or beside a last comma, may be part of a name.
    ands = len(_AND.findall(text)) - (", and " not in text)
    return len(names) - max(0, ands), len(names)


def _miscounted(figure: Figure, fewest: int, most: int) -> str | None:
    value = figure.value
    number = value.number if isinstance(value, Quantity) and value.comparator == "exact" else None
    if number is None or not 2 <= number <= _MOST or fewest <= number <= most:
        return None
    return f"the list has {most}, not {shown(number)}"
