"""Settings: where they come from, what is said of bad ones, and that each has its effect."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from command_line import Ended, Run, Write

from factcheck.config import Config
from factcheck.settings import SETTINGS, Resolved, commented, listing, resolve

ONE = "Mayor Anna Bell said on Monday that the flood in Marlow had killed 15 people.\n"
OTHER = "The flood in Marlow killed 19 people, Mayor Anna Bell said on Monday.\n"
CHOICES = {"format": ("terminal", "json"), "severities": ("FC201", "FC301")}
# A value other than the default for each setting.
SOME: dict[str, Any] = {
    "format": "json", "fail-on": "gap", "cache": False, "ignore": ["old/*"], "models.parser": "a_parser",
    "models.encoder": "an_encoder", "models.entailment": "a_head",
    "models.gate": "weights.json", "bars.agree": 0.4, "bars.contradict": 0.6,
    "bars.possible": 0.1, "limits.characters": 50, "limits.bytes": 60, "limits.expanded-bytes": 70,
    "limits.depth": 3, "limits.pages": 4, "limits.entries": 5, "limits.memory": 300_000_000,
    "limits.seconds": 6.5, "limits.fetch-seconds": 7.5, "limits.redirects": 0,
    "sources.trust": ["Harbour Post"],
    "severities": {"FC301": "note"}, "names": {"Port Authority": ["PA", "Pört \"A\" \x1b"]},
}  # fmt: skip


def settings(*paths: str | Path, environ: dict[str, str] | None = None, **flags: Any) -> Resolved:
    return resolve([str(p) for p in paths], flags, environ or {}, choices=CHOICES)


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the files of the folder it is run in."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))


def as_toml(values: dict[str, Any]) -> str:
    from factcheck.settings import toml

    return "".join(f"{key} = {toml(value)}\n" for key, value in values.items())


# ---------------------------------------------------------------- where they come from
def test_every_setting_is_a_field_and_most_fields_are_settings() -> None:
    fields = {f.name for f in msgspec.structs.fields(Config)}
    assert {s.field for s in SETTINGS} == fields - {"cache_dir", "folder"}
    assert SOME.keys() == {s.key for s in SETTINGS}


def test_without_a_file_everything_is_as_it_comes() -> None:
    config, origins = settings()
    assert config == Config()
    assert set(origins.values()) == {"default"}


@pytest.mark.parametrize("key", SOME)
def test_each_setting_comes_from_file_environment_and_flag(write: Write, key: str) -> None:
    from factcheck.settings import toml

    (setting,) = (s for s in SETTINGS if s.key == key)
    default, wanted = getattr(Config(), setting.field), SOME[key]
    path = write("factcheck.toml", as_toml({key: wanted}))
    config, origins = settings(path)
    found = getattr(config, setting.field)
    assert json.loads(msgspec.json.encode(found)) == wanted
    assert origins[key] == str(path)
    raw = wanted if isinstance(wanted, str) else toml(wanted)
    config, origins = settings(environ={setting.variable: raw})
    assert getattr(config, setting.field) == found
    assert origins[key] == setting.variable
    config, origins = settings(path, **{setting.field: default or found})
    assert getattr(config, setting.field) == (default or found)
    assert origins[key] == "command line"


def test_the_nearest_file_counts(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = write("desk/story/a.txt", ONE)
    write("factcheck.toml", 'fail-on = "gap"')
    assert settings(article).config.fail_on == "gap"
    write("desk/pyproject.toml", "[tool.other]\nx = 1\n")
    assert settings(article).config.fail_on == "gap"
    write("desk/pyproject.toml", '[tool.factcheck]\nfail-on = "never"\n')
    assert settings(article).config.fail_on == "never"
    write("desk/factcheck.toml", 'fail-on = "disputed"')
    assert settings(article).config.fail_on == "disputed"
    assert settings(article.parent).config.fail_on == "disputed"
    monkeypatch.chdir(tmp_path)
    assert settings().config.fail_on == settings("-").config.fail_on == "gap"


def test_the_working_directory_counts_where_the_path_has_no_file(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("here/factcheck.toml", 'fail-on = "gap"')
    article = write("there/a.txt", ONE)
    monkeypatch.chdir(tmp_path / "here")
    assert settings(article).config.fail_on == "gap"


def test_a_named_file_stands_in_for_the_nearest(factcheck: Run, write: Write) -> None:
    write("factcheck.toml", "nonsense")
    named = write("other/mine.toml", 'fail-on = "never"')
    articles = [write("a.txt", ONE), write("b.txt", OTHER)]
    assert factcheck("check", *articles).status == 2
    assert factcheck("check", *articles, "--config", named).status == 0


def test_other_variables_are_left_alone() -> None:
    assert settings(environ={"FACTCHECK_DATA": "/data", "FACTCHECK_X": "1"}).config == Config()


def test_paths_are_seen_from_the_file_that_names_them(write: Write) -> None:
    gate = write("desk/gate.json", "{}")
    write("desk/factcheck.toml", 'models.gate = "gate.json"\nmodels.parser = "no_such"')
    config = settings(gate).config
    assert (config.gate, config.spacy_model) == (str(gate), "no_such")


# ---------------------------------------------------------------- what is said of bad ones
BAD = {
    "format": '"docx"', "fail-on": '"always"', "cache": '"yes"', "ignore": '"old/*"', "models.parser": '""',
    "models.encoder": "3", "models.entailment": "[]",
    "models.gate": "[]", "bars.agree": "1.5", "bars.contradict": '"high"',
    "bars.possible": "nan", "limits.characters": "0", "limits.bytes": "1.5", "limits.expanded-bytes": "-1",
    "limits.depth": "251", "limits.pages": "0", "limits.entries": "true", "limits.memory": "1",
    "limits.seconds": "0", "limits.fetch-seconds": "inf", "limits.redirects": "-1", "sources.trust": "[3]",
    "severities": "[]", "names": "3",
}  # fmt: skip


def test_all_problems_are_told_at_once(factcheck: Run, write: Write) -> None:
    assert BAD.keys() == SOME.keys()
    path = write("factcheck.toml", "".join(f"{key} = {value}\n" for key, value in BAD.items()))
    ended = factcheck("check", write("a.txt", ONE))
    assert ended.status == 2
    first, *lines = ended.err.splitlines()
    assert first == "factcheck: the settings cannot be used"
    told = [re.fullmatch(rf"  {re.escape(str(path))}: ([\w.-]+): expected .+", line) for line in lines]
    assert [match and match[1] for match in told] == list(BAD)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fail_on = 'gap'", "fail_on: no such setting; did you mean fail-on?"),
        ("xyzzy = 1", "xyzzy: no such setting; expected one of format, fail-on"),
        ("models = 1", "models: no such setting"),
        ("[bars]\nagre = 1", "bars.agre: no such setting; did you mean bars.agree?"),
        ("[severities]\nFC999 = 'off'", "severities.FC999: no such rule; expected one of FC"),
        ("[severities]\nFC301 = 'fatal'", "severities.FC301: expected off, note, warning or error"),
        ("[names]\nA = 'B'", "names.A: expected a list of other names"),
        ("fail-on = ", "is not valid TOML"),
        ("a = 1\na = 2", "is not valid TOML"),
        ("a = " + "[" * 100_000, "is not valid TOML"),
        (b"a = '\xff'", "is not valid TOML: it is not UTF-8"),
        ("'\\u001b[31m' = 1", "no such setting"),
    ],
)
def test_a_bad_file(factcheck: Run, write: Write, text: str | bytes, message: str) -> None:
    path = write("factcheck.toml", text)
    ended = factcheck("config", path.parent)
    assert ended.status == 2
    assert message in ended.err
    assert str(path) in ended.err
    assert "\x1b" not in ended.err


def test_a_bad_project_file_that_is_not_ours_is_passed_over(write: Write) -> None:
    write("pyproject.toml", "nonsense")
    assert settings(write("a.txt", ONE)).config == Config()
    write("pyproject.toml", "tool.factcheck = 3\n[tool.factcheck]")
    with pytest.raises(Exception, match="not valid TOML"):
        settings(write("a.txt", ONE))


def test_a_named_file_that_is_missing(factcheck: Run, write: Write) -> None:
    ended = factcheck("check", write("a.txt", ONE), "--config", "nowhere.toml")
    assert (ended.status, ended.err) == (
        2,
        f"factcheck: {Path('nowhere.toml')} cannot be read: No such file or directory\n",
    )


def test_a_bad_variable_is_told(factcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_BARS_AGREE", "high")
    monkeypatch.setenv("FACTCHECK_FAIL_ON", "always")
    ended = factcheck("config")
    assert ended.status == 2
    assert "FACTCHECK_BARS_AGREE: bars.agree: expected a number from 0 to 1" in ended.err
    assert "FACTCHECK_FAIL_ON: fail-on: expected one of contradiction," in ended.err


# ---------------------------------------------------------------- config and init
def test_what_config_prints_is_a_file_that_gives_the_same(factcheck: Run, write: Write) -> None:
    path = write("factcheck.toml", as_toml({**SOME, "format": "markdown"}))
    printed = factcheck("config", path.parent).out
    assert "\x1b" not in printed
    assert f'fail-on = "gap"  # {path}\n' in printed
    again = write("again/factcheck.toml", printed)
    first, second = settings_of(factcheck, path.parent), settings_of(factcheck, again.parent)
    assert first == second == {**SOME, "format": "markdown"}


def settings_of(factcheck: Run, folder: Path) -> dict[str, Any]:
    table = tomllib.loads(factcheck("config", folder).out)
    return {s.key: _at(table, s.key) for s in SETTINGS}


def _at(table: Any, key: str) -> Any:
    for part in key.split("."):
        table = table[part]
    return table


def test_what_is_not_set_is_said_so() -> None:
    assert "# models.gate is not set  # default\n" in listing(settings())


def test_init_writes_a_file_that_changes_nothing_and_shows_everything(factcheck: Run, tmp_path: Path) -> None:
    assert factcheck("init", tmp_path).status == 0
    path = tmp_path / "factcheck.toml"
    text = path.read_text("utf-8")
    assert settings(tmp_path).config == Config(folder=str(tmp_path))
    uncommented = re.sub(r"^# (?=\[|[\w.-]+ = |\"[^\"]+\" = )", "", text, flags=re.MULTILINE)
    path.write_text(uncommented, "utf-8")
    shown = settings(tmp_path)
    assert set(shown.origins.values()) == {str(path)}


def test_init_overwrites_nothing(factcheck: Run, write: Write, tmp_path: Path) -> None:
    path = write("factcheck.toml", "x")
    ended = factcheck("init", tmp_path)
    assert (ended.status, path.read_text()) == (2, "x")
    assert "is there already" in ended.err
    assert factcheck("init", tmp_path / "nowhere").status == 2


def test_the_commented_file_is_stable() -> None:
    assert commented() == commented()


# ---------------------------------------------------------------- effects
def run(factcheck: Run, write: Write, toml: str, *options: str) -> Ended:
    """Check two articles that contradict each other, under these settings."""
    write("factcheck.toml", toml)
    return factcheck("check", write("a/one.txt", ONE), write("a/other.txt", OTHER), *options)


def report(factcheck: Run, write: Write, toml: str) -> dict[str, Any]:
    return json.loads(run(factcheck, write, toml, "--format", "json").out)


def relations(found: dict[str, Any]) -> list[str]:
    return [pair["relation"] for pair in found["pairs"] if pair["level"] in ("different", "possible")]


def test_format_and_fail_on(factcheck: Run, write: Write) -> None:
    ended = run(factcheck, write, 'format = "json"\nfail-on = "never"')
    assert ended.status == 0
    assert json.loads(ended.out)["schema"] == "factcheck-report/1"
    assert run(factcheck, write, 'fail-on = "never"', "--fail-on", "contradiction").status == 1


def test_limits(factcheck: Run, write: Write) -> None:
    assert "longer than the limit of 50 characters" in run(factcheck, write, "limits.characters = 50").err
    assert "larger than the limit of 60 bytes" in run(factcheck, write, "limits.bytes = 60").err


@pytest.mark.slow
def test_limits_of_conversion_and_download(write: Write) -> None:
    from factcheck.pipeline import read_articles

    told = "".join(
        f"<item><title>Item {n}</title><description>{ONE * 3}</description></item>" for n in range(3)
    )
    feed = write("feed.rss", f'<rss version="2.0"><channel><title>F</title>{told}</channel></rss>')
    page = write("page.html", "<html><body>" + "<div>" * 30 + f"<p>{ONE * 3}</p>" + "</div>" * 30)
    reasons = {
        "limits.entries = 2": "only 2 of 3 entries were read",
        "limits.depth = 20": "nested",
        "limits.seconds = 0.001": "not done within the limit of 0.001 seconds",
    }
    for setting, reason in reasons.items():
        write("factcheck.toml", setting)
        config = settings(feed).config
        found = list(read_articles([str(feed), str(page)], "source", config))
        assert any(reason in getattr(item, "reason", "") for item in found), (setting, found)


def test_ignore(factcheck: Run, write: Write) -> None:
    found = report(factcheck, write, 'ignore = ["a/oth*", "one.txt"]')
    assert [Path(d["path"]).name for d in found["documents"]] == ["one.txt"]
    assert found["skipped"][0]["reason"] == "passed over, as the settings say: a/oth*"


@pytest.mark.parametrize("model", ["parser", "encoder"])
def test_models(factcheck: Run, write: Write, model: str) -> None:
    ended = run(factcheck, write, f'models.{model} = "no_such_model"\ncache = false')
    assert ended.status == 2
    assert "'no_such_model' cannot be loaded" in ended.err or "spaCy model 'no_such_model'" in ended.err


def test_entailment_model(factcheck: Run, write: Write) -> None:
    write("factcheck.toml", 'models.entailment = "no_such_model"\ncache = false')
    ended = factcheck(
        "relate", write("pairs.jsonl", '{"id": 1, "left": "It rained.", "right": "It was dry."}')
    )
    assert ended.status == 2
    assert "entailment model 'no_such_model' cannot be loaded" in ended.err


def test_gate(factcheck: Run, write: Write) -> None:
    gate = write("gate.json", "{}")
    ended = run(factcheck, write, 'models.gate = "gate.json"')
    assert ended.status == 2
    assert str(gate) in ended.err


def test_bars(factcheck: Run, write: Write) -> None:
    assert relations(report(factcheck, write, "bars.contradict = 0.0")) == ["contradiction"]
    # A sentence retold word for word is held to no bar, so one is told otherwise here.
    told = "Nineteen people died when the flood reached the town of Marlow.\n"
    paths = [write("b/one.txt", ONE), write("b/told.txt", told)]

    def found(toml: str) -> list[str]:
        write("b/factcheck.toml", toml)
        return relations(json.loads(factcheck("check", *paths, "--format", "json").out))

    assert found("bars.contradict = 0.0") == ["contradiction"]
    assert found("bars.contradict = 1.0\nbars.possible = 0.0") == ["undecided"]
    assert found("bars.contradict = 1.0\nbars.possible = 1.0") == []


def test_bar_for_agreement(factcheck: Run, write: Write) -> None:
    paths = [write("b/one.txt", ONE), write("b/two.txt", "Fifteen people died in the flood in Marlow.\n")]

    def agreements(bar: str) -> int:
        write("b/factcheck.toml", f"bars.agree = {bar}")
        return json.loads(factcheck("check", *paths, "--format", "json").out)["summary"]["pairs"]["agreement"]

    assert agreements("0.0") > agreements("1.0")


@pytest.mark.parametrize(("severity", "status"), [("note", 0), ("warning", 0), ("error", 1)])
def test_severities(factcheck: Run, write: Write, severity: str, status: int) -> None:
    toml = f'severities.FC301 = "{severity}"'
    found = report(factcheck, write, toml)
    assert {f["severity"] for f in found["findings"] if f["rule"] == "FC301"} == {severity}
    assert run(factcheck, write, toml).status == status


def test_a_rule_that_is_off(factcheck: Run, write: Write) -> None:
    found = report(factcheck, write, 'severities.FC301 = "off"')
    assert "FC301" not in {f["rule"] for f in found["findings"]}
    assert relations(found) == ["contradiction"]


@pytest.mark.parametrize("trusted", ["one.md", "other.md"])
@pytest.mark.parametrize("by", ["a/{}", "Herald of {}"])
def test_trust(factcheck: Run, write: Write, trusted: str, by: str) -> None:
    """The side more trusted is named first, and its evidence on a draft stands first."""
    paths = [
        write(f"a/{name}", f"---\npublisher: Herald of {name}\n---\n\n{text}")
        for name, text in (("one.md", ONE), ("other.md", OTHER))
    ]
    write("factcheck.toml", f'sources.trust = ["{by.format(trusted)}"]')
    draft = write("draft.txt", "The flood in Marlow killed 17 people, Mayor Anna Bell said on Monday.\n")
    found = json.loads(factcheck("check", draft, "--against", *paths, "--format", "json").out)
    names = {d["id"]: Path(d["path"]).name for d in found["documents"]}
    (finding,) = (f for f in found["findings"] if f["rule"] == "FC301")
    assert names[finding["primary"]["document"]] == trusted
    assert finding["message"].startswith(f"Herald of {trusted} and Herald of ")
    owner = {claim["id"]: names[claim["document"]] for claim in found["claims"]}
    first = {owner[check["evidence"][0]] for check in found["draft"] if len(check["evidence"]) > 1}
    assert first == {trusted}


def test_names(factcheck: Run, write: Write) -> None:
    """Two figures of two names are of two parties, unless the house says that the names are of one."""
    paths = [
        write("b/one.txt", "Velmarine ordered 40 electric ferries on Monday.\n"),
        write("b/two.txt", "Corvane Lines ordered 60 electric ferries on Monday.\n"),
    ]

    def found(toml: str) -> list[str]:
        write("b/factcheck.toml", toml)
        return relations(json.loads(factcheck("check", *paths, "--format", "json").out))

    assert found("") == []
    assert found('[names]\n"Corvane Lines" = ["Velmarine"]') == ["contradiction"]


def test_cache(factcheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run(factcheck, write, "cache = false")
    assert not (tmp_path / "cache").exists()
    run(factcheck, write, "cache = false", "--cache")
    assert any(p.is_file() for p in (tmp_path / "cache").rglob("*"))


def test_what_a_report_says_of_its_settings() -> None:
    """The fingerprint changes with what can change a report, and with nothing else."""
    silent = {"format", "fail-on", "cache"}
    for key, value in SOME.items():
        config = settings(environ={s.variable: _raw(value) for s in SETTINGS if s.key == key}).config
        assert (config.fingerprint() == Config().fingerprint()) == (key in silent), key


def _raw(value: Any) -> str:
    from factcheck.settings import toml

    return value if isinstance(value, str) else toml(value)
