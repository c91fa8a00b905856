"""Files out of a folder, or from a server that may send anything: a page, the half, another file, nothing.

What is written to the target is always the beginning of a gzip file, no longer than it should be; whether it
is the right one, its sum tells the caller.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, build_opener

from tui_nn import __version__
from tui_nn.files.errors import FileError, reason
from tui_nn.files.mnist_files import PublishedFile
from tui_nn.files.paths import full_path
from tui_nn.files.reading import opened
from tui_nn.files.writing import continued

Chunks = Generator[bytes, None, None]
Report = Callable[[int], None]
"""Takes the number of bytes of the target that are there."""

TIMEOUT_S = 20.0
"""A server that is silent for longer is given up."""
_CHUNK = 2**16
_GZIP = b"\x1f\x8b"


class SourceError(Exception):
    """A source that does not give a file; the text tells a person why."""


class BrokenOffError(SourceError):
    """A source that began to give a file and ended too early: asking again may help."""


def is_address(source: str) -> bool:
    """Return whether a source is the address of a server, not a folder."""
    return source.lower().startswith(("http://", "https://"))


def source_name(source: str) -> str:
    """Return what a person calls a source: the server's name, or the folder."""
    return source.split("/")[2].rpartition("@")[2] if is_address(source) else source


def take(file: PublishedFile, source: str, target: Path, report: Report) -> None:
    """Bring a file from a source to the target; a server goes on behind the bytes that are there already.

    Raises SourceError, leaving what arrived for the next attempt; FileError, leaving nothing.
    """
    have = target.stat().st_size if target.exists() else 0
    if have > file.size:
        have = 0
    if have and have == file.size:
        return
    if is_address(source):
        start, chunks = _download(f"{source.rstrip('/')}/{file.name}", have)
    else:
        start, chunks = 0, _read_folder(source, file)
    with closing(chunks):
        done = _store(chunks, target, start, file, report)
    if done < file.size:
        raise BrokenOffError(f"it ended after {done:,} of {file.size:,} bytes")


def _store(chunks: Chunks, target: Path, start: int, file: PublishedFile, report: Report) -> int:
    """Write what comes behind the first `start` bytes of the target; return how many there are then."""
    done = start
    if not (first := next(chunks, b"")):
        return start
    if start == 0:
        _check_beginning(first)
    try:
        with continued(target, start) as growing:
            for chunk in chain([first], chunks):
                done += len(chunk)
                if done > file.size:
                    raise SourceError(f"it sends more than the {file.size:,} bytes of the file")
                growing.write(chunk)
                report(done)
    except FileError:
        with suppress(OSError):
            target.unlink()
        raise
    except SourceError:
        if done > file.size:
            target.unlink()
        raise
    return done


def _check_beginning(chunk: bytes) -> None:
    if not chunk.startswith(_GZIP[: len(chunk)]):
        is_page = chunk.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        raise SourceError(f"it sends {'a web page' if is_page else 'something else'} instead of the file")


def _read_folder(folder: str, file: PublishedFile) -> Chunks:
    try:
        with opened(full_path(folder) / file.name) as whole:
            while chunk := whole.read(_CHUNK):
                yield chunk
    except FileError as error:
        raise SourceError(f"{file.name} cannot be read there: {error.why}") from None


def _download(url: str, have: int) -> tuple[int, Chunks]:
    """Return where the bytes that the server sends begin, and those bytes; from `have` if it knows how to."""
    headers = {"User-Agent": f"tui-nn/{__version__}", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        response = build_opener().open(Request(url, headers=headers), timeout=TIMEOUT_S)
    except HTTPError as error:
        error.close()
        raise SourceError(f"it answers {error.code} {error.reason}".rstrip()) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise SourceError(_words(error)) from None
    start = _first_byte(response) if response.status == http.client.PARTIAL_CONTENT else 0
    if start not in (0, have):
        response.close()
        raise SourceError("it sends another part of the file than it was asked for")
    return start, _received(response)


def _first_byte(response: http.client.HTTPResponse) -> int:
    found = re.match(r"bytes (\d{1,15})-", response.headers.get("Content-Range", ""))
    return int(found[1]) if found else -1


def _received(response: http.client.HTTPResponse) -> Chunks:
    with response:
        while True:
            try:
                chunk = response.read(_CHUNK)
            except http.client.IncompleteRead as error:
                chunk = error.partial
            except (OSError, http.client.HTTPException) as error:
                raise BrokenOffError(f"the connection broke: {_words(error)}") from None
            if not chunk:
                return
            yield chunk


def _words(error: BaseException) -> str:
    """Return why there is no connection."""
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        error = error.reason
    if isinstance(error, TimeoutError):
        return f"no answer for {TIMEOUT_S:.0f} s"
    return reason(error) if isinstance(error, Exception) and str(error) else type(error).__name__
