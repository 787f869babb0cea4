"""Whose age a figure tells."""

from __future__ import annotations

from typing import Any

import pytest
from sentences import claims_of

from factcheck.claims.comparison import is_age

# The text, and for each age in it the name of whose it is, "" where nobody is named.
CASES = (
    ("Ida Holm, 61, left the hall.", {"61": "Ida Holm"}),
    ("The suspect, Dario Berg (38), was silent.", {"38": "Dario Berg"}),
    ("Ola Berg, the 58-year-old head of the union, left.", {"58-year-old": "Ola Berg"}),
    ('"We are sorry," said its owner, Carl Brandt, 63, who runs the firm.', {"63": "Carl Brandt"}),
    ("Her daughter Ella Brandon, aged eleven, walked out alone.", {"eleven": "Ella Brandon"}),
    ("Ida Kroll is 61.", {"61": "Ida Kroll"}),
    ("The victim, who is 44, is recovering.", {"44": ""}),
    ("The driver, a man of 44, walked away.", {"44": ""}),
    ("Ida Kroll was arrested. The 31-year-old was led away.", {"31-year-old": "Ida Kroll"}),
    ("Ida Kroll was arrested. The 31-year-old singer was led away.", {"31-year-old": "Ida Kroll"}),
    ("Ida Kroll and Ola Berg left. The 31-year-old singer was led away.", {"31-year-old": ""}),
    ("She said that Ida and Ola Berg, aged 17 and 12, had left.", {"17": "", "12": ""}),
    ("Ida Kroll wrote on Friday that Ida and Ola Berg, aged 17 and 12, were unkind.", {"17": "", "12": ""}),
    ("It runs on versions 6a, 7, 8 and 9.", {}),
)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_bearer(nlp: Any, text: str, expected: dict[str, str]) -> None:
    ages = [c for c in claims_of(nlp, text) if is_age(c)]
    assert {c.anchor.text: "".join(c.frame.near_names) for c in ages} == expected


def test_what_is_denied_of_a_person_leaves_the_age_alone(nlp: Any) -> None:
    (age,) = (c for c in claims_of(nlp, "Ida Holm, 61, did not come.") if is_age(c))
    assert (age.polarity, age.modality, age.subject) == ("positive", "asserted", "Ida Holm")
