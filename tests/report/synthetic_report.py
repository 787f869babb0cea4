"""Reports of any size, made by counting: the same numbers always give the same report."""

from __future__ import annotations

from itertools import pairwise

from factcheck.model import (
    Anchor,
    Claim,
    Fact,
    Frame,
    Pair,
    Quantity,
    Report,
    ReportDocument,
    Statement,
    Value,
)

_FRAME = Frame(masked="", sentence="", phrase="", event="")
_NOTHING = {"draft": None, "findings": (), "skipped": (), "models": {}, "config": "0"}
SENTENCES = 40


def synthetic_report(*, articles: int, story: int = 5) -> Report:
    """Articles of forty sentences in stories of so many, two claims a sentence.

    Of the facts of a story one in twenty is contradicted, one in five agreed on, the rest gaps.
    """
    documents, claims, pairs, facts, texts = [], [], [], [], {}
    for number in range(articles):
        name = f"d{number}"
        documents.append(_document(name, f"s{number // story}"))
        sentences = [_sentence(number, index) for index in range(SENTENCES)]
        texts[name] = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, SENTENCES, 4))
        for index, sentence in enumerate(sentences):
            claims += _claims(name, index, sentence, texts[name])
    for first in range(0, articles, story):
        tellers = [f"d{n}" for n in range(first, min(first + story, articles))]
        for index in range(SENTENCES):
            relation = "contradiction" if index % 20 == 0 else "agreement" if index % 5 == 1 else None
            shared = [f"{d}-{index}-count" for d in tellers]
            if relation:
                pairs += [_pair(a, b, relation) for a, b in pairwise(shared)]
                facts.append(_fact(shared, relation, tellers, []))
            else:
                facts += [_gap(name, teller, tellers) for name, teller in zip(shared, tellers, strict=True)]
            facts += [_gap(f"{d}-{index}-statement", d, tellers) for d in tellers]
    return Report(
        documents=tuple(documents),
        claims=tuple(claims),
        pairs=tuple(pairs),
        facts=tuple(facts),
        texts=texts,
        **_NOTHING,
    )


def crowded_report(*, claims: int) -> Report:
    """One document whose claims all overlap: each begins one code point after the last, and ends there."""
    text = "Ships " * (claims // 6 + 2)
    made = [
        _claim(f"c{n:06}", "d0", "count", text, (n, n + 1), (n, claims), Quantity(number=n))
        for n in range(claims)
    ]
    return Report(
        documents=(_document("d0", "s0"),),
        claims=tuple(made),
        pairs=(),
        facts=(),
        texts={"d0": text},
        **_NOTHING,
    )


def _sentence(article: int, index: int) -> str:
    """Say the same of the same ship in every article, but for the number in one sentence of twenty."""
    number = 1000 + index + (article if index % 20 == 0 else 0)
    return f"The ship of berth {index} carried {number} crates of tea, and its crew slept ashore that night."


def _claims(name: str, index: int, sentence: str, text: str) -> list[Claim]:
    at = text.index(sentence)
    value = at + sentence.index("carried ") + len("carried ")
    crates = (value, value + 4)
    end = at + sentence.index(",")
    sleep = (at + sentence.index("slept"), at + sentence.index("slept") + 5)
    amount = Quantity(number=int(text[slice(*crates)]), unit="crate", unit_text="crates")
    return [
        _claim(f"{name}-{index}-count", name, "count", text, crates, (at, end), amount),
        _claim(
            f"{name}-{index}-statement", name, "statement", text, sleep, (at, at + len(sentence)),
            Statement(text=sentence),
        ),
    ]  # fmt: skip


def _claim(
    name: str, document: str, kind: str, text: str, at: tuple[int, int], quote: tuple[int, int], value: Value
) -> Claim:
    return Claim(
        id=name,
        document=document,
        kind=kind,  # type: ignore[arg-type]
        quote=text[slice(*quote)] if quote[1] - quote[0] < 1000 else text[quote[0] : quote[0] + 1000],
        start=quote[0],
        end=quote[1],
        anchor=Anchor(start=at[0], end=at[1], text=text[slice(*at)]),
        value=value,
        frame=_FRAME,
    )


def _document(name: str, story: str) -> ReportDocument:
    return ReportDocument(
        id=name, path=f"wires/{name}.txt", role="source", title=f"Ships in {name}", published="2026-01-05",
        publisher="Harbour Post", story=story, origin=name,
    )  # fmt: skip


def _pair(left: str, right: str, relation: str) -> Pair:
    return Pair(
        left=left, right=right, relation=relation, level="equal", reason="both speak of one ship",
        similarity=0.9, confidence=0.9,
    )  # type: ignore[arg-type]  # fmt: skip


def _fact(claims: list[str], verdict: str, sources: list[str], missing: list[str]) -> Fact:
    return Fact(
        id=claims[0], claims=tuple(claims), verdict=verdict, sources=tuple(sources),
        origins=len(sources), missing_from=tuple(missing),
    )  # type: ignore[arg-type]  # fmt: skip


def _gap(name: str, teller: str, tellers: list[str]) -> Fact:
    return _fact([name], "gap", [teller], [other for other in tellers if other != teller])
