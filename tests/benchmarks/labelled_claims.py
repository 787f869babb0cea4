"""Compare the claims of labelled stories with their labels: recall, values, and junk left out."""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from gold import NUMERIC, Story, stories

from factcheck.model import Claim, Document, Duration, Ordinal, Quantity, Time
from factcheck.pipeline import Engine
from factcheck.sources import STDIN, read

Gold = dict[str, Any]


def story_figures(engine: Engine) -> dict[str, dict[str, float]]:
    """Return the figures of each labelled story and of all of them, shares from 0 to 1."""
    figures, total = {}, Counter[Any]()
    for story in stories(seeds=True):
        tally = _tally(story, engine)
        figures[story.name] = _shares(tally)
        total += tally
    return {"all": _shares(total), **figures}


def claims_of(story: Story, engine: Engine) -> Iterator[tuple[Document, list[Claim]]]:
    """Yield the documents of a story with their claims, in order."""
    for document in read([STDIN], input_format="jsonl", stdin=io.BytesIO(story.jsonl().encode())):
        if isinstance(document, Document):
            yield document, list(engine.extract(document).claims)


def _tally(story: Story, engine: Engine) -> Counter[Any]:
    found = {document.path: claims for document, claims in claims_of(story, engine)}
    tally: Counter[Any] = Counter()
    for gold in story.gold["claims"]:
        hits = [c for c in found.get(gold["document"], ()) if _matches(gold, c)]
        numeric = gold["kind"] in NUMERIC - {"superlative"}
        tally["numeric" if numeric else "event", bool(hits)] += 1
        verdicts = [v for c in hits if (v := value_agrees(gold, c)) is not None] if numeric else []
        if verdicts:
            tally["value", any(verdicts)] += 1
    for junk in story.gold["not_claims"]:
        anchors = (c.anchor for c in found.get(junk["document"], ()))
        taken = any(a.start < junk["end"] and junk["start"] < a.end for a in anchors)
        tally["junk", not taken] += 1
    return tally


def _shares(tally: Counter[Any]) -> dict[str, float]:
    names = {"numeric": "recall", "value": "values right", "event": "event recall", "junk": "junk left out"}
    counts = {key: (tally[key, True], tally[key, False]) for key in names}
    return {names[k]: round(yes / (yes + no), 4) for k, (yes, no) in counts.items() if yes + no}


def _matches(gold: Gold, claim: Claim) -> bool:
    if gold["kind"] in NUMERIC:
        return claim.anchor.start < gold["anchor_end"] and gold["anchor_start"] < claim.anchor.end
    both = min(claim.end, gold["end"]) - max(claim.start, gold["start"])
    return both > 0 and both >= 0.5 * min(claim.end - claim.start, gold["end"] - gold["start"])


# ---------------------------------------------------------------- values
def value_agrees(gold: Gold, claim: Claim) -> bool | None:
    """Say whether a claim has the labelled value; None where the label gives nothing to compare."""
    kind, label, value = gold["kind"], gold["value"], claim.value
    if kind == "date" or (kind == "time" and label.get("date")):
        return _same_day(label["date"], value) if label.get("date") else None
    if kind == "date-range":
        start = getattr(value, "start", None) or ""
        return start.startswith(label["start"]) if label.get("start") else None
    if kind == "duration" and label.get("iso"):
        return isinstance(value, Duration) and value.timex == label["iso"]
    wanted = [label[k] for k in ("number", "low", "high") if label.get(k) is not None]
    if not wanted:
        return None
    given = _numbers(value)
    scales = (1, 100, 0.01) if kind in ("percent", "fraction") else (1,)
    if len(wanted) == 2:
        return len(given) == 2 and all(_close(a, b) for a, b in zip(given, wanted, strict=True))
    return any(_close(number, wanted[0] * scale) for number in given for scale in scales)


def _same_day(label: str, value: object) -> bool:
    if not isinstance(value, Time):
        return False
    return value.timex == label or (value.start or "").startswith(label)


def _numbers(value: object) -> list[float]:
    if isinstance(value, Ordinal):
        return _given([value.rank])
    if isinstance(value, Quantity | Duration):
        return _given([value.number] if value.number is not None else [value.low, value.high])
    return []


def _given(numbers: Iterable[float | None]) -> list[float]:
    return [float(n) for n in numbers if n is not None]


def _close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-5, abs_tol=1e-9)
