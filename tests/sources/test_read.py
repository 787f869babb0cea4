"""Reading files: every format, every way a file can be bad."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from factcheck.errors import UsageError
from factcheck.model import Document, Skipped
from factcheck.sources import READERS, SUFFIXES, read
from factcheck.sources.limits import Limits

ARTICLE = (
    "Ferry Fares Rise\n\nThe harbor board raised fares by 3% on Friday.\n\nIt had not done so since 2019.\n"
)


def only(results: Iterable[Document | Skipped]) -> Document | Skipped:
    (result,) = results
    return result


def document(results: Iterable[Document | Skipped]) -> Document:
    result = only(results)
    assert isinstance(result, Document), result
    return result


def reason(results: Iterable[Document | Skipped]) -> str:
    result = only(results)
    assert isinstance(result, Skipped), result
    assert result.stage == "read"
    return result.reason


@pytest.fixture
def write(tmp_path: Path):
    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


# ---------------------------------------------------------------- what is read
def test_text(write) -> None:
    found = document(read([write("fares.txt", ARTICLE)]))
    assert found.text == ARTICLE
    assert found.title == "Ferry Fares Rise"
    assert [found.text[b.start : b.end] for b in found.blocks] == ARTICLE.strip().split("\n\n")[1:]
    assert found.role == "source"
    assert document(read([found.path], role="draft")).role == "draft"


def test_every_suffix_has_a_reader() -> None:
    assert set(SUFFIXES.values()) == set(READERS)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_line_ends_are_kept(write, newline: str) -> None:
    text = ARTICLE.replace("\n", newline)
    assert document(read([write("fares.txt", text)])).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(write, encoding: str) -> None:
    text = ARTICLE + "“Más caro”, said Zoë.\n"
    assert document(read([write("fares.txt", text.encode(encoding))])).text == text


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_encodings(write, encoding: str) -> None:
    text = ARTICLE + "José Peña, who runs the café, called it a façade. A coffee costs £3 there.\n"
    assert document(read([write("fares.txt", text.encode(encoding))])).text == text


def test_typographic_quotes_of_windows(write) -> None:
    text = ARTICLE + "“That’s too much,” she said – and left.\n"
    assert document(read([write("fares.txt", text.encode("cp1252"))])).text == text


def test_front_matter(write) -> None:
    text = (
        "---\ntitle: Fares\ndate: 2024-03-04T10:00:00Z\npublisher: Harbor Review\nid: 17\n---\n\n"
        "Fares *rose* 3%.\n"
    )
    found = document(read([write("fares.md", text)]))
    assert (found.id, found.title, found.published, found.publisher) == (
        "17",
        "Fares",
        "2024-03-04",
        "Harbor Review",
    )
    assert [found.text[b.start : b.end] for b in found.blocks] == ["Fares *rose* 3%."]


def test_markdown_structure(write) -> None:
    prose = [
        "Fares rose 3% on\nFriday, the board said.",
        "The 2019 fares\n  had stayed low.",
        "Nobody objected to it.",
    ]
    text = (
        f"# Fares\n\n{prose[0]}\n\n- {prose[1]}\n* {prose[2]}\n\n```\nfares = 3 apples were sold.\n```\n\n"
        "| year | fare |\n|---|---|\n\n<!-- The editor\nwrote this. -->\n\n- [More about it.](https://example.org)\n\n"
        "Sub\n---\n\n<div>\n"
    )
    found = document(read([write("fares.md", text)]))
    assert found.title == "Fares"
    assert [found.text[b.start : b.end] for b in found.blocks] == prose


def test_rules_are_not_front_matter(write) -> None:
    text = "---\nFares rose 3% on Friday.\n---\n\nThey had been stable since 2019.\n"
    assert len(document(read([write("fares.md", text)])).blocks) == 2


def test_jsonl(write) -> None:
    rows = [
        {
            "id": 1,
            "text": ARTICLE,
            "published": "2024-03-04",
            "publisher": "Harbor Review",
            "url": "https://example.org",
        },
        {"id": "b", "text": ARTICLE, "path": "b.html", "title": "Fares", "language": "en", "unknown": [1]},
        {"text": "Fares rose\u2028on Friday."},
    ]
    path = write("fares.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    first, second, third = read([path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert (first.id, first.path, first.published, first.title) == (
        "1",
        f"{path}:1",
        "2024-03-04",
        "Ferry Fares Rise",
    )
    assert (second.id, second.path, second.title, second.language) == ("b", "b.html", "Fares", "en")
    assert third.text == rows[2]["text"]


def test_standard_input() -> None:
    found = document(read(["-"], input_format="text", stdin=io.BytesIO(ARTICLE.encode())))
    assert (found.path, found.text) == ("-", ARTICLE)


def test_input_format_overrides_a_name(write) -> None:
    assert document(read([write("fares.html", ARTICLE)], input_format="text")).text == ARTICLE


def test_folders_are_read_in_order(write, tmp_path: Path) -> None:
    deep = "/".join("abcdefgh" * 4)
    for name in ("z.txt", "b/y.txt", "b/x.txt", f"{deep}/w.md", ".hidden.txt", ".git/v.txt", "b/picture.png"):
        write(name, ARTICLE)
    found = list(read([str(tmp_path)]))
    names = [os.path.relpath(result.path, tmp_path) for result in found]
    assert names == ["z.txt", f"{deep}/w.md", "b/picture.png", "b/x.txt", "b/y.txt"]
    assert [type(result) for result in found].count(Skipped) == 1


# ---------------------------------------------------------------- ids
def test_ids_are_unique_and_stable(write) -> None:
    paths = [write(f"{folder}/fares.txt", ARTICLE) for folder in "abc"]
    rows = write("rows.jsonl", f"{json.dumps({'id': 'x', 'text': ARTICLE})}\n" * 3)
    results = list(read([*paths, rows]))
    ids = [result.id for result in results if isinstance(result, Document)]
    assert len(set(ids)) == 6
    assert ids[3:] == ["x", "x-2", "x-3"]
    assert results == list(read([*paths, rows]))


def test_ids_of_an_earlier_call_are_not_given_again(write) -> None:
    path = write("fares.txt", ARTICLE)
    first = document(read([path]))
    assert document(read([path], role="draft", taken=[first.id])).id != first.id


def test_a_file_given_twice_is_read_once(write, tmp_path: Path) -> None:
    path = write("fares.txt", ARTICLE)
    _, second = read([path, str(tmp_path)])
    assert isinstance(second, Skipped)


# ---------------------------------------------------------------- what is not
@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\xef\xbb\xbf\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.jsonl", b"\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "binary"),
        ("a.txt", bytes(range(1, 9)) * 100, "binary"),
        ("a.txt", b"\xff\xfeA", "cannot be decoded"),
        ("a.odt", b"PK\x03\x04", "not a known format"),
        ("noname", b"text", "not a known format"),
        ("a.md", b"---\ntitle: [a\n---\n\nFares rose.\n", "front matter is not valid YAML: line 3"),
        ("a.md", b"---\na: &x [1]\nb: *x\n---\n\nFares rose.\n", "aliases are not allowed"),
        ("a.md", b"---\n" + b"[" * 5000 + b"\n---\n", "nested too deeply"),
        ("a.jsonl", b'{"id": 1, "text": "\\ud800 rose."}', ""),
        ("a.jsonl", b'{"id": "\\udfff", "text": "It rose."}', ""),
        ("a.jsonl", b'{"id": 1}', "text"),
        ("a.jsonl", b'{"id": 1, "text": ["It rose."]}', "text"),
        ("a.jsonl", b'{"id": 1, "text": " \\n"}', "empty"),
        ("a.jsonl", b'"It rose."', "object"),
        ("a.jsonl", b"[" * 100_000, ""),
        ("a.jsonl", b'{"id": ' + b"9" * 100_000 + b', "text": 1}', ""),
        ("a.jsonl", b'{"text": "Caf\xe9s closed."}', ""),
    ],
)  # fmt: skip
def test_bad_content_is_skipped_with_a_reason(write, name: str, content: bytes, expected: str) -> None:
    assert expected in reason(read([write(name, content)]))


def test_a_bad_line_does_not_stop_the_next(write) -> None:
    path = write("rows.jsonl", f'{{"text": \n\n{json.dumps({"text": ARTICLE})}\n')
    bad, good = read([path])
    assert isinstance(bad, Skipped)
    assert bad.path == f"{path}:1"
    assert isinstance(good, Document)
    assert good.path == f"{path}:3"


def test_only_furniture_is_a_document_without_prose(write) -> None:
    found = document(read([write("page.txt", "Home\nShare\n12:30\n")]))
    assert found.blocks == ()
    assert len(found.boilerplate) == 3


def test_too_large(write) -> None:
    path = write("fares.txt", ARTICLE)
    assert "larger than the limit of 20 bytes" in reason(read([path], limits=Limits(bytes=20)))
    stream = io.BytesIO(ARTICLE.encode())
    assert "larger than" in reason(read(["-"], input_format="text", stdin=stream, limits=Limits(bytes=20)))


def test_nul_in_json_is_kept(write) -> None:
    assert (
        document(read([write("rows.jsonl", '{"text": "It \\u0000 rose by 3%."}')])).text
        == "It \0 rose by 3%."
    )


def test_unreadable(write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("fares.txt", ARTICLE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert reason(read([path])) == "cannot be opened: Permission denied"


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such file or folder: .*nowhere\.txt"):
        read([str(tmp_path / "nowhere.txt")])


@pytest.mark.parametrize("path", ["a\0b", "\ud800"])
def test_impossible_names(path: str) -> None:
    with pytest.raises(UsageError):
        read([path])


def test_empty_folder(tmp_path: Path) -> None:
    assert reason(read([str(tmp_path)])) == "no documents in this folder"


def test_unknown_format_name(write) -> None:
    with pytest.raises(UsageError, match="expected one of text, markdown, jsonl"):
        read([write("fares.txt", ARTICLE)], input_format="odt")


@pytest.mark.parametrize("stdin", [None, io.BytesIO(b"")])
def test_standard_input_needs_a_format(stdin: io.BytesIO | None) -> None:
    with pytest.raises(UsageError, match="needs the name of its format"):
        read(["-"], stdin=stdin)


def test_links(write, tmp_path: Path) -> None:
    write("folder/fares.txt", ARTICLE)
    (tmp_path / "folder" / "loop").symlink_to(tmp_path / "folder", target_is_directory=True)
    (tmp_path / "folder" / "self.txt").symlink_to(tmp_path / "folder" / "self.txt")
    results = list(read([str(tmp_path)]))
    assert [type(result) for result in results].count(Document) == 1
    assert sorted(result.reason[:14] for result in results if isinstance(result, Skipped)) == [
        "a link to a fo",
        "cannot be open",
    ]


def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(read([str(tmp_path)])) == "not a regular file"


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"fares\xff.txt")).write_bytes(ARTICLE.encode())
    except OSError:
        pytest.skip("the file system takes no such name")
    msgspec.json.encode(document(read([str(tmp_path)])))
