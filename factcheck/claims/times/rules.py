"""The table of time expressions: what stands in the text, and what reads it."""

from __future__ import annotations

from functools import cache

from factcheck.claims.times import lengths, relative, values
from factcheck.claims.times.context import Context, Reading
from factcheck.claims.times.grammar import Found, Grammar, Rule
from factcheck.claims.times.lexer import vocabulary

HEADS = (
    "ISO", "SLASHED", "FRACTION", "CLOCK", "DECADE", "AMPM", "QUARTERNAME", "YEAR", "MONTH", "DAYNAME",
    "UNIT", "DAYPART", "NOON", "SEASON", "WEEKDAYS", "DECADEWORD", "FREQUENCY", "HEAD", "HOURS", "ZONE",
)  # fmt: skip


def _phrases(table: str) -> str:
    """Write the keys of a vocabulary table as alternatives, longest first."""
    keys = sorted(vocabulary()[table], key=lambda k: (-len(k.split()), k))
    return " | ".join(key.replace("'s", " 's").replace("' ", " ' ") for key in keys)


_NTH = "( NTH | ( TENS -? )? ORDINAL )"
_DAY = "( DAY | NTH | ( TENS -? )? ORDINAL !- !quarter !half )"
_YEAR = "y=( YEAR | SHORTYEAR )"
_SPELLED = "spelled=( ( nineteen | eighteen | seventeen | twenty ) -? TENS -? NUMWORD? )"
_WEEKDAY = "( w=DAYNAME ,? the? )?"
_REL = "rel=( the? ( ( THIS | LAST | NEXT | SAME ) | that same | this LAST | this NEXT ) )"
_YREL = "( ,? of? yrel=( the? ( THIS | LAST | NEXT | SAME ) SAME? ) year )?"
_PART = "( the? ( PART of the? | PART - | very? EARLY ( in | on )? the? -? ) )?"
_WEEK = "the? ( ORDINAL | LAST | final | opening ) ( week | weeks | weekend | days ) of"
_TO = "( - | – | to | through | until | till )"
_CARDINAL = "( NUMBER | ( NUMWORD | a? SCALE ) ( -? ( NUMWORD | SCALE ) ){0,4} )"
_EACH = "( every | each ) ( day | dp=DAYPART | w=WEEKDAY )"
_LASTNIGHT = "( rel=( this | last ) | dw=( yesterday | tomorrow ) ) dp=DAYPART"
_FEW = "few=( a? ( FEW of? | dozens of | hundreds of | thousands of ) | a good many )"
_ZONE = "( ( ZONE | \\( ZONE ) ( standard | daylight | summer )? ZONE? time? \\)? )?"


def _reject(found: Found, context: Context) -> Reading | None:
    """Ages and the like: longer than the duration inside, so that it is not found."""
    del found, context
    return None


