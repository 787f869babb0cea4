"""Gather the settings of a run: defaults, a configuration file, the environment, flags; the last one wins.

A new setting is a field of ``Config`` and a line in ``SETTINGS``.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

import msgspec

from factcheck.config import Config, FailOn, real_path
from factcheck.errors import UsageError

FILE, PROJECT = "factcheck.toml", "pyproject.toml"
DEFAULT, FLAG = "default", "command line"
# No setting has a key of more parts; what is nested deeper is none.
_DEEPEST = 3
_PREFIX = "FACTCHECK_"


class Setting(NamedTuple):
    """One setting: its ``key`` in a file, its field of Config, what it takes, and what it is for.

    ``example`` is written by ``factcheck init`` where the default would show nothing.
    """

    key: str
    field: str
    takes: str
    about: str
    example: Any = None

    @property
    def variable(self) -> str:
        """The variable of the environment that sets it."""
        return _PREFIX + self.key.upper().replace(".", "_").replace("-", "_")


SETTINGS = (
    Setting("format", "format", "the name of a report format", "Format of the report of check and batch."),
    Setting("fail-on", "fail_on", f"one of {', '.join(get_args(FailOn))}", "What makes the exit status 1."),
    Setting("cache", "use_cache", "true or false", "Keep claims and vectors for the next run."),
    Setting("ignore", "ignore", "a list of globs",
            "Files to pass over, as seen from this file; * also matches /.", ["archive/*", "*.bak.txt"]),
    Setting("models.parser", "spacy_model", "a package, folder or name", "The spaCy pipeline."),
    Setting("models.encoder", "embedding_model", "a package, folder or name",
            "The sentence-transformers model."),
    Setting("models.entailment", "entailment_model", "a package, folder or name",
            "The cross-encoder of relate."),
    Setting("models.gate", "gate", "a file", "Weights of the same-fact gate, as JSON.", "gate.json"),
    Setting("bars.agree", "agree_at", "a number from 0 to 1",
            "Probability of being about the same fact from which equal values agree; "
            "the bars of the kinds move with it."),
    Setting("bars.contradict", "contradict_at", "a number from 0 to 1",
            "The same from which different values contradict each other; "
            "the bars of the kinds move with it."),
    Setting("bars.possible", "possible_at", "a number from 0 to 1",
            "The same from which different values are worth a look."),
    Setting("limits.characters", "max_characters", "a whole number from 1 on",
            "Longer documents are skipped."),
    Setting("limits.bytes", "max_bytes", "a whole number from 1 on", "Larger files are skipped."),
    Setting("limits.expanded-bytes", "max_expanded_bytes", "a whole number from 1 on",
            "Archives, as DOCX files are, that hold more are skipped."),
    Setting("limits.depth", "max_depth", "a whole number from 1 to 250",
            "Pages and files with elements nested deeper are skipped."),
    Setting("limits.pages", "max_pages", "a whole number from 1 on", "PDFs of more pages are skipped."),
    Setting("limits.entries", "max_entries", "a whole number from 1 on",
            "Feeds and lists of more entries are skipped."),
    Setting("limits.memory", "max_memory", "a number of bytes from 100000000 on",
            "A conversion that takes more memory is stopped."),
    Setting("limits.seconds", "convert_seconds", "a number of seconds, at most a day",
            "A conversion that takes longer is stopped."),
    Setting("limits.fetch-seconds", "fetch_seconds", "a number of seconds, at most a day",
            "A download that takes longer is given up."),
    Setting("limits.redirects", "max_redirects", "a whole number from 0 to 100",
            "A download that is sent elsewhere more often is given up."),
    Setting("sources.trust", "trust", "a list of publishers and globs of paths",
            "The most trusted source first: of two that are compared it is named first, "
            "and its evidence on a draft stands first.",
            ["Harbour Post", "wires/*"]),
    Setting("severities", "severities", "off, note, warning or error",
            "By rule: off makes no finding; as set here, an error fails like a contradiction, a warning like "
            "a disputed claim, a note never.", {"FC201": "off"}),
    Setting("names", "names", "a list of other names",
            "Names that your house uses, and other names of the same.", {"Port Authority": ["PA", "Port"]}),
)  # fmt: skip
_TYPES = get_type_hints(Config, include_extras=True)
# Keys of settings that hold entries of the user's own choice come last in a file, as tables.
_TABLES = tuple(s.key for s in SETTINGS if isinstance(getattr(Config(), s.field), dict))


class Resolved(NamedTuple):
    """The settings of a run, and by key where each comes from."""

    config: Config
    origins: Mapping[str, str]


class _Given(NamedTuple):
    """A value that somebody gave a setting, and where."""

    setting: Setting
    value: Any
    origin: str


def resolve(
    paths: Sequence[str],
    flags: Mapping[str, Any],
    environ: Mapping[str, str],
    *,
    choices: Mapping[str, Collection[str]],
    file: str | None = None,
) -> Resolved:
    """Return the settings of a run over ``paths``.

    The file is ``file`` or the first found upward from the first path, then from the working directory.
    ``flags`` maps fields of Config to what the command line says, None where it says nothing. ``choices``
    gives, by key, the words that a setting may be or, of a table, may have as keys.

    Raises:
        UsageError: with every problem of every setting: file, key, and what was expected.
    """
    problems: list[str] = []
    path, table = _read_file(Path(file)) if file else find_file(paths)
    shown = _shown(path) if path else ""
    given = [*_from_table(table, shown, problems), *_from_environment(environ, problems)]
    origins = {setting.key: DEFAULT for setting in SETTINGS}
    values: dict[str, Any] = {"folder": str(path.parent) if path else ""}
    for entry in given:
        converted = _converted(entry, choices, problems)
        if entry.origin == shown and path:
            converted = _beside(entry.setting, converted, path.parent)
        values[entry.setting.field] = converted
        origins[entry.setting.key] = entry.origin
    for setting in SETTINGS:
        if flags.get(setting.field) is not None:
            origins[setting.key] = FLAG
            given_flag = _Given(setting, flags[setting.field], FLAG)
            values[setting.field] = _converted(given_flag, choices, problems)
    if problems:
        raise UsageError("\n".join(["the settings cannot be used", *problems]))
    return Resolved(Config(**values), origins)


# ---------------------------------------------------------------- files
def find_file(paths: Sequence[str]) -> tuple[Path | None, Mapping[str, Any]]:
    """Return the nearest configuration file and its settings; None and nothing where there is none."""
    for start in ([paths[0]] if paths and paths[0] != "-" else []) + ["."]:
        for folder in _upward(start):
            for path in (folder / FILE, folder / PROJECT):
                if _is_file(path) and (path.name == FILE or "[tool.factcheck" in _text(path)):
                    return _read_file(path)
    return None, {}


def _upward(start: str) -> Sequence[Path]:
    try:
        path = real_path(start)
    except (OSError, ValueError):  # names nothing, as whoever reads it will say
        return []
    return [path, *path.parents]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _text(path: Path) -> str:
    """Return what a file says.

    Raises:
        UsageError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text("utf-8")
    except OSError as problem:
        raise UsageError(f"{_shown(path)} cannot be read: {problem.strerror or problem}") from problem
    except ValueError as problem:
        raise UsageError(f"{_shown(path)} is not valid TOML: it is not UTF-8") from problem


