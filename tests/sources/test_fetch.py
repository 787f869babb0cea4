"""Web addresses: read from a server of the test's own; what a hostile one may do."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from factcheck.errors import UnreadableDocument, UsageError
from factcheck.model import Document, Skipped
from factcheck.sources import SUFFIXES, read
from factcheck.sources.fetch import fetch, is_public
from factcheck.sources.limits import Limits
from factcheck.sources.media import sniff

FILES = Path(__file__).parent.parent / "cases" / "sources"
PAGE = (FILES / "page.html").read_bytes()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Handler(BaseHTTPRequestHandler):
    """Answers by path; what is not in the table is an answer that takes some doing."""

    ANSWERS: ClassVar[dict[str, tuple[str, bytes]]] = {
        "/page": ("text/html; charset=utf-8", PAGE),
        "/story.pdf": ("application/octet-stream", (FILES / "reportlab.pdf").read_bytes()),
        "/story": (WORD, (FILES / "python-docx.docx").read_bytes()),
        "/feed": ("application/rss+xml", (FILES / "feedgen.rss").read_bytes()),
        "/mislabelled": ("text/plain", PAGE),
        "/item.json": ("application/json", (FILES / "ninjs-1.4.json").read_bytes()),
        "/note.txt": ("text/plain", b"The ferry carried 240 people on Friday.\n"),
        "/picture": ("image/png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        "/large": ("text/html", b"x" * 3_000_000),
    }

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path in self.ANSWERS:
            self.answer(200, {"Content-Type": self.ANSWERS[path][0]}, self.ANSWERS[path][1])
        elif path == "/to":
            self.answer(302, {"Location": query})
        elif path == "/loop":
            self.answer(302, {"Location": "/loop"})
        elif path == "/bomb":
            packed = gzip.compress(bytes(60_000_000))
            self.answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, packed)
        elif path == "/packed":
            headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
            self.answer(200, headers, gzip.compress(PAGE))
        elif path == "/drip":
            self.drip()
        elif path == "/short":
            self.answer(200, {"Content-Type": "text/html", "Content-Length": "9000"}, b"<html>")
        else:
            self.answer(404, {})

    def answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(300):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.2)
        except OSError:
            pass  # the client was stopped, as it should be

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def refused(url: str, limits: Limits = Limits(), *, private: bool = True) -> str:  # noqa: B008
    with pytest.raises(UnreadableDocument) as caught:
        fetch(url, limits, private=private)
    return str(caught.value)


# ---------------------------------------------------------------- through the whole reader
@pytest.mark.slow
def test_what_a_server_sends_is_read_by_its_kind(site: str) -> None:
    names = ("page", "story.pdf", "story", "feed", "mislabelled", "item.json", "note.txt", "packed")
    results = list(read([f"{site}/{name}" for name in names], fetch=True, allow_private=True))
    documents = {d.path: d for d in results if isinstance(d, Document)}
    assert set(documents) == {
        *(f"{site}/{name}" for name in names if name != "feed"), f"{site}/feed#1", f"{site}/feed#2",
    }  # fmt: skip
    assert documents[f"{site}/page"].text == documents[f"{site}/packed"].text
    assert documents[f"{site}/page"].url == "https://courier.example/2026/03/06/ferry-fares"
    assert documents[f"{site}/note.txt"].url == f"{site}/note.txt"
    assert documents[f"{site}/story.pdf"].places


@pytest.mark.slow
def test_what_cannot_be_fetched_is_skipped(site: str) -> None:
    paths = [f"{site}/page", f"{site}/missing", f"{site}/picture", "ftp://courier.example/a"]
    reasons = [
        one.reason for one in read(paths[1:], fetch=True, allow_private=True) if isinstance(one, Skipped)
    ]
    assert reasons == [
        "the server answered 404",
        "the server sent image/png, which is not read",
        "not an address that begins with http:// or https://",
    ]
    (private,) = read(paths[:1], fetch=True)
    assert isinstance(private, Skipped)
    assert "127.0.0.1 is in a private or reserved network" in private.reason


@pytest.mark.slow
def test_a_slow_server_is_given_up(site: str) -> None:
    started = time.monotonic()
    slow, fast = read(
        [f"{site}/drip", f"{site}/note.txt"], fetch=True, allow_private=True, limits=Limits(fetch_seconds=4)
    )
    assert isinstance(slow, Skipped)
    assert slow.reason == "not done within the limit of 4 seconds"
    assert isinstance(fast, Document), fast
    assert time.monotonic() - started < 40  # the drip alone would take 60 seconds


@pytest.mark.parametrize("url", ["https://courier.example/a", "HTTP://courier.example", "file:///etc/passwd"])
def test_an_address_is_read_only_when_asked_for(url: str) -> None:
    with pytest.raises(UsageError, match="with --fetch only"):
        read([url])


# ---------------------------------------------------------------- one fetch
def test_redirects_are_followed(site: str) -> None:
    url, media_type, data = fetch(f"{site}/to?/to?/page", Limits(), private=True)
    assert (url, media_type, data) == (f"{site}/page", "text/html", PAGE)


def test_redirect_loop(site: str) -> None:
    assert refused(f"{site}/loop") == "more than 5 redirects"
    assert refused(f"{site}/to?/page", Limits(redirects=0)) == "more than 0 redirects"


@pytest.mark.parametrize("path", ["large", "bomb"])
def test_too_large(site: str, path: str) -> None:
    assert refused(f"{site}/{path}", Limits(bytes=2_000_000)) == "larger than the limit of 2,000,000 bytes"


def test_cut_short(site: str) -> None:
    assert refused(f"{site}/short") == "the connection broke off before the end"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("ftp://courier.example/a", "not an address that begins with"),
        ("file:///etc/passwd", "not an address that begins with"),
        ("http://user:secret@127.0.0.1/", "with a user name in it"),
        ("http://[::1/", "not a web address"),
    ],
)
def test_redirects_to_what_is_not_read(site: str, target: str, reason: str) -> None:
    assert reason in refused(f"{site}/to?{target}")


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert refused(f"http://127.0.0.1:{unused.getsockname()[1]}/") == "no connection to 127.0.0.1"
    assert "is not known" in refused("http://nowhere.invalid/")


def test_a_certificate_is_asked_for(site: str) -> None:
    assert "secure connection" in refused(site.replace("http:", "https:"))


# ---------------------------------------------------------------- private addresses
@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::",
     "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]"])
def test_no_spelling_of_a_private_address_is_read(host: str) -> None:
    reason = refused(f"http://{host}:9/", private=False)
    assert "private or reserved network" in reason or "is not known" in reason


class Names:
    """Stands in for the name server: each name has a list of answers, the last of which it keeps giving."""

    def __init__(self, **answers: list[str]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        answers = self.answers.get(host.partition(".")[0])
        address = host if answers is None else answers[0] if len(answers) == 1 else answers.pop(0)
        self.asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]


def test_a_name_is_resolved_once_and_its_checked_address_connected_to(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is checked and private a moment later (DNS rebinding) gains nothing."""
    names = Names(rebound=["93.184.215.14", "127.0.0.1"])
    connected: list[str] = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    port = site.rpartition(":")[2]
    assert refused(f"http://rebound.example:{port}/page", private=False) == "no connection to rebound.example"
    assert names.asked == ["rebound.example"]
    assert connected == ["93.184.215.14"]


