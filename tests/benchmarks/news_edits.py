"""Make labelled sentence pairs by editing news text, to train the entailment head.

The premise is a sentence of an article, sometimes with a neighbour; the hypothesis is one of its claims, as
factcheck finds them, and an edit of it: another figure, another name, a negation, the opposite word, swapped
roles, a plan in place of a deed. The label follows from the edit. An edit is at times made in the premise, or
in both, so that no wording alone gives a label away.
"""

from __future__ import annotations

import io
import os
import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from factcheck.alignment.gazetteer import gazetteer
from factcheck.config import Config
from factcheck.model import Claim, Document, Extraction
from factcheck.pipeline import Engine
from factcheck.sources import read

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("news_edits.toml").read_text("utf-8"))
# Shares of the three labels among the pairs, found by the sort of news text they stand for.
SHARES = {"agree": 0.38, "contradict": 0.40, "neither": 0.22}
Made = tuple[str, str, str]


class Telling(NamedTuple):
    """A claim with the text it stands in.

    ``sentence`` and ``clause`` are as written, blanks folded; ``before`` and ``after`` are the sentences
    around it. ``verb`` is the anchor of a statement, a word of ``clause``, and ``lemma`` its base form.
    """

    story: str
    sentence: str
    before: str
    after: str
    clause: str
    verb: str | None
    lemma: str
    claim: Claim
    names: tuple[str, ...]


# An edit of a clause: the new clause and the label of (old, new), or None where it does not apply.
Edit = Callable[[str, Telling, random.Random], tuple[str, str] | None]


# ---------------------------------------------------------------- reading
def tellings() -> list[Telling]:
    """Extract the claims of the unlabelled articles, one telling a clause, in the order of the file."""
    raw = (Path(os.environ["FACTCHECK_DATA"]) / "corpus_stories.jsonl").read_bytes()
    stories = [re.search(rb'"story": "([^"]*)"', line) for line in raw.splitlines()]
    engine = Engine(Config())
    found: list[Telling] = []
    documents = read(["-"], input_format="jsonl", stdin=io.BytesIO(raw))
    for number, document in enumerate(documents):
        if isinstance(document, Document):
            story = stories[number]
            found.extend(_of_article(document, engine.extract(document), story[1].decode() if story else ""))
    return found


def _of_article(document: Document, extraction: Extraction, story: str) -> Iterator[Telling]:
    sentences = [_fold(document.text[s.start : s.end]) for s in extraction.sentences]
    spans = extraction.sentences
    seen: set[tuple[str, str]] = set()
    for claim in extraction.claims:
        row = next((i for i, s in enumerate(spans) if s.start <= claim.start < s.end), None)
        clause = _plain(_fold(claim.quote))
        if row is None or (clause, claim.anchor.text) in seen or not 4 <= len(clause.split()) <= 34:
            continue
        seen.add((clause, claim.anchor.text))
        verb = claim.anchor.text if claim.kind == "statement" and " " not in claim.anchor.text else None
        lemma = (claim.predicate or "").split(" ")[0]
        before = sentences[row - 1] if row else ""
        after = sentences[row + 1] if row + 1 < len(sentences) else ""
        yield Telling(story, sentences[row], before, after, clause, verb, lemma, claim, spans[row].names)


def _fold(text: str) -> str:
    return " ".join(text.split())


def _plain(clause: str) -> str:
    """Drop quotation marks that open or close only."""
    if clause.count("“") != clause.count("”") or clause.count('"') % 2:
        clause = re.sub(r'[“”"]', "", clause)
    return clause.strip(" ,;:-—")


# ---------------------------------------------------------------- figures
DIGITS = re.compile(r"(?<![\w.,$€£-])(\$|€|£)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w-]|[.,]\d)")
COUNT = re.compile(r"\b(?:" + "|".join(WORDS["numbers"][1:] + WORDS["tens"]) + r")\b")
RANK = re.compile(r"\b(?:" + "|".join(WORDS["ranks"]) + r")\b")
CALENDAR = re.compile(r"\b(?:" + "|".join(WORDS["months"] + WORDS["weekdays"]) + r")\b")
SCALE = re.compile(r"(?<=\d )(?:million|billion|thousand)\b")
LENGTH = re.compile(r"(?<=[\w] )(?:" + "|".join(WORDS["lengths"]) + r")\b")
YEARS_APART = [1, 1, 2, 3, 4, 5, 7, 10, 12, 20, 40, 100]
HEDGES = re.compile(
    r"\b(?:more than|over|at least|about|nearly|almost|some|around|fewer than|less than|up to|under|"
    r"approximately|roughly|another|only|from|between|to|and|or)\s*$"
)


