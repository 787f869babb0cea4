"""Ask a cross-encoder whether one statement entails or contradicts another.

Beside ``alignment/embedding.py`` the only module that knows sentence-transformers and torch. The shipped head
is ``head/weights.npz``: all weights of the encoder that training changed, its matrices in 8 bits; the words'
embeddings come from the packaged MiniLM.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from factcheck.alignment.embedding import batches
from factcheck.cache import Cache, cache_key
from factcheck.errors import ModelError
from factcheck.models import HEAD, HEAD_BASE, head_weights, identity, locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sentence_transformers import CrossEncoder

Matrix = NDArray[np.float32]

# The columns of every result, and what models call them.
AGREE, CONTRADICT, NEITHER = range(3)
LABELS = {
    "agree": ("agree", "agreement", "entailment", "entail", "entails"),
    "contradict": ("contradict", "contradiction", "contradicts"),
    "neither": ("neither", "neutral"),
}
# Word pieces of a pair that are read; of longer ones the longer side is cut.
LONGEST = 256
# Pairs that any entailment model must get right: one that fails has its labels in another order, or is none.
KNOWN = (
    ("The ferry carried forty passengers to the island.", "The ferry carried passengers.", AGREE),
    ("The bridge was closed to all traffic.", "The bridge was not closed to all traffic.", CONTRADICT),
)
# A probability is kept to so many decimals: the size of a batch changes the last bits of its rows, and no
# result should depend on which other pairs are asked.
DECIMALS = 4


class Entailment:
    """A cross-encoder that is loaded when the first pair needs it."""

    def __init__(
        self, name: str, store: Cache, progress: Callable[[str, int, int], None] = lambda *_: None
    ) -> None:
        self._name = name
        self._store = store
        self._progress = progress
        self._identity = ""
        self._model: CrossEncoder | None = None
        self._columns: list[int] = []

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return for each (premise, hypothesis) how probable agreement, contradiction and neither are.

        The shape is (pairs, 3), the columns are AGREE, CONTRADICT and NEITHER; a row sums to 1 up to
        rounding. Agreement is directed: the premise entails the hypothesis.

        Raises:
            ModelError: if the model cannot be loaded or is no entailment model.
        """
        known = {pair: self._stored(pair) for pair in dict.fromkeys(pairs)}
        asked = sorted(pair for pair, row in known.items() if row is None)
        done = 0
        for batch in batches([" ".join(pair) for pair in asked]):
            self._progress("relating statements", done, len(asked))
            found = self._predict([asked[i] for i in batch])
            for i, row in zip(batch, found, strict=True):
                known[asked[i]] = row
                self._store.put("entailment", self._key(asked[i]), row.astype("<f4").tobytes())
            done += len(batch)
        rows = [known[pair] for pair in pairs]
        return np.array(rows, dtype=np.float32).reshape(len(pairs), len(LABELS))

    def _predict(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        if self._model is None:
            self._model, self._columns = load(self._name)
        return predict(self._model, pairs)[:, self._columns].round(DECIMALS)

    def _stored(self, pair: tuple[str, str]) -> Matrix | None:
        return _decode(self._store.get("entailment", self._key(pair)))

    def _key(self, pair: tuple[str, str]) -> str:
        self._identity = self._identity or identity(self._name)
        return cache_key(self._identity, *pair)


def load(name: str) -> tuple[CrossEncoder, list[int]]:
    """Load the shipped head, or a cross-encoder by package, folder or name; nothing is fetched.

    Return it with the positions of agree, contradict and neither among its outputs.

    Raises:
        ModelError: if it is not on this machine, is no entailment model, or fails a pair everybody knows.
    """
    try:
        model = _shipped() if name == HEAD else _cross_encoder(str(locate(name) or name))
    except Exception as problem:
        reason = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        raise ModelError(
            f"entailment model {name!r} cannot be loaded ({reason}). Give the name or folder of a "
            "sentence-transformers cross-encoder that is on this machine (hf download NAME), "
            "or leave the option out for the one that is shipped."
        ) from problem
    columns = label_columns(model.config.id2label, name)
    for premise, hypothesis, expected in KNOWN:
        row = predict(model, [(premise, hypothesis)])[0, columns]
        if int(row.argmax()) != expected:
            told = ", ".join(f"{label} {p:.2f}" for label, p in zip(LABELS, row, strict=True))
            raise ModelError(
                f"entailment model {name!r} does not know that {premise!r} and {hypothesis!r} "
                f"{list(LABELS)[expected]} ({told}): it is no entailment model, or its labels are mixed up."
            )
    return model, columns


def label_columns(labels: Mapping[int, str], name: str) -> list[int]:
    """Return the positions of agree, contradict and neither among a model's labels.

    Raises:
        ModelError: if its labels are others than these three.
    """
    told = {str(label).casefold(): int(position) for position, label in labels.items()}
    columns = [next((told[w] for w in words if w in told), -1) for words in LABELS.values()]
    if len(told) != len(LABELS) or -1 in columns:
        raise ModelError(
            f"entailment model {name!r} has the labels {', '.join(map(str, labels.values()))}; "
            "needed are entailment, contradiction and neutral."
        )
    return columns


def predict(model: CrossEncoder, pairs: Sequence[tuple[str, str]]) -> Matrix:
    """Return the probabilities of pairs in one batch, with columns in the order of the model's labels."""
    from torch.nn import Identity

    found = model.predict(
        list(pairs),
        batch_size=len(pairs),
        activation_fn=Identity(),
        apply_softmax=True,
        show_progress_bar=False,
    )
    return np.asarray(found, dtype=np.float32)


def _cross_encoder(path: str, **told: Any) -> CrossEncoder:
    from sentence_transformers import CrossEncoder

    with _silence():
        return CrossEncoder(path, max_length=LONGEST, device="cpu", local_files_only=True, **told)


def _shipped() -> CrossEncoder:
    """Put the shipped weights into the packaged encoder."""
    import torch

    labels = dict(enumerate(LABELS))
    settings = {"id2label": labels, "label2id": {label: i for i, label in labels.items()}}
    model = _cross_encoder(str(locate(HEAD_BASE)), num_labels=len(LABELS), config_kwargs=settings)
    weights = {name: torch.from_numpy(values) for name, values in unpacked(head_weights()).items()}
    missing, unexpected = model.model.load_state_dict(weights, strict=False)
    frozen = ("word_embeddings.weight", "position_embeddings.weight", "position_ids", "token_type_ids")
    if unexpected or any(not name.endswith(frozen) for name in missing):
        raise ModelError(f"{HEAD_BASE} is not the encoder that the head was trained on")
    return model


def unpacked(path: Path) -> dict[str, Matrix]:
    """Read weights as float32: matrices are 8-bit integers with a scale a row, vectors are as they are."""
    with np.load(path, allow_pickle=False) as stored:
        return {
            name: stored[name].astype(np.float32) * (stored[f"{name}.scale"] if stored[name].ndim > 1 else 1)
            for name in stored.files
            if not name.endswith(".scale")
        }


@contextmanager
def _silence() -> Iterator[None]:
    """Keep both libraries from telling on standard error what they load, and that the classifier is new."""
    from transformers.utils.logging import disable_progress_bar

    quiet: Callable[[], None] = disable_progress_bar
    quiet()
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)


def _decode(raw: bytes | None) -> Matrix | None:
    if raw is None or len(raw) != 4 * len(LABELS):
        return None
    row: Matrix = np.frombuffer(raw, dtype="<f4").astype(np.float32)
    return row if bool(np.isfinite(row).all()) and row.min() >= 0 and abs(row.sum() - 1) < 0.01 else None
