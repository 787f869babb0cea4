"""Whether two tellings are of the same parties, on claims as extraction makes them."""

from __future__ import annotations

from typing import Any

import pytest
from sentences import claims_of

from factcheck.model import Claim
from factcheck.verdicts.parties import NO_KEYS, are_exchanged, other_office, told_of_others
from factcheck.verdicts.parts import siblings


def statement(nlp: Any, text: str, *, office: bool = False) -> Claim:
    told = [c for c in claims_of(nlp, text) if c.kind == "statement" and bool(c.frame.head) == office]
    return told[-1]


@pytest.mark.parametrize(
    ("left", "right", "others"),
    [
        ("Anna Berg won the election.", "Karl Roth won the election.", True),
        ("Anna Berg won the election.", "Anna Berg won the vote.", False),
        ("The ship was towed to Nordby.", "The ship was towed to Marlow.", True),
        ("The plant supplies mills in Germany.", "The plant supplies mills in Italy.", True),
        ("The train goes from Berlin to Paris.", "The train goes from Paris to Berlin.", True),
        ("Highway 12 was closed.", "Highway 21 was closed.", True),
        ("Highway 12 was closed.", "Highway 12 was closed on Monday.", False),
        # One names a party that the other names in another place, or of which it has more to say.
        ("The Tern towed the Freja.", "The Freja was towed by the Tern.", False),
        ("Services in Germany were cut.", "Services to Germany and Italy were cut.", False),
        ("Karl Roth spoke. He left Nordby.", "Anna Berg left Nordby.", False),
    ],
)
def test_statements_of_other_parties(nlp: Any, left: str, right: str, others: bool) -> None:
    one, other = statement(nlp, left), statement(nlp, right)
    assert told_of_others(one, other, NO_KEYS) == told_of_others(other, one, NO_KEYS) == others


@pytest.mark.parametrize(
    ("left", "right", "others"),
    [
        ("Anna Berg, the mayor of Nordby, left.", "The deputy mayor of Nordby, Anna Berg, left.", True),
        ("Karl Berg, a passenger, left.", "Paul Berg, a passenger, left.", True),
        ("Karl Berg, a passenger, left.", "Karl Berg, a passenger from Nordby, left.", False),
    ],
)
def test_offices_of_other_rank_or_bearer(nlp: Any, left: str, right: str, others: bool) -> None:
    assert other_office(*(statement(nlp, text, office=True) for text in (left, right))) == others


@pytest.mark.parametrize(
    ("left", "right", "exchanged"),
    [
        ("Berg won 52 percent and Roth 48 percent.", "Roth won 52 percent and Berg 48 percent.", True),
        ("Berg won 52 percent and Roth 48 percent.", "Berg won 52 percent, and Roth 48 percent.", False),
        ("Berg won 52 percent.", "Roth won 52 percent and Berg 48 percent.", False),
        (
            "The union wants 8 percent, while the company has offered 3 percent.",
            "The company has offered 8 percent, and the union is asking for 3 percent.",
            True,
        ),
    ],
)
def test_figures_given_to_each_other(nlp: Any, left: str, right: str, exchanged: bool) -> None:
    found = [claims_of(nlp, text, name=text) for text in (left, right)]
    beside = siblings([c for told in found for c in told])
    pairs = [
        (a, b) for a in found[0] for b in found[1] if a.kind == b.kind == "percent" and a.value == b.value
    ]
    assert pairs
    assert {are_exchanged(a, b, beside, NO_KEYS) for a, b in pairs} == {exchanged}
