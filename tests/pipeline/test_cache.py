"""What the cache holds is never trusted, and never missed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from command_line import Ended, Run, Write

from factcheck.cache import MAGIC, Cache, cache_key

ONE = "Mayor Anna Bell said on Monday that the flood in Marlow had killed 15 people.\n"
OTHER = "The flood in Marlow killed 19 people, Mayor Anna Bell said on Monday.\n"


def test_what_is_put_is_got(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    for payload in (b"", b"\n", b"a\nb\n", bytes(range(256)) * 99):
        key = cache_key("key", payload.hex())
        assert store.get("claims", key) is None
        store.put("claims", key, payload)
        assert store.get("claims", key) == payload
    assert store.clear() == 4
    assert store.get("claims", cache_key("key", "")) is None


def test_parts_of_a_key_are_kept_apart() -> None:
    keys = [cache_key(*parts) for parts in (("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("\ud800",))]
    assert len(set(keys)) == len(keys)


def test_a_store_without_a_folder_holds_nothing() -> None:
    store = Cache(None)
    store.put("claims", "ab", b"x")
    assert (store.get("claims", "ab"), store.clear()) == (None, 0)


def test_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    store = Cache(file)
    store.put("claims", "abcd", b"x")
    assert (store.get("claims", "abcd"), store.clear()) == (None, 0)


def test_clearing_leaves_what_is_not_of_the_cache(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    (tmp_path / "claims").mkdir()
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("mine")
    (tmp_path / "claims" / "link").symlink_to(outside, target_is_directory=True)
    Cache(tmp_path).clear()
    assert (tmp_path / "thesis.txt").exists()
    assert (outside / "kept.txt").exists()


def sealed(payload: bytes) -> bytes:
    """Give a payload the header that says it is whole."""
    import hashlib

    return MAGIC + hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload


def saved(array: object) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.asarray(array), allow_pickle=True)
    return buffer.getvalue()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda _: b"",
    "cut short": lambda raw: raw[: len(raw) // 2],
    "cut in its header": lambda raw: raw[:20],
    "a bit flipped": lambda raw: raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:],
    "another header": lambda raw: b"factcheck-cache/0 " + raw[len(MAGIC) :],
    "foreign": lambda _: b"{'not': 'ours'}\n" * 9,
    "whole, but text": lambda _: sealed(b"Lorem ipsum"),
    "whole, but empty": lambda _: sealed(b""),
    "whole, but of another type": lambda _: sealed(msgspec.msgpack.encode({"document": 1, "claims": "x"})),
    "whole, but a list": lambda _: sealed(msgspec.msgpack.encode([[1, 2], [3, 4]])),
    "whole, but other vectors": lambda _: sealed(saved(np.zeros((1, 384), dtype=np.float32))),
    "whole, but doubles": lambda _: sealed(saved(np.zeros((9, 384)))),
    "whole, but pickled": lambda _: sealed(saved(np.array([{"x": 1}], dtype=object))),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_computed_again(
    factcheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str
) -> None:
    store = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(store))
    paths = [write("one.txt", ONE), write("other.txt", OTHER)]

    def run() -> Ended:
        return factcheck("check", *paths, "--format", "json")

    expected = run()
    assert json.loads(expected.out)["pairs"]
    entries = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    assert len(entries) == 4
    for path, raw in entries.items():
        path.write_bytes(DAMAGE[damage](raw))
    assert run() == expected
    assert {path: path.read_bytes() for path in entries} == entries


def test_entries_that_are_folders(
    factcheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(store))
    path = write("one.txt", ONE)
    expected = factcheck("check", path, "--format", "json")
    for entry in [entry for entry in store.rglob("*") if entry.is_file()]:
        entry.unlink()
        entry.mkdir()
    assert factcheck("check", path, "--format", "json") == expected


def test_a_figure_that_no_entry_can_hold(
    factcheck: Run, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = write("one.txt", "The bank printed 99999999999999999999999 notes.\n")
    runs = [factcheck("check", path, "--format", "json") for _ in range(2)]
    assert runs[0] == runs[1]
    assert (runs[0].status, runs[0].err) == (0, "")
