"""Tell who says what, of whom, and how firmly: attributions, references, polarity and modality."""

from factcheck.claims.discourse.assertion import assertion, is_outcome
from factcheck.claims.discourse.attribution import Attribution, find_attributions
from factcheck.claims.discourse.reference import References, resolve_references
from factcheck.claims.discourse.reporting import is_reporting, is_speech

__all__ = [
    "Attribution",
    "References",
    "assertion",
    "find_attributions",
    "is_outcome",
    "is_reporting",
    "is_speech",
    "resolve_references",
]
