"""Arrange a report for the HTML page: the parts of it, and the names by which one place finds another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from factcheck.model import Claim, DraftCheck, Fact, Kind, Pair, Place, Report, ReportDocument
from factcheck.report.conflicts import conflicts, doubts
from factcheck.report.html.marks import Paragraph, paragraphs
from factcheck.report.html.standing import STANDINGS, TONES, Standing, standings
from factcheck.report.matrix import Row, matrices
from factcheck.report.overview import agreements, copies, draft_problems, miscalculations, silences
from factcheck.report.references import References, claim_words, is_statement, quoted
from factcheck.report.summary import summarise, worth_a_look
from factcheck.report.text import excerpt, sentence, shorten, visible

KINDS: tuple[Kind, ...] = get_args(Kind)
# How much of a passage's paragraph stands around its quote, in code points.
CONTEXT = 360
TITLE, NAME = 90, 24


@dataclass(frozen=True, slots=True)
class Passage:
    """A claim's quote, its value, and what stands around the quote in the article."""

    context_before: str
    before: str
    value: str
    after: str
    context_after: str


class View:
    """Everything the template asks for; the figures and words are those of the other formats."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.references = References(report)
        self.counts = summarise(report)
        self.conflicts = conflicts(report, self.references)
        self.likely, self.undecided = doubts(report, self.references)
        self.matrices = matrices(report, self.references)
        self.sums = miscalculations(report)
        self.silences = silences(report, self.references)
        self.copies = copies(report, self.references)
        self.standing = standings(report, self.conflicts, self.likely, self.undecided)
        self._agreements = agreements(report)
        self._numbers = {document.id: number for number, document in enumerate(report.documents)}
        stories = dict.fromkeys(document.story for document in report.documents)
        self._stories = {story: number for number, story in enumerate(stories)}
        self._claims: dict[str, list[Claim]] = {document.id: [] for document in report.documents}
        for claim in report.claims:
            self._claims[claim.document].append(claim)

    # ------------------------------------------------------------ places
    def number(self, document: ReportDocument) -> int:
        """Return the number of a document, counted from 0; its article has the id ``d`` and this."""
        return self._numbers[document.id]

    def place_number(self, place: Place) -> int:
        """Return the number of the document a finding stands in."""
        return self._numbers[place.document]

    def target(self, claim: Claim) -> str:
        """Return the id of the segment at which a claim's value begins."""
        return f"c{self._numbers[claim.document]}-{claim.anchor.start}"

    def letter(self, claim: Claim) -> str:
        """Return the letter of the document a claim is from."""
        return self.references.letters[claim.document]

    def story_of(self, document: ReportDocument) -> int:
        """Return the number of a document's story, counted from 0."""
        return self._stories[document.story]

    def stories(self) -> list[str]:
        """Name the stories, each after its first source."""
        first: dict[str, ReportDocument] = {}
        for document in sorted(self.report.documents, key=lambda d: d.role != "source"):
            first.setdefault(document.story, document)
        named = ((number, first[story]) for story, number in self._stories.items())
        return [f"Story {n + 1}: {shorten(document.title or document.path, TITLE)}" for n, document in named]

    def name(self, document: ReportDocument) -> str:
        """Name a document in a few words: its publisher, title or path."""
        return shorten(document.publisher or document.title or document.path, NAME)

    # ------------------------------------------------------------ filters
    def tags(self, standing: Standing, claims: Iterable[Claim]) -> dict[str, str]:
        """Return what an entry can be filtered by, as data attributes: numbers of verdict, kinds, places."""
        claims = list(claims)
        told = sorted({self._numbers[claim.document] for claim in claims})
        kinds = sorted({KINDS.index(claim.kind) for claim in claims})
        stories = sorted({self.story_of(self.report.documents[number]) for number in told})
        return {
            "v": str(STANDINGS.index(standing)),
            "k": " ".join(map(str, kinds)),
            "s": " ".join(map(str, stories)),
            "d": " ".join(map(str, told)),
        }

    def standings(self) -> list[tuple[int, Standing]]:
        """Return the verdicts there are in this report, with their numbers."""
        there = set(self.standing.values())
        return [(number, standing) for number, standing in enumerate(STANDINGS) if standing in there]

    def kinds(self) -> list[tuple[int, Kind]]:
        """Return the kinds of claims there are in this report, with their numbers."""
        there = {claim.kind for claim in self.report.claims}
        return [(number, kind) for number, kind in enumerate(KINDS) if kind in there]

    # ------------------------------------------------------------ entries
    def claims_of(self, names: Iterable[str]) -> tuple[Claim, ...]:
        """Return claims by id, in the order of the documents, then of the text."""
        return self.references.claims_of(names)

    def first(self, fact: Fact) -> Claim:
        """Return the claim that names a fact: the first that tells it."""
        return self.claims_of(fact.claims)[0]

    def rows(self) -> int:
        """Return the number of facts in all matrices."""
        return sum(len(matrix.rows) for matrix in self.matrices)

    def passage(self, claim: Claim) -> Passage:
        """Return a claim's quote with the words around it, as far as the article's text is at hand."""
        text = self.report.texts.get(claim.document, "")
        start, end = text.rfind("\n\n", 0, claim.start) + 1, text.find("\n\n", claim.end)
        paragraph = text[start : end if end >= 0 else len(text)]
        length = claim.end - claim.start
        before, _, after = excerpt(paragraph, claim.start - start, claim.end - start, length + CONTEXT)
        return Passage(before, *quoted(claim), after)

    def cells(self, row: Row, columns: Sequence[str]) -> Iterator[tuple[str, Claim | None]]:
        """Yield the cells of a matrix row: what the document says, and the first claim that says so."""
        claims = self.claims_of(row.fact.claims)
        first = {claim.document: claim for claim in reversed(claims)}
        return zip(row.cells, map(first.get, columns), strict=True)

    def agreements(self) -> dict[int, list[Fact]]:
        """Return what documents agree on by the number of independent tellings, the most first."""
        grouped: dict[int, list[Fact]] = {}
        for fact in self._agreements:
            grouped.setdefault(fact.origins, []).append(fact)
        return grouped

    def problems(self) -> list[DraftCheck]:
        """Return what is wrong with the draft, the gravest first."""
        return draft_problems(self.report, self.references)

    def supported(self) -> list[DraftCheck]:
        """Return the claims of the draft that the sources support."""
        return [check for check in self.report.draft or () if check.verdict == "supported"]

    # ------------------------------------------------------------ articles
    def legend(self) -> list[tuple[str, str]]:
        """Say which verdicts each tone of a mark stands for, of those there are in this report."""
        told: dict[str, list[str]] = {}
        for _, standing in self.standings():
            told.setdefault(TONES[standing], []).append(standing)
        return [(tone, ", ".join(words)) for tone, words in told.items()]

    def claims_in(self, document: ReportDocument) -> list[Claim]:
        """Return the claims of one document."""
        return self._claims[document.id]

    def paragraphs(self, document: ReportDocument) -> Iterator[Paragraph]:
        """Return a document's text with its claims marked."""
        text = self.report.texts.get(document.id, "")
        return paragraphs(text, self._claims[document.id], self.standing)

    def data(self) -> dict[str, Any]:
        """Return what the script needs to show a claim with its partners; every text in it is visible.

        A claim is its document's number, the offsets of quote and value, the numbers of kind and verdict,
        its value in words, what else is said of it, and which documents are silent; a pair is the numbers
        of two claims, a relation and a reason.
        """
        claims = [claim for document in self.report.documents for claim in self._claims[document.id]]
        numbers = {claim.id: number for number, claim in enumerate(claims)}
        silent = {name: fact.missing_from for fact in self.report.facts for name in fact.claims}
        return {
            "documents": [
                [self.references.letters[d.id], visible(d.publisher or ""), visible(d.path), self.story_of(d)]
                for d in self.report.documents
            ],
            "kinds": KINDS,
            "standings": STANDINGS,
            "claims": [self._record(claim, silent.get(claim.id, ())) for claim in claims],
            "pairs": [
                [numbers[pair.left], numbers[pair.right], _relation(pair), visible(sentence(pair.reason))]
                for pair in self.report.pairs
            ],
        }

    def _record(self, claim: Claim, silent: Iterable[str]) -> list[Any]:
        return [
            self._numbers[claim.document],
            claim.start,
            claim.end,
            claim.anchor.start,
            claim.anchor.end,
            KINDS.index(claim.kind),
            STANDINGS.index(self.standing[claim.id]),
            "" if is_statement(claim) else visible(claim_words(claim)),
            _manner(claim),
            ", ".join(self.references.letters_of(silent)),
        ]


def _relation(pair: Pair) -> str:
    return "worth a look" if worth_a_look(pair) else pair.relation


def _manner(claim: Claim) -> str:
    """Say whose word a claim is, and how it is meant, where it is not the article's plain statement."""
    said = f"according to {shorten(claim.speaker, TITLE)}" if claim.speaker else ""
    meant = "" if claim.modality == "asserted" else claim.modality
    return ", ".join(part for part in (said, meant) if part)
