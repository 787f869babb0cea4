"""Measure what is extracted against labelled data and print the figures as JSON.

Set FACTCHECK_DATA to the folder of labelled data. Sections, all by default: quantities (NewsQuant: a
quantity counts where its numbers, and its unit or its change, are those labelled), timex (TempEval-3:
relaxed and strict spans, values), meantime (recall of money, percent, quantity and time mentions of whole
articles), stories (recall, values and junk of the claims of labelled stories).

Sources: Almasian et al. (2023), CQE; UzZaman et al. (2013), SemEval-2013 task 1: TempEval-3; Minard et al.
(2016), MEANTIME.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from gold import data_folder
from labelled_claims import story_figures

from factcheck.config import Config
from factcheck.model import Document, Mention, Quantity, Span
from factcheck.pipeline import Engine

Row = dict[str, Any]
CHANGES = {"=": "exact", "~": "about", ">": "above", "<": "below"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sections", nargs="*", default=list(SECTIONS))
    engine = Engine(Config())
    figures = {name: SECTIONS[name](engine) for name in asked.parse_args().sections}
    print(json.dumps(figures, indent=1))


def rows(name: str) -> list[Row]:
    lines = (data_folder() / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def mentions(engine: Engine, row: Row, published: str | None = None) -> list[Mention]:
    """Return the mentions of a whole text, paragraph by paragraph."""
    text, blocks, at = row["text"], [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Span(start=at, end=at + len(line.rstrip())))
        at += len(line)
    document = Document(id=row["id"], path="-", text=text, published=published, blocks=tuple(blocks))
    return engine.mentions(document)


def scores(right: int, extra: int, missed: int) -> dict[str, float]:
    precision = right / (right + extra) if right + extra else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


# ---------------------------------------------------------------- NewsQuant
def quantities(engine: Engine) -> dict[str, dict[str, float]]:
    """Score the quantities of NewsQuant, each predicted one used once."""
    tests: dict[str, Callable[[Row, Quantity], bool]] = {
        "value": lambda *_: True,
        "value and unit": _same_unit,
        "value and change": _same_change,
    }
    tally: Counter[tuple[str, str]] = Counter()
    for row in rows("quant_newsquant.jsonl"):
        found = [m.value for m in mentions(engine, row) if isinstance(m.value, Quantity)]
        for name, test in tests.items():
            left = list(found)
            for gold in row["quantities"]:
                hit = next((v for v in left if _same_numbers(gold["value"], v) and test(gold, v)), None)
                tally[name, "right" if hit else "missed"] += 1
                if hit:
                    left.remove(hit)
            tally[name, "extra"] += sum(bool(_ends(v)) for v in left)
    return {n: scores(tally[n, "right"], tally[n, "extra"], tally[n, "missed"]) for n in tests}


def _ends(value: Quantity) -> tuple[float, ...]:
    found = (value.number,) if value.number is not None else (value.low, value.high)
    return tuple(float(x) for x in found if x is not None)


def _same_numbers(gold: str, value: Quantity) -> bool:
    parts = gold.split("-") if "-" in gold[1:] else [gold]
    try:
        wanted = [float(p) for p in parts]
    except ValueError:
        return False
    ends = _ends(value)
    return len(ends) == len(wanted) and all(
        math.isclose(a, b, rel_tol=1e-5, abs_tol=1e-9) for a, b in zip(ends, wanted, strict=True)
    )


def _same_unit(gold: Row, value: Quantity) -> bool:
    wanted = {gold["normalized_unit"].lower().strip(), gold["unit"].lower().strip()}
    return not wanted.isdisjoint(str(u or "-").lower().strip() for u in (value.unit, value.unit_text))


def _same_change(gold: Row, value: Quantity) -> bool:
    wanted = CHANGES.get(gold["change"], gold["change"])
    given = {value.comparator, value.change or value.comparator}
    if value.comparator == "range":
        given.add("exact")
    return wanted in given and not (wanted == "exact" and value.change)


# ---------------------------------------------------------------- TempEval-3
def timex(engine: Engine) -> dict[str, float]:
    """Score the time expressions of TempEval-3."""
    relaxed: Counter[str] = Counter()
    strict = values = 0
    for row in rows("timex_tempeval3.jsonl"):
        found = sorted(set(_timexes(mentions(engine, row, row["dct"]))))
        for gold in row["timex"]:
            hit = next((x for x in found if x[0] < gold["end"] and gold["start"] < x[1]), None)
            relaxed["right" if hit else "missed"] += 1
            if hit:
                found.remove(hit)
                strict += hit[:2] == (gold["start"], gold["end"])
                values += hit[2] == gold["value"]
        relaxed["extra"] += len(found)
    spans = scores(relaxed["right"], relaxed["extra"], relaxed["missed"])
    accuracy = values / relaxed["right"] if relaxed["right"] else 0.0
    all_found, all_gold = relaxed["right"] + relaxed["extra"], relaxed["right"] + relaxed["missed"]
    exact = scores(strict, all_found - strict, all_gold - strict)
    return {"relaxed f1": spans["f1"], "strict f1": exact["f1"], "value f1": round(spans["f1"] * accuracy, 4)}


def _timexes(found: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    for mention in found:
        value = getattr(mention.value, "timex", None)
        if value:
            yield mention.start, mention.end, value


# ---------------------------------------------------------------- MEANTIME
def meantime(engine: Engine) -> dict[str, float]:
    """Give the share of labelled mentions that a mention overlaps, by kind."""
    tally: Counter[tuple[str, bool]] = Counter()
    for row in rows("meantime.jsonl"):
        found = [(m.start, m.end) for m in mentions(engine, row, row.get("dct"))]
        for gold in (*row["values"], *row["timex"]):
            hit = any(a < gold["end"] and gold["start"] < b for a, b in found)
            tally[gold["type"].lower(), hit] += 1
    kinds = sorted({kind for kind, _ in tally})
    return {kind: round(tally[kind, True] / (tally[kind, True] + tally[kind, False]), 4) for kind in kinds}


SECTIONS: dict[str, Callable[[Engine], Any]] = {
    "quantities": quantities, "timex": timex, "meantime": meantime, "stories": story_figures,
}  # fmt: skip

if __name__ == "__main__":
    main()