_DATES = (
    Rule("ISO", values.read_iso),
    Rule("SLASHED", values.read_iso),
    Rule("FRACTION", values.read_fraction_day),
    Rule("a=DAY / b=DAY / y=YEAR", values.spaced_day),
    Rule(f"{_WEEKDAY} {_PART} m=MONTH -? d={_DAY} ,? -? {_YEAR}", values.read_day),
    Rule(f"{_WEEKDAY} {_PART} m=MONTH d={_DAY} {_YREL}", values.read_day),
    Rule(f"{_WEEKDAY} the? {_PART} d={_DAY} -? of? m=MONTH ,? -? {_YEAR}", values.read_day),
    Rule(f"{_WEEKDAY} the? {_PART} d={_DAY} -? of? m=MONTH {_YREL}", values.read_day),
    Rule(f"the d={_NTH} day of m=MONTH ( ,? of? {_YEAR} | {_YREL} )", values.read_day),
    Rule("w=DAYNAME ,? the d=NTH !WORD !quarter", values.read_weekday_of_month),  # not "the 9th Circuit"
    Rule(f"m=MONTH d={_DAY} {_TO} e={_DAY} ( ,? {_YEAR} )?", values.read_day_range),
    Rule(f"from? the? d={_DAY} {_TO} the? e={_DAY} of? m=MONTH ( ,? {_YEAR} )?", values.read_day_range),
    Rule(f"between m=MONTH d={_DAY} and e={_DAY} ( ,? {_YEAR} )?", values.read_day_range),
    Rule(f"between d={_DAY} and e={_DAY} of? m=MONTH ( ,? {_YEAR} )?", values.read_day_range),
    Rule(
        "the week ( of | beginning | ending | starting ) m=MONTH d=DAY ( ,? y=YEAR )?", relative.read_week_of
    ),
    Rule(f"{_PART} m=MONTH ,? of? {_YEAR}", values.read_month),
    Rule(f"{_PART} m=MONTHNAME {_YREL}", values.read_month),
    Rule(f"{_WEEK} m=MONTHNAME ( ,? {_YEAR} | {_YREL} )", values.read_month),
    Rule(f"{_PART} m=MONTHNAME {_SPELLED}", values.read_month),
    Rule(f"{_PART} {_REL} m=MONTHNAME d=DAY?", values.read_relative_month),
    Rule(f"{_PART} y=YEAR", values.read_year),
    Rule("the year y=YEAR", values.read_year),
    Rule(f"{_PART} fiscal year? {_YEAR}", values.read_year),
    Rule(f"{_PART} y=YEAR fiscal year", values.read_year),
    Rule("y=YEAR ( - | – | / ) z=( YEAR | TWO )", values.read_year_range),
    Rule("from y=YEAR to z=TWO", values.read_year_range),
    Rule(_SPELLED, values.read_year),
    Rule("the year spelled=( two thousand ( and? NUMWORD ( -? NUMWORD )? )? )", values.read_year),
    Rule("( post | pre ) - y=YEAR", values.read_year),
    Rule("dec=DECADE", values.read_decade),
    Rule(f"lead=( the | {_PART.strip('?')} ) the? dec=DECADE", values.read_decade),
    Rule(f"( the | {_PART.strip('?')} ) nineteen? dec=DECADEWORD", values.read_decade),
    Rule(f"{_PART} the? o={_NTH} -? century", values.read_century),
    Rule(
        f"( the | {_REL} )? hol=( {_phrases('holidays')} ) ( ,? of? {_YEAR} | {_YREL} )", values.read_holiday
    ),
)
_SEASONS = (
    Rule(f"{_PART} the? s=SEASON of? {_YEAR}", values.read_season),
    Rule(f"{_PART} the? s=SEASON of? {_SPELLED}", values.read_season),
    Rule(f"{_PART} the? s=SEASON {_YREL}", values.read_season),
    Rule(f"{_PART} {_REL} s=SEASON", values.read_season),
    Rule(
        f"{_PART} the? fiscal? -? o=ORDINAL -? quarter ( of? fiscal? {_YEAR} | {_YREL} )", values.read_quarter
    ),
    Rule(f"{_PART} the? {_YEAR} fiscal? o=ORDINAL -? quarter", values.read_quarter),
    Rule(f"o=QUARTERNAME ( of? {_YEAR} )?", values.read_quarter),
    Rule("the? yrel=( THIS | LAST | NEXT ) year 's fiscal? o=ORDINAL -? quarter", values.read_quarter),
    Rule(
        f"the? o=ORDINAL -? half=half of? ( {_YEAR} | the? yrel=( THIS | LAST | NEXT | SAME )? year )",
        values.read_quarter,
    ),
    Rule(
        "the? ( comparable | corresponding )? year - ( ago | earlier ) o=ORDINAL? -? ( quarter | period )?",
        relative.read_year_ago,
    ),
    Rule(
        "the ( comparable | corresponding | same ) ( quarter | period ) "
        "( of? last year | a year ( ago | earlier ) )",
        relative.read_year_ago,
    ),
    Rule("the quarter a year ( ago | earlier )", relative.read_year_ago),
    Rule("the latest fiscal? ( quarter | period )", relative.read_latest_quarter),
    Rule("the y=YEAR ( quarter | period )", relative.read_year_of_quarter),
)
_RELATIVE = (
    Rule(f"{_PART} rel=( THIS | LAST | NEXT )? w=WEEKDAY dp=DAYPART?", relative.read_weekday),
    Rule(f"{_PART} {_REL} w=WEEKDAY dp=DAYPART?", relative.read_weekday),
    Rule(f"{_REL} u=season", relative.read_relative_unit),
    Rule(f"{_PART} {_REL} fiscal? u=( CALENDAR | day )", relative.read_relative_unit),
    Rule("EARLY in the u=( day | week )", relative.read_the_unit),
    Rule("the u=( day | week | month | year ) bound=( before | after | earlier )", relative.read_unit_beside),
    Rule(
        f"{_PART} the ( full | whole | entire | fiscal )? u=( year | quarter | week | month | weekend )",
        relative.read_the_unit,
    ),
    Rule("u=year ( 's )? -? end", relative.read_the_unit),
    Rule(f"{_PART} dw=( today | yesterday | tomorrow | tonight ) dp=DAYPART?", relative.read_dateword),
    Rule("( mid -? | late | early )? dp=DAYPART dw=yesterday", relative.read_dateword),
    Rule("mid -? dp=( morning | afternoon )", relative.read_daypart),
    Rule(
        "( ( pre - | before | at | by | until | after | crack of | since ) dp=DAWN )", relative.read_daypart
    ),
    Rule("dw=overnight", relative.read_dateword),
    Rule("the day beside=( before | after ) dw=( yesterday | tomorrow )", relative.read_dateword),
    Rule(f"( late | early | later | earlier )? {_REL} dp=DAYPART", relative.read_daypart),
    Rule(f"ref=( {_phrases('references')} )", relative.read_reference),
    Rule("( every | each ) w=WEEKDAY dp=DAYPART?", relative.read_weekday_set),
    Rule("w=WEEKDAYS", relative.read_weekday_set),
    Rule("( every | each ) m=MONTHNAME", relative.read_month_set),
    Rule("( every | each ) dp=DAYPART", relative.read_daypart_set),
)
_HOUR = ("h=HOUR ampm=AMPM", "clock=CLOCK ampm=AMPM?", "noon=NOON")
_OF_DAY = "( ( in the | at ) dp=DAYPART | ampm=AMPM )"
_SPOKEN_HOUR = f"( h=( HOUR | NUMWORD ) ( o ' clock )? {_OF_DAY}? | noon=NOON )"
_CLOCKS = (
    Rule("every second", _reject),  # "every second house"
    Rule(f"h=NUMWORD o ' clock {_OF_DAY}?", lengths.read_clock),
    Rule(
        f"( a? part=( half | quarter ) | minutes=NUMWORD minutes? ) past {_SPOKEN_HOUR}", lengths.read_clock
    ),
    Rule(f"( a? part=quarter | minutes=NUMWORD minutes ) turn=to {_SPOKEN_HOUR}", lengths.read_clock),
    # "Ten to eight" with nothing beside it may be a range or a result.
    Rule(f"minutes=NUMWORD turn=to h=NUMWORD o ' clock {_OF_DAY}?", lengths.read_clock),
    Rule(f"minutes=NUMWORD turn=to h=( HOUR | NUMWORD ) {_OF_DAY}", lengths.read_clock),
    *(
        Rule(f"{clock} {_ZONE} {tail}", lengths.read_clock)
        for clock in (
            *_HOUR, "military=MILITARY HOURS", "military=MILITARY ZONE",
            "at military=MILITARY \\( MILITARY ZONE \\)", "at impossible=NBIG HOURS", "h=HOUR o ' clock",
            "h=HOUR in the dp=DAYPART",
        )
        for tail in (
            "( ,? dw=( today | yesterday | tomorrow | tonight ) )?",
            "( ,? w=WEEKDAY )? ( ,? m=MONTH d=DAY ( ,? y=YEAR )? )?",
        )
    ),
    *(
        Rule(f"{clock} {_ZONE} ,? {_LASTNIGHT}", lengths.read_clock)
        for clock in _HOUR[:2]
    ),
    *(
        Rule(f"{clock} {_ZONE} ,? ( {_EACH} | on? days=WEEKDAYS )", lengths.read_clock_set)
        for clock in _HOUR
    ),
    *(Rule(f"{_EACH} ,? at? {clock}", lengths.read_clock_set) for clock in _HOUR),
)  # fmt: skip
_DURATIONS = (
    Rule(f"{_CARDINAL} -? UNIT -? old", _reject),
    Rule("( NUMBER | NUMWORD ) -? ( quarter | quarters )", _reject),
    Rule("( his | her | their | my | our | your ) EARLY? -? ( DECADE | DECADEWORD )", _reject),
    Rule("early hours", _reject),
    Rule("( a | one | few ) ( second | quarter )", _reject),
    Rule(
        f"the? ( RECENT | first | LAST | NEXT | THIS ){{0,1}} n={_CARDINAL} WORKING? -? u=UNIT ( -? long )?",
        lengths.read_duration,
    ),
    Rule(
        f"the? ( RECENT | first | LAST | NEXT | THIS ){{0,1}} {_FEW} WORKING? -? u=UNIT",
        lengths.read_duration,
    ),
    Rule(
        "article=( a | an | one ) ( full | whole | further | additional | extra )? -? u=PLAIN",
        lengths.read_duration,
    ),
    Rule("article=( a | an | one ) u=PLAIN plushalf=( and a? half )", lengths.read_duration),
    Rule(f"n={_CARDINAL} plushalf=( and a half ) u=UNIT", lengths.read_duration),
    Rule("n=NUMBER fraction=FRACTION -? u=UNIT", lengths.read_duration),
    Rule("part=half ( a | an | - )? u=PLAIN", lengths.read_duration),
    Rule("a? part=quarter of ( a | an ) u=PLAIN", lengths.read_duration),
    Rule("three -? part=quarters of ( a | an ) u=PLAIN", lengths.read_duration),
    Rule(
        f"the? ( next | last | past )? n={_CARDINAL} ( to | or | - | – ) n2={_CARDINAL} -? u=UNIT",
        lengths.read_duration_range,
    ),
    Rule("( in | within )? the? RECENT? u=LENGTHS ( or LENGTHS )?", lengths.read_duration),
    Rule("u=LENGTHS - long", lengths.read_duration),
    Rule("article=PLAIN - u=long", _reject),
    Rule(
        f"( article=( a | an | one ) | n={_CARDINAL} | {_FEW} ) u=UNIT ( or so | or more )? bound=BOUND",
        lengths.read_ago,
    ),
    Rule("u=LENGTHS bound=BOUND", lengths.read_ago),
    Rule(f"( every | each ) n={_CARDINAL}? u=UNIT", lengths.read_set),
    Rule("frequency=FREQUENCY", lengths.read_set),
)


@cache
def grammar() -> Grammar[Reading | None]:
    """Compile the table, once."""
    return Grammar((*_DATES, *_SEASONS, *_RELATIVE, *_CLOCKS, *_DURATIONS), HEADS)
