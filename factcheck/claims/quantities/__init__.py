"""Find quantities, ranks and counts of nothing in a parsed sentence, and convert their units."""

from factcheck.claims.quantities.listed import find_listed_singles
from factcheck.claims.quantities.ordinal import find_ordinals
from factcheck.claims.quantities.quantity import find_quantities
from factcheck.claims.quantities.units import convert, is_measure
from factcheck.claims.quantities.zero import find_zero_counts

__all__ = [
    "convert",
    "find_listed_singles",
    "find_ordinals",
    "find_quantities",
    "find_zero_counts",
    "is_measure",
]