def other_figure(clause: str, _: Telling, chance: random.Random) -> tuple[str, str] | None:
    """Put another figure, date or rank in the place of one."""
    places = [(m, _other_digits) for m in DIGITS.finditer(clause)]
    places += [(m, _other_of("numbers", "tens")) for m in COUNT.finditer(clause)]
    places += [(m, _other_of("ranks")) for m in RANK.finditer(clause)]
    places += [(m, _other_calendar) for m in CALENDAR.finditer(clause)]
    places += [(m, _other_of("scales")) for m in SCALE.finditer(clause)]
    places += [(m, _other_of("lengths")) for m in LENGTH.finditer(clause) if chance.random() < 0.3]
    if not places:
        return None
    match, other = chance.choice(places)
    new = other(match, chance)
    return (_replace(clause, match, new), "contradict") if new and new != match[0] else None


def _other_of(*lists: str) -> Callable[[re.Match[str], random.Random], str]:
    words = [w for name in lists for w in WORDS[name]]

    def other(match: re.Match[str], chance: random.Random) -> str:
        return chance.choice([w for w in words if w != match[0]])

    return other


def _other_calendar(match: re.Match[str], chance: random.Random) -> str:
    words = WORDS["months"] if match[0] in WORDS["months"] else WORDS["weekdays"]
    return chance.choice([w for w in words if w != match[0]])


