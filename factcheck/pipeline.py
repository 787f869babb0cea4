"""One run: read, extract, align, judge, report."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, TypeVar

import msgspec

from factcheck.alignment.embedding import Encoder
from factcheck.alignment.gate import load_gate
from factcheck.alignment.names import house_keys
from factcheck.alignment.pairing import Aligner, Alignment, Sources, Text, align
from factcheck.cache import Cache, cache_key
from factcheck.changes import Changes
from factcheck.claims.extraction import as_claim, extract, find_mentions
from factcheck.claims.parse import load
from factcheck.config import Config, code_fingerprint
from factcheck.errors import FactcheckError, UsageError
from factcheck.model import (
    Claim,
    Document,
    Extraction,
    Frozen,
    Mention,
    Report,
    ReportDocument,
    Skipped,
    Span,
)
from factcheck.models import identity
from factcheck.report.text import visible
from factcheck.sources import read
from factcheck.sources.limits import Limits
from factcheck.sources.paths import real_files
from factcheck.verdicts.bars import floor
from factcheck.verdicts.draft import check_draft
from factcheck.verdicts.entailment import Entailment, Matrix
from factcheck.verdicts.facts import gather
from factcheck.verdicts.judgement import judge
from factcheck.verdicts.parties import NameKeys
from factcheck.verdicts.relation import (
    LIKE,
    NONE,
    Values,
    both_ways,
    common_word,
    compare_values,
    may_be_compared,
    may_be_named_alike,
    named_alike,
    relate,
    stance,
    written_alike,
)
from factcheck.verdicts.rules.base import Evidence
from factcheck.verdicts.settling import settle

if TYPE_CHECKING:
    from spacy.language import Language

UNCHANGED = "has not changed since the revision asked for"
DRAFTED = "is checked as a draft, so it is no source"
# Called with the stage, how many documents of it are done, and how many there are.
Progress = Callable[[str, int, int], None]

Found = TypeVar("Found")


class Engine:
    """The models and the cache of a run; each model is loaded when the first document needs it."""

    def __init__(self, config: Config, progress: Progress = lambda *_: None) -> None:
        self.config = config
        self.progress = progress
        self.cache = Cache.default(config.cache_dir) if config.use_cache else Cache(None)
        self.encoder = Encoder(config.embedding_model, self.cache)
        self.entailment = Entailment(config.entailment_model, self.cache, progress)
        self._nlp: Language | None = None

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline."""
        if self._nlp is None:
            self._nlp = load(self.config.spacy_model)
        return self._nlp

    def extract(self, document: Document) -> Extraction:
        """Return a document's claims, from the cache where they were found before."""
        key = cache_key(
            identity(self.config.spacy_model), code_fingerprint("factcheck.claims"),
            code_fingerprint("factcheck.sources"), document.id, document.published or "", document.text,
            # The same text may be laid out otherwise: a converted file says itself what is a heading.
            ",".join(f"{block.start}-{block.end}" for block in document.blocks),
        )  # fmt: skip
        stored = self.cache.get("claims", key)
        if stored is not None:
            try:
                return msgspec.msgpack.decode(stored, type=Extraction)
            except msgspec.DecodeError:
                pass
        found = extract(document, self.nlp)
        # A figure that 64 bits do not hold cannot be kept: it is found anew each time.
        with suppress(OverflowError):
            self.cache.put("claims", key, msgspec.msgpack.encode(found))
        return found

    def aligner(self, *, one_story: bool = False) -> Aligner:
        """What claims are aligned by."""
        config = self.config
        return Aligner(load_gate(config.gate), floor(config), house_keys(config.names), one_story)

    def mentions(self, document: Document) -> list[Mention]:
        """Return every quantity and time expression of a document."""
        return find_mentions(document, self.nlp)


def read_articles(
    paths: Sequence[str],
    role: Literal["source", "draft"],
    config: Config,
    *,
    input_format: str | None = None,
    stdin: BinaryIO | None = None,
    taken: Iterable[str] = (),
    drafts: Iterable[str] = (),
    changes: Changes | None = None,
    fetch: bool = False,
    allow_private: bool = False,
) -> Iterator[Document | Skipped]:
    """Read documents as the settings say; with ``changes``, only files that have changed.

    Files of the paths ``drafts`` are left out: a draft that lies among its sources would support itself.

    Raises:
        UsageError: a path names nothing, the format is unknown, or ``-`` comes without format or stream.
    """
    drafted = real_files(drafts)

    def leave_out(path: str) -> str | None:
        if os.path.realpath(path) in drafted:
            return DRAFTED
        unchanged = changes is not None and changes.unchanged(path)
        return UNCHANGED if unchanged else config.passes_over(path)

    return read(
        paths, role=role, input_format=input_format, stdin=stdin, taken=taken, leave_out=leave_out,
        limits=limits_of(config), fetch=fetch, allow_private=allow_private,
    )  # fmt: skip


