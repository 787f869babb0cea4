"""Train the entailment head on labelled sentence pairs.

    FACTCHECK_DATA=... OMP_WAIT_POLICY=passive python tests/benchmarks/train_entailment.py FOLDER

A cross-encoder on the packaged MiniLM: its word and position embeddings stay as they are, the rest is
trained in bfloat16 where a product allows it, for ``PASSES`` passes over all pairs, shuffled anew for each.
FOLDER keeps the last checkpoint, from which an interrupted training goes on, and in the end
``weights.npz``, every matrix in 8 bits, which the package ships in ``factcheck/verdicts/head``.

Deterministic: a fixed seed, a fixed number of threads; the same machine gives the same weights.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from gold import data_folder
from torch.nn.functional import log_softmax
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from factcheck.models import HEAD_BASE, locate
from factcheck.verdicts.entailment import LABELS

# The label of pairs that only tell that the premise does not entail the hypothesis.
NOT_AGREE = len(LABELS)
SOURCES = ("lingnli", "oie_snli_mnli", "cad", "sick", "rte")
# Pairs of more word pieces are left out: three of a thousand.
LONGEST = 128
SEED = 20261126
THREADS = 2
BATCH_PAIRS = 16
PASSES = 3
PEAK_RATE = 1.2e-4
WARM_UP = 600
DROPOUT = 0.1
CLIP = 1.0
KEEP_EVERY = 400


class Pair(NamedTuple):
    """A labelled pair of texts; ``label`` is a row of LABELS or NOT_AGREE."""

    premise: str
    hypothesis: str
    label: int


class Encoded(NamedTuple):
    """A pair as word pieces, with the number of pieces that belong to the premise."""

    pieces: list[int]
    first: int
    label: int


def labelled_pairs() -> list[Pair]:
    """Return the training pairs, in the order of their file."""
    path = data_folder() / "relation_pairs.jsonl"
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Pair(row["premise"], row["hypothesis"], _label(row["label"]))
        for row in rows
        if row["part"] == "train" and row["source"] in SOURCES
    ]


def _label(name: str) -> int:
    return list(LABELS).index(name) if name in LABELS else NOT_AGREE


def encode(pairs: Sequence[Pair]) -> list[Encoded]:
    """Turn pairs into word pieces and leave out those that are too long."""
    tokenizer = AutoTokenizer.from_pretrained(str(locate(HEAD_BASE)))
    # The tokeniser of the sentence encoder cuts by itself; the length must be seen to be judged.
    tokenizer.model_max_length = 512
    found = tokenizer(
        [p.premise for p in pairs], [p.hypothesis for p in pairs], truncation=True, max_length=512
    )
    rows = zip(found["input_ids"], found["token_type_ids"], pairs, strict=True)
    return [Encoded(ids, kinds.index(1), p.label) for ids, kinds, p in rows if len(ids) <= LONGEST]


def batches(encoded: Sequence[Encoded], seed: int) -> list[list[Encoded]]:
    """Shuffle, sort by length within large chunks, cut into batches and shuffle those."""
    chance = random.Random(seed)
    order = list(encoded)
    chance.shuffle(order)
    chunk = BATCH_PAIRS * 60
    out = []
    for start in range(0, len(order), chunk):
        part = sorted(order[start : start + chunk], key=lambda e: len(e.pieces))
        out.extend(part[i : i + BATCH_PAIRS] for i in range(0, len(part), BATCH_PAIRS))
    chance.shuffle(out)
    return out


def tensors(batch: Sequence[Encoded]) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    """Pad a batch to its longest pair: inputs (pairs, pieces) and labels (pairs,)."""
    width = max(len(e.pieces) for e in batch)
    pieces = torch.zeros(len(batch), width, dtype=torch.long)
    sides, mask = torch.zeros_like(pieces), torch.zeros_like(pieces)
    for row, e in enumerate(batch):
        pieces[row, : len(e.pieces)] = torch.tensor(e.pieces)
        sides[row, e.first : len(e.pieces)] = 1
        mask[row, : len(e.pieces)] = 1
    labels = torch.tensor([e.label for e in batch])
    return {"input_ids": pieces, "token_type_ids": sides, "attention_mask": mask}, labels


def loss(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Return the mean cross entropy; for NOT_AGREE the probability of both other labels counts."""
    chance = log_softmax(logits, dim=-1)
    either = torch.logsumexp(chance[:, 1:], dim=-1, keepdim=True)
    return -torch.cat([chance, either], dim=-1).gather(1, labels[:, None]).mean()


