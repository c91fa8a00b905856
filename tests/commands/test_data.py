"""`tui-nn data mnist`, with a server on loopback that plays the mirrors, faults included."""

from __future__ import annotations

import errno
import hashlib
import http.server
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tui_nn.commands import data
from tui_nn.data import load_idx_folder, write_idx
from tui_nn.files import sources
from tui_nn.files.mnist_files import FILES, MIRRORS, PublishedFile, is_genuine
from tui_nn.files.mnist_folder import is_filled
from tui_nn.files.writing import continued
from tui_nn.settings.flags import UsageError

GENUINE = Path(os.environ.get("TUI_NN_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "mnist"
NAMES = [file.name for file in FILES]
IMAGES = NAMES[0]
PAGE = b"<!DOCTYPE html><title>Welcome to the network of this hotel</title>"


@dataclass
class Mirror:
    """What a server does when it is asked, and what it was asked."""

    contents: dict[str, bytes]
    status: int = 200
    cuts: list[int] = field(default_factory=list)
    """Each answer in turn ends after so many bytes, though it promises all; then they are whole."""
    knows_ranges: bool = True
    content_range: str = ""
    """Sent instead of the true one."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Names of files, with the range that was asked for."""
    address: str = ""

    def ranges(self, name: str = IMAGES) -> list[str]:
        return [wanted for asked, wanted in self.asked if asked == name]


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the mirror of its server says."""

    def do_GET(self) -> None:
        mirror: Mirror = self.server.mirror  # type: ignore[attr-defined]
        name, wanted = self.path.rpartition("/")[2], self.headers.get("Range", "")
        mirror.asked.append((name, wanted))
        body, status = mirror.contents.get(name, b"no such file"), mirror.status
        if status == 200 and name not in mirror.contents:
            status = 404
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and mirror.knows_ranges else 0
        if start:
            status = 206
        self.send_response(status)
        if start:
            told = mirror.content_range or f"bytes {start}-{len(body) - 1}/{len(body)}"
            self.send_header("Content-Range", told)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        self.wfile.write(body[start:][: mirror.cuts.pop(0) if mirror.cuts else None])

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[..., Mirror]]:
    """Return a starter of mirrors."""
    servers = []

    def start(contents: dict[str, bytes], **behavior: Any) -> Mirror:
        mirror = Mirror(contents, **behavior)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.mirror = mirror  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        mirror.address = f"http://127.0.0.1:{server.server_port}/mnist"
        servers.append(server)
        return mirror

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def contents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return four files as MNIST has them, but small."""
    folder = tmp_path_factory.mktemp("made")
    rng = np.random.default_rng(0)
    for name, count in zip(NAMES, (400, 400, 10, 10), strict=True):
        shape = (count, 28, 28) if "images" in name else (count,)
        write_idx(folder / name, rng.integers(0, 10, shape, dtype=np.uint8))
    return {name: (folder / name).read_bytes() for name in NAMES}


@dataclass(frozen=True)
class Outcome:
    status: int
    stdout: str
    stderr: str
    folder: Path

    @property
    def part(self) -> Path:
        return self.folder.with_name("mnist.part")

    def sentence(self) -> str:
        """Return the one line of a failure that left no folder behind."""
        assert self.status == 1
        assert self.stdout == ""
        assert not self.folder.exists()
        lines = [line for line in self.stderr.splitlines() if not line.startswith("MNIST ")]
        assert len(lines) == 1
        assert lines[0].startswith("tui-nn: MNIST was not downloaded: ")
        return lines[0]


Fetch = Callable[..., Outcome]


@pytest.fixture
def fetch(
    clean_environment: None,
    contents: dict[str, bytes],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Fetch:
    """Return a function that runs `tui-nn data mnist` with these mirrors instead of the public ones."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    files = [PublishedFile(name, len(b), hashlib.sha256(b).hexdigest()) for name, b in contents.items()]
    monkeypatch.setenv("TUI_NN_CACHE", str(tmp_path / "cache"))

    def run(*mirrors: Mirror, words: tuple[str, ...] = ()) -> Outcome:
        status = data.main(["mnist", *words], files, [mirror.address for mirror in mirrors])
        return Outcome(status, *capsys.readouterr(), Path(os.environ["TUI_NN_CACHE"]) / "mnist")

    return run


def test_the_four_files_are_brought_and_can_be_read(
    fetch: Fetch, serve: Any, contents: dict[str, bytes]
) -> None:
    outcome = fetch(serve(contents))

    assert outcome.status == 0
    assert f"MNIST is in {outcome.folder}" in outcome.stdout
    assert {path.name: path.read_bytes() for path in outcome.folder.iterdir()} == contents
    assert not outcome.part.exists()
    assert load_idx_folder(outcome.folder).n_given_train == 400


def test_without_a_terminal_there_are_at_most_ten_plain_lines(
    fetch: Fetch, serve: Any, contents: dict[str, bytes]
) -> None:
    lines = fetch(serve(contents)).stderr.splitlines()

    assert 1 <= len(lines) <= 10
    assert lines[-1].startswith("MNIST 100 %, ")
    assert "\x1b" not in "".join(lines)


def test_what_is_there_and_right_is_left_alone(fetch: Fetch, serve: Any, contents: dict[str, bytes]) -> None:
    fetch(serve(contents))
    mirror = serve(contents)
    outcome = fetch(mirror)

    assert outcome.status == 0
    assert "already" in outcome.stdout
    assert mirror.asked == []


@pytest.mark.parametrize("harm", ["missing", "short", "changed"])
def test_only_the_file_that_is_not_right_is_brought_again(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], harm: str
) -> None:
    path = fetch(serve(contents)).folder / NAMES[1]
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(contents[NAMES[1]][:-9] + (b"x" * 9 if harm == "changed" else b""))
    mirror = serve(contents)
    outcome = fetch(mirror)

    assert outcome.status == 0
    assert [name for name, _ in mirror.asked] == [NAMES[1]]
    assert path.read_bytes() == contents[NAMES[1]]


def test_half_a_file_of_an_earlier_attempt_never_replaces_a_whole_one(
    fetch: Fetch, serve: Any, contents: dict[str, bytes]
) -> None:
    folder = fetch(serve(contents)).folder
    (folder / NAMES[3]).unlink()
    part = folder.with_name("mnist.part")
    part.mkdir()
    (part / IMAGES).write_bytes(contents[IMAGES][:100])
    outcome = fetch(serve(contents))

    assert outcome.status == 0
    assert (folder / IMAGES).read_bytes() == contents[IMAGES]
    assert not part.exists()


def bad_mirrors(contents: dict[str, bytes]) -> dict[str, tuple[dict[str, bytes], dict[str, Any], str]]:
    """Return what goes wrong -> (contents, behavior, what the sentence says)."""
    changed = {name: body[:-9] + b"\0" * 9 for name, body in contents.items()}
    return {
        "busy": (contents, {"status": 503}, "503 Service Unavailable"),
        "empty": ({}, {}, "404"),
        "page": (dict.fromkeys(NAMES, PAGE), {}, "a web page instead of the file"),
        "denied page": (dict.fromkeys(NAMES, PAGE), {"status": 403}, "403"),
        "text": (dict.fromkeys(NAMES, b"moved to another place"), {}, "something else"),
        "nothing": (dict.fromkeys(NAMES, b""), {}, "ended after 0 of"),
        "changed": (changed, {}, "SHA-256"),
        "endless": ({name: body + b"\0" for name, body in contents.items()}, {}, "more than the"),
        "short": (contents, {"cuts": [100, 0]}, "ended after 100 of"),
    }


WRONG = ["busy", "empty", "page", "denied page", "text", "nothing", "changed", "endless", "short"]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_goes_wrong_is_said_with_its_place(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], wrong: str
) -> None:
    served, behavior, said = bad_mirrors(contents)[wrong]
    mirror = serve(served, **behavior)
    sentence = fetch(mirror).sentence()

    assert said in sentence
    assert IMAGES in sentence
    assert mirror.address.split("/")[2] in sentence


@pytest.mark.parametrize("wrong", [name for name in WRONG if name != "short"])
def test_what_is_of_no_use_leaves_nothing_behind(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], wrong: str
) -> None:
    served, behavior, _ = bad_mirrors(contents)[wrong]
    outcome = fetch(serve(served, **behavior))

    assert not outcome.part.exists()


@pytest.mark.parametrize("wrong", WRONG)
def test_the_next_mirror_is_tried_and_that_is_told(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], wrong: str
) -> None:
    served, behavior, said = bad_mirrors(contents)[wrong]
    outcome = fetch(serve(served, **behavior), serve(contents))

    assert outcome.status == 0
    assert said in outcome.stderr
    assert {path.name: path.read_bytes() for path in outcome.folder.iterdir()} == contents


def test_without_a_network_it_is_said_in_one_sentence(
    fetch: Fetch, serve: Any, contents: dict[str, bytes]
) -> None:
    mirrors = [serve(contents), serve(contents)]
    closed = [Mirror({}, address=mirror.address.replace("127.0.0.1", "127.0.0.2")) for mirror in mirrors]
    outcome = fetch(*closed)

    assert outcome.sentence().count("Connection refused") == 2
    assert not outcome.part.exists()


def test_a_silent_mirror_is_given_up(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr("tui_nn.files.sources.TIMEOUT_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        outcome = fetch(Mirror({}, address=address), serve(contents))

    assert outcome.status == 0
    assert "no answer for" in outcome.stderr


def test_a_download_goes_on_where_it_broke_off(fetch: Fetch, serve: Any, contents: dict[str, bytes]) -> None:
    half = len(contents[IMAGES]) // 2
    first = serve(contents, cuts=[half, 0])
    assert f"{half:,} of" in fetch(first).sentence()
    second = serve(contents)

    assert fetch(second).status == 0
    assert second.ranges() == [f"bytes={half}-"]


def test_a_mirror_that_broke_off_is_asked_for_the_rest(
    fetch: Fetch, serve: Any, contents: dict[str, bytes]
) -> None:
    mirror = serve(contents, cuts=[1000])

    assert fetch(mirror).status == 0
    assert mirror.ranges() == ["", "bytes=1000-"]


def test_the_next_mirror_sends_the_rest(fetch: Fetch, serve: Any, contents: dict[str, bytes]) -> None:
    first, second = serve(contents, cuts=[1000]), serve(contents)

    assert fetch(first, second).status == 0
    assert second.ranges() == ["bytes=1000-"]


def test_a_mirror_that_knows_no_ranges_sends_all_of_it(
    fetch: Fetch, serve: Any, contents: dict[str, bytes]
) -> None:
    mirror = serve(contents, cuts=[1000], knows_ranges=False)

    assert fetch(mirror).status == 0
    assert mirror.ranges() == ["", "bytes=1000-"]


@pytest.mark.parametrize("told", ["bytes 5-99/100", "bytes */100", "nonsense"])
def test_another_part_than_was_asked_for_is_refused(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], told: str
) -> None:
    outcome = fetch(serve(contents, cuts=[1000], content_range=told))

    assert "another part of the file" in outcome.sentence()


def test_a_wrong_beginning_is_found_and_thrown_away(
    fetch: Fetch, serve: Any, contents: dict[str, bytes]
) -> None:
    mirror = serve(contents)
    part = Path(os.environ["TUI_NN_CACHE"]) / "mnist.part"
    part.mkdir(parents=True)
    (part / IMAGES).write_bytes(b"\x1f\x8b" + b"?" * 500)

    assert fetch(mirror).status == 0
    assert mirror.ranges() == ["bytes=502-", ""]


@pytest.mark.parametrize("extra", [0, 1])
def test_a_wrong_file_of_full_length_is_found_and_thrown_away(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], extra: int
) -> None:
    mirror = serve(contents)
    part = Path(os.environ["TUI_NN_CACHE"]) / "mnist.part"
    part.mkdir(parents=True)
    (part / IMAGES).write_bytes(b"?" * (len(contents[IMAGES]) + extra))

    assert fetch(mirror).status == 0
    assert mirror.ranges() == [""]


def test_a_page_does_not_cost_what_came_before(fetch: Fetch, serve: Any, contents: dict[str, bytes]) -> None:
    fetch(serve(contents, cuts=[1000, 0]))
    fetch(serve(dict.fromkeys(NAMES, PAGE), knows_ranges=False))
    mirror = serve(contents)

    assert fetch(mirror).status == 0
    assert mirror.ranges() == ["bytes=1000-"]


def test_files_can_come_from_a_folder(fetch: Fetch, contents: dict[str, bytes], tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for name, body in contents.items():
        (stick / name).write_bytes(body)
    outcome = fetch(words=("--from", str(stick)))

    assert outcome.status == 0
    assert {path.name: path.read_bytes() for path in outcome.folder.iterdir()} == contents


def test_a_folder_that_lacks_a_file_is_named_with_it(
    fetch: Fetch, contents: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    sentence = fetch(words=("--from", str(tmp_path / "stick"))).sentence()

    assert str(tmp_path / "stick") in sentence
    assert IMAGES in sentence
    assert "No such file" in sentence


def test_files_can_come_from_another_address(fetch: Fetch, serve: Any, contents: dict[str, bytes]) -> None:
    mirror, other = serve(contents), serve(contents)

    assert fetch(mirror, words=("--from", f"{other.address}/")).status == 0
    assert mirror.asked == []
    assert [name for name, _ in other.asked] == NAMES


def test_places_can_be_given_in_order(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], tmp_path: Path
) -> None:
    mirror = serve(contents)

    assert fetch(words=("--from", str(tmp_path), "--from", mirror.address)).status == 0
    assert len(mirror.asked) == 4


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["mnist", "--from", "no-such-folder"],
        ["mnist", "--from", "ftp://host/"],
        ["mnist", "x"],
    ],
)
def test_wrong_use_is_refused(call: Any, words: list[str]) -> None:
    with pytest.raises(UsageError) as refused:
        data.main(words)

    assert "\n" not in str(refused.value)


def test_a_cache_that_cannot_be_written_is_named(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TUI_NN_CACHE", str(tmp_path / "file" / "cache"))
    mirror = serve(contents)
    sentence = fetch(mirror).sentence()

    assert f"{tmp_path / 'file' / 'cache' / 'mnist'} cannot be written: Not a directory" in sentence
    assert mirror.asked == []


def test_a_full_disk_is_named_and_left_clean(
    fetch: Fetch, serve: Any, contents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def full(path: Path, start: int) -> Iterator[Any]:
        with continued(path, start) as file:
            yield SimpleNamespace(write=lambda chunk: file.write(chunk[:10]) and fail())

    def fail() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sources, "continued", full)
    outcome = fetch(serve(contents), serve(contents))

    part = Path(os.environ["TUI_NN_CACHE"]) / "mnist.part"
    assert f"{part / IMAGES} was not written: No space left on device" in outcome.sentence()
    assert not part.exists()


def test_what_lies_in_the_way_of_a_download_is_no_file_and_is_not_written_into(
    fetch: Fetch, serve: Any, contents: dict[str, bytes]
) -> None:
    part = Path(os.environ["TUI_NN_CACHE"]) / "mnist.part"
    part.mkdir(parents=True)
    os.mkfifo(part / IMAGES)

    assert "it is a named pipe, and not a file" in fetch(serve(contents)).sentence()


def test_two_downloads_do_not_meet(fetch: Fetch, serve: Any, contents: dict[str, bytes]) -> None:
    import fcntl

    part = Path(os.environ["TUI_NN_CACHE"]) / "mnist.part"
    part.mkdir(parents=True)
    opened = os.open(part, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        sentence = fetch(serve(contents)).sentence()
    finally:
        os.close(opened)

    assert "another download" in sentence


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_what_came(
    serve: Any, command_environment: Mapping[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as slow:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tui_nn",
                "data",
                "mnist",
                "--from",
                f"http://127.0.0.1:{slow.getsockname()[1]}",
            ],
            env={**command_environment, "TUI_NN_CACHE": str(tmp_path), "no_proxy": "127.0.0.1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        connection, _ = slow.accept()
        with connection:
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {FILES[0].size}\r\n\r\n"
            connection.sendall(head.encode() + b"\x1f\x8b" + bytes(1_200_000))
            assert process.stderr is not None
            assert process.stderr.readline().startswith("MNIST 10 %")
            process.send_signal(number)
            stdout, stderr = process.communicate(timeout=30)

    assert process.returncode == 128 + number
    assert (stdout, "Traceback" in stderr) == ("", False)
    assert not (tmp_path / "mnist").exists()
    assert (tmp_path / "mnist.part" / IMAGES).stat().st_size > 1_000_000


def test_the_public_mirrors_are_asked_over_https() -> None:
    assert len(MIRRORS) == 2
    assert all(mirror.startswith("https://") for mirror in MIRRORS)


@pytest.mark.skipif(not GENUINE.is_dir(), reason="MNIST is not at hand")
def test_the_sums_are_those_of_the_genuine_files() -> None:
    assert is_filled(GENUINE, FILES)
    assert not is_genuine(GENUINE / FILES[0].name, FILES[1])