def nothing_read(noun: str, skipped: Sequence[Skipped]) -> str:
    """Say that no ``noun`` could be read, and why."""
    reasons = [f"{visible(s.path)}: {visible(s.reason)}" for s in skipped]
    return "\n".join([f"no {noun} could be read", *reasons])


def limits_of(config: Config) -> Limits:
    """Return the limits on one input that the settings say."""
    return Limits(
        bytes=config.max_bytes, characters=config.max_characters, expanded_bytes=config.max_expanded_bytes,
        depth=config.max_depth, pages=config.max_pages, entries=config.max_entries,
        memory_bytes=config.max_memory, seconds=config.convert_seconds, fetch_seconds=config.fetch_seconds,
        redirects=config.max_redirects,
    )  # fmt: skip


def check(read: Iterable[Document | Skipped], engine: Engine, *, story: str | None = None) -> Report:
    """Cross-check documents; those whose role is draft are checked against the others.

    With ``story`` they all belong to one story of this name; without it stories are found.
    """
    return report_of(aligned(read, engine, one_story=story is not None), engine.config, story)


class Aligned(NamedTuple):
    """What a run knows before it judges."""

    texts: list[Text]
    skipped: list[Skipped]
    alignment: Alignment
    sources: Sources


def aligned(read: Iterable[Document | Skipped], engine: Engine, *, one_story: bool = False) -> Aligned:
    """Extract and align documents, without judging them."""
    texts, skipped = texts_of(read, engine)
    return Aligned(texts, skipped, *align(texts, engine.aligner(one_story=one_story)))


def texts_of(read: Iterable[Document | Skipped], engine: Engine) -> tuple[list[Text], list[Skipped]]:
    """Extract the claims of documents and encode them."""
    documents, skipped = split(read)
    documents, extractions, failed = read_each(documents, engine.extract, engine.progress)
    texts = []
    for done, (document, extraction) in enumerate(zip(documents, extractions, strict=True)):
        engine.progress("comparing meanings", done, len(extractions))
        texts.append(Text(document, extraction, engine.encoder.vectors(extraction)))
    return texts, skipped + failed


def read_each(
    documents: Sequence[Document], read_one: Callable[[Document], Found], progress: Progress
) -> tuple[list[Document], list[Found], list[Skipped]]:
    """Apply an extraction to each document; one that defeats the rules is skipped and the run goes on."""
    kept: list[Document] = []
    results: list[Found] = []
    failed: list[Skipped] = []
    for done, document in enumerate(documents):
        progress("reading claims", done, len(documents))
        try:
            results.append(read_one(document))
            kept.append(document)
        except FactcheckError:
            raise
        except Exception as problem:
            reason = f"a fault in factcheck kept it from reading this ({type(problem).__name__}: {problem})"
            failed.append(Skipped(path=document.path, stage="extract", reason=reason))
    return kept, results, failed


def claims_of(
    documents: Sequence[Document], engine: Engine, *, mentions: bool
) -> tuple[list[Claim], list[Skipped]]:
    """Return the claims of documents, or with ``mentions`` every quantity and time expression as a claim."""

    def read_one(document: Document) -> Sequence[Claim]:
        if mentions:
            return [as_claim(m, document) for m in engine.mentions(document)]
        return engine.extract(document).claims

    _, found, failed = read_each(documents, read_one, engine.progress)
    return [claim for claims in found for claim in claims], failed


def relate_lines(raw: bytes, engine: Engine) -> Iterator[str]:
    """Answer a JSONL of ``{"id","left","right"}`` line by line, in order.

    Raises:
        UsageError: naming the first line that is not such an object.
    """
    questions = list(_questions(raw))
    compared, strange = [], []
    for done, question in enumerate(questions):
        engine.progress("comparing values", done, len(questions))
        compared.append(values_of(question, engine))
        strange.append(_strangers(question, engine))
    chances = chances_of(questions, compared, engine)
    for question, values, row, strangers in zip(questions, compared, chances, strange, strict=True):
        answer = relate(question.left, question.right, row, values, strangers=strangers)
        told = {"id": question.id, **msgspec.to_builtins(answer)}
        yield msgspec.json.encode(told).decode() + "\n"


def chances_of(questions: Sequence[Question], compared: Sequence[Values], engine: Engine) -> Matrix:
    """Return what the entailment head says of pairs whose values were compared; see ``both_ways``."""
    asked = [_as_asked(q, values, engine) for q, values in zip(questions, compared, strict=True)]
    there = engine.entailment.probabilities([*asked, *(pair[::-1] for pair in asked)])
    return both_ways(there[: len(asked)], there[len(asked) :])


