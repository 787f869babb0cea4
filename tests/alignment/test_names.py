"""Names across documents: cases as data, and what holds for every name."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.alignment.gazetteer import gazetteer, normal
from factcheck.alignment.name_keys import related
from factcheck.alignment.names import fold, fold_names, overlap

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/alignment/names.toml").read_text("utf-8"))

PIECES = [
    "U.S.", "US", "Korean", "Guinean", "Bissau", "Saudi", "Arabia", "Prime", "Minister", "President", "the",
    "of", "St.", "Co.", "Ltd", "Jr.", "&", "'s", "Petra", "Petrra", "Valdorn", "Valdorm", "Whitlow", "D.",
    "Group", "News", "Navy", "Island", "NTB", "Chicago", "-", "Sea", "Baltic", "House", "Labour", "UN",
    "Washington", "İ", "ß", "10", "S.", "T.", "a",
]  # fmt: skip
names = st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join) | st.text(max_size=20)
stories = st.lists(st.lists(names, max_size=8), max_size=5)


@pytest.mark.parametrize("case", CASES["fold"], ids=lambda case: case["key"])
def test_a_name_by_itself(case: dict[str, Any]) -> None:
    assert {name: fold(name) for name in case["names"]} == dict.fromkeys(case["names"], case["key"])


@pytest.mark.parametrize("case", CASES["story"], ids=lambda case: case["why"])
def test_names_of_a_story(case: dict[str, Any]) -> None:
    keys = fold_names(case["documents"])
    groups = [{keys[name] for name in group} for group in case["groups"]]
    assert [len(group) for group in groups] == [1] * len(groups), keys
    assert len(set[str]().union(*groups)) == len(groups), keys
    assert set(keys) == {name for group in case["groups"] for name in group}


@pytest.mark.parametrize("case", CASES["related"], ids=lambda case: " / ".join(case["names"]))
def test_related_keys(case: dict[str, Any]) -> None:
    first, second = map(fold, case["names"])
    assert related(first, second) is related(second, first) is case["expected"]


@pytest.mark.parametrize("case", CASES["overlap"], ids=lambda case: f"{case['left']} / {case['right']}")
def test_overlap(case: dict[str, Any]) -> None:
    left, right = ({fold(name) for name in case[side]} for side in ("left", "right"))
    assert overlap(left, right) == pytest.approx(case["expected"], abs=1e-4)
    assert overlap(right, left) == overlap(left, right)


@given(names)
def test_folding_a_key_again_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(stories, st.randoms(use_true_random=False))
def test_the_order_of_documents_and_names_does_not_matter(story: list[list[str]], random: Any) -> None:
    shuffled = [random.sample(document, len(document)) for document in random.sample(story, len(story))]
    assert fold_names(shuffled) == fold_names(story)


@given(st.sets(names.map(fold)), st.sets(names.map(fold)))
def test_overlap_is_symmetric_and_bounded(left: set[str], right: set[str]) -> None:
    assert 0 <= overlap(left, right) == overlap(right, left) <= 1
    assert overlap(left, left) == (1 if left else 0)


@pytest.mark.parametrize(
    "name",
    [
        "\0",
        "a" * 100_000,
        "a " * 50_000,
        "U.S." * 25_000,
        "the " * 25_000,
        "'s" * 50_000,
        "9" * 100_000,
        "٣",
        "\ud800",
    ],
    ids=lambda name: repr(name[:4]),
)
def test_hostile_names(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert set(fold_names([[name], [name[:-1], "Petra Valdorn"]])) == {name, name[:-1], "Petra Valdorn"}


def test_every_known_name_has_one_meaning() -> None:
    known = gazetteer()
    canonical = {*known.keys.values(), *known.capitals.values()}
    assert {key: fold(key) for key in canonical} == {key: key for key in canonical}
    assert known.seats.keys() <= canonical
    assert set[str]().union(*known.seats.values()) <= canonical


@pytest.mark.parametrize("file", ["countries.toml", "bodies.toml"])
def test_no_name_is_entered_under_two_keys(file: str) -> None:
    table = tomllib.loads(files("factcheck.alignment").joinpath("data", file).read_text("utf-8"))
    owners: dict[str, set[str]] = {}
    for key, entry in table.items():
        fields = ("names", "short", "people", "seats", "spellings")
        listed = entry if isinstance(entry, list) else [name for f in fields for name in entry.get(f, ())]
        for name in {key, *listed}:
            owners.setdefault(name if name.isupper() else normal(name), set()).add(key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}