def _read_file(path: Path) -> tuple[Path, Mapping[str, Any]]:
    text = _text(path)
    try:
        table: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # tomllib lets out what int() says of endless digits
        raise UsageError(f"{_shown(path)} is not valid TOML: {problem}") from problem
    for name in ("tool", "factcheck") if path.name == PROJECT else ():
        table = table.get(name, {})
        if not isinstance(table, dict):
            raise UsageError(f"{_shown(path)}: tool.factcheck: expected a table")
    return path, table


def _shown(path: Path) -> str:
    """Give a path as seen from the working directory, if it lies in it."""
    absolute = real_path(path)
    return str(absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute)


def _beside(setting: Setting, value: Any, folder: Path) -> Any:
    """Read a model's path as seen from the file that names it; a package's name stays one."""
    if value and setting.key.startswith("models.") and (folder / value).exists():
        return _shown(folder / value)
    return value


# ---------------------------------------------------------------- values
def _from_table(table: Mapping[str, Any], origin: str, problems: list[str]) -> Iterator[_Given]:
    known = {setting.key: setting for setting in SETTINGS}
    for key, value in _flat(table, ""):
        if key in known:
            yield _Given(known[key], value, origin)
        else:
            near = get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(known)}"
            problems.append(f"{origin}: {key}: no such setting; {hint}")


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    """Yield settings by their dotted keys; a table of the user's own entries stays whole."""
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and key not in _TABLES and prefix.count(".") < _DEEPEST:
            yield from _flat(value, f"{key}.")
        else:
            yield key, value


