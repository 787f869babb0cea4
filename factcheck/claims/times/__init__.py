"""Find dates, periods and durations in the sentences of a document and lay them on the calendar."""

from factcheck.claims.times.expressions import find_times

__all__ = ["find_times"]
