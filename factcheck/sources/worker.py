"""Do what a hostile file or server could make endless in a process of its own, which can be stopped.

The libraries that take formats apart are large, some of them are written in C, and the input is not to be
trusted: a file may keep them busy for hours, fill the memory or bring them down. Then only the worker ends,
the document is skipped with the reason, and the next one gets a new worker.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from factcheck.errors import UnreadableDocument
from factcheck.model import Frozen, Skipped
from factcheck.sources.article import Article
from factcheck.sources.limits import Limits

_COMMAND = "from factcheck.sources.worker import serve; serve()"
_LENGTH = 8  # bytes, big-endian, before every message


class Conversion(Frozen, frozen=True, tag=True):
    """The bytes of a file to be read in a format."""

    format: str
    data: bytes
    path: str
    limits: Limits


class Download(Frozen, frozen=True, tag=True):
    """An address to be read; with ``private`` it may be in the machine's own network."""

    url: str
    limits: Limits
    private: bool


class Converted(Frozen, frozen=True, tag=True):
    """What was found in a file."""

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]


class Downloaded(Frozen, frozen=True, tag=True):
    """What a server gave: from which address in the end, and as what it was declared."""

    url: str
    media_type: str
    data: bytes


class Refusal(Frozen, frozen=True, tag=True):
    """Why a request came to nothing."""

    reason: str


Answer = Converted | Downloaded | Refusal


class Worker:
    """A child process that answers one request after the other; it is started by the first."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def convert(self, request: Conversion) -> Iterator[Article | Skipped]:
        """Yield what a file holds.

        Raises:
            UnreadableDocument: it cannot be read, or not within the limits.
        """
        answer = self._ask(request, request.limits.seconds)
        assert isinstance(answer, Converted)
        yield from answer.skipped
        yield from answer.articles

    def download(self, request: Download) -> Downloaded:
        """Read an address.

        Raises:
            UnreadableDocument: it cannot be read, may not be, or not within the limits.
        """
        answer = self._ask(request, request.limits.fetch_seconds)
        assert isinstance(answer, Downloaded)
        return answer

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, request: Conversion | Download, seconds: float) -> Converted | Downloaded:
        process = self._process = self._process or _start()
        expired = threading.Event()

        def stop() -> None:
            expired.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            _send(process.stdin, msgspec.msgpack.encode(request))
            answer: Answer = msgspec.msgpack.decode(_receive(process.stdout), type=Answer)
        except (OSError, EOFError, msgspec.DecodeError) as error:
            self.close()
            reason = (
                f"not done within the limit of {seconds:g} seconds"
                if expired.is_set()
                else "it broke its reader"
            )
            raise UnreadableDocument(reason) from error
        finally:
            timer.cancel()
        if isinstance(answer, Refusal):
            raise UnreadableDocument(answer.reason)
        return answer


def _start() -> subprocess.Popen[bytes]:
    # Modules come from where this process has them, never (-P) from the folder that is being read. A fixed
    # hash seed keeps the order of sets in the libraries, and so the output, the same.
    path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH, "big") + message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(stream, _LENGTH), "big")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


# ---------------------------------------------------------------- in the child process
def serve() -> None:
    """Answer requests from standard input on standard output until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            request = msgspec.msgpack.decode(_receive(sys.stdin.buffer), type=Conversion | Download)
            _send(answers, _answer(request))


def _answer(request: Conversion | Download) -> bytes:
    _limit_memory(request.limits.memory_bytes)
    try:
        found = _convert(request) if isinstance(request, Conversion) else _download(request)
        return msgspec.msgpack.encode(found)
    except UnreadableDocument as error:
        reason = str(error)
    except MemoryError:
        reason = f"it takes more memory than the limit of {request.limits.memory_bytes:,} bytes"
    except RecursionError:
        reason = "it is nested too deeply"
    except Exception as error:  # broken files make the libraries fail in every way there is
        reason = f"it cannot be read: {type(error).__name__}: {error}"[:300]
    return msgspec.msgpack.encode(Refusal(reason=reason.encode("utf-8", "replace").decode()))


def _convert(request: Conversion) -> Converted:
    from factcheck.sources import READERS

    found = list(READERS[request.format](request.data, request.path, request.limits))
    return Converted(
        articles=tuple(one for one in found if isinstance(one, Article)),
        skipped=tuple(one for one in found if isinstance(one, Skipped)),
    )


def _download(request: Download) -> Downloaded:
    from factcheck.sources.fetch import fetch

    url, media_type, data = fetch(request.url, request.limits, private=request.private)
    return Downloaded(url=url, media_type=media_type, data=data)


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; there the time has to do
        return
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
