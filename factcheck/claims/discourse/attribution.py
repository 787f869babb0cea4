"""Find who is said to have said, thought or wanted what: source, cue and content of each attribution."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from factcheck.claims.discourse.quotation import Quotation, find_quotations
from factcheck.claims.discourse.reporting import Cue, find_cues, is_speaker_line, source_phrase
from factcheck.claims.parse import Sentence
from factcheck.model import Frozen, Span

_AROUND = 16  # cues looked at on either side of a quotation
_LONGEST = 500  # tokens; what is longer is a table or a list, and its parse is no evidence
_TRIMMED = frozenset(",;:.-–— \n\t\xa0")


class Attribution(Frozen, frozen=True, kw_only=True):
    """Content that a text ascribes to a source.

    Offsets are into the document. ``sentence`` is the index of the sentence with the cue; ``source`` is the
    name or noun phrase of the speaker without article and apposition, and None, like its offsets, where the
    text names nobody ("is expected to"). ``contents`` are in order and may lie in other sentences.
    """

    sentence: int
    cue_start: int
    cue_end: int
    contents: tuple[Span, ...]
    source: str | None = None
    source_start: int | None = None
    source_end: int | None = None


def find_attributions(sentences: Sequence[Sentence]) -> list[Attribution]:
    """Return the attributions of one document, given all its sentences in order.

    What a quoted speaker ascribes to others is left inside the quotation. Sentences of more than 500 tokens
    are passed over.
    """
    quotations = find_quotations(sentences)
    inside = _Inside(quotations)
    drafts = [
        _Draft(index, sentence, cue)
        for index, sentence in enumerate(sentences)
        if len(sentence.tokens) <= _LONGEST
        for cue in find_cues(sentence)
        if sentence.tokens[cue.first].start not in inside
    ]
    _Attachment(sentences, drafts).attach(quotations)
    _announce(sentences, drafts)
    return [d.finish() for d in drafts if d.contents]


def _announce(sentences: Sequence[Sentence], drafts: Iterable[_Draft]) -> None:
    """Give a cue before a colon the sentence after it, where it has no content yet, or a whole turn."""
    for draft in drafts:
        if draft.sentence.tokens[draft.cue.first].text == ":" and is_speaker_line(draft.sentence):
            end = _end_of_turn(sentences, draft.index)
            span = _trimmed(draft.sentence.document_text, draft.end, end)
            draft.contents = [span] if span else []
            continue
        following = sentences[draft.index + 1] if draft.index + 1 < len(sentences) else draft.sentence
        ends = draft.sentence.tokens[-1].text == ":" and following.block == draft.sentence.block
        if ends and draft.cue.quotes and not draft.contents and following is not draft.sentence:
            span = _trimmed(following.document_text, following.start, following.end)
            draft.contents.extend([span] if span else [])


def _end_of_turn(sentences: Sequence[Sentence], index: int) -> int:
    """The offset at which a turn of a transcript ends: with its paragraph, or before the next speaker."""
    block, last = sentences[index].block, index
    while last + 1 < len(sentences) and sentences[last + 1].block == block:
        if is_speaker_line(sentences[last + 1]):
            break
        last += 1
    return sentences[last].end


class _Inside:
    """Membership of offsets in quotations."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.starts = [q.start for q in quotations]
        self.ends = [q.end for q in quotations]

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self.starts, offset) - 1
        return at >= 0 and offset < self.ends[at]


class _Draft:
    """An attribution in the making: its cue, and the content found for it so far."""

    def __init__(self, index: int, sentence: Sentence, cue: Cue) -> None:
        tokens = sentence.tokens
        self.index = index
        self.sentence = sentence
        self.cue = cue
        self.start = tokens[cue.first].start
        self.end = tokens[cue.last].end
        phrase = source_phrase(sentence, cue)
        self.source = Span(start=tokens[phrase[0]].start, end=tokens[phrase[-1]].end) if phrase else None
        self.reported = _pieces(sentence, cue.contents)  # what the syntax gives, before quotations are added
        self.contents = list(self.reported)

    def finish(self) -> Attribution:
        source = self.source
        return Attribution(
            sentence=self.index,
            cue_start=self.start,
            cue_end=self.end,
            contents=_merge(self.contents, self.sentence.document_text),
            source=None if self.cue.source is None else speaker_name(self.sentence, self.cue.source),
            source_start=source.start if source else None,
            source_end=source.end if source else None,
        )


