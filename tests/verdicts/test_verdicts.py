"""From aligned pairs to verdicts, on claims built by hand."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from factcheck.alignment.pairing import Candidate
from factcheck.config import Config
from factcheck.model import (
    Anchor,
    Claim,
    Document,
    Duration,
    Frame,
    Ordinal,
    Pair,
    Quantity,
    ReportDocument,
    Statement,
    Time,
    Value,
)
from factcheck.verdicts.bars import agreement_bar, conflict_bar, floor
from factcheck.verdicts.draft import check_draft
from factcheck.verdicts.facts import gather
from factcheck.verdicts.judgement import judge

CONFIG = Config()


def claim(name: str, document: str, value: Value, *, words: str = "cut cable sea", **frame: Any) -> Claim:
    kinds = {
        Quantity: "count", Time: "date", Duration: "duration", Ordinal: "ordinal", Statement: "statement",
    }  # fmt: skip
    kind = kinds[type(value)]
    return Claim(
        id=name, document=document, kind=kind, quote=name, start=0, end=len(name), value=value,  # type: ignore[arg-type]
        anchor=Anchor(start=0, end=len(name), text=name), polarity=getattr(value, "polarity", "positive"),
        frame=Frame(masked="", sentence="", phrase="", event="", near=tuple(words.split()), **frame),
    )  # fmt: skip


def count(name: str, document: str, number: int, *, head: str = "cable", **frame: Any) -> Claim:
    return claim(name, document, Quantity(number=number, unit="cable"), head=head, **frame)


def sum_of(name: str, document: str, number: int, currency: str, start: int = 0) -> Claim:
    value = Quantity(number=number, unit=currency.lower(), currency=currency)
    found = claim(name, document, value)
    anchor = Anchor(start=start, end=start + len(name), text=name)
    return msgspec.structs.replace(found, kind="money", anchor=anchor)


def day(name: str, document: str, date: str, **frame: Any) -> Claim:
    nextday = f"{date[:8]}{int(date[8:]) + 1:02}"
    return claim(name, document, Time(timex=date, start=date, end=nextday, grain="day"), **frame)


def run(
    claims: list[Claim],
    *pairs: tuple[str, str, float],
    published: dict[str, str] | None = None,
    texts: dict[str, str] | None = None,
) -> list[Pair]:
    documents = {
        c.document: Document(
            id=c.document,
            path=c.document,
            text=(texts or {}).get(c.document, ""),
            published=(published or {}).get(c.document),
        )
        for c in claims
    }
    candidates = [Candidate(left=a, right=b, similarity=0.5, confidence=p) for a, b, p in pairs]
    stories = dict.fromkeys(documents, "story-1")
    return judge(candidates, {c.id: c for c in claims}, documents, stories, CONFIG)


def relations(pairs: list[Pair]) -> dict[frozenset[str], tuple[str, str]]:
    return {frozenset((p.left, p.right)): (p.relation, p.level) for p in pairs}


def test_sure_conflict_is_a_contradiction_and_doubtful_one_worth_a_look() -> None:
    claims = [count("three", "A", 3), count("four", "B", 4)]
    assert run(claims, ("three", "four", 0.9))[0].relation == "contradiction"
    (doubtful,) = run(claims, ("three", "four", 0.4))
    assert (doubtful.relation, doubtful.level) == ("undecided", "possible")
    assert run(claims, ("three", "four", 0.1)) == []


def test_conflict_spreads_to_those_who_agree() -> None:
    claims = [count("three", "A", 3), count("drei", "B", 3), count("four", "C", 4)]
    pairs = relations(run(claims, ("three", "drei", 0.9), ("three", "four", 0.9)))
    assert pairs[frozenset(("drei", "four"))] == ("contradiction", "different")


def test_a_listed_part_does_not_contradict_the_whole() -> None:
    claims = [count("seven", "A", 7), count("two", "A", 2), count("nine", "B", 9)]
    assert run(claims, ("seven", "nine", 0.9)) == []


def test_later_and_larger_toll_supersedes() -> None:
    claims = [count("ten", "A", 10, past=True), count("twelve", "B", 12, past=True)]
    dated = {"A": "2026-01-02", "B": "2026-01-03"}
    (pair,) = run(claims, ("ten", "twelve", 0.9), published=dated)
    assert (pair.relation, pair.level) == ("undecided", "superseded")
    (back,) = run(claims, ("ten", "twelve", 0.9), published={"A": "2026-01-03", "B": "2026-01-02"})
    assert back.relation == "contradiction"


def test_a_person_is_older_in_a_later_article() -> None:
    ages = [
        claim(str(years), document, Quantity(number=years, unit="year of age"), head="miller")
        for years, document in ((27, "A"), (29, "B"))
    ]
    assert run(ages, ("27", "29", 0.9))[0].level == "superseded"
    apart = {"A": "2024-01-02", "B": "2026-01-03"}
    assert run(ages, ("27", "29", 0.9), published=apart)[0].level == "superseded"
    together = {"A": "2026-01-02", "B": "2026-01-03"}
    assert run(ages, ("27", "29", 0.9), published=together)[0].relation == "contradiction"


def test_what_an_article_recalls_is_another_event() -> None:
    now, last_spring = count("nine", "A", 9), count("forty", "B", 40, recalled=True)
    assert run([now, last_spring], ("nine", "forty", 0.9)) == []
    (pair,) = run([now, count("forty", "B", 40)], ("nine", "forty", 0.9))
    assert pair.relation == "contradiction"


def test_dates_conflict_only_over_one_named_happening() -> None:
    same = [
        day("sunday", "A", "2026-01-04", words="deploy missile system base", head="deploy"),
        day("monday", "B", "2026-01-05", words="deployment missile system base", head="deployment"),
    ]
    assert run(same, ("sunday", "monday", 0.3))[0].relation == "contradiction"
    other = [same[0], day("monday", "B", "2026-01-05", words="talk dinner system", head="talk")]
    assert run(other, ("sunday", "monday", 0.9)) == []
    abroad = [
        msgspec.structs.replace(c, frame=msgspec.structs.replace(c.frame, clause_names=(place,)))
        for c, place in zip(same, ("Oslo", "Lima"), strict=True)
    ]
    assert run(abroad, ("sunday", "monday", 0.9)) == []


def test_a_commonplace_figure_with_no_word_in_common_is_no_agreement() -> None:
    claims = [count("two", "A", 2, words="talk", head="talk"), count("zwei", "B", 2, words="ship")]
    assert run(claims, ("two", "zwei", 0.9)) == []
    shared = [count("two", "A", 2), count("zwei", "B", 2)]
    assert run(shared, ("two", "zwei", 0.9))[0].relation == "agreement"


def test_one_thing_of_each_of_two_lists_agrees_only_with_its_like() -> None:
    lamp, oar = (
        claim("a", document, Quantity(number=1, unit=noun, unit_text=noun), head=noun)
        for document, noun in (("A", "lamp"), ("B", "oar"))
    )
    oar = msgspec.structs.replace(oar, id="b")
    assert run([lamp, oar], ("a", "b", 0.9)) == []
    other = msgspec.structs.replace(lamp, id="b", document="B")
    assert run([lamp, other], ("a", "b", 0.9))[0].relation == "agreement"


def test_figures_of_different_parties_are_no_conflict() -> None:
    bids = [count("seven", "A", 7), count("eight", "B", 8)]
    named = [
        msgspec.structs.replace(c, subject=who, frame=msgspec.structs.replace(c.frame, names=(who,)))
        for c, who in zip(bids, ("Astra Lines", "Borealis Ferries"), strict=True)
    ]
    assert run(named, ("seven", "eight", 0.9)) == []
    assert run([named[0], bids[1]], ("seven", "eight", 0.9))[0].relation == "contradiction"


def test_another_end_of_a_range_counts_where_one_sentence_is_the_other_retold() -> None:
    told = {"words": ("between", "a", "and", "b", "cable", "cut", "north", "sea")}
    ranges = [
        claim("some", "A", Quantity(low=40, high=80, comparator="range", unit="cable")),
        claim("others", "B", Quantity(low=52, high=80, comparator="range", unit="cable")),
    ]
    assert run(ranges, ("some", "others", 0.9))[0].relation == "agreement"
    twice = [msgspec.structs.replace(c, frame=msgspec.structs.replace(c.frame, **told)) for c in ranges]
    assert run(twice, ("some", "others", 0.9))[0].relation == "contradiction"


def test_hundreds_are_no_range_that_a_writer_gave() -> None:
    told = {"words": ("between", "a", "and", "b", "cable", "cut", "north", "sea")}
    vague = claim("hundreds", "A", Quantity(low=100, high=1000, comparator="range", unit="cable"))
    some = claim("some", "B", Quantity(number=300, comparator="about", unit="cable"))
    twice = [
        msgspec.structs.replace(c, frame=msgspec.structs.replace(c.frame, **told)) for c in (vague, some)
    ]
    assert run(twice, ("hundreds", "some", 0.9))[0].relation == "agreement"


def test_the_same_clause_with_another_year_is_a_contradiction() -> None:
    days = [day("sunday", "A", "2026-01-04", words="lead"), day("monday", "B", "2026-01-05", words="lead")]
    assert run(days, ("sunday", "monday", 0.9)) == []
    clause = "Ida Holm has led the ferry line since [date]"
    led = [
        msgspec.structs.replace(c, frame=msgspec.structs.replace(c.frame, masked=clause, words=(c.id,)))
        for c in days
    ]
    assert run(led, ("sunday", "monday", 0.9))[0].relation == "contradiction"


def test_statements_with_other_figures_do_not_agree() -> None:
    said = [claim(name, document, Statement(text=name)) for name, document in (("won", "A"), ("beat", "B"))]
    held = [count("win", "A", 14), count("bet", "B", 12)]
    assert [p.relation for p in run(said, ("won", "beat", 0.95))] == ["agreement"]
    assert run([*said, *held], ("won", "beat", 0.95)) == []


def test_statements_with_another_length_of_time_do_not_agree() -> None:
    said = [
        claim(name, document, Statement(text=name)) for name, document in (("shook", "A"), ("quake", "B"))
    ]
    held = [
        msgspec.structs.replace(
            claim(name, document, Duration(timex=f"PT{n}S", number=n, unit="second")), predicate="shake"
        )
        for name, document, n in (("ten s", "A", 10), ("30 s.", "B", 30))
    ]
    assert [p.relation for p in run(said, ("shook", "quake", 0.95))] == ["agreement"]
    assert run([*said, *held], ("shook", "quake", 0.95)) == []


def test_times_of_day_of_two_zones_are_no_conflict() -> None:
    times = [
        claim(t, d, Time(timex=t, grain="minute", resolved=False))
        for t, d in (("T11:00", "A"), ("T14:30", "B"))
    ]
    assert run(times, ("T11:00", "T14:30", 0.9)) == []


def test_days_of_two_events_of_a_series_are_no_conflict() -> None:
    days = [day("sunday", "A", "2026-01-04"), day("monday", "B", "2026-01-05")]
    sixth = claim("sixth", "B", Ordinal(rank=6, unit="cut"))
    sixth = msgspec.structs.replace(sixth, kind="ordinal")
    assert run(days, ("sunday", "monday", 0.9))[0].relation == "contradiction"
    told = msgspec.structs.replace(days[1], subject=f"the {sixth.anchor.text} cut")
    assert run([days[0], told, sixth], ("sunday", "monday", 0.9)) == []


def test_a_rank_that_is_not_of_the_event_leaves_a_conflict_of_days() -> None:
    """ "Cut on Sunday, in a third raid" tells of the cut that others tell of without counting raids."""
    days = [day("sunday", "A", "2026-01-04"), day("monday", "B", "2026-01-05")]
    third = msgspec.structs.replace(claim("third", "B", Ordinal(rank=3, unit="raid")), kind="ordinal")
    told = msgspec.structs.replace(days[1], subject="the ship", object="the cable")
    assert run([days[0], told, third], ("sunday", "monday", 0.9))[0].relation == "contradiction"


def test_sums_in_two_currencies_agree_at_the_rate_the_story_gives() -> None:
    text = "85 million euros (108 million dollars)"
    told = [sum_of("85 million euros", "A", 85_000_000, "EUR"), sum_of("108", "A", 108_000_000, "USD", 18)]
    other = sum_of("107", "B", 107_000_000, "USD")
    (pair,) = run([*told, other], ("85 million euros", "107", 0.9), texts={"A": text})
    assert (pair.relation, pair.level) == ("agreement", "equal at the stated rate")
    far = sum_of("190", "B", 190_000_000, "USD")
    (pair,) = run([*told, far], ("85 million euros", "190", 0.9), texts={"A": text})
    assert pair.level == "incomparable"


def test_rates_lead_from_one_currency_to_another_by_way_of_a_third() -> None:
    texts = {"A": "85 million euros (108 million dollars)", "B": "85 million euros (74 million pounds)"}
    told = [
        sum_of("85 million euros", "A", 85_000_000, "EUR"), sum_of("108", "A", 108_000_000, "USD", 18),
        sum_of("85 MILLION EUROS", "B", 85_000_000, "EUR"), sum_of("74", "B", 74_000_000, "GBP", 18),
    ]  # fmt: skip
    (pair,) = run(told, ("108", "74", 0.9), texts=texts)
    assert (pair.relation, pair.level) == ("agreement", "equal at the stated rate")


def test_a_sentence_retold_with_another_figure_is_a_contradiction_whatever_excuses_it() -> None:
    words = ("over", "warship", "patrol", "gulf", "country")
    claims = [
        count("twenty", "A", 20, words="warship patrol"),
        count("forty", "B", 40, words="warship patrol"),
    ]
    parties = [
        msgspec.structs.replace(
            c, subject=who, frame=msgspec.structs.replace(c.frame, names=(who,), words=told)
        )
        for c, who, told in zip(claims, ("Astra", "Borealis"), (words, words), strict=True)
    ]
    assert run(parties, ("twenty", "forty", 0.3))[0].relation == "contradiction"
    other = msgspec.structs.replace(
        parties[1], frame=msgspec.structs.replace(parties[1].frame, words=("fleet", "sail", *words[:3]))
    )
    assert run([parties[0], other], ("twenty", "forty", 0.9)) == []


def test_planned_and_done_are_not_compared() -> None:
    plan = msgspec.structs.replace(count("three", "A", 3), modality="planned")
    assert run([plan, count("four", "B", 4)], ("three", "four", 0.9))[0].level == "hedged"


def shown(document: str, story: str = "story-1", origin: str | None = None) -> ReportDocument:
    return ReportDocument(
        id=document, path=document, role="source", title=None, published=None, publisher=None,
        story=story, origin=origin or document,
    )  # fmt: skip


def test_between_nobody_and_some_of_one_fate_less_is_enough() -> None:
    nobody = count("nobody", "A", 0, fates=("hurt",), index=0)
    some = count("nine ", "B", 9, fates=("hurt",), index=0)
    held = count("held ", "C", 9, fates=("held",), index=0)
    assert relations(run([nobody, some], ("nobody", "nine ", 0.35))) == {
        frozenset(("nobody", "nine ")): ("contradiction", "different")
    }
    assert run([nobody, held], ("nobody", "held ", 0.35)) == []
    assert run([some, held], ("nine ", "held ", 0.95)) == []


def test_who_reports_a_denial_neither_agrees_nor_contradicts() -> None:
    failed = [
        claim(name, document, Statement(text=name)) for name, document in (("failed", "A"), ("had", "B"))
    ]
    denied = msgspec.structs.replace(failed[1], modality="denied")
    assert [p.level for p in run([failed[0], denied], ("failed", "had", 0.95))] == ["denied"]
    assert [p.relation for p in run(failed, ("failed", "had", 0.95))] == ["agreement"]


def test_facts_count_origins_and_name_the_silent() -> None:
    claims = [count("three", "A", 3), count("drei", "B", 3), count("four", "C", 4), count("lone", "D", 9)]
    pairs = run(claims[:3], ("three", "drei", 0.9), ("three", "four", 0.9))
    documents = [
        shown("A", origin="wire"),
        shown("B", origin="wire"),
        shown("C"),
        shown("E"),
        shown("D", "story-2"),
    ]
    (fact,) = gather(claims, pairs, documents)
    assert (fact.verdict, fact.sources, fact.origins) == ("contradiction", ("A", "B", "C"), 2)
    assert fact.missing_from == ("E",)


def test_what_a_document_tells_twice_is_no_gap() -> None:
    claims = [count("three", "A", 3), count("again", "A", 3), count("drei", "B", 3), count("lone", "A", 9)]
    pairs = run(claims[:3], ("three", "drei", 0.95), ("again", "drei", 0.9))
    facts = gather(claims, pairs, [shown("A"), shown("B")])
    assert {f.claims: f.verdict for f in facts} == {("again", "three", "drei"): "agreement", ("lone",): "gap"}


def test_a_lone_claim_is_a_gap_only_within_a_story() -> None:
    facts = gather([count("three", "A", 3)], [], [shown("A"), shown("B")])
    assert [f.verdict for f in facts] == ["gap"]
    assert gather([count("three", "A", 3)], [], [shown("A"), shown("B", "story-2")]) == []


@pytest.mark.parametrize("bar", [0.0, 0.3, 0.5, 1.0])
def test_bars_by_kind_stay_between_never_and_always(bar: float) -> None:
    config = Config(agree_at=bar, contradict_at=bar, possible_at=bar)
    sorts = ("money", "percent", "statement", "count")
    moved = [find(sort, config) for sort in sorts for find in (agreement_bar, conflict_bar)]
    assert all(min(bar, 0.1) <= b <= max(bar, 0.95) for b in moved)
    assert floor(config) <= min(moved)


def test_one_supporting_source_never_outvotes_a_contradicting_one() -> None:
    claims = [
        count("draft", "D", 3),
        count("three", "A", 3),
        count("four", "B", 4),
        count("other", "D", 8, index=1),
    ]
    pairs = run(claims, ("draft", "three", 0.9), ("draft", "four", 0.9))
    checks = {c.claim: c for c in check_draft(claims, {"D"}, pairs)}
    assert (checks["draft"].verdict, set(checks["draft"].evidence)) == ("disputed", {"three", "four"})
    assert checks["other"].verdict == "unsupported"
