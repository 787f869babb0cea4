"""The command line: the only module that prints, exits or reads the process's arguments."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from factcheck.errors import FactcheckError, UsageError

if TYPE_CHECKING:
    from factcheck.config import Config
    from factcheck.model import Document, Report, Skipped
    from factcheck.pipeline import Engine

CheckFormat = Literal[
    "terminal", "markdown", "html", "json", "jsonl", "sarif", "junit", "github", "gitlab", "rdjson",
    "claimreview",
]  # fmt: skip
ClaimFormat = Literal["terminal", "json", "jsonl"]
InputFormat = Literal["text", "markdown", "jsonl", "html", "docx", "pdf", "feed", "ninjs"]
FailOn = Literal["contradiction", "disputed", "unsupported", "gap", "never"]
# GitHub refuses a job summary that is longer.
SUMMARY_BYTES = 1024 * 1024

app = typer.Typer(
    name="factcheck",
    help="Cross-check the claims of news articles: where sources agree, are silent or contradict each other.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
cache_app = typer.Typer(help="The cache of claims, vectors and entailment answers.", no_args_is_help=True)
app.add_typer(cache_app, name="cache")

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders, web addresses, or - for standard input."),
]
InputFormatOption = Annotated[
    InputFormat | None,
    typer.Option("--input-format", help="Format of standard input, or of files without a known ending."),
]
LengthOption = Annotated[
    int | None,
    typer.Option("--max-characters", min=1, help="Skip documents that are longer; 100,000 if not given."),
]
FetchOption = Annotated[bool, typer.Option("--fetch", help="Read web addresses given as PATH.")]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Let --fetch read addresses of private networks too.")
]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Write the report to a file.")]
CacheOption = Annotated[
    bool,
    typer.Option("--cache/--no-cache", help="Keep claims, vectors and entailment answers for the next run."),
]
GateOption = Annotated[str | None, typer.Option("--gate", help="Weights of the same-fact gate, as JSON.")]
SpacyOption = Annotated[
    str | None, typer.Option("--spacy-model", help="spaCy pipeline: package, folder or name.")
]
EncoderOption = Annotated[
    str | None,
    typer.Option("--embedding-model", help="sentence-transformers model: package, folder or hub name."),
]
EntailmentOption = Annotated[
    str | None,
    typer.Option("--entailment-model", help="Cross-encoder for entailment: package, folder or hub name."),
]


def main() -> None:
    """Run the command line; the console script."""
    try:
        app(args=spread_against(sys.argv[1:]), prog_name="factcheck")
    except FactcheckError as problem:
        from factcheck.report.text import without_commands

        lines = [_plain(line).strip() for line in str(problem).split("\n")]
        typer.echo("factcheck: " + without_commands("\n  ".join(lines)), err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of a pipe went away; closing what is left must not complain again.
        sys.stderr.close()
        sys.exit(1)


def spread_against(arguments: Sequence[str]) -> list[str]:
    """Repeat ``--against`` before each path that follows it, so that a shell's glob can stand there."""
    out: list[str] = []
    spreading = first = False
    for argument in arguments:
        if argument.startswith("-") and argument != "-":
            spreading = first = argument == "--against"
            out.append(argument)
        else:
            if spreading and not first:
                out.append("--against")
            out.append(argument)
            first = False
    return out


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        from factcheck import __version__

        typer.echo(f"factcheck {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def check(
    paths: Paths,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", metavar="PATH...", help="Sources; PATH... are then drafts."),
    ] = None,
    format: Annotated[CheckFormat, typer.Option("--format", "-f", help="Format of the report.")] = "terminal",
    output: OutputOption = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="What makes the exit status 1.")
    ] = "contradiction",
    input_format: InputFormatOption = None,
    max_characters: LengthOption = None,
    fetch: FetchOption = False,
    allow_private: PrivateOption = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put the documents' text into JSON.")
    ] = False,
    cache: CacheOption = True,
    gate: GateOption = None,
    spacy_model: SpacyOption = None,
    embedding_model: EncoderOption = None,
    entailment_model: EntailmentOption = None,
) -> None:
    """Cross-check articles with each other, or drafts against sources."""
    from factcheck import pipeline

    config = _config(cache, gate, spacy_model, embedding_model, entailment_model)
    with _engine(config) as engine:
        told = _reading(input_format, max_characters, fetch, allow_private)
        report = pipeline.check(_read(paths, against, told), engine)
    roles = {d.role for d in report.documents}
    for role, noun in (("source", "source"), ("draft", "draft")) if against else (("source", "document"),):
        if role not in roles:
            raise UsageError(_nothing_read(noun, report.skipped))
    _write_report(report, format, output, with_text=with_text, fail_on=fail_on)
    raise typer.Exit(exit_status(report, fail_on))