def speaker_name(sentence: Sentence, head: int) -> str:
    """Return the words of a speaker phrase that name the speaker: its entity, or noun and modifiers."""
    tokens = sentence.tokens
    first = last = head
    if tokens[head].ent:
        while first > 0 and tokens[first - 1].ent == tokens[head].ent:
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].ent == tokens[head].ent:
            last += 1
    else:
        kept = [c for c in tokens[head].children if tokens[c].dep in ("compound", "amod", "nmod", "poss")]
        first = min([head, *kept])
    if tokens[first].pos in ("DET", "ADP") and first < head:
        first += 1
    if tokens[last].tag == "POS" and last > head:
        last -= 1
    return sentence.document_text[tokens[first].start : tokens[last].end]


# ---------------------------------------------------------------- quotations
class _Attachment:
    """Gives each quotation, whole, to the cue whose words it is."""

    def __init__(self, sentences: Sequence[Sentence], drafts: Iterable[_Draft]) -> None:
        self.sentences = sentences
        self.starts = [s.start for s in sentences]
        self.drafts: dict[int, list[_Draft]] = {}
        for draft in drafts:
            self.drafts.setdefault(draft.index, []).append(draft)

    def attach(self, quotations: Sequence[Quotation]) -> None:
        speaking: _Draft | None = None  # who spoke last, and in which paragraph
        block = -2
        for quotation in quotations:
            first, last = self._sentence_at(quotation.start + 2), self._sentence_at(quotation.end - 1)
            near = [d for i in dict.fromkeys((first, last)) for d in self._nearest(i, quotation)]
            owner = _overlapping(quotation, near) or self._introducing(quotation, near, first)
            if owner is None and self._stands_alone(quotation, first, last):
                owner = self._announcing(first) or (speaking if quotation.block - block <= 1 else None)
            if owner is not None:
                owner.contents.append(Span(start=quotation.start, end=quotation.end))
                speaking, block = owner, quotation.block

    def _nearest(self, index: int, quotation: Quotation) -> list[_Draft]:
        """The cues of a sentence around a quotation; the bound keeps endless sentences cheap."""
        drafts = self.drafts.get(index, [])
        at = bisect_right(drafts, quotation.start, key=lambda d: d.start)
        return drafts[max(0, at - _AROUND) : at + _AROUND]

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def _introducing(self, quotation: Quotation, near: Iterable[_Draft], first: int) -> _Draft | None:
        """The nearest cue that may introduce a quotation and needs one, or leads up to this one."""
        able = [d for d in near if d.cue.quotes]
        free = [d for d in able if not d.contents]
        if not free and self._is_utterance(quotation, first):
            free = able
        return min(free, key=lambda d: _distance(d, quotation), default=None)

    def _is_utterance(self, quotation: Quotation, first: int) -> bool:
        """Say whether a comma or colon before a quotation marks it as speech, not as quoted words."""
        before = self._text(self.sentences[first].start, quotation.start).rstrip()
        return before.endswith((",", ":"))

    def _stands_alone(self, quotation: Quotation, first: int, last: int) -> bool:
        """Say whether a quotation fills its sentences: quoted words inside a sentence are no utterance."""
        before = self._text(self.sentences[first].start, quotation.start)
        after = self._text(quotation.end, self.sentences[last].end)
        return not any(c.isalnum() for c in before + after)

    def _announcing(self, first: int) -> _Draft | None:
        """The cue of the sentence before that still waits for its content ("He wrote:")."""
        waiting = [d for d in self.drafts.get(first - 1, ()) if d.cue.quotes and not d.contents]
        return waiting[-1] if waiting else None

    def _text(self, start: int, end: int) -> str:
        return self.sentences[0].document_text[start:end] if start < end else ""


def _overlapping(quotation: Quotation, near: Iterable[_Draft]) -> _Draft | None:
    """The nearest cue whose syntactic content overlaps the quotation."""
    span = Span(start=quotation.start, end=quotation.end)
    owners = [d for d in near if any(c.overlaps(span) for c in d.reported)]
    return min(owners, key=lambda d: _distance(d, quotation), default=None)


def _distance(draft: _Draft, quotation: Quotation) -> int:
    return max(draft.start - quotation.end, quotation.start - draft.end, 0)


# ---------------------------------------------------------------- spans
def _pieces(sentence: Sentence, indices: Sequence[int]) -> list[Span]:
    """The runs of neighbouring tokens as spans, without the punctuation at their edges."""
    tokens, spans = sentence.tokens, []
    run: list[int] = []
    for i in [*indices, None]:
        if run and (i is None or i != run[-1] + 1):
            span = _trimmed(sentence.document_text, tokens[run[0]].start, tokens[run[-1]].end)
            if span is not None:
                spans.append(span)
            run = []
        if i is not None:
            run.append(i)
    return spans


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _TRIMMED:
        start += 1
    while start < end and text[end - 1] in _TRIMMED:
        end -= 1
    return Span(start=start, end=end) if start < end else None


def _merge(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Order the spans and join those that overlap or have only space between them."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if merged and (span.start <= merged[-1].end or text[merged[-1].end : span.start].isspace()):
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
