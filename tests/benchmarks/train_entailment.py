"""Train the entailment head on labelled sentence pairs and on pairs made by editing news text.

    FACTCHECK_DATA=... OMP_WAIT_POLICY=passive python tests/benchmarks/train_entailment.py FOLDER

A cross-encoder on the packaged MiniLM: its word and position embeddings stay as they are, the rest is
trained in rounds, each over a shuffled mix of pairs: short ones, long and mostly edited ones, labelled ones,
all labelled ones twice and no others. FOLDER keeps the last checkpoint, from which an interrupted round goes
on, and of each round the weights, every matrix in 8 bits; a round that has its weights is not run again, and
the next starts from them. ``mean.npz``, the mean of the last two rounds, is what the package ships as
``factcheck/verdicts/head/weights.npz``.

Deterministic: fixed seeds, a fixed number of threads; the same machine gives the same weights.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from news_edits import edited_pairs
from torch.nn.functional import log_softmax
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from factcheck.models import HEAD_BASE, locate
from factcheck.verdicts.entailment import LABELS, unpacked

# The label of pairs that only tell that the premise does not entail the hypothesis.
NOT_AGREE = len(LABELS)
SEED = 20261125
THREADS = 2
BATCH_PAIRS = 16
WARM_UP = 120
CLIP = 1.0
KEEP_EVERY = 200


class Round(NamedTuple):
    """One pass over a mix of pairs.

    ``given`` and ``edited`` say how many pairs are drawn; those of more than ``longest`` word pieces are left
    out. The learning rate rises to ``peak``, is level to step ``level`` and goes down to zero at ``steps``.
    """

    name: str
    given: dict[str, int]
    edited: int
    longest: int
    longest_premise: int
    peak: float
    level: int
    steps: int
    dropout: float = 0.0


ROUNDS = (
    Round(
        name="short", given={"lingnli": 45000, "oie_snli_mnli": 4000, "cad": 8400, "sick": 1500, "rte": 2100},
        edited=24000, longest=60, longest_premise=34, peak=1.6e-4, level=3600, steps=5000,
    ),
    Round(
        name="long", given={"lingnli": 14000, "oie_snli_mnli": 1000, "cad": 3000, "sick": 2000, "rte": 2100},
        edited=22000, longest=128, longest_premise=70, peak=1.1e-4, level=600, steps=2600,
    ),
    Round(
        name="given", given={"lingnli": 45000, "oie_snli_mnli": 8000, "cad": 8400, "sick": 5000, "rte": 2100},
        edited=6000, longest=128, longest_premise=60, peak=1.4e-4, level=1400, steps=4600,
    ),
    Round(
        name="labelled",
        given={"lingnli": 45000, "oie_snli_mnli": 23000, "cad": 8400, "sick": 9500, "rte": 2100},
        edited=0, longest=128, longest_premise=60, peak=1.2e-4, level=1000, steps=10900, dropout=0.1,
    ),
)  # fmt: skip


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


def given_pairs(amounts: dict[str, int], seed: int) -> list[Pair]:
    """Draw training pairs of each source from the labelled pairs, in the order of their file."""
    sources: dict[str, list[Pair]] = {name: [] for name in amounts}
    path = Path(os.environ["FACTCHECK_DATA"]) / "relation_pairs.jsonl"
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["part"] == "train" and row["source"] in sources:
                label = list(LABELS).index(row["label"]) if row["label"] in LABELS else NOT_AGREE
                sources[row["source"]].append(Pair(row["premise"], row["hypothesis"], label))
    chance = random.Random(seed)
    return [
        p for name, n in amounts.items() for p in chance.sample(sources[name], min(n, len(sources[name])))
    ]


def encode(pairs: Sequence[Pair], longest: int) -> list[Encoded]:
    """Turn pairs into word pieces and leave out those that are too long."""
    tokenizer = AutoTokenizer.from_pretrained(str(locate(HEAD_BASE)))
    # The tokeniser of the sentence encoder cuts by itself; the length must be seen to be judged.
    tokenizer.model_max_length = 512
    found = tokenizer(
        [p.premise for p in pairs], [p.hypothesis for p in pairs], truncation=True, max_length=512
    )
    rows = zip(found["input_ids"], found["token_type_ids"], pairs, strict=True)
    return [Encoded(ids, kinds.index(1), p.label) for ids, kinds, p in rows if len(ids) <= longest]


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


def rate(step: int, plan: Round) -> float:
    """Return the learning rate of a step: up, level, down to zero."""
    if step < WARM_UP:
        return plan.peak * (step + 1) / WARM_UP
    return plan.peak * min(1.0, (plan.steps - step) / (plan.steps - plan.level))


def new_model(start: Path, dropout: float) -> torch.nn.Module:
    """Return the base model with the weights at ``start`` or else a fresh classifier.

    Its embeddings of words and positions are frozen.
    """
    torch.manual_seed(SEED)
    model = AutoModelForSequenceClassification.from_pretrained(
        str(locate(HEAD_BASE)), num_labels=len(LABELS), local_files_only=True,
        attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout,
    )  # fmt: skip
    for name in ("word_embeddings", "position_embeddings"):
        getattr(model.bert.embeddings, name).weight.requires_grad_(False)
    if start.is_file():
        known = {name: torch.from_numpy(values) for name, values in unpacked(start).items()}
        model.load_state_dict(known, strict=False)
    return model


def optimizer_of(model: torch.nn.Module) -> torch.optim.Optimizer:
    """Return AdamW with weight decay on matrices only."""
    trained = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in trained if p.dim() > 1], "weight_decay": 0.01},
        {"params": [p for p in trained if p.dim() == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def mix(plan: Round) -> list[list[Encoded]]:
    """Return the batches of a round, in order."""
    made = edited_pairs(plan.edited, SEED, plan.longest_premise) if plan.edited else []
    edited = [Pair(p, h, list(LABELS).index(label)) for p, h, label in made]
    pairs = given_pairs(plan.given, SEED) + edited
    print(f"{len(pairs)} pairs", dict(sorted(Counter(p.label for p in pairs).items())), flush=True)
    return batches(encode(pairs, plan.longest), SEED)


def train(model: torch.nn.Module, work: Sequence[list[Encoded]], plan: Round, kept: Path) -> None:
    """Train step by step from the checkpoint at ``kept``, where there is one, and print how it goes."""
    optimizer, done = optimizer_of(model), 0
    if kept.is_file():
        state = torch.load(kept)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["step"]
    model.train()
    started, losses = time.monotonic(), []
    for step in range(done, plan.steps):
        for group in optimizer.param_groups:
            group["lr"] = rate(step, plan)
        inputs, labels = tensors(work[step % len(work)])
        found = loss(model(**inputs).logits, labels)
        found.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(found.item())
        if (step + 1) % 50 == 0:
            speed = BATCH_PAIRS * (step + 1 - done) / (time.monotonic() - started)
            print(
                f"step {step + 1}/{plan.steps} loss {sum(losses[-50:]) / 50:.4f} {speed:.1f} pairs/s",
                flush=True,
            )
        if (step + 1) % KEEP_EVERY == 0 or step + 1 == plan.steps:
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


def average(one: Path, other: Path, path: Path) -> None:
    """Write the mean of two sets of weights.

    Source: M. Wortsman et al., Robust fine-tuning of zero-shot models (2022): it holds up better on texts of
    other sorts than those trained on last.
    """
    a, b = unpacked(one), unpacked(other)
    packed({name: (a[name] + b[name]) / 2 for name in a}, path)


def main() -> None:
    """Train what FOLDER does not hold yet."""
    torch.set_num_threads(THREADS)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    start = Path()
    for plan in ROUNDS:
        weights = folder / f"{plan.name}.npz"
        if not weights.is_file():
            model = new_model(start, plan.dropout)
            train(model, mix(plan), plan, folder / f"{plan.name}.pt")
            write(model, weights)
        start = weights
    average(*(folder / f"{plan.name}.npz" for plan in ROUNDS[-2:]), folder / "mean.npz")


if __name__ == "__main__":
    main()