def _from_environment(environ: Mapping[str, str], problems: list[str]) -> Iterator[_Given]:
    """Yield what variables say: words as they stand, everything else as TOML would have it."""
    for setting in SETTINGS:
        raw = environ.get(setting.variable)
        if raw is None:
            continue
        if isinstance(getattr(Config(), setting.field), str | None):
            yield _Given(setting, raw, setting.variable)
            continue
        try:
            yield _Given(setting, tomllib.loads(f"value = {raw}")["value"], setting.variable)
        except (ValueError, RecursionError):
            problems.append(
                f"{setting.variable}: {setting.key}: expected {setting.takes}, written as in TOML"
            )


def _converted(given: _Given, choices: Mapping[str, Collection[str]], problems: list[str]) -> Any:
    """Return a value as Config has it, noting each of its problems."""
    setting, value, origin = given
    words = choices.get(setting.key, ())
    if setting.key in _TABLES and isinstance(value, dict):
        entries = {name: _entry(given, name, words, problems) for name in value}
        return {name: entry for name, entry in entries.items() if entry is not None}
    takes = f"one of {', '.join(words)}" if words else setting.takes
    try:
        converted = msgspec.convert(value, _TYPES[setting.field])
        if not words or converted in words:
            return converted
        raise msgspec.ValidationError(f"got {json.dumps(value)}")
    except msgspec.ValidationError as problem:
        what = "a table by name, each " if setting.key in _TABLES else ""
        problems.append(f"{origin}: {setting.key}: expected {what}{takes}: {problem}")
        return None


def _entry(given: _Given, name: str, words: Collection[str], problems: list[str]) -> Any:
    setting, table, origin = given
    if words and name not in words:
        problems.append(f"{origin}: {setting.key}.{name}: no such rule; expected one of {', '.join(words)}")
        return None
    try:
        return msgspec.convert({name: table[name]}, _TYPES[setting.field])[name]
    except msgspec.ValidationError as problem:
        problems.append(f"{origin}: {setting.key}.{name}: expected {setting.takes}: {problem}")
        return None


# ---------------------------------------------------------------- writing
def listing(resolved: Resolved) -> str:
    """Return the settings as a TOML file, each with where it comes from as a comment."""
    lines = []
    for setting in SETTINGS:
        value = getattr(resolved.config, setting.field)
        shown = f"# {setting.key} is not set" if value is None else f"{setting.key} = {toml(value)}"
        lines.append(f"{shown}  # {printable(resolved.origins[setting.key])}\n")
    return "".join(lines)


def commented() -> str:
    """Return a configuration file that says of every setting what it is for, and changes none."""
    lines = [
        "# Settings of factcheck. A line that begins with # changes nothing; what it shows is the default,\n"
        "# or an example where there is none. `factcheck config` prints what is in force, and why.\n"
    ]
    for setting in SETTINGS:
        default = getattr(Config(), setting.field)
        value = default if setting.example is None else setting.example
        lines.append(f"\n# {setting.about} Takes {setting.takes}.\n")
        if setting.key in _TABLES:
            lines.append(f"# [{setting.key}]\n")
            lines.extend(f"# {toml_key(name)} = {toml(entry)}\n" for name, entry in value.items())
        else:
            lines.append(f"# {setting.key} = {toml(value)}\n")
    return "".join(lines)


def toml(value: Any) -> str:
    """Write a value of a setting as TOML, in one line and with no character that acts on a terminal."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{toml_key(k)} = {toml(v)}' for k, v in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    return printable(json.dumps(value, ensure_ascii=False))


def toml_key(name: str) -> str:
    """Write a key of a table, in quotation marks unless it may stand bare."""
    return name if name.isascii() and name.replace("_", "").isalnum() else toml(name)


def printable(text: str) -> str:
    """Write characters that show nothing by their numbers, as TOML does."""
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)
