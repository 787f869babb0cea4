"""Count how many results of the English Recognizers-Text specs our mentions reproduce, spec by spec.

Give the folder that holds the spec files (NumberModel.json, DateParser.json ...). They are not part of this
repository: take them from github.com/microsoft/Recognizers-Text, folders Specs/Number/English,
Specs/NumberWithUnit/English and Specs/DateTime/English.

A result is reproduced where a mention overlaps its text and has its value: the number; the number with its
unit; of a time its TIMEX3 value, one of the days it may stand for, or its first and last day. What news does
not hold, or what we read otherwise on purpose, is left out and counted apart (``LEFT_OUT``).
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from factcheck.config import Config
from factcheck.model import Claim, Document, Duration, Mention, Ordinal, Quantity, Span, Time
from factcheck.pipeline import Engine

Row = dict[str, Any]

# Why results of a type are left out, and their texts or inputs (matched whole, in any case).
LEFT_OUT = (
    ("number", "notation of computers and arithmetic", r".*\d(\^|e[+-]?\d).*|\d+g|.*\bover\b.*"),
    ("number", "parts of an address of the internet", r"\d+(\.\d+){3}"),
    (
        "number",
        "improper fractions and those of twentieths and less",
        r"(?!.* and (two|three) fifths$).*(hundred|thousand|twenty|thirty).*fi(fth|rst)s?|.*trillionths?",
    ),
    ("number|temperature", "a minus that stands apart: a dash in running text", "- .*"),
    ("ordinal", "classes by name, no rank", "first"),
    ("ordinal", "trillionths: parts in any news", ".*trillionth"),
    ("percentage", "a percent sign or word before the figure", "per ?cents? of .*"),
    ("date|daterange|set", "figures that may as well be a score or a fraction", r"(each )?\d+[./-]\d+"),
    ("date|daterange|datetimerange", "a day as a bare figure", r"15|the 17 .*|monday 21 .*"),
    ("date", "names of holidays in other languages", "Yuandan.*"),
    ("date|daterange", "last Wednesday, last September: to news the latest one", "last (wednesday|sept)"),
    ("daterange", "few as three", "past few days"),
    ("duration", "all day, full-year: no length to compare", "(all|full|whole)[ -].*"),
    ("set|datetime", "an hour without minutes, a.m. or p.m.", r".*(at|around) \d{1,2}|10, tonight"),
    ("timerange", "hours in four figures without a colon", r".*\d{4}-\d{4}"),
    ("number", "the b of 1.2b, which may be a label", r"[\d.]+b"),
    ("number", "three quarters, of a year as well", ".*three quarters"),
    ("number", "and a fourth: news has it of a fourth person", ".* and a f(our|if)th"),
)  # fmt: skip
# What we call a unit where it is another name than the specs'.
UNITS = {
    "c": ["celsius"], "f": ["fahrenheit"], "meter": ["metre"], "kilometer": ["kilometre"],
    "milliliter": ["millilitre"], "square meter": ["square metre"], "metric ton": ["tonne"],
    "finnish markka": ["markka"], "pound": ["pound sterling", "pound-mass"],
}  # fmt: skip
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
SECONDS |= {"month": 30 * SECONDS["day"], "year": 365 * SECONDS["day"]}
# An ordinal ranks something; alone it is no claim.
CARRIERS = {"ordinal": "It was the {} meeting of the council."}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--show", action="store_true", help="print what is not reproduced")
    given = asked.parse_args()
    files = sorted(given.folder.glob("*.json"))
    if not files:
        asked.error(f"no spec files (*.json) in {given.folder}; see --help for where they come from")
    engine, tally, left_out = Engine(Config()), Counter[tuple[str, bool]](), Counter[str]()
    for file in files:
        for case in json.loads(file.read_text(encoding="utf-8")):
            for result in case["Results"]:
                if reason := why_left_out(case, result):
                    left_out[reason] += 1
                    continue
                found = mentions(engine, case, result)
                right = any(reproduces(m, result) for m in found)
                tally[file.stem, right] += 1
                if given.show and not right:
                    shown = [m.value for m in found]
                    print(f"{file.stem}: {case['Input']!r}: {result}\n  {shown}")
    report([file.stem for file in files], tally, left_out)


def report(specs: list[str], tally: Counter[tuple[str, bool]], left_out: Counter[str]) -> None:
    """Print a table of the specs and one of what was left out."""
    print("| spec | results | reproduced | share |\n|---|---|---|---|")
    rows = [(spec, tally[spec, True], tally[spec, False]) for spec in specs]
    rows.append(("all", sum(r for _, r, _ in rows), sum(m for _, _, m in rows)))
    for spec, right, missed in rows:
        print(f"| {spec} | {right + missed} | {right} | {right / max(1, right + missed):.3f} |")
    print("\n| left out | results |\n|---|---|")
    for reason, count in left_out.items():
        print(f"| {reason} | {count} |")


def kind_of(result: Row) -> str:
    """Return the type of a result: "number", "date", "daterange" ..."""
    return str(result.get("TypeName") or result["Type"]).removeprefix("datetimeV2.")


def why_left_out(case: Row, result: Row) -> str | None:
    """Return the reason not to count a result, or None."""
    for kinds, reason, texts in LEFT_OUT:
        if re.fullmatch(kinds, kind_of(result)) and any(
            re.fullmatch(texts, text.strip(), re.IGNORECASE) for text in (result["Text"], case["Input"])
        ):
            return reason
    unit = result.get("Resolution") or {}
    return "a unit without a figure" if "value" in unit and unit["value"] is None else None


def mentions(engine: Engine, case: Row, result: Row) -> list[Mention]:
    """Return the mentions that overlap the text of a result."""
    text, words = case["Input"], result["Text"]
    if text.strip() == words:
        text = CARRIERS.get(kind_of(result), "{}").format(text)
    day = case.get("Context", {}).get("ReferenceDateTime")
    document = Document(
        id="case", path="-", text=text, published=day and day[:10], blocks=(Span(start=0, end=len(text)),)
    )
    start = max(0, text.lower().find(words.lower()))
    found = engine.mentions(document)
    if kind_of(result) == "ordinal":  # ranks are no mentions of quantity or time
        found += [as_mention(claim) for claim in engine.extract(document).claims]
    return [m for m in found if m.start < start + len(words) and start < m.end]


def as_mention(claim: Claim) -> Mention:
    """Return the value of a claim with the place of its anchor."""
    return Mention(kind=claim.kind, start=claim.anchor.start, end=claim.anchor.end, value=claim.value)


def reproduces(mention: Mention, result: Row) -> bool:
    """Say whether a mention has the value of a result."""
    return TESTS.get(kind_of(result), _same_time)(mention.value, result)


# ---------------------------------------------------------------- figures
def _same_number(value: object, result: Row) -> bool:
    wanted = float(result["Resolution"]["value"].removesuffix("%"))
    if isinstance(value, Ordinal):
        return value.rank == wanted
    # "40 - 50 years old": the specs give the upper end alone.
    ends = (value.number, value.high) if isinstance(value, (Quantity, Duration)) else ()
    return any(end is not None and math.isclose(end, wanted, rel_tol=1e-9) for end in ends)


def _same_percentage(value: object, result: Row) -> bool:
    return _same_number(value, result) and isinstance(value, Quantity) and value.unit == "percentage"


def _same_measure(value: object, result: Row) -> bool:
    name = result["Resolution"]["unit"].lower()
    wanted = {name, f"{name} of age", *UNITS.get(name, ())}
    unit = value.unit if isinstance(value, (Quantity, Duration)) else None
    return _same_number(value, result) and (unit or "").removesuffix(" per day") in wanted


# ---------------------------------------------------------------- times
def _same_time(value: object, result: Row) -> bool:
    return any(_is_time(value, wanted) for wanted in _resolutions(result))


def _resolutions(result: Row) -> Iterator[Row]:
    """Yield the readings of a time in one form, with ``timex`` and ``value`` or ``start`` and ``end``."""
    if "Resolution" in result:
        yield from result["Resolution"]["values"]
        return
    given = result["Value"]
    for name in ("PastResolution", "FutureResolution"):
        reading = {"timex": given.get("Timex") or given["timex"]}
        for key, text in given[name].items():
            reading[{"startDate": "start", "endDate": "end"}.get(key, "value")] = text
        yield reading


def _is_time(value: object, wanted: Row) -> bool:
    if isinstance(value, Quantity):
        seconds = SECONDS.get(value.unit or "", 0) * (value.number or 0)
        return bool(seconds) and str(wanted.get("value")) == f"{seconds:g}"
    if not isinstance(value, (Time, Duration)) or value.timex is None:
        return False
    timex = _plain(value.timex)
    if wanted["timex"].startswith("T"):  # a time of no day; we give it the article's
        return timex.rpartition("T")[2] == _plain(wanted["timex"])
    if timex in (_plain(wanted["timex"]), _plain(wanted.get("value", "-"))):
        return True
    if isinstance(value, Duration):
        return wanted["timex"].endswith(f",{value.timex})")
    bounds = [(wanted[k], v) for k, v in (("start", value.start), ("end", value.end)) if k in wanted]
    return bool(bounds) and all(_is_bound(w, v) for w, v in bounds)


def _plain(timex: str) -> str:
    """Write a time without unknown days, a blank for the T, and seconds or minutes of zero."""
    return re.sub(r"(:00)+$", "", timex.replace(" ", "T").removeprefix("XXXX-XX-XX")).removeprefix("T")


def _is_bound(wanted: str, given: str | None) -> bool:
    """Compare ends of a period: ours is exclusive, of the specs' some are the last day or minute itself."""
    if given is None:
        return False
    step = timedelta(minutes=1) if "T" in given else timedelta(days=1)
    try:
        end = datetime.fromisoformat(wanted)
    except ValueError:  # a time of no day
        return False
    return datetime.fromisoformat(given) in (end, end + step)


TESTS: dict[str, Callable[[object, Row], bool]] = {
    "number": _same_number, "ordinal": _same_number, "percentage": _same_percentage,
    "age": _same_measure, "currency": _same_measure, "dimension": _same_measure, "temperature": _same_measure,
}  # fmt: skip

if __name__ == "__main__":
    main()