@app.command()
def extract(
    paths: Paths,
    format: Annotated[ClaimFormat, typer.Option("--format", "-f", help="Format of the list.")] = "terminal",
    mentions: Annotated[
        bool, typer.Option("--mentions", help="Every quantity and time expression, checkable or not.")
    ] = False,
    output: OutputOption = None,
    input_format: InputFormatOption = None,
    max_characters: LengthOption = None,
    fetch: FetchOption = False,
    allow_private: PrivateOption = False,
    cache: CacheOption = True,
    spacy_model: SpacyOption = None,
) -> None:
    """List the claims of articles."""
    from factcheck import pipeline
    from factcheck.report import render_claims

    with _engine(_config(cache, None, spacy_model)) as engine:
        told = _reading(input_format, max_characters, fetch, allow_private)
        documents, skipped = pipeline.split(_read(paths, None, told))
        if not documents:
            raise UsageError(_nothing_read("document", skipped))
        claims, failed = pipeline.claims_of(documents, engine, mentions=mentions)
    _warn([*skipped, *failed])
    _write(render_claims(documents, claims, format, **_terminal(output)), output)


@app.command()
def relate(
    file: Annotated[str, typer.Argument(help='JSONL of {"id","left","right"}, or - for standard input.')],
    _format: Annotated[
        Literal["jsonl"], typer.Option("--format", "-f", help="Format of the answer.")
    ] = "jsonl",
    output: OutputOption = None,
    cache: CacheOption = True,
    spacy_model: SpacyOption = None,
    entailment_model: EntailmentOption = None,
) -> None:
    """Say of pairs of statements how they relate."""
    from factcheck import pipeline

    raw = sys.stdin.buffer.read() if file == "-" else _file(file)
    with _engine(_config(cache, None, spacy_model, entailment_model=entailment_model)) as engine:
        answer = "".join(pipeline.relate_lines(raw, engine))
    _write(answer, output)


@app.command()
def explain(
    asked: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="A rule's code, a claim's id or a finding's fingerprint."),
    ],
    report: Annotated[
        str | None, typer.Option("--report", help="JSON report with the claim or finding, or - for stdin.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many candidates of a claim to tell.")] = 5,
    cache: CacheOption = True,
    gate: GateOption = None,
    spacy_model: SpacyOption = None,
    embedding_model: EncoderOption = None,
) -> None:
    """Print a rule's page, or tell from a report how a verdict came about."""
    if report is None:
        _write(_rule_page(asked), None)
        return
    from factcheck.explaining import explain as explain_verdict

    raw = sys.stdin.buffer.read() if report == "-" else _file(report)
    with _engine(_config(cache, gate, spacy_model, embedding_model)) as engine:
        told = explain_verdict(asked, raw, _plain(report), engine, top)
    _write(told, None)


def _rule_page(code: str) -> str:
    from factcheck.verdicts.rules import RULES

    rule = RULES.get(code.upper())
    if rule is None:
        raise UsageError(
            f"no rule {_plain(code)}; there are {', '.join(RULES)}. A claim or finding needs --report FILE."
        )
    return f"# {rule.code} {rule.name} ({rule.severity})\n\n{rule.explanation}"


@app.command()
def models(
    spacy_model: SpacyOption = None,
    embedding_model: EncoderOption = None,
    entailment_model: EntailmentOption = None,
) -> None:
    """List the models in use, where they lie, their licence and digest, and verify them."""
    from factcheck.models import describe

    records = describe(_config(True, None, spacy_model, embedding_model, entailment_model))
    for record in records:
        typer.echo(f"{record.role}: {record.name} {record.version} ({record.state})".replace("  ", " "))
        for label, value in (("path", record.path), ("licence", record.licence), ("sha256", record.digest)):
            if value:
                typer.echo(f"  {label:8} {value}")
    bad = [r for r in records if r.state in ("altered", "missing")]
    if bad:
        names = ", ".join(f"{r.name} is {r.state}" for r in bad)
        raise UsageError(f"{names}. Reinstall the package, or name another model.")


@app.command()
def schema() -> None:
    """Print the JSON Schema of the JSON report."""
    import json

    from factcheck.report.schema import schema as report_schema

    typer.echo(json.dumps(report_schema(), indent=2, ensure_ascii=False))


@app.command()
def rules() -> None:
    """List the rules that findings come from."""
    from factcheck.verdicts.rules import RULES

    for rule in RULES.values():
        typer.echo(f"{rule.code}  {rule.name:13}  {rule.severity:7}  {rule.summary}")


