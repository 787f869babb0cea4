"""Whatever is wrong with the input: a reason in the report, or one message and exit status 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from importlib import resources
from pathlib import Path

import pytest
from command_line import SEEDS, Run, Write

GOOD = "The council of Marlow approved 15 housing projects on Monday, the mayor said.\n"


def one_message(err: str) -> str:
    """Return the one message of a run that could not do its work; continuation lines are indented."""
    lines = err.splitlines()
    assert lines[0].startswith("factcheck: "), err
    assert all(line.startswith("  ") for line in lines[1:]), err
    return err


# ---------------------------------------------------------------- documents
BAD_DOCUMENTS: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.txt", b" \r\n\t\n", "empty"),
    "binary": ("a.txt", bytes(range(256)) * 40, "binary"),
    "picture": ("a.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), "binary"),
    "unknown ending": ("a.odt", b"PK\x03\x04", "not a known format"),
    "cut UTF-16": ("a.txt", b"\xff\xfeT\0h", "cannot be decoded"),
    "broken front matter": ("a.md", b"---\ntitle: [x\n---\n\nIt rose.\n", "front matter is not valid YAML"),
    "YAML bomb": (
        "a.md",
        b"---\na: &a [x]\n" + b"".join(b"k%d: [*a, *a]\n" % i for i in range(40)) + b"---\nIt rose.\n",
        "aliases are not allowed",
    ),
    "deep YAML": ("a.md", b"---\n" + b"[" * 9000 + b"\n---\nIt rose.\n", "nested too deeply"),
    "YAML escape beyond Unicode": ("a.md", b'---\ntitle: "\\U00110000"\n---\nIt rose.\n', "out of range"),
    "YAML escape beyond C": ("a.md", b'---\ntitle: "\\UFFFFFFFF"\n---\nIt rose.\n', "out of range"),
    "YAML version beyond int": ("a.md", b"---\n%YAML 1." + b"9" * 5000 + b"\n--- \nx\n---\nIt.\n", "YAML"),
    "YAML with ESC": ("a.md", b'---\ntitle: "a\x1bb"\n---\nIt rose.\n', "special characters"),
    "broken JSON": ("a.jsonl", b'{"text": "It rose.', 'not a {"id", "text"} object'),
    "deep JSON": ("a.jsonl", b'{"text": ' + b"[" * 100_000, 'not a {"id", "text"} object'),
    "JSON without text": ("a.jsonl", b'{"id": "x", "title": "It rose"}', "text"),
    "JSON of another kind": ("a.jsonl", b"null\n", 'not a {"id", "text"} object'),
    "half a surrogate pair": ("a.jsonl", b'{"text": "It rose by 5% \\ud83d."}', ""),
    "number of 100,000 digits": ("a.jsonl", b'{"id": ' + b"9" * 100_000 + b', "text": 1}', ""),
    "too long": ("a.txt", b"The toll rose by 15 people. " * 180_000, "longer than the limit"),
    "too many bytes": ("a.jsonl", b" " * 20_000_001, "larger than the limit"),
    "short lines": ("a.txt", b"x\n" * 1_000_000, "longer than the limit"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_a_bad_document_beside_a_good_one_is_skipped_with_a_reason(
    factcheck: Run, write: Write, case: str
) -> None:
    name, content, reason = BAD_DOCUMENTS[case]
    bad, good = write(name, content), write("good.txt", GOOD)
    ended = factcheck("check", bad, good, "--format", "json")
    assert ended.status == 0
    report = json.loads(ended.out)
    assert [d["path"] for d in report["documents"]] == [str(good)]
    (skipped,) = report["skipped"]
    assert skipped["path"].startswith(str(bad))
    assert reason in skipped["reason"]
    assert skipped["reason"]
    assert ended.err.startswith(f"skipped {bad}")


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
@pytest.mark.parametrize("command", ["check", "extract"])
def test_nothing_but_a_bad_document(factcheck: Run, write: Write, command: str, case: str) -> None:
    name, content, reason = BAD_DOCUMENTS[case]
    ended = factcheck(command, write(name, content))
    assert (ended.status, ended.out) == (2, "")
    assert reason in one_message(ended.err)


def test_all_reasons_are_given(factcheck: Run, write: Write) -> None:
    paths = [write(f"{n}.txt", b"") for n in range(30)]
    err = one_message(factcheck("check", *paths).err)
    assert all(str(path) in err for path in paths)


def test_front_matter_builds_no_objects(factcheck: Run, write: Write) -> None:
    path = write("a.md", "---\ntitle: !!python/object/apply:os.abort []\n---\n\n" + GOOD)
    assert factcheck("check", path).status == 0


@pytest.mark.parametrize("text", ["Home\nShare\nAdvertisement\n12:30\n", "...\n!!!\n", "\ufffd\n"])
def test_a_document_without_a_claim(factcheck: Run, write: Write, text: str) -> None:
    ended = factcheck("check", write("a.txt", text), "--format", "json")
    assert ended.status == 0
    report = json.loads(ended.out)
    assert (len(report["documents"]), report["claims"]) == (1, [])


@pytest.mark.parametrize("text", ["Home\nShare\nAdvertisement\n12:30\n", "...\n!!!\n"])
@pytest.mark.parametrize("against", [[], ["--against"]])
def test_a_document_without_a_claim_beside_others(
    factcheck: Run, write: Write, text: str, against: list[str]
) -> None:
    paths = [write("a.txt", text), *against, write("b.txt", GOOD), write("c.txt", GOOD)]
    ended = factcheck("check", *paths, "--format", "json")
    assert ended.status == 0
    report = json.loads(ended.out)
    assert len(report["documents"]) == 3
    assert {fact["verdict"] for fact in report["facts"]} == {"agreement"}
    assert report.get("draft", []) == []


def test_lines_are_bad_one_by_one(factcheck: Run, write: Write) -> None:
    rows = [
        json.dumps({"id": "good", "text": GOOD}).encode(),
        b"{",
        b"",
        b'{"text": "caf\xe9"}',
        b'{"text": 5}',
    ]
    path = write("a.jsonl", b"\r\n".join(rows))
    report = json.loads(factcheck("check", path, "--format", "json").out)
    assert [d["id"] for d in report["documents"]] == ["good"]
    assert [s["path"] for s in report["skipped"]] == [f"{path}:{line}" for line in (2, 4, 5)]


def test_a_longer_document_is_read_on_request(factcheck: Run, write: Write) -> None:
    path = write("a.txt", GOOD)
    assert "limit of 50 characters" in factcheck("check", path, "--max-characters", "50").err
    assert factcheck("check", path, "--max-characters", str(len(GOOD))).status == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can read every file")
def test_a_file_that_may_not_be_read(factcheck: Run, write: Write) -> None:
    path = write("a.txt", GOOD)
    path.chmod(0)
    assert "cannot be opened: Permission denied" in one_message(factcheck("check", path).err)


# ---------------------------------------------------------------- paths and options
def test_a_folder_without_documents(factcheck: Run, tmp_path: Path) -> None:
    ended = factcheck("check", tmp_path)
    assert ended.status == 2
    assert "no documents in this folder" in one_message(ended.err)


def test_a_folder_with_the_name_of_a_file(factcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert "no documents" in one_message(factcheck("check", tmp_path / "a.txt").err)
    assert "cannot be read" in one_message(factcheck("relate", tmp_path / "a.txt").err)


def test_links_to_nowhere_and_to_itself(factcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    err = one_message(factcheck("check", tmp_path).err)
    assert "loop.txt: cannot be opened" in err
    assert "gone.txt: cannot be opened" in err
    assert "loop.txt: cannot be opened" in one_message(factcheck("check", tmp_path / "loop.txt").err)
    assert factcheck("config", tmp_path / "loop.txt").status == 0


def test_a_pipe_in_a_folder_does_not_hang(factcheck: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in one_message(factcheck("check", tmp_path).err)


@pytest.mark.parametrize("found", [(), ("--auto",)])
def test_a_pipe_in_a_folder_of_stories_does_not_hang(
    factcheck: Run, write: Write, tmp_path: Path, found: tuple[str, ...]
) -> None:
    write("one/a.txt", GOOD)
    write("one/draft.txt", GOOD)
    os.mkfifo(tmp_path / "one" / "p.txt")
    ended = factcheck("check", "--batch", tmp_path, *found)
    assert ended.status == 0
    assert "p.txt: not a regular file" in ended.out


SETTINGS = {
    "[limits]\nbytes = 99999999999999999999": "limits.bytes: expected",
    "[limits]\ncharacters = " + "9" * 5000: "is not valid TOML",
    "[limits]\ncharacters = 0x" + "f" * 6000: "limits.characters: expected",
    ".".join("a" * 3000) + " = 1": "no such setting",
    '[models]\nencoder = "\\u0000"': "models.encoder: expected",
}


@pytest.mark.parametrize("text", SETTINGS, ids=lambda text: text[:30])
def test_settings_beyond_what_libraries_take(factcheck: Run, write: Write, text: str) -> None:
    write("factcheck.toml", text)
    ended = factcheck("extract", write("good.txt", GOOD))
    assert (ended.status, ended.out) == (2, "")
    assert SETTINGS[text] in one_message(ended.err)
    assert "\0" not in ended.err


def test_a_limit_as_good_as_none(factcheck: Run, write: Write) -> None:
    write("factcheck.toml", "[limits]\nbytes = 1000000000000")
    assert factcheck("extract", write("good.txt", GOOD)).status == 0


@pytest.mark.parametrize("tool", ['tool = "[tool.factcheck"', "tool = 1 # [tool.factcheck]"])
def test_a_project_whose_tool_is_no_table(factcheck: Run, write: Write, tool: str) -> None:
    write("pyproject.toml", tool)
    ended = factcheck("extract", write("good.txt", GOOD))
    assert ended.status == 2
    assert "tool.factcheck: expected a table" in one_message(ended.err)


def test_a_sentence_of_nothing_but_numbers(factcheck: Run, write: Write) -> None:
    """Once each pair of figures looked at all pairs of their sentences."""
    paths = [
        write(
            f"{name}.txt", "The ferry carried " + ", ".join(str(n) for n in range(first, 6000, 17)) + " cars."
        )
        for name, first in (("a", 1000), ("b", 1009))
    ]
    began = time.perf_counter()
    assert factcheck("check", *paths, "--fail-on", "never").status == 0
    assert time.perf_counter() - began < 60


REFUSED: dict[str, tuple[list[str], str]] = {
    "missing path": (["check", "nowhere.txt"], "no such file or folder: nowhere.txt"),
    "missing source": (["check", "GOOD", "--against", "nowhere.txt"], "no such file or folder: nowhere.txt"),
    "missing relations": (["relate", "nowhere.jsonl"], "nowhere.jsonl cannot be read: No such file"),
    "path with NUL": (["check", "a\0b"], "no such file or folder"),
    "path with escapes": (["check", "\x1b]0;x\x07"], "no such file or folder"),
    "standard input without a format": (["check", "-"], "needs the name of its format"),
    "empty standard input": (["check", "-", "--input-format", "text"], "empty"),
    "missing gate": (["check", "GOOD", "--gate", "nowhere.json"], "gate 'nowhere.json' cannot be read"),
    "gate that is text": (["check", "GOOD", "--gate", "GOOD"], "Expected a JSON file of weights"),
    "gate that is a folder": (["check", "GOOD", "--gate", "FOLDER"], "Expected a JSON file of weights"),
    "unwritable output": (["check", "GOOD", "-o", "FOLDER/no/report"], "cannot be written: No such file"),
    "output that is a folder": (["check", "GOOD", "-o", "FOLDER"], "cannot be written: Is a directory"),
    "unwritable list": (["extract", "GOOD", "-o", "FOLDER"], "cannot be written: Is a directory"),
    "unknown parser": (["extract", "GOOD", "--spacy-model", "no_such_model"], "spaCy model 'no_such_model'"),
    "parser that is a folder": (["extract", "GOOD", "--spacy-model", "FOLDER"], "cannot be loaded"),
    "unknown model": (["models", "--spacy-model", "no_such_model"], "no_such_model is missing"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_one_message_and_status_2(
    factcheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str
) -> None:
    arguments, message = REFUSED[case]
    places = {"GOOD": str(write("good.txt", GOOD)), "FOLDER": str(tmp_path)}
    monkeypatch.chdir(tmp_path)
    for name, path in places.items():
        arguments = [argument.replace(name, path) for argument in arguments]
    ended = factcheck(*arguments)
    assert ended.status == 2
    assert message in one_message(ended.err)
    assert "\x1b" not in ended.err


def test_an_embedding_model_that_is_not_here(factcheck: Run, write: Write) -> None:
    ended = factcheck("check", write("a.txt", GOOD), "--embedding-model", "nobody/no-such-model")
    assert ended.status == 2
    assert "embedding model 'nobody/no-such-model' cannot be loaded" in one_message(ended.err)
    assert "give its name or folder" in ended.err


@pytest.mark.parametrize("weights", ['{"nosuch": 1}', '{"clause": 1e300}'])
def test_a_gate_with_weights_that_mean_nothing(factcheck: Run, write: Write, weights: str) -> None:
    shipped = json.loads(resources.files("factcheck.alignment").joinpath("gate.json").read_text("utf-8"))
    shipped["pair"]["figure"]["weights"] = json.loads(weights)
    ended = factcheck("check", SEEDS, "--gate", write("gate.json", json.dumps(shipped)))
    assert ended.status == 2
    assert "gate.json" in one_message(ended.err)


@pytest.mark.parametrize("gate", ["{}", "[]", '{"pair": {}, "ranked": {}}', '{"pair": 1}', "", "{" * 100_000])
def test_a_gate_that_is_none(factcheck: Run, write: Write, gate: str) -> None:
    ended = factcheck("check", SEEDS, "--gate", write("gate.json", gate))
    assert ended.status == 2
    assert "gate.json" in one_message(ended.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "PATH", "--bogus"],
        ["check", "PATH", "--format", "docx"],
        ["check", "PATH", "--fail-on", "everything"],
        ["check", "PATH", "--max-characters", "0"],
        ["check", "PATH", "--input-format", "odt"],
        ["check", "PATH", "--against"],
        ["extract", "PATH", "--format", "markdown"],
        ["relate", "PATH", "--format", "json"],
        ["bogus"],
    ],
    ids=" ".join,
)
def test_wrong_options(factcheck: Run, write: Write, arguments: list[str]) -> None:
    path = write("good.txt", GOOD)
    ended = factcheck(*(str(path) if argument == "PATH" else argument for argument in arguments))
    assert (ended.status, ended.out) == (2, "")
    assert "Error: " in ended.err


def test_no_source_can_be_read(factcheck: Run, write: Write) -> None:
    ended = factcheck("check", write("draft.txt", GOOD), "--against", write("source.txt", b""))
    assert ended.status == 2
    assert "no source could be read" in one_message(ended.err)


def test_no_draft_can_be_read(factcheck: Run, write: Write) -> None:
    ended = factcheck("check", write("draft.txt", b""), "--against", write("source.txt", GOOD))
    assert ended.status == 2
    assert "no draft could be read" in one_message(ended.err)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2"),
        ('{"id": 1, "left": "It rose."}', "line 2"),
        ('{"id": 1, "left": 5, "right": "It rose."}', "line 2"),
        ('{"id": 1, "left": "\\ud800", "right": "It rose."}', "line 2"),
        ("[" * 100_000, "line 2"),
        ("\xff", "line 2"),
    ],
)
def test_a_bad_pair(factcheck: Run, write: Write, line: str, message: str) -> None:
    good = '{"id": 0, "left": "It rose by 5%.", "right": "It rose by 5%."}'
    ended = factcheck("relate", write("pairs.jsonl", f"{good}\n{line}\n".encode("latin-1")))
    assert (ended.status, ended.out) == (2, "")
    assert message in one_message(ended.err)


def test_pairs_with_a_byte_order_mark_and_none_at_all(factcheck: Run, write: Write) -> None:
    line = b'\xef\xbb\xbf{"id": 1, "left": "It rose.", "right": "It rose."}\n'
    assert json.loads(factcheck("relate", write("a.jsonl", line)).out)["id"] == 1
    ended = factcheck("relate", write("b.jsonl", ""))
    assert (ended.status, ended.out) == (0, "")


@pytest.mark.parametrize("text", ["", " ", "\u0000", "!", "a" * 5000])
def test_a_pair_that_says_nothing(factcheck: Run, text: str) -> None:
    line = json.dumps({"id": "x", "left": text, "right": "The council approved 15 projects."})
    ended = factcheck("relate", "-", stdin=line.encode())
    assert ended.status == 0
    assert json.loads(ended.out)["relation"] in ("unrelated", "undecided")


# ---------------------------------------------------------------- the terminal
HOSTILE = (
    "\x1b]0;title\x07\x1b[2JThe \u202emayor\u202c of [red]Marlow[/red] said [link=http://evil]15[/link] <b>"
    "people and \x9b31m16 cats came on Monday.\r\nThe count | was `15` 👨\u200d people\u2028in \0all.\n"
)


@pytest.mark.parametrize("format", ["terminal", "markdown", "json", "jsonl"])
def test_nothing_an_article_says_steers_a_terminal(factcheck: Run, write: Write, format: str) -> None:
    rows = [{"id": f"{n}{HOSTILE}", "path": HOSTILE, "title": HOSTILE, "text": HOSTILE * 3} for n in "ab"]
    path = write("a.jsonl", "".join(json.dumps(row) + "\n" for row in rows) + json.dumps({"id": HOSTILE}))
    ended = factcheck("check", path, "--format", format, "--fail-on", "never", "--with-text")
    assert ended.status == 0
    steering = [c for c in ended.out + ended.err if c in "\x1b\x9b\x07\0\u202e\u2028\u202c" or c == "\r"]
    assert steering == []


def test_a_reader_that_goes_away(write: Write, kept: Path) -> None:
    path = write("a.txt", GOOD * 400)
    command = f"{sys.executable} -m factcheck extract {path} --format jsonl | head -1"
    environment = {**os.environ, "XDG_CACHE_HOME": str(kept)}
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=environment, check=False)
    assert (done.stdout.count(b"\n"), done.stderr) == (1, b"")
