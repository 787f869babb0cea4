"""From which probability on two claims of one fact agree or contradict each other."""

from __future__ import annotations

from factcheck.alignment.features import OFFICE, group_of, same_fate, same_head
from factcheck.claims.comparison import counts_none, is_age
from factcheck.claims.levels import COARSER, WEEKDAY
from factcheck.claims.quantities.units import AGE
from factcheck.config import Config
from factcheck.model import Claim, Time
from factcheck.verdicts.parties import NameKeys, elsewhere
from factcheck.verdicts.scope import retold, shared_happening

# Two dates are tied to one happening by the words that name it; with so many in common the gate, which has
# seen few conflicts between dates, need not be sure.
NAMED_HAPPENING = 3
NAMED_AT = 0.2
# "Nobody was hurt" and "nine were wounded" have few words in common, and the gate has seen few such pairs.
NONE_AT = 0.1
# So far above the bar of its kind, or that of all kinds where it is higher, a pair must be for two figures
# with other names beside them to be one fact told differently.
SURE = 0.1
# That the values agree is more telling of a date, a sum or a length of time than of a count or a share, and
# least of two statements, which have none, save of the office that somebody holds: so much is added to the
# bar for agreement.
AGREE_BY_SORT: dict[str, float] = {
    "date": -0.1, "period": -0.1, "duration": -0.2, "money": -0.3, "measure": 0.1, "count": 0.2,
    "percent": 0.3, "share": 0.3, "statement": 0.3, OFFICE: -0.2,
}  # fmt: skip
# The same for conflicts: sums and lengths are fewer in a story than counts, and a shared unit tells more; two
# shares seldom are shares of one thing; between statements a negation is the only sign, and a weak one.
CONFLICT_BY_SORT: dict[str, float] = {
    "money": -0.4, "measure": -0.4, "percent": 0.1, "share": 0.1, "statement": 0.25, OFFICE: 0.25,
}  # fmt: skip
# No bar is moved beyond these.
LOWEST, HIGHEST = 0.1, 0.95
# And that two dates are alike less so than that they are equal.
AGREE_BY_LEVEL = {COARSER.name: 0.2, WEEKDAY.name: 0.1}


def floor(config: Config) -> float:
    """Return the probability below which no pair can come to anything."""
    bars = [config.possible_at, NAMED_AT, NONE_AT]
    bars += [agreement_bar(sort, config) for sort in AGREE_BY_SORT]
    bars += [conflict_bar(sort, config) for sort in CONFLICT_BY_SORT]
    return min(config.agree_at, config.contradict_at, *bars)


def sort_of(claim: Claim) -> str:
    """Return what the bars of a claim go by: its kind, or that it tells an office."""
    return OFFICE if group_of(claim) == OFFICE else claim.kind


def agreement_bar(sort: str, config: Config) -> float:
    """Return the probability of being about the same fact from which equal values are an agreement."""
    return _moved(config.agree_at, AGREE_BY_SORT.get(sort, 0.0))


def conflict_bar(sort: str, config: Config) -> float:
    """Return the probability of being about the same fact from which a conflict is a contradiction."""
    return _moved(config.contradict_at, CONFLICT_BY_SORT.get(sort, 0.0))


def _moved(bar: float, by: float) -> float:
    """Move a bar, but so far at most that some pairs still pass and some do not, whatever is set."""
    return round(min(max(bar + by, min(bar, LOWEST)), max(bar, HIGHEST)), 4)


def bar_between(left: Claim, right: Claim, config: Config, keys: NameKeys) -> float:
    """Return the bar for a conflict of two claims."""
    if same_fate(left, right) and counts_none(left) != counts_none(right):
        none, some = (left, right) if counts_none(left) else (right, left)
        if not elsewhere(none, some, keys):
            return NONE_AT
    named = isinstance(left.value, Time) and same_head(left, right)
    if retold(left, right) or (named and shared_happening(left, right, keys) >= NAMED_HAPPENING):
        return NAMED_AT
    sorts = (AGE if is_age(c) else sort_of(c) for c in (left, right))
    return max(conflict_bar(sort, config) for sort in sorts)


def sure_between(left: Claim, right: Claim, bar: float, config: Config) -> float:
    """Return the probability from which other names beside two figures excuse no conflict."""
    return SURE + (bar if retold(left, right) else max(bar, config.contradict_at))