def _other_digits(match: re.Match[str], chance: random.Random) -> str | None:
    mark, whole, rest = match[1] or "", match[2], match[3] or ""
    number = int(whole.replace(",", ""))
    if _is_year(match):
        return str(
            number + chance.choice([-1, 1]) * chance.choice([1, 1, 2, 3, 4, 5, 7, 10, 12, 20, 40, 100])
        )
    if rest and chance.random() < 0.4:
        return (
            mark
            + whole
            + f".{(int(rest[1:]) + chance.randint(1, 8)) % 10 ** len(rest[1:]):0{len(rest[1:])}d}"
        )
    way = chance.random()
    if way < 0.35:
        new = number + chance.choice([-1, 1]) * chance.randint(1, max(1, min(9, number // 2 + 1)))
    elif way < 0.65:
        new = round(number * chance.choice([0.2, 0.4, 0.5, 0.6, 0.75, 1.3, 1.5, 2, 2.5, 3]))
    else:
        digits = list(str(number))
        spot = chance.randrange(len(digits))
        digits[spot] = chance.choice([d for d in "123456789" if d != digits[spot]])
        new = int("".join(digits))
    if new == number or new < 0:
        return None
    return mark + (f"{new:,}" if "," in whole or new > 9999 else str(new)) + rest


def _is_year(match: re.Match[str]) -> bool:
    return not match[1] and not match[3] and match[2].isdigit() and 1500 <= int(match[2]) <= 2060


def equal_form(clause: str, _: Telling, chance: random.Random) -> tuple[str, str] | None:
    """Write a figure in another way that says the same."""
    options = [text for text in _equal_forms(clause) if text != clause]
    return (chance.choice(options), "agree") if options else None


def _equal_forms(clause: str) -> Iterator[str]:
    numbers = WORDS["numbers"]
    for match in DIGITS.finditer(clause):
        plain = match[2].replace(",", "")
        if not match[1] and not match[3] and 1 <= int(plain) <= 20 and not _after_month(clause, match):
            yield _replace(clause, match, numbers[int(plain) - 1])
        if "," in match[2]:
            yield _replace(clause, match, (match[1] or "") + plain + (match[3] or ""))
        elif len(plain) > 3 and not _is_year(match):
            yield _replace(clause, match, (match[1] or "") + f"{int(plain):,}" + (match[3] or ""))
    for match in COUNT.finditer(clause):
        if match[0] in numbers:
            yield _replace(clause, match, str(numbers.index(match[0]) + 1))
    for scale, zeros in (("million", 6), ("billion", 9), ("thousand", 3)):
        for match in re.finditer(rf"(\d+(?:\.\d+)?) {scale}\b", clause):
            yield _replace(clause, match, f"{round(float(match[1]) * 10**zeros):,}")
    for match in re.finditer(r"(\d+)(?: per ?cent|%)", clause):
        yield _replace(clause, match, f"{match[1]}%" if "%" not in match[0] else f"{match[1]} percent")
    for old, new in (("50 percent", "half"), ("50%", "half"), ("12 people", "a dozen people"),
                     ("25 percent", "a quarter"), ("once", "one time"), ("twice", "two times")):  # fmt: skip
        yield clause.replace(old, new)


def _after_month(clause: str, match: re.Match[str]) -> bool:
    return bool(re.search(r"[A-Z][a-z]+\.? $", clause[: match.start()]))


def bound(clause: str, _: Telling, chance: random.Random) -> tuple[str, str] | None:
    """Give a bound or a rough figure in place of an exact one, kept or broken."""
    places = [m for m in DIGITS.finditer(clause) if not m[3] and not HEDGES.search(clause[: m.start()])]
    places = [m for m in places if not _after_month(clause, m) or _is_year(m)]
    if not places:
        return None
    match = chance.choice(places)
    number = int(match[2].replace(",", ""))
    if _is_year(match):
        return _year_bound(clause, match, number, chance)
    if number < 4:
        return None
    low = _rounded(number * chance.uniform(0.4, 0.96), number)
    high = _rounded(number * chance.uniform(1.05, 2), number)
    if not low < number < high:
        return None
    kept = [("more than", low), ("over", low), ("at least", low), ("at least", number), ("fewer than", high),
            ("less than", high), ("under", high), ("about", number), ("approximately", number),
            ("up to", number)]  # fmt: skip
    broken = [("more than", high), ("over", high), ("at least", high), ("fewer than", low),
              ("less than", low), ("under", low), ("at most", low), ("less than", number),
              ("more than", number)]  # fmt: skip
    words, value = chance.choice([*kept, *broken])
    label = "agree" if (words, value) in kept else "contradict"
    return _replace(clause, match, f"{words} {match[1] or ''}{value:,}"), label


def _rounded(value: float, like: int) -> int:
    step = 10 ** max(0, len(str(like)) - 2)
    return round(value / step) * step


def _year_bound(
    clause: str, match: re.Match[str], year: int, chance: random.Random
) -> tuple[str, str] | None:
    before = clause[: match.start()]
    if not before.lower().endswith(" in "):
        return None
    gap = chance.choice([1, 2, 3, 5, 8, 10, 15])
    decade = year // 10 * 10
    words, value, label = chance.choice([
        ("before", year + gap, "agree"), ("after", year - gap, "agree"), ("prior to", year + gap, "agree"),
        ("in the", f"{decade}s", "agree"), ("in the", f"{decade + gap * 10}s", "contradict"),
        ("before", year - gap, "contradict"), ("after", year + gap, "contradict"),
        ("later than", year + gap, "contradict"),
    ])  # fmt: skip
    return before[:-3] + f"{words} {value}" + clause[match.end() :], label


def _replace(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


# ---------------------------------------------------------------- words
def opposite(clause: str, telling: Telling, chance: random.Random) -> tuple[str, str] | None:
    """Put the opposite in the place of a word; the verb of the claim before others."""
    return _exchange(clause, telling, chance, OPPOSITES, "contradict")


def same_meaning(clause: str, telling: Telling, chance: random.Random) -> tuple[str, str] | None:
    """Put a word of the same meaning in the place of one."""
    return _exchange(clause, telling, chance, ALIKE, "agree")


def _table(pairs: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        for old, new in ((one, other), (other, one)):
            if old not in WORDS["ambiguous"]:
                table[old].append(new)
    return table


OPPOSITES, ALIKE = _table(WORDS["antonyms"]), _table(WORDS["synonyms"])


def _exchange(
    clause: str, telling: Telling, chance: random.Random, table: dict[str, list[str]], label: str
) -> tuple[str, str] | None:
    places = [m for m in re.finditer(r"[A-Za-z]+(?: (?:to|of|than|for))?", clause) if m[0] in table]
    places += [m for m in re.finditer(r"[A-Za-z]+", clause) if m[0] in table]
    if not places:
        return None
    verbs = [m for m in places if m[0] == telling.verb]
    match = chance.choice(verbs or places)
    return _replace(clause, match, chance.choice(table[match[0]])), label


# ---------------------------------------------------------------- polarity and modality
PASSIVE = re.compile(r"\b(?:was|were|has been|have been|had been)$")
NEGATION = re.compile(r"\b(is|are|was|were|has|have|had|would|could|should|did|does|do)(?: not|n[’']t)\b")


def negated(clause: str, telling: Telling, chance: random.Random) -> tuple[str, str] | None:
    """Negate a clause, or take its negation away."""
    if match := NEGATION.search(clause):
        return _replace(clause, match, match[1]), "contradict"
    if re.search(r"\b(?:not|no|never|nobody|none|nor|without|cannot)\b|n[’']t\b", clause):
        return None
    place = _verb(clause, telling)
    if place is None:
        return None
    before = clause[: place.start()].split()
    previous, verb = (before[-1].lower() if before else ""), place[0]
    if verb.lower() in WORDS["helpers"] and telling.lemma == "be":
        return _replace(clause, place, f"{verb} {chance.choice(['not', 'not', 'never'])}"), "contradict"
    if previous in WORDS["helpers"]:
        return _replace(clause, place, f"{chance.choice(['not', 'not', 'never'])} {verb}"), "contradict"
    if not _finite(verb, telling.lemma, previous):
        return None
    helper = "do not" if verb == telling.lemma else "does not" if verb.endswith("s") else "did not"
    options = [f"{helper} {telling.lemma}"] * 4 + [f"never {verb}"]
    options += [f"{words} {telling.lemma}" for words in WORDS["undone"]] if helper == "did not" else []
    return _replace(clause, place, chance.choice(options)), "contradict"


def left_open(clause: str, telling: Telling, chance: random.Random) -> tuple[str, str] | None:
    """Tell as planned, possible or asked for what the clause tells as done."""
    place = _verb(clause, telling)
    if place is None or telling.claim.modality != "asserted" or telling.claim.polarity == "negative":
        return None
    before = clause[: place.start()].split()
    previous = before[-1].lower() if before else ""
    if previous in ("was", "were", "been") and telling.lemma != "be":
        start = clause[: place.start()].rstrip()
        start = re.sub(
            r"\b(?:was|were|has been|have been|had been)$", chance.choice(WORDS["open_passive"]), start
        )
        return f"{start} {clause[place.start() :]}", "neither"
    if (
        previous in WORDS["helpers"]
        or not _finite(place[0], telling.lemma, previous)
        or telling.lemma == "say"
    ):
        return None
    return _replace(clause, place, f"{chance.choice(WORDS['open'])} {telling.lemma}"), "neither"


def _verb(clause: str, telling: Telling) -> re.Match[str] | None:
    if telling.verb is None or not telling.lemma:
        return None
    return re.search(rf"(?<![\w’'-]){re.escape(telling.verb)}(?![\w’'-])", clause)


def _finite(verb: str, lemma: str, previous: str) -> bool:
    return (
        not verb.endswith("ing")
        and previous not in ("to", "and", "or", "not", "be", "been", "")
        and lemma != "be"
    )


# ---------------------------------------------------------------- names and roles
def swapped(clause: str, telling: Telling, _: random.Random) -> tuple[str, str] | None:
    """Let subject and object of a verb change places where both are names."""
    subject, thing = telling.claim.subject or "", telling.claim.object or ""
    if not (subject and thing) or telling.lemma in WORDS["mutual"] or subject in thing or thing in subject:
        return None
    if not (_named(subject) and _named(thing)) or clause.count(subject) != 1 or clause.count(thing) != 1:
        return None
    return clause.replace(subject, "\0").replace(thing, subject).replace("\0", thing), "contradict"


def _named(phrase: str) -> bool:
    words = phrase.split()
    return len(words) <= 6 and any(w[0].isupper() for w in words if w not in ("The", "A", "An"))


class Cast:
    """The names of each story, told apart by sort."""

    def __init__(self, found: Sequence[Telling]) -> None:
        self.people = {
            t.claim.speaker for t in found if t.claim.speaker and len(t.claim.speaker.split()) == 2
        }
        self.of_story: dict[str, list[str]] = defaultdict(list)
        for telling in found:
            known = self.of_story[telling.story]
            known.extend(n for n in telling.names if n not in known and n[0].isupper())

    def other_name(self, clause: str, telling: Telling, chance: random.Random) -> tuple[str, str] | None:
        """Put another name of the same sort and story in the place of one."""
        here = [n for n in self.of_story[telling.story] if re.search(rf"\b{re.escape(n)}\b", clause)]
        if not here:
            return None
        old = max(chance.sample(here, min(2, len(here))), key=len)
        words = {w.strip(".") for w in clause.split()}
        options = [
            n
            for n in self.of_story[telling.story]
            if self.sort(n) == self.sort(old) and not words & set(n.split())
        ]
        return (clause.replace(old, chance.choice(options)), "contradict") if options else None

    def sort(self, name: str) -> str:
        """Tell places, people and the rest apart, roughly."""
        if name.casefold() in gazetteer().keys:
            return "place"
        if name in self.people:
            return "person"
        return "one word" if " " not in name else "several words"


# ---------------------------------------------------------------- apposition
ROLE = (
    r"(?:an?|the) [a-z][^,;:()“”\"]{4,60}"
    r"|(?:chairman|president|director|spokes\w+|chief|head|leader)[^,;:()“”\"]{4,50}"
)
APPOSITION = re.compile(rf"((?:[A-Z][\w.’'-]+ ){{1,3}}[A-Z][\w’'-]+), ({ROLE})[,.]")


def described(telling: Telling) -> tuple[str, str] | None:
    """Return a name and what the sentence says, in apposition, that it is."""
    match = APPOSITION.search(telling.sentence)
    if match is None or re.search(r"\b(?:said|says|who|that|and)\b", match[2]):
        return None
    return match[1], match[2]


# ---------------------------------------------------------------- pairs
EDITS: dict[str, tuple[Edit, int]] = {
    "figure": (other_figure, 8), "equal": (equal_form, 5), "bound": (bound, 5), "opposite": (opposite, 4),
    "alike": (same_meaning, 2), "negated": (negated, 4), "open": (left_open, 3), "swapped": (swapped, 8),
}  # fmt: skip


def edited_pairs(count: int, seed: int, longest: int) -> list[Made]:
    """Return ``count`` triples of premise, hypothesis and label; the labels keep their SHARES.

    ``longest`` is how many words a premise may have.
    """
    chance = random.Random(seed)
    found = tellings()
    made: dict[str, dict[tuple[str, str], None]] = {label: {} for label in SHARES}
    for premise, hypothesis, label in _all_pairs(found, chance):
        if len(premise.split()) <= longest and premise != hypothesis:
            made[label][premise, hypothesis] = None
    out: list[Made] = []
    for label, share in SHARES.items():
        rows = list(made[label])
        print(f"edited, {label}: {len(rows)} made, {round(count * share)} wanted")
        drawn = chance.sample(rows, min(len(rows), round(count * share)))
        out.extend((premise, hypothesis, label) for premise, hypothesis in drawn)
    return out


def _all_pairs(found: Sequence[Telling], chance: random.Random) -> Iterator[Made]:
    cast = Cast(found)
    edits = {**EDITS, "name": (cast.other_name, 5)}
    roles = [r for r in map(described, found) if r]
    for telling in found:
        clause = _named_clause(telling)
        if clause is None:
            continue
        yield from _unedited(telling, clause, chance)
        yield from _by_edits(telling, clause, edits, chance)
        yield from _roles(telling, roles, chance)
        yield from _wrapped(telling, clause, chance)


def _named_clause(telling: Telling) -> str | None:
    """Return the clause with the subject's name in place of a pronoun, or None where nobody knows whose."""
    first, _, rest = telling.clause.partition(" ")
    if first.lower() not in WORDS["pronouns"]:
        return telling.clause
    subject = telling.claim.subject or ""
    if (
        first.lower() in ("he", "she", "it", "they")
        and subject
        and subject in f"{telling.before} {telling.sentence}"
    ):
        return f"{subject} {rest}"
    return None


def _premise(telling: Telling, chance: random.Random) -> str:
    """The sentence of a claim, with its neighbours where they are needed and at times where they are not."""
    needed = (telling.claim.subject or "") not in telling.sentence
    before = telling.before if needed or chance.random() < 0.3 else ""
    after = telling.after if chance.random() < 0.3 else ""
    return " ".join(part for part in (before, telling.sentence, after) if part)


def _whole(clause: str, chance: random.Random) -> str:
    text = clause[:1].upper() + clause[1:]
    return text if text.endswith((".", "!", "?", ".”")) or chance.random() < 0.2 else f"{text}."


def _unedited(telling: Telling, clause: str, chance: random.Random) -> Iterator[Made]:
    whole, premise = _whole(clause, chance), _premise(telling, chance)
    if telling.claim.modality in ("conditional", "questioned"):
        yield premise, whole, "neither"
        return
    if telling.claim.modality == "asserted" and chance.random() < 0.5:
        yield premise, whole, "agree"
    if len(telling.sentence.split()) >= len(clause.split()) + 7 and chance.random() < 0.3:
        yield whole, telling.sentence, "neither"


def _by_edits(
    telling: Telling, clause: str, edits: dict[str, tuple[Edit, int]], chance: random.Random
) -> Iterator[Made]:
    """Make up to two edits of a clause, each in the hypothesis, in the premise or in both."""
    done: dict[str, tuple[str, str]] = {}
    for name, (edit, _) in edits.items():
        if (result := edit(clause, telling, chance)) and result[0] != clause:
            done[name] = result
    if not done or telling.claim.modality in ("conditional", "questioned"):
        return
    for name in dict.fromkeys(chance.choices(list(done), [edits[n][1] for n in done], k=2)):
        new, label = done[name]
        yield from _placed(telling, clause, new, label, chance)


def _placed(telling: Telling, clause: str, new: str, label: str, chance: random.Random) -> Iterator[Made]:
    premise = _premise(telling, chance)
    way = chance.random()
    directed = label == "neither"
    if clause in premise and (directed or way < 0.3):
        changed = premise.replace(clause, new)
        if directed and way < 0.3:
            yield premise, _whole(new, chance), "neither"
        elif label == "contradict" or directed:
            yield changed, _whole(clause, chance), label
        if way < 0.18:
            yield changed, _whole(new, chance), "agree"
        return
    yield premise, _whole(new, chance), label


def _roles(telling: Telling, roles: Sequence[tuple[str, str]], chance: random.Random) -> Iterator[Made]:
    found = described(telling)
    if found is None:
        return
    name, role = found
    yield telling.sentence, f"{name} {chance.choice(['is', 'was'])} {role}.", "agree"
    _, other = chance.choice(roles)
    if not set(other.split()) & {w for w in role.split() if len(w) > 3}:
        yield telling.sentence, f"{name} {chance.choice(['is', 'was'])} {other}.", "contradict"


def _wrapped(telling: Telling, clause: str, chance: random.Random) -> Iterator[Made]:
    """Let somebody confirm, deny or leave open what the clause tells."""
    if telling.claim.modality != "asserted" or len(clause.split()) > 18 or chance.random() > 0.5:
        return
    label = chance.choice(["contradict", "contradict", "neither", "agree"])
    first, _, rest = clause.partition(" ")
    inner = clause if first.lower() not in WORDS["openers"] else f"{first.lower()} {rest}"
    frame = chance.choice(WORDS["frames"][label])
    text = frame.replace("{clause}", inner).replace("{Clause}", _whole(clause, chance).rstrip("."))
    yield _whole(text, chance), _whole(clause, chance), label
