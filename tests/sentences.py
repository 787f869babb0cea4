"""Claims of a text that a test writes down."""

from __future__ import annotations

from typing import Any

from factcheck.claims.extraction import extract
from factcheck.model import Claim, Document, Span


def claims_of(nlp: Any, text: str, name: str = "a") -> list[Claim]:
    """Return the claims of an article of one paragraph, which tells no date."""
    document = Document(id=name, path=name, text=text, blocks=(Span(start=0, end=len(text)),))
    return list(extract(document, nlp).claims)