def _as_asked(question: Question, values: Values, engine: Engine) -> tuple[str, str]:
    """Return two statements as the head is to read them: what both tell of in the same words."""
    text = written_alike(question.left, values)
    if not may_be_named_alike(text, question.right):
        return text, question.right
    left, right = (engine.extract(_statement(t)) for t in (question.left, question.right))
    named = named_alike(text, left, right)
    # One of the two is named anew, not both after each other.
    return named, question.right if named != text else named_alike(question.right, right, left)


def _strangers(question: Question, engine: Engine) -> bool:
    """Say whether two statements have neither words nor meaning in common."""
    left, right = question.left, question.right
    return not common_word(left, right) and engine.encoder.likeness(left, right) < LIKE


def values_of(question: Question, engine: Engine) -> Values:
    """Compare the values of two statements; they are parsed, which takes time, only where that can pay."""
    called = stance(question.left, question.right)
    if called is not None:
        return called
    if not may_be_compared(question.left, question.right):
        return NONE
    left, right = (engine.extract(_statement(text)) for text in (question.left, question.right))
    return compare_values(left, right)


def _questions(raw: bytes) -> Iterator[Question]:
    for number, line in enumerate(raw.removeprefix(codecs.BOM_UTF8).splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=Question)
        except msgspec.DecodeError as problem:
            raise UsageError(f'line {number} is not {{"id","left","right"}}: {problem}') from problem


class Question(Frozen, frozen=True, kw_only=True):
    """One line of ``factcheck relate``."""

    id: str | int
    left: str
    right: str


def _statement(text: str) -> Document:
    return Document(id="statement", path="-", text=text, blocks=(Span(start=0, end=len(text)),))


def split(read: Iterable[Document | Skipped]) -> tuple[list[Document], list[Skipped]]:
    """Separate what could be read from what could not; documents are put in the order of their ids."""
    documents: list[Document] = []
    skipped: list[Skipped] = []
    for item in read:
        (documents if isinstance(item, Document) else skipped).append(item)  # type: ignore[arg-type]
    documents.sort(key=lambda d: (d.role, d.path, d.id))
    return documents, skipped


def report_of(run: Aligned, config: Config, story: str | None = None) -> Report:
    """Judge what was aligned and gather the report."""
    documents, alignment = [t.document for t in run.texts], run.alignment
    extractions = [t.extraction for t in run.texts]
    claims = {c.id: c for e in extractions for c in e.claims}
    by_id = {d.id: d for d in documents}
    shown = tuple(_shown(d, alignment, i, story) for i, d in enumerate(documents))
    stories = {d.id: d.story for d in shown}
    ranks = {d.id: config.trust_rank(d.publisher, d.path) for d in documents}
    pairs = judge(alignment.candidates, claims, by_id, stories, config, name_keys(run), ranks)
    sources = [c for c in claims.values() if by_id[c.document].role == "source"]
    told = {c.id for c in sources}
    source_pairs = [p for p in pairs if p.left in told and p.right in told]
    facts = gather(sources, source_pairs, [d for d in shown if d.role == "source"])
    drafts = {d.id for d in documents if d.role == "draft"}
    draft = check_draft(list(claims.values()), drafts, pairs, ranks)
    evidence = Evidence(by_id, claims, pairs, facts, draft, extractions)
    findings, ignored = settle(evidence, config.severities)
    return Report(
        documents=shown, claims=tuple(claims.values()), pairs=tuple(pairs), facts=tuple(facts),
        draft=tuple(draft) if drafts else None, findings=tuple(findings), skipped=tuple(run.skipped),
        models={"parser": identity(config.spacy_model), "encoder": identity(config.embedding_model)},
        config=config.fingerprint(), texts={d.id: d.text for d in documents},
        ignored=tuple(ignored),
    )  # fmt: skip


def name_keys(run: Aligned) -> NameKeys:
    """Return what the names of each document stand for, by its id."""
    return {t.document.id: names for t, names in zip(run.texts, run.alignment.names, strict=True)}


def _shown(document: Document, alignment: Alignment, row: int, story: str | None) -> ReportDocument:
    origin = f"origin-{alignment.origins[row] + 1}"
    return ReportDocument(
        id=document.id, path=document.path, role=document.role, title=document.title,
        published=document.published, publisher=document.publisher,
        story=story or f"story-{alignment.stories[row] + 1}", origin=f"{story}/{origin}" if story else origin,
        url=document.url, author=document.author, places=document.places,
    )  # fmt: skip
