"""Falsify figures that an article gives twice over, and count how many the rules of arithmetic catch.

    python tests/benchmarks/plant_arithmetic.py [--show]

Reads the articles of ``FACTCHECK_DATA``. Where plain patterns of this script, which know nothing of the
rules, find a statement that checks out (a weekday on its date, a percentage and its two ends, a list and its
total, an age and its dates, a length in two units), one of its figures is changed, with a fixed seed, by more
than rounding explains. Caught is a plant if the changed article has a finding there that the untouched one
has not. ``--show`` prints what was missed.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from gold import data_folder

from factcheck.config import Config
from factcheck.model import Document, Finding, Span
from factcheck.pipeline import Engine
from factcheck.verdicts.rules import RULES
from factcheck.verdicts.rules.base import Evidence

SEED = 20260106
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
PERCENT = re.compile(rf"({NUMBER}) ?(?:%|percent\b|per cent\b)")
AMOUNT = re.compile(rf"(\$ ?)?\b({NUMBER})(?: (million|billion|trillion))?(?! ?(?:%|percent|per cent))")
SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=[0-9a-z$]|[A-Z]\.)[^.!?\n]*)*")
WEEKDAY = re.compile(
    rf"\b({'|'.join(DAYS)}),? \(?({'|'.join(SHORT)})[a-z]*\.? ([0-9]{{1,2}})\b(?:,? ((?:19|20)[0-9]{{2}})\b)?"
)
UNITS = {"mile": 1609.34, "mph": 1609.34, "kilometer": 1000, "kilometre": 1000, "km": 1000, "kph": 1000,
         "km/h": 1000, "foot": 0.3048, "feet": 0.3048, "meter": 1, "metre": 1, "m": 1, "pound": 0.45359,
         "kg": 1, "kilogram": 1}  # fmt: skip
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
CONVERTED = re.compile(rf"({NUMBER})[ -]({UNIT})s? ?\((?:about |around |some )?({NUMBER})[ -]({UNIT})s?\)")
COUNT = re.compile(rf"\b(?:{NUMBER}|{'|'.join(WORDS)})\b")
LISTED = re.compile(rf"\b({NUMBER})(?: [A-Za-z-]+){{1,3}} ?[:(] ?({COUNT.pattern}[^():;]{{3,80}}?)(?:\)|$)")
FILL = r"\b[^0-9]{1,40}"
AMONG = re.compile(rf"\b[Oo](?:f|ut of) (?:the )?({NUMBER}){FILL}, ({NUMBER}){FILL}\band ({NUMBER})\b")
BORN = re.compile(r"\bborn\b[^.;\n]{0,60}?\b(1[89][0-9]{2}|20[01][0-9])\b")
AGED = re.compile(r"(?<![0-9$])\b([1-9][0-9])(?:,|-year-old| when (?:he|she) died| years old)")
DIED = re.compile(r"\b(?:died|killed)\b[^.;\n]{0,40}?\b(1[89][0-9]{2}|20[01][0-9])\b")
ANNIVERSARY = re.compile(
    r"\b([0-9]{1,3})(?:th|st|nd|rd) anniversary\b[^.;\n]{0,60}?\b(1[89][0-9]{2}|20[01][0-9])\b"
)
LASTED = re.compile(
    r"\b(?:from|between) ((?:18|19|20)[0-9]{2}) (?:to|and|until) ((?:18|19|20)[0-9]{2}), (?:a period of )?"
    r"([a-z]+|[0-9]+) years\b"
)


class Plant(NamedTuple):
    """A figure to change: what sort of redundancy it is part of, where it stands and what it becomes."""

    sort: str
    start: int
    end: int
    written: str


def main() -> None:
    """Plant, check and print the figures as JSON."""
    data = data_folder()
    engine, choice = Engine(Config()), random.Random(SEED)
    tally: Counter[tuple[str, str]] = Counter()
    for document in articles(data):
        plants = list(found(document, choice))
        if not plants:
            continue
        before = Counter(f.fingerprint for f in findings(document, engine))
        tally["untouched", "findings"] += sum(before.values())
        for plant in plants:
            text = document.text[: plant.start] + plant.written + document.text[plant.end :]
            after = findings(planted(document, text), engine)
            new = [f for f in after if f.fingerprint not in before]
            caught = any(near(f, plant, text) for f in new)
            tally[plant.sort, "caught" if caught else "missed"] += 1
            tally["elsewhere", "findings"] += sum(not near(f, plant, text) for f in new)
            if not caught and "--show" in sys.argv:
                shown = text[max(0, plant.start - 150) : plant.end + 150].replace("\n", " ")
                print(f"missed {plant.sort} “{plant.written}”: {shown}\n", file=sys.stderr)
    print(json.dumps(figures(tally), indent=1))


def figures(tally: Counter[tuple[str, str]]) -> dict[str, object]:
    """Return caught and planted of each sort and in all."""
    sorts = sorted({sort for sort, what in tally if what in ("caught", "missed")})
    counts = {s: (tally[s, "caught"], tally[s, "caught"] + tally[s, "missed"]) for s in sorts}
    caught, planted_ = (sum(c[i] for c in counts.values()) for i in (0, 1))
    out: dict[str, object] = {sort: f"{c} of {n}" for sort, (c, n) in counts.items()}
    out["all"] = f"{caught} of {planted_} ({caught / max(1, planted_):.3f})"
    out["findings elsewhere"] = tally["elsewhere", "findings"]
    out["findings in the untouched articles"] = tally["untouched", "findings"]
    return out


# ---------------------------------------------------------------- articles
def articles(data: Path) -> Iterator[Document]:
    """Yield every article of the data, each text once."""
    from factcheck.sources import read

    seen: set[str] = set()
    files = sorted([*data.glob("seeds/*.txt"), *data.glob("clusters/*/*.txt")])
    documents = [d for d in read([str(f) for f in files]) if isinstance(d, Document)]
    for name in ("meantime", "timex_tempeval3", "corpus_stories"):
        for line in (data / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            whole = Document(id=row["id"], path=row["id"], text=row["text"])
            documents.append(planted(whole, row["text"], row.get("published") or row.get("dct")))
    for document in documents:
        if document.text not in seen:
            seen.add(document.text)
            yield document


def planted(document: Document, text: str, published: str | None = None) -> Document:
    """Return a document with another text, whose paragraphs are its lines."""
    spans = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"\S[^\n]*", text)]
    return Document(
        id=document.id, path=document.path, text=text, published=published or document.published,
        blocks=tuple(spans),
    )  # fmt: skip


def findings(document: Document, engine: Engine) -> list[Finding]:
    """Return what the rules of arithmetic find in an article."""
    evidence = Evidence({document.id: document}, {}, (), (), (), [engine.extract(document)])
    return [f for name, rule in RULES.items() if name.startswith("FC4") for f in rule.findings(evidence)]


def near(finding: Finding, plant: Plant, text: str) -> bool:
    """Say whether a finding points into the line of a plant."""
    first = text.rfind("\n", 0, plant.start) + 1
    last = text.find("\n", plant.start)
    places = (finding.primary, *finding.related)
    return any(first <= p.start and (last < 0 or p.end <= last) for p in places)


# ---------------------------------------------------------------- what a text gives twice over
def found(document: Document, choice: random.Random) -> Iterator[Plant]:
    """Yield the plants of an article."""
    yield from weekdays(document, choice)
    for match in SENTENCE.finditer(document.text):
        sentence, at = match[0], match.start()
        plants = (*changes(sentence, choice), *totals(sentence, choice), *spans(sentence, document, choice))
        for plant in plants:
            yield plant._replace(start=plant.start + at, end=plant.end + at)
    for match in CONVERTED.finditer(document.text):
        one, other = number(match[1]) * UNITS[match[2]], number(match[3]) * UNITS[match[4]]
        if abs(one / other - 1) < 0.06:
            wrong = written(number(match[3]) * choice.choice((0.5, 0.6, 1.6, 1.9)), match[3])
            yield Plant("conversion", match.start(3), match.end(3), wrong)


def number(text: str) -> float:
    """Read a number in figures, or one of the first twelve in words."""
    return float(WORDS.index(text) + 1) if text in WORDS else float(text.replace(",", ""))


def written(value: float, like: str) -> str:
    """Write a number with as many decimals as another, and with its commas."""
    decimals = len(like.partition(".")[2])
    return f"{value:,.{decimals}f}" if "," in like or value < 1000 else f"{value:.{decimals}f}"


def weekdays(document: Document, choice: random.Random) -> Iterator[Plant]:
    """Yield weekdays beside a date on which they fall: in full, or within a month of the article."""
    try:
        published = date.fromisoformat((document.published or "")[:10])
    except ValueError:
        published = None
    for match in WEEKDAY.finditer(document.text):
        years = [int(match[4])] if match[4] else [published.year + n for n in (-1, 0, 1)] if published else []
        for year in years:
            try:
                day = date(year, SHORT[match[2]], int(match[3]))
            except ValueError:
                continue
            beside = match[4] or (published and abs((day - published).days) <= 30)
            if beside and DAYS[day.weekday()] == match[1]:
                other = choice.choice([name for name in DAYS if name != match[1]])
                yield Plant("weekday", match.start(1), match.end(1), other)


def changes(sentence: str, choice: random.Random) -> Iterator[Plant]:
    """Yield percentages that two sums of their sentence give, one of them said to be where it came from."""
    for percent in PERCENT.finditer(sentence):
        amounts = [m for m in AMOUNT.finditer(sentence) if m.start(2) != percent.start(1)]
        for a, b in combinations(amounts, 2):
            for first, last in ((a, b), (b, a)):
                if came_from(sentence, first) and gives(first, last, number(percent[1])):
                    said = number(percent[1])
                    low = said * 0.4 if said >= 10 else said + 3
                    wrong = written(choice.choice((low, said * 1.6 + 3, said * 2.2 + 3)), percent[1])
                    if beyond_rounding(first, last, number(wrong)):
                        yield Plant("change", percent.start(1), percent.end(1), wrong)
                    return


def came_from(sentence: str, first: re.Match[str]) -> bool:
    """Say whether a sum is where a change began."""
    before = sentence[max(0, first.start() - 18) : first.start()]
    return re.search(r"\b(?:from|compared (?:with|to)|against|versus) $", before) is not None


def gives(first: re.Match[str], last: re.Match[str], percent: float) -> bool:
    """Say whether a percentage is that of the change between two sums of one sort."""
    a, b = (number(m[2]) * SCALES.get(m[3], 1) for m in (first, last))
    if a <= 0 or b <= 0 or bool(first[1]) != bool(last[1]) or percent < 1:
        return False
    return abs(abs(b / a - 1) * 100 - percent) <= max(0.6, percent * 0.06)


def beyond_rounding(first: re.Match[str], last: re.Match[str], percent: float) -> bool:
    """Say whether no change between what the two sums may have been rounded from gives a percentage."""
    (a, x), (b, y) = ((number(m[2]), 10.0 ** -len(m[2].partition(".")[2]) / 2) for m in (first, last))
    scale = SCALES.get(last[3], 1) / SCALES.get(first[3], 1)
    ends = [abs((b + j * y) * scale / (a + i * x) - 1) * 100 for i in (-1, 1) for j in (-1, 1)]
    return not min(ends) - 0.5 <= percent <= max(ends) + 0.5


def totals(sentence: str, choice: random.Random) -> Iterator[Plant]:
    """Yield totals of which the figures that follow in brackets or after a colon are the parts.

    After "of the 23", where something may be left out, a part is raised instead.
    """
    for match in LISTED.finditer(sentence):
        parts = [number(m[0]) for m in COUNT.finditer(match[2])]
        total = number(match[1])
        if len(parts) in (2, 3, 4) and sum(parts) == total and total >= 4:
            step = max(1, round(total * choice.choice((0.1, 0.2, 0.3))))
            yield Plant("total", match.start(1), match.end(1), written(total + step, match[1]))
    for match in AMONG.finditer(sentence):
        if number(match[2]) + number(match[3]) == number(match[1]):
            raised = written(number(match[2]) + choice.choice((1, 2, 5)), match[2])
            yield Plant("total", match.start(2), match.end(2), raised)


def spans(sentence: str, document: Document, choice: random.Random) -> Iterator[Plant]:
    """Yield ages, anniversaries and lengths that the years in their sentence give."""
    off = choice.choice((-9, -6, 6, 9))
    born, died = BORN.search(sentence), DIED.search(sentence)
    now = (document.published or "")[:4]
    beside = now and re.search(r"^[^.]{0,60}, [0-9]{2},", sentence)
    then = int(died[1]) if died else int(now) if beside else None
    aged = AGED.search(sentence)
    if born and aged and then and then - int(born[1]) - int(aged[1]) in (0, 1):
        yield Plant("age", aged.start(1), aged.end(1), str(int(aged[1]) + off))
    for match in ANNIVERSARY.finditer(sentence):
        if now and abs(int(now) - int(match[2]) - int(match[1])) <= 0:
            yield Plant("anniversary", match.start(2), match.end(2), str(int(match[2]) + off))
    for match in LASTED.finditer(sentence):
        length = number(match[3]) if match[3] in WORDS or match[3].isdigit() else 0
        if abs(int(match[2]) - int(match[1]) - length) <= 1:
            yield Plant("length", match.start(2), match.end(2), str(int(match[2]) + abs(off)))


if __name__ == "__main__":
    main()
