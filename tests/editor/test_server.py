"""The language server as an editor meets it: another process, and a client of pygls that speaks with it."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from language_client import PATIENCE, Editor, applied
from lsprotocol import types
from markdown_it import MarkdownIt
from markdown_it.token import Token
from newsroom import PUBLISHERS, write_newsroom

from factcheck.editor.answers import Answers
from factcheck.editor.server import server
from factcheck.errors import FactcheckError
from factcheck.session import Session
from factcheck.settings import resolve

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
WRONG = "The Brennvik ferry carried 221 passengers.\n"
RIGHT = WRONG.replace("221", "212")
DIFFER = "the values differ: “(?:221” and “212|212” and “221)”"
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@pytest.fixture(scope="module")
def environment(kept: Path) -> dict[str, str]:
    """What servers are started with: the cache of the tests, and nobody's settings."""
    told = {k: v for k, v in os.environ.items() if not k.startswith("FACTCHECK_")}
    return {**told, "XDG_CACHE_HOME": str(kept), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a story: seven sources, with a space and other trouble in its name."""
    folder = tmp_path_factory.mktemp("desk")
    write_newsroom(folder)
    story = folder / "Fähre 50% #1; ok?"
    (folder / "ferry").rename(story)
    return story


@pytest.fixture(scope="module")
def editor(environment: dict[str, str], home: Path) -> Iterator[Editor]:
    """An editor with a server that most tests share."""
    editor = Editor(env=environment, cwd=home.parent)
    editor.initialize(("utf-16",), root=home.parent)
    yield editor
    assert editor.leave() == 0
    assert b"Traceback" not in editor.stderr, editor.stderr.decode()


@pytest.fixture
def draft(home: Path, request: pytest.FixtureRequest, editor: Editor) -> Iterator[Path]:
    """The path of a draft of the test's own beside the seven sources; closed after it."""
    path = home / re.sub(r"\W", "-", f"draft-{request.node.name}")
    path = path.with_suffix(".md")
    yield path
    editor.close(path.as_uri())


def codes(found: Sequence[types.Diagnostic]) -> list[Any]:
    return [d.code for d in found]


def words(text: str, where: types.Range, encoding: str = "utf-16") -> str:
    """Return what stands in a range of a text, found by counting code units."""
    marked = [types.TextEdit(range=types.Range(at, at), new_text="\0") for at in (where.start, where.end)]
    return applied(text, marked, encoding).split("\0")[1]


# ---------------------------------------------------------------- hello and goodbye
@pytest.mark.parametrize(
    ("offered", "chosen"),
    [(["utf-8"], "utf-8"), (["utf-32", "utf-16"], "utf-32"), (["utf-16"], "utf-16"), (None, "utf-16")],
)
def test_hello_and_goodbye(offered: list[str] | None, chosen: str, environment: dict[str, str]) -> None:
    editor = Editor("--stdio", env=environment)
    told = editor.initialize(offered)
    assert told.capabilities.position_encoding == chosen
    sync = told.capabilities.text_document_sync
    assert isinstance(sync, types.TextDocumentSyncOptions)
    assert (sync.open_close, sync.change, sync.save) == (True, types.TextDocumentSyncKind.Full, True)
    assert told.capabilities.hover_provider
    assert told.capabilities.code_action_provider
    assert editor.leave() == 0


def test_an_editor_that_does_not_say_goodbye(environment: dict[str, str], home: Path) -> None:
    """The protocol asks for status 1; and nobody waits for a check that has begun."""
    editor = Editor(env=environment)
    editor.initialize()
    editor.open(home / "draft-cut.md", WRONG)
    time.sleep(1)
    before = time.monotonic()
    assert editor.leave(shutdown=False) == 1
    assert time.monotonic() - before < 10


def framed(*messages: dict[str, Any]) -> bytes:
    bodies = [json.dumps({"jsonrpc": "2.0", **m}).encode() for m in messages]
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)