@cache_app.command("clear")
def cache_clear() -> None:
    """Delete everything kept for later runs."""
    from factcheck.cache import Cache

    store = Cache.default()
    typer.echo(f"{store.clear()} entries deleted from {store.root}")


def exit_status(report: Report, fail_on: FailOn) -> int:
    """Return 1 if a finding is at least as grave as ``fail_on``, else 0."""
    from factcheck.verdicts.rules import fails

    return int(any(fails(finding, fail_on) for finding in report.findings))


# ---------------------------------------------------------------- input and output
def _config(
    cache: bool,
    gate: str | None,
    spacy_model: str | None,
    embedding_model: str | None = None,
    entailment_model: str | None = None,
) -> Config:
    from factcheck.config import Config

    default = Config()
    return Config(
        use_cache=cache,
        gate=gate,
        spacy_model=spacy_model or default.spacy_model,
        embedding_model=embedding_model or default.embedding_model,
        entailment_model=entailment_model or default.entailment_model,
    )


def _reading(
    input_format: str | None, longest: int | None, fetch: bool, allow_private: bool
) -> dict[str, Any]:
    """What the options say of how input is to be read."""
    from factcheck.sources.limits import Limits

    limits = Limits() if longest is None else Limits(characters=longest)
    return {
        "input_format": input_format, "stdin": sys.stdin.buffer, "limits": limits,
        "fetch": fetch, "allow_private": allow_private,
    }  # fmt: skip


def _read(
    paths: Sequence[str], against: Sequence[str] | None, told: dict[str, Any]
) -> Iterator[Document | Skipped]:
    from factcheck.sources import read

    role: Literal["source", "draft"] = "draft" if against else "source"
    taken = []
    for item in read(paths, role=role, **told):
        taken.append(getattr(item, "id", ""))
        yield item
    if against:
        yield from read(against, taken=taken, **told)


def _file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        raise UsageError(f"{path} cannot be read: {problem.strerror or problem}") from problem


def _nothing_read(noun: str, skipped: Sequence[Skipped]) -> str:
    reasons = [f"{_plain(s.path)}: {_plain(s.reason)}" for s in skipped]
    return "\n".join([f"no {noun} could be read", *reasons])


def _warn(skipped: Sequence[Skipped]) -> None:
    for item in skipped:
        typer.echo(f"skipped {_plain(item.path)}: {_plain(item.reason)}", err=True)


def _plain(text: str) -> str:
    from factcheck.report.text import visible

    return visible(text)


def _write_report(report: Report, format: str, output: Path | None, **told: Any) -> None:
    from factcheck.report import render

    if format not in ("terminal", "markdown", "html"):
        _warn(report.skipped)
    _write(render(report, format, root=str(Path.cwd()), **told, **_terminal(output)), output)
    if format == "github":
        _summarise_job(report)


def _summarise_job(report: Report) -> None:
    """Append the report to the summary of the GitHub job that runs this, if one does."""
    import os

    from factcheck.report import render

    if not (path := os.environ.get("GITHUB_STEP_SUMMARY")):
        return
    try:
        with Path(path).open("ab") as file:
            room = SUMMARY_BYTES - file.tell()
            file.write(_cut(render(report, "markdown"), room).encode("utf-8", "backslashreplace"))
    except OSError as problem:
        raise UsageError(f"{path} cannot be written: {problem.strerror or problem}") from problem


def _cut(markdown: str, room: int) -> str:
    """Cut a report to a number of bytes, between lines, and say so."""
    written = markdown.encode("utf-8", "backslashreplace")
    if len(written) <= room:
        return markdown
    note = "\nThe report is longer than a job summary may be: `--format markdown` writes all of it.\n"
    kept = written[: max(room - len(note), 0)].decode("utf-8", "ignore")
    return kept[: kept.rfind("\n") + 1] + note


def _terminal(output: Path | None) -> dict[str, Any]:
    """Width and colour for a terminal; None and False where the text goes to a pipe or a file."""
    if output is not None or not sys.stdout.isatty():
        return {"width": None, "color": False}
    import os
    import shutil

    return {"width": shutil.get_terminal_size().columns, "color": "NO_COLOR" not in os.environ}


def _write(text: str, output: Path | None) -> None:
    if not text.endswith("\n"):
        text += "\n"
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as problem:
        raise UsageError(f"{output} cannot be written: {problem.strerror or problem}") from problem


@contextmanager
def _engine(config: Config) -> Iterator[Engine]:
    """An engine whose progress shows on stderr when that is a terminal."""
    from factcheck.pipeline import Engine

    if not sys.stderr.isatty():
        yield Engine(config)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Engine(config, _reporter(bar))


def _reporter(bar: Any) -> Callable[[str, int, int], None]:
    tasks: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done)

    return show
