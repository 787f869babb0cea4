"""How well a run does on labelled data: shares and F1 scores, each in 0..1."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.gold import NUMERIC, Story, matches

from factcheck.model import Claim, Duration, Ordinal, Quantity, Report, Time, Value

FIGURES = NUMERIC - {"superlative"}


class Found:
    """A report on one labelled story, looked up by the labels."""

    def __init__(self, story: Story, report: Report) -> None:
        self.gold = {label["id"]: label for label in story.gold["claims"]}
        self.story, self.report = story, report
        self.claims = {claim.id: claim for claim in report.claims}
        self.of = {
            key: {c.id for c in report.claims if c.document == label["document"] and matches(label, c)}
            for key, label in self.gold.items()
        }
        self.relation = {frozenset((p.left, p.right)): p.relation for p in report.pairs}
        self.labels = {frozenset((r["a"], r["b"])): r["relation"] for r in story.gold["relations"]}

    def said(self, pair: Iterable[str]) -> set[str]:
        """Return the relations that the report gives to the claims of two labels."""
        left, right = pair
        both = (frozenset((x, y)) for x in self.of[left] for y in self.of[right])
        return {self.relation[pair] for pair in both if pair in self.relation}

    def labelled(self, label: str) -> list[set[str]]:
        """Return what the report says of each labelled pair of a relation."""
        return [self.said(pair) for pair, relation in self.labels.items() if relation == label]

    def labels_of(self, left: str, right: str) -> set[str]:
        """Return the labels that two claims of the report stand for."""
        back = [[key for key, found in self.of.items() if claim in found] for claim in (left, right)]
        pairs = [frozenset((a, b)) for a in back[0] for b in back[1] if a != b]
        return {self.labels.get(pair, "none") for pair in pairs}


def story_scores(story: Story, report: Report) -> dict[str, float]:
    """Return the share of labels of each sort that a report gets right."""
    found = Found(story, report)
    figures = [key for key, label in found.gold.items() if label["kind"] in FIGURES]
    values = [right for key in figures if (right := _value_right(found, key)) is not None]
    pairs = [(p.relation, found.labels_of(p.left, p.right)) for p in report.pairs]
    agreed = [
        bool(labels & {"agreement", "compatible"}) for kind, labels in pairs if kind == "agreement" and labels
    ]
    denied = [bool(labels & {"contradiction", "update"}) for kind, labels in pairs if kind == "contradiction"]
    return {
        "claim recall": _share(bool(found.of[key]) for key in figures),
        "value accuracy": _share(values),
        "event recall": _share(bool(found.of[key]) for key in found.gold.keys() - set(figures)),
        "agreement precision": _share(agreed),
        "agreement recall": _share(s - {"undecided"} == {"agreement"} for s in found.labelled("agreement")),
        "contradiction precision": _share(denied),
        "contradiction recall": _share("contradiction" in s for s in found.labelled("contradiction")),
        "traps": _share(not s & {"agreement", "contradiction"} for s in found.labelled("unrelated")),
        "gaps": _share(_is_alone(found, key) for key in story.gold["single_source"]),
        "junk": _share(not _is_taken(report, label) for label in story.gold["not_claims"]),
    }  # fmt: skip


def _share(right: Iterable[bool]) -> float:
    """Return the share of true ones; nothing to get wrong is all right."""
    told = list(right)
    return sum(told) / len(told) if told else 1.0


def _is_alone(found: Found, key: str) -> bool:
    decided = {
        claim for pair, relation in found.relation.items() if relation != "undecided" for claim in pair
    }
    return bool(found.of[key]) and not found.of[key] & decided


def _is_taken(report: Report, label: Mapping[str, Any]) -> bool:
    return any(
        c.document == label["document"] and c.anchor.start < label["end"] and label["start"] < c.anchor.end
        for c in report.claims
    )


# ---------------------------------------------------------------- values
def _value_right(found: Found, key: str) -> bool | None:
    """Say whether a claim has the labelled value; None where the label has none or nothing was found."""
    told = [_same_value(found.gold[key], found.claims[claim].value) for claim in found.of[key]]
    judged = [right for right in told if right is not None]
    return any(judged) if judged else None


def _same_value(label: Mapping[str, Any], value: Value) -> bool | None:
    kind, gold = label["kind"], label["value"]
    if kind == "date" or (kind == "time" and gold.get("date")):
        return _same_day(gold["date"], value) if gold.get("date") else None
    if kind == "date-range":
        return _start(value).startswith(gold["start"]) if gold.get("start") else None
    if kind == "duration" and gold.get("iso"):
        return isinstance(value, Duration) and value.timex == gold["iso"]
    if not {"number", "low", "high"} & gold.keys():
        return None
    return _same_number(gold, value, (1, 100, 0.01) if kind in ("percent", "fraction") else (1,))


def _start(value: Value) -> str:
    return (value.start or "") if isinstance(value, Time) else ""


def _same_day(day: str, value: Value) -> bool:
    return isinstance(value, Time) and (value.timex == day or _start(value).startswith(day))


def _same_number(gold: Mapping[str, Any], value: Value, scales: Sequence[float]) -> bool:
    ends = _ends(value)
    wanted = [gold[name] for name in ("low", "high") if gold.get(name) is not None]
    if len(wanted) == 2:
        return len(ends) == 2 and all(map(_close, wanted, ends))
    point = wanted[0] if wanted else gold["number"]
    return any(_close(point * scale, end) for scale in scales for end in ends)


def _ends(value: Value) -> tuple[float, ...]:
    """Return the number of a value, or the bounds that it has."""
    if isinstance(value, Ordinal):
        return () if value.rank is None else (value.rank,)
    if not isinstance(value, Quantity | Duration):
        return ()
    given = (value.low, value.high) if value.number is None else (value.number,)
    return tuple(float(end) for end in given if end is not None)


def _close(x: float, y: float) -> bool:
    return math.isclose(float(x), float(y), rel_tol=1e-5, abs_tol=1e-9)


# ---------------------------------------------------------------- mentions
def quantity_f1(rows: Iterable[Mapping[str, Any]], mentions: Iterable[Claim]) -> float:
    """Return the F1 score of values over sentences with labelled quantities, each found at most once."""
    tally: Counter[str] = Counter()
    found = _by_document(mentions)
    for row in rows:
        left = [ends for c in found[row["id"]] if isinstance(c.value, Quantity) and (ends := _ends(c.value))]
        for gold in (_written(q["value"]) for q in row["quantities"]):
            hit = next((e for e in left if len(e) == len(gold) and all(map(_close, e, gold))), None)
            tally["missed" if hit is None else "hit"] += 1
            if hit is not None:
                left.remove(hit)
        tally["extra"] += len(left)
    return _f1(tally)


def _written(value: str) -> tuple[float, ...]:
    """Read a labelled value, "5" or "5-7"; one that is no number matches nothing."""
    parts = value.split("-") if "-" in value[1:] and not value.startswith("-") else [value]
    try:
        return tuple(float(part) for part in parts)
    except ValueError:
        return ()


def time_f1(rows: Iterable[Mapping[str, Any]], mentions: Iterable[Claim]) -> tuple[float, float]:
    """Return the F1 scores of finding labelled time expressions and of giving them the labelled value.

    An expression is found if one character of it is (the relaxed match of TempEval-3).
    """
    tally: Counter[str] = Counter()
    right = 0
    found = _by_document(mentions)
    for row in rows:
        left = sorted({
            (c.anchor.start, c.anchor.end, c.value.timex)
            for c in found[row["id"]] if isinstance(c.value, Time | Duration) and c.value.timex
        })  # fmt: skip
        for gold in row["timex"]:
            hit = next((m for m in left if m[0] < gold["end"] and gold["start"] < m[1]), None)
            tally["missed" if hit is None else "hit"] += 1
            if hit is not None:
                left.remove(hit)
                right += hit[2] == gold["value"]
        tally["extra"] += len(left)
    return _f1(tally), _f1(tally) * right / max(1, tally["hit"])


def _by_document(mentions: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for mention in mentions:
        found[mention.document].append(mention)
    return found


def _f1(tally: Counter[str]) -> float:
    return 2 * tally["hit"] / max(1, 2 * tally["hit"] + tally["missed"] + tally["extra"])