def test_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rpartition(":")[2])
    # The public address of the first server leads to the server of the test.
    monkeypatch.setattr(socket, "getaddrinfo", Names(courier=["93.184.215.14"], inside=["127.0.0.1"]))

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        assert address[0] == "93.184.215.14"
        made = socket.socket()
        made.connect(("127.0.0.1", port))
        return made

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    for target in (
        "http://inside.example/page",
        "http://127.0.0.1/page",
        "http://10.0.0.8/",
        "//inside.example/",
    ):
        reason = refused(f"http://courier.example/to?{target}", private=False)
        assert "is in a private or reserved network" in reason
    assert fetch("http://courier.example/to?/page", Limits())[2] == PAGE


# ---------------------------------------------------------------- formats
@pytest.mark.parametrize(
    ("data", "media_type", "url", "expected"),
    [
        (b"%PDF-1.7", "text/html", "http://a/b", "pdf"),
        (b"\n<!DOCTYPE html><html>", "application/octet-stream", "http://a/b", "html"),
        (b'<?xml version="1.0"?>\n<rss version="2.0">', "text/html", "http://a/b", "feed"),
        (b"<feed xmlns='x'>", "application/xml", "http://a/b", "feed"),
        (b"# It rose", "text/plain", "http://a/b.md?x=1", "markdown"),
        (b"It rose", "text/plain", "http://a/b", "text"),
        (b'{"uri": "x"}', "application/json", "http://a/b", "ninjs"),
        (b"<p>It rose", "text/html", "http://a/b.pdf", "html"),
    ],
)
def test_sniffing(data: bytes, media_type: str, url: str, expected: str) -> None:
    assert sniff(data, media_type, url, SUFFIXES) == expected


@pytest.mark.parametrize("media_type", ["image/png", "video/mp4", "", "application/zip"])
def test_what_is_not_read(media_type: str) -> None:
    with pytest.raises(UnreadableDocument, match="which is not read"):
        sniff(b"\x89PNG", media_type, "http://a/b", SUFFIXES)