def rate(step: int, steps: int) -> float:
    """Return the learning rate of a step: up, then down to zero."""
    return PEAK_RATE * min((step + 1) / WARM_UP, (steps - step) / (steps - WARM_UP))


def new_model() -> torch.nn.Module:
    """Return the base model with a fresh classifier, its embeddings of words and positions frozen."""
    torch.manual_seed(SEED)
    model = AutoModelForSequenceClassification.from_pretrained(
        str(locate(HEAD_BASE)), num_labels=len(LABELS), local_files_only=True,
        attention_probs_dropout_prob=0.0, hidden_dropout_prob=DROPOUT,
    )  # fmt: skip
    for name in ("word_embeddings", "position_embeddings"):
        getattr(model.bert.embeddings, name).weight.requires_grad_(False)
    return model


def optimizer_of(model: torch.nn.Module) -> torch.optim.Optimizer:
    """Return AdamW with weight decay on matrices only."""
    trained = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in trained if p.dim() > 1], "weight_decay": 0.01},
        {"params": [p for p in trained if p.dim() == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def train(model: torch.nn.Module, encoded: Sequence[Encoded], kept: Path) -> None:
    """Train step by step from the checkpoint at ``kept``, where there is one, and print how it goes."""
    work = [batch for turn in range(PASSES) for batch in batches(encoded, SEED + turn)]
    optimizer, done = optimizer_of(model), 0
    if kept.is_file():
        state = torch.load(kept)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["step"]
    model.train()
    started, losses = time.monotonic(), []
    for step in range(done, len(work)):
        for group in optimizer.param_groups:
            group["lr"] = rate(step, len(work))
        inputs, labels = tensors(work[step])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(**inputs).logits
        found = loss(logits.float(), labels)
        found.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(found.item())
        if (step + 1) % 100 == 0:
            speed = BATCH_PAIRS * (step + 1 - done) / (time.monotonic() - started)
            recent = sum(losses[-100:]) / len(losses[-100:])
            print(f"step {step + 1}/{len(work)} loss {recent:.4f} {speed:.1f} pairs/s", flush=True)
        if (step + 1) % KEEP_EVERY == 0 or step + 1 == len(work):
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step + 1}
            torch.save(state, kept.with_suffix(".new"))
            kept.with_suffix(".new").replace(kept)


def packed(weights: dict[str, np.ndarray], path: Path) -> None:
    """Write weights, matrices as 8-bit integers with a scale for each row, vectors in 16 bits."""
    stored = {}
    for name, values in sorted(weights.items()):
        if values.ndim == 1:
            stored[name] = values.astype(np.float16)
            continue
        scale = np.abs(values).max(axis=1, keepdims=True) / 127
        scale[scale == 0] = 1.0
        stored[name] = np.rint(values / scale).astype(np.int8)
        stored[f"{name}.scale"] = scale.astype(np.float32)
    with path.open("wb") as stream:
        np.savez(stream, **stored)


def write(model: torch.nn.Module, path: Path) -> None:
    """Write the weights that training can have changed."""
    trained = [name for name, p in model.named_parameters() if p.requires_grad]
    state = model.state_dict()
    packed({name: state[name].numpy() for name in trained}, path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Train, from the checkpoint in FOLDER where there is one."""
    torch.set_num_threads(THREADS)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    pairs = labelled_pairs()
    print(f"{len(pairs)} pairs", dict(sorted(Counter(p.label for p in pairs).items())), flush=True)
    model = new_model()
    train(model, encode(pairs), folder / "checkpoint.pt")
    write(model, folder / "weights.npz")


if __name__ == "__main__":
    main()