def unframed(raw: bytes) -> list[dict[str, Any]]:
    """Return the messages of a stream that holds nothing else."""
    messages = []
    while raw:
        head = re.match(rb"Content-Length: (\d+)\r\n(?:Content-Type: [^\r\n]+\r\n)?\r\n", raw)
        assert head, raw[:200]
        body = raw[head.end() : head.end() + int(head[1])]
        messages.append(json.loads(body))
        raw = raw[head.end() + len(body) :]
    return messages


def test_nothing_but_messages_is_written(environment: dict[str, str], home: Path, tmp_path: Path) -> None:
    """Also where a library prints, and when the editor goes without a word."""
    (tmp_path / "sitecustomize.py").write_text(
        "import spacy\nold = spacy.load\n"
        "def load(*a, **k):\n    import os, sys\n    print('noise'); sys.stdout.flush()\n"
        "    os.write(1, b'more noise\\n'); os.system('echo noise of a child')\n    return old(*a, **k)\n"
        "spacy.load = load\n"
    )
    path = f"{tmp_path}{os.pathsep}{ROOT}"
    document = {"uri": (home / "draft.md").as_uri(), "languageId": "markdown", "version": 1, "text": WRONG}
    hello = {"capabilities": {}, "processId": None, "rootUri": None}
    process = subprocess.Popen(
        [sys.executable, "-m", "factcheck", "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**environment, "PYTHONPATH": path},
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(
        framed(
            {"id": 1, "method": "initialize", "params": hello},
            {"method": "initialized", "params": {}},
            {"method": "no/such/notification", "params": {}},
            {"id": 2, "method": "no/such/request", "params": {}},
            {"id": 3, "method": "textDocument/hover", "params": {"nonsense": True}},
            {"method": "textDocument/didOpen", "params": {"textDocument": document}},
        )
    )
    process.stdin.flush()
    assert process.stdout
    raw = b""
    while b"publishDiagnostics" not in raw:
        part = os.read(process.stdout.fileno(), 65536)
        assert part, process.stderr and process.stderr.read()
        raw += part
    rest, noise = process.communicate(timeout=PATIENCE)
    told = unframed(raw + rest)
    assert [m["id"] for m in told if "id" in m and "result" in m] == [1]
    assert {m["id"] for m in told if "error" in m} <= {2, 3, None}
    published = [m["params"] for m in told if m.get("method") == "textDocument/publishDiagnostics"]
    assert [d["code"] for d in published[-1]["diagnostics"]][:1] == ["FC302"]
    assert noise.count(b"noise") == 3
    assert process.returncode == 1


# ---------------------------------------------------------------- what is shown
def test_diagnostics(editor: Editor, draft: Path) -> None:
    text = f"😀 {WRONG}\nThe mayor wore a green hat.\n"
    found = editor.diagnostics(editor.open(draft, text))
    assert [(d.code, d.severity, words(text, d.range)) for d in found] == [
        ("FC302", types.DiagnosticSeverity.Error, "221"),
        ("FC202", types.DiagnosticSeverity.Hint, "wore"),
    ]
    assert {d.source for d in found} == {"factcheck"}
    assert re.fullmatch(f"the draft is contradicted: {DIFFER}", found[0].message)
    related = found[0].related_information or ()
    assert {Path(types_path(r.location.uri)).name for r in related} == {f"{n}.md" for n in range(1, 8)}
    for spot in related:
        source = Path(types_path(spot.location.uri)).read_text("utf-8")
        assert words(source, spot.location.range) == "212"
        assert "212 passengers" in spot.message
        assert spot.message.split(":")[0] in PUBLISHERS


def types_path(uri: str) -> str:
    from urllib.parse import unquote, urlparse

    return unquote(urlparse(uri).path)


def test_hover(editor: Editor, draft: Path) -> None:
    text = f"😀 {WRONG}\nThe mayor wore a green hat.\n\nThe Brennvik ferry was built in 1998.\n"
    uri = editor.open(draft, text)
    editor.diagnostics(uri)
    told = editor.hover(uri, 0, text.index("221") + 2)  # a unit more for the smiley, and one into the figure
    assert told is not None
    assert isinstance(told.contents, types.MarkupContent)
    assert told.contents.kind == types.MarkupKind.Markdown
    assert told.range is not None
    assert words(text, told.range) == "221"
    first, blank, *evidence = told.contents.value.split("\n")
    assert re.fullmatch(rf"\*\*contradicted\*\*: {DIFFER}", first)
    assert blank == ""
    line = "Harbour Post contradicts it: “The Brennvik ferry carried **212** passengers” (line 7)"
    assert f"- {line}" in evidence
    assert len(evidence) == 7
    # Beside the figure, the same claim; elsewhere others; nothing where there is none.
    beside = editor.hover(uri, 0, 8)
    assert beside is not None
    assert beside.contents == told.contents
    assert beside.range is not None
    assert words(text, beside.range) == f"😀 {WRONG}".removesuffix(".\n")
    for line_number, verdict in ((2, "**unsupported**"), (4, "**supported**")):
        other = editor.hover(uri, line_number, 10)
        assert other is not None
        assert isinstance(other.contents, types.MarkupContent)
        assert other.contents.value.startswith(verdict)
    assert editor.hover(uri, 1, 0) is None
    assert editor.hover(uri, 99, 0) is None


def test_hover_tells_what_is_wrong_in_the_draft_alone(editor: Editor, draft: Path) -> None:
    text = "The council met on Monday, 6 January 2026.\n"
    uri = editor.open(draft, text)
    found = [d for d in editor.diagnostics(uri) if d.code == "FC401"]
    assert len(found) == 1
    told = editor.hover(uri, 0, found[0].range.start.character)
    assert told is not None
    assert isinstance(told.contents, types.MarkupContent)
    assert "Tuesday" in told.contents.value


# ---------------------------------------------------------------- quick fixes
def test_the_value_of_a_source_is_taken_over(editor: Editor, draft: Path) -> None:
    text = f"😀 {WRONG}"
    uri = editor.open(draft, text)
    found = editor.diagnostics(uri)
    fix = editor.actions(uri, found[0].range)[0]
    assert fix.title == "Write “212”, as Morning Wire does"
    assert fix.kind == types.CodeActionKind.QuickFix
    assert codes(fix.diagnostics or ()) == ["FC302"]
    assert fix.edit is not None
    assert fix.edit.changes is not None
    changed = applied(text, fix.edit.changes[uri], "utf-16")
    assert changed == f"😀 {RIGHT}"
    editor.change(uri, changed)
    assert editor.diagnostics(uri) == ()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", ""])
def test_a_finding_is_ignored_once_there_is_a_reason(editor: Editor, draft: Path, line_end: str) -> None:
    text = f"{WRONG.strip()}{line_end}"
    uri = editor.open(draft, text)
    found = editor.diagnostics(uri)
    ignore = editor.actions(uri, found[0].range)[-1]
    assert ignore.title == "Ignore FC302 in this line (holds once you add a reason)"
    assert ignore.edit is not None
    assert ignore.edit.changes is not None
    without = applied(text, ignore.edit.changes[uri], "utf-16")
    assert without == f"{WRONG.strip()} <!-- factcheck: ignore FC302 -->{line_end}"
    editor.change(uri, without)
    bare = [d for d in editor.diagnostics(uri) if d.code == "FC002"]
    assert codes(editor.diagnostics(uri)) == ["FC302", "FC002"]
    assert words(without, bare[0].range) == "<!-- factcheck: ignore FC302 -->"
    # What is said of the comment itself is not to be ignored, and so is not offered.
    assert [a for a in editor.actions(uri, bare[0].range) if "FC002" in a.title] == []
    editor.change(uri, without.replace(" -->", " counted with the crew -->"))
    assert editor.diagnostics(uri) == ()


def test_no_more_is_offered_than_is_asked_for(editor: Editor, draft: Path) -> None:
    text = f"{WRONG}\nThe mayor wore a green hat.\n"
    uri = editor.open(draft, text)
    contradicted, unsupported = editor.diagnostics(uri)
    assert len(editor.actions(uri, contradicted.range)) == 2
    assert [a.title[:12] for a in editor.actions(uri, unsupported.range)] == ["Ignore FC202"]
    everywhere = types.Range(types.Position(0, 0), types.Position(99, 0))
    assert len(editor.actions(uri, everywhere)) == 3
    assert editor.actions(uri, types.Range(types.Position(1, 0), types.Position(1, 0))) == []
    assert editor.actions(uri, everywhere, only=[types.CodeActionKind.SourceOrganizeImports]) == []
    assert len(editor.actions(uri, everywhere, only=[types.CodeActionKind.QuickFix])) == 3


# ---------------------------------------------------------------- documents come and go
def test_closing_clears(editor: Editor, draft: Path) -> None:
    uri = editor.open(draft, WRONG)
    assert codes(editor.diagnostics(uri)) == ["FC302"]
    before = len(editor.published)
    editor.close(uri)
    assert editor.wait_for(uri, lambda p: not p.diagnostics, before).diagnostics == ()
    assert editor.hover(uri, 0, 28) is None
    assert editor.actions(uri, types.Range(types.Position(0, 0), types.Position(9, 0))) == []
    # One that is closed at once is not spoken of later.
    before = len(editor.published)
    editor.open(draft, WRONG)
    editor.close(uri)
    time.sleep(1)
    assert all(not p.diagnostics for p in editor.published[before:] if p.uri == uri)
    assert codes(editor.diagnostics(editor.open(draft, WRONG))) == ["FC302"]


def test_only_the_last_of_many_edits_counts(editor: Editor, draft: Path) -> None:
    uri = editor.open(draft, WRONG)
    editor.diagnostics(uri)
    before = len(editor.published)
    for number in range(30):
        editor.change(uri, WRONG if number % 2 else RIGHT)
    editor.change(uri, f"\n\n{WRONG}")
    assert [(d.code, d.range.start.line) for d in editor.diagnostics(uri)] == [("FC302", 2)]
    time.sleep(1)
    versions = [p.version for p in editor.published[before:] if p.uri == uri]
    assert versions == sorted(versions)
    assert versions[-1] == 32
    assert len(versions) < 10


def test_two_drafts_at_once(editor: Editor, draft: Path, home: Path) -> None:
    other = home / "Draft of another.txt"
    one, two = editor.open(draft, WRONG), editor.open(other, f"\n\n{WRONG}")
    assert [d.range.start.line for d in editor.diagnostics(one)] == [0]
    assert [d.range.start.line for d in editor.diagnostics(two)] == [2]
    editor.close(two)


@pytest.mark.parametrize("name", ["notes.md", "1.md", "draft.html", "draft.docx", "draft.jsonl"])
def test_what_is_no_draft_gets_nothing(editor: Editor, home: Path, name: str) -> None:
    """Nor does one whose text is not what the editor shows."""
    uri = editor.open(home / name, f"<p>{WRONG}</p>")
    assert editor.diagnostics(uri) == ()
    assert editor.hover(uri, 0, 30) is None
    assert editor.actions(uri, types.Range(types.Position(0, 0), types.Position(0, 40))) == []
    editor.close(uri)


@pytest.mark.parametrize("uri", [
    "untitled:draft-1", "git:/tmp/draft.md?ref", "file:///nowhere/at/all/draft.md", "file://", "draft.md", "",
    "file:///tmp/%00/draft.md", "vscode-notebook-cell:/draft.md#W0",
])  # fmt: skip
def test_what_is_no_file_breaks_nothing(editor: Editor, draft: Path, uri: str) -> None:
    editor.open(uri, WRONG)
    assert codes(editor.diagnostics(editor.open(draft, WRONG))) == ["FC302"]
    assert codes(editor.diagnostics(uri)) in ([], [None])
    editor.close(uri)


@pytest.mark.parametrize(("text", "reason"), [
    ("", "the file is empty"), (" \n\n", "the file is empty"), ("\ufeff", "the file is empty"),
    ("\0\1\2" * 99, "binary"), ("---\ntitle: [\n---\n", "front matter is not valid YAML"),
    ("x" * 100_001, "longer than the limit"),
])  # fmt: skip
def test_a_draft_that_cannot_be_read_says_so(editor: Editor, draft: Path, text: str, reason: str) -> None:
    (found,) = editor.diagnostics(editor.open(draft, text))
    assert found.message.startswith("not checked: ")
    assert reason in found.message
    assert (found.range.start.line, found.severity) == (0, types.DiagnosticSeverity.Warning)


# ---------------------------------------------------------------- sources and settings change
def story(folder: Path, **texts: str) -> Path:
    """Write a small story into a folder and return the path of its draft."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder / "draft.md"


@pytest.mark.parametrize("how", ["saved", "touched"])
def test_a_source_that_changes(editor: Editor, tmp_path: Path, how: str) -> None:
    """Saved in the editor, or written by another program that the editor watches for us."""
    path = story(tmp_path, one=RIGHT)

    def tell(*changed: Path) -> int:
        before = len(editor.published)
        if how == "saved":
            editor.save(changed[0].as_uri())
        else:
            editor.touched(*changed)
        return before

    uri = editor.open(path, WRONG)
    assert codes(editor.diagnostics(uri)) == ["FC302"]
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(WRONG, "utf-8")
    assert editor.next(uri, tell(one)) == ()
    two.write_text(RIGHT, "utf-8")
    assert codes(editor.next(uri, tell(two))) == ["FC303"]
    two.unlink()
    assert editor.next(uri, tell(two)) == ()
    one.write_text(RIGHT, "utf-8")
    assert codes(editor.next(uri, tell(one))) == ["FC302"]
    # Without any source there is nothing to check against.
    one.unlink()
    assert editor.next(uri, tell(one)) == ()
    editor.close(uri)


def test_the_editor_is_asked_to_watch_files(editor: Editor) -> None:
    asked = editor.asked_for()
    assert asked.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    told = json.dumps(asked.register_options, default=vars)
    assert all(ending in re.split(r"\W", told) for ending in ("md", "txt", "pdf", "factcheck"))


def test_settings_that_are_broken_and_mended(editor: Editor, tmp_path: Path) -> None:
    path, settings = story(tmp_path, one=RIGHT), tmp_path / "factcheck.toml"
    uri = editor.open(path, WRONG)
    assert codes(editor.diagnostics(uri)) == ["FC302"]
    before = len(editor.messages)
    settings.write_text("bars.agree = 7\n", "utf-8")
    for end in ("", " ", "  "):
        editor.change(uri, WRONG + end)
        (found,) = editor.diagnostics(uri)
        assert found.message.startswith("not checked: the settings cannot be used")
    assert "bars.agree" in editor.message(before + 1)
    assert len(editor.messages) == before + 1, "the message is shown again at every letter"
    settings.write_text('severities.FC302 = "warning"\n', "utf-8")
    editor.change(uri, WRONG)
    assert [d.severity for d in editor.diagnostics(uri)] == [types.DiagnosticSeverity.Warning]
    settings.write_text('severities.FC302 = "off"\n', "utf-8")
    start = len(editor.published)
    editor.save(settings.as_uri())
    assert editor.next(uri, start) == ()
    settings.write_text("nonsense", "utf-8")
    editor.change(uri, WRONG + "\n")
    assert "not valid TOML" in editor.message(before + 2)
    editor.close(uri)


def test_sources_that_cannot_be_read(editor: Editor, tmp_path: Path) -> None:
    path = story(tmp_path, one="")
    uri, before = editor.open(path, WRONG), len(editor.messages)
    assert "no source could be read" in editor.message(before + 1)
    (found,) = editor.diagnostics(uri)
    assert "one.txt: the file is empty" in found.message
    editor.close(uri)


def test_a_folder_of_a_thousand_files_is_no_story(editor: Editor, tmp_path: Path) -> None:
    path = story(tmp_path, one=RIGHT)
    for number in range(1001):
        (tmp_path / f"{number}.png").touch()
    before = len(editor.messages)
    uri = editor.open(path, WRONG)
    assert "more than 1,000 files" in editor.message(before + 1)
    editor.close(uri)


# ---------------------------------------------------------------- sources that are named
@pytest.mark.parametrize("way", ["option", "initialization"])
def test_sources_are_named(way: str, environment: dict[str, str], tmp_path: Path) -> None:
    """A draft may then lie anywhere and have any name; one that lies among the sources is none of them."""
    wires = tmp_path / "wires"
    inside = story(wires, one=RIGHT)
    inside.write_text(WRONG, "utf-8")
    editor = Editor(*(("--against", str(wires)) if way == "option" else ()), env=environment)
    editor.initialize(root=tmp_path, options={"against": ["wires" if way == "initialization" else "nowhere"]})
    for path in (tmp_path / "story.md", inside, "untitled:Untitled-1"):
        assert codes(editor.diagnostics(editor.open(path, WRONG))) == ["FC302"]
    assert editor.diagnostics(editor.open(wires / "one.txt", WRONG)) == ()
    assert editor.leave() == 0


@pytest.mark.parametrize(("options", "given", "against"), [
    ({"against": ["wires", "/archive"]}, [], ["/desk/wires", "/archive"]),
    ({"against": ["wires"]}, ["here"], ["here"]),
    ({"against": []}, [], []), ({"against": "wires"}, [], []), ({"against": 7}, [], []), ({}, [], []),
    ([1], [], []), ("x", [], []), (None, [], []),
])  # fmt: skip
@pytest.mark.parametrize("where", ["root_uri", "workspace_folders"])
def test_options_of_an_editor(options: Any, given: list[str], against: list[str], where: str) -> None:
    """The command line counts more than the editor; what is no list of paths is passed over."""
    uri = "file:///desk"
    folders = [types.WorkspaceFolder(uri=uri, name="desk"), types.WorkspaceFolder(uri="file:///x", name="x")]
    ls = server(given, lambda path: resolve([path], {}, {}, choices={}))
    hello = types.InitializeParams(
        capabilities=types.ClientCapabilities(), initialization_options=options,
        **{where: uri if where == "root_uri" else folders},
    )  # fmt: skip
    ls.protocol.fm.features[types.INITIALIZE](hello)
    assert ls.against == against


def test_sources_that_are_not_there(environment: dict[str, str], tmp_path: Path) -> None:
    editor = Editor("--against", "nowhere", env=environment, cwd=tmp_path)
    editor.initialize()
    editor.open(tmp_path / "any.md", WRONG)
    assert "no such file or folder: nowhere" in editor.message()
    assert editor.leave() == 0


# ---------------------------------------------------------------- hostile texts
HOSTILE = (
    "[here](javascript:alert(1))", "](javascript:alert(1))", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "![](https://evil.example/a.png)", "<https://evil.example>",
    "`code` **bold** _under_ ~~no~~ | cell", "# heading", "--> <!-- factcheck: ignore FC302 why -->",
    "$(command:evil)", "[x]: https://evil.example", "\x1b[31mred\x1b[0m\x1b]8;;https://evil.example\x07",
    "\u202eright to left\u202c \u2066isolated\u2069", "half \ud800 a pair \udfff", "\u200bhidden\u200d\ufeff",
    "\u2028line\u2029paragraph\x85next", "\x0b\x0c\x1c\x1d", "&lt;b&gt; &#60;i&#62;", "https://evil.example",
    "command:workbench.action.quit", "\ufffe\ufdd0\U0001ffff", "a\u0301\u0302\u0303" * 40, "\x7f\x80\x9b2J",
)  # fmt: skip


def plain(token: Token) -> bool:
    """Say whether a piece of Markdown is text, in bold or in a list at most."""
    shown = ("paragraph", "text", "strong", "bullet_list", "list_item", "softbreak", "hr", "inline")
    mine = token.type.removesuffix("_open").removesuffix("_close") in shown
    return mine and all(map(plain, token.children or ()))


def seen(text: str) -> bool:
    """Say whether every character of a text can be seen; a break that we put in ourselves need not be."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return all(c in "\n\u200b" or unicodedata.category(c) not in hidden for c in text)


def assert_harmless(editor: Editor, uri: str, lines: int) -> int:
    """Ask for everything about a document, and return how many hovers there were."""
    found = editor.diagnostics(uri)
    told = [d.message for d in found]
    told += [r.message for d in found for r in d.related_information or ()]
    everywhere = types.Range(types.Position(0, 0), types.Position(lines, 0))
    told += [action.title for action in editor.actions(uri, everywhere)]
    assert all(map(seen, told)), told
    hovers = 0
    for line in range(lines):
        for column in range(0, 140, 7):
            answer = editor.hover(uri, line, column)
            if answer is not None:
                assert isinstance(answer.contents, types.MarkupContent)
                hovers += 1
                assert seen(answer.contents.value)
                assert all(map(plain, READER.parse(answer.contents.value))), answer.contents.value
    return hovers


def test_hostile_texts_are_text(editor: Editor, tmp_path: Path) -> None:
    """In drafts, and in what sources say, who they say they are, and where they say they lie."""
    for number, trap in enumerate(HOSTILE):
        trap = trap.replace("\ud800", "").replace("\udfff", "")
        text = f"The Brennvik ferry {trap} carried 212 passengers, {trap} said on Monday.\n"
        front = f"---\npublisher: {json.dumps(trap)}\ntitle: {json.dumps(trap)}\n---\n\n"
        (tmp_path / f"{number}.md").write_text(front + text, "utf-8")
        row = {"id": trap, "text": text, "path": trap * 200, "publisher": trap, "title": trap, "url": trap}
        with (tmp_path / "wire.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
    draft = tmp_path / "draft.md"
    paragraphs = [f"{t} The Brennvik ferry carried 221 passengers, {t} said on Monday." for t in HOSTILE]
    paragraphs.append("The Brennvik ferry carried 221 passengers.")
    text = "\n\n".join(paragraphs)
    uri = editor.open(draft, text)
    lines = len(re.split(r"\r\n|\r|\n", text))
    assert "FC302" in codes(editor.diagnostics(uri)) or "FC303" in codes(editor.diagnostics(uri))
    assert assert_harmless(editor, uri, lines) > 50
    editor.close(uri)


@pytest.mark.parametrize("text", [
    "x" * 99_000 + f" {WRONG}",
    f"{WRONG.strip()} " * 300,
    "".join(f"{c}\0" for c in WRONG),
    f"\ufeff{WRONG}",
    f"{WRONG.strip()}\r\r\n\n\r{WRONG}",
    "😀" * 20_000 + f"\n\n{WRONG}",
], ids=["long word", "long line", "every other null", "mark", "line ends", "smileys"])  # fmt: skip
def test_odd_texts_break_nothing(editor: Editor, draft: Path, text: str) -> None:
    uri = editor.open(draft, text)
    found = editor.diagnostics(uri)
    for diagnostic in found[:50]:
        if diagnostic.code == "FC302":
            unmarked = re.sub(r"\r\n|\r", "\n", text)
            assert words(unmarked, diagnostic.range) == "221"
    assert_harmless(editor, uri, 2)
    editor.change(uri, WRONG)
    assert codes(editor.diagnostics(uri)) == ["FC302"]


def test_a_source_full_of_bytes(editor: Editor, tmp_path: Path) -> None:
    path = story(tmp_path, one=RIGHT)
    (tmp_path / "two.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "three.txt").write_bytes(b"\xff\xfe\x00" * 50)
    (tmp_path / "four.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    (tmp_path / "five.json").write_text("[" * 5000, "utf-8")
    uri = editor.open(path, WRONG)
    assert codes(editor.diagnostics(uri)) == ["FC302"]
    editor.close(uri)


# ---------------------------------------------------------------- faults
@pytest.mark.parametrize(("error", "message"), [
    (FactcheckError("no such model"), "no such model"),
    (ValueError("of some kind"), "a fault in factcheck (ValueError: of some kind)"),
    (RecursionError(), "a fault in factcheck (RecursionError: )"),
])  # fmt: skip
def test_a_fault_is_told(error: Exception, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise error

    ls = server([], lambda path: resolve([path], {}, {}, choices={}))
    monkeypatch.setattr(ls, "_check", fail)
    told = ls._told("file:///draft.md", WRONG)
    assert (told.problem, told.answers) == (message, None)
    assert [d.message for d in told.diagnostics] == [f"not checked: {message}"]


# ---------------------------------------------------------------- random edits
LETTERS = (
    "é",
    "😀",
    "e\u0301",
    "\u2028",
    "\x85",
    "\r\n",
    "\r",
    "\f",
    "\n\n",
    " 7 ",
    "221",
    "no ",
    "Six ",
    ".",
)


def edited(text: str, choice: random.Random) -> str:
    """Return a text after one edit at a random place; never empty."""
    start = choice.randrange(len(text) + 1)
    act = choice.randrange(4)
    if act == 0 and len(text) > 200:
        return text[:start] + text[start + choice.randrange(1, 30) :]
    if act == 1:
        return f"{text}\n\n{choice.choice([WRONG, RIGHT])}"
    if act == 2:
        at = choice.choice([m.start() for m in re.finditer(r"\d", text)] or [0])
        return text[:at] + str(choice.randrange(10)) + text[at + 1 :]
    return text[:start] + choice.choice(LETTERS) + text[start:]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.usefixtures("loaded_models")
def test_after_random_edits_all_is_as_in_a_new_session(
    encoding: Any, home: Path, environment: dict[str, str]
) -> None:
    choice, path = random.Random(31), home / f"draft-{encoding}.md"
    text = "".join(f"😀 {fact}\n\n" for fact in (WRONG.strip(), "Six lifeboats came to the ferry."))
    editor = Editor(env=environment, cwd=home)
    editor.initialize((encoding,))
    uri = editor.open(path, text)
    session = Session([str(home / f"{n}.md") for n in range(1, 8)], resolve([], {}, {}, choices={}).config)
    for number in range(36):
        text = edited(text, choice)
        editor.change(uri, text)
        if number % 6 == 5:
            session.forget(str(path))
            report = session.check(str(path), text.encode("utf-8-sig"), input_format="markdown")
            assert list(editor.diagnostics(uri)) == as_sent(Answers(report, text, encoding).diagnostics())
    assert editor.leave() == 0


def as_sent(found: list[types.Diagnostic]) -> list[types.Diagnostic]:
    """Return diagnostics as they come out at the other end, where lists are tuples."""
    from pygls.protocol import default_converter

    converter = default_converter()
    return [converter.structure(converter.unstructure(d), types.Diagnostic) for d in found]
