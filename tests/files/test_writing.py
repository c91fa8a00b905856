from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui_nn.files import writing
from tui_nn.files.errors import FileError
from tui_nn.files.writing import check_writable, replaced


@pytest.fixture(params=["without a name", "with a name"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let every test run on systems that have files without a name, and on those that have none."""
    if request.param == "with a name":
        monkeypatch.setattr(writing, "_NAMELESS", None)
    return str(request.param)


def write(path: Path, content: bytes) -> None:
    with replaced(path) as file:
        file.write(content)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path / "x", b"new")
    finally:
        os.umask(before)

    assert (tmp_path / "x").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640
    assert names(tmp_path) == ["x"]


def test_a_link_is_followed_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    real, link, further = tmp_path / "folder" / "real", tmp_path / "link", tmp_path / "further"
    real.write_bytes(b"old")
    link.symlink_to("folder/real")
    further.symlink_to("link")

    write(further, b"new")

    assert link.is_symlink()
    assert further.is_symlink()
    assert real.read_bytes() == b"new"
    assert names(tmp_path / "folder") == ["real"]


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")

    write(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    with pytest.raises(FileError, match="a was not written: Too many levels of symbolic links"):
        write(tmp_path / "a", b"new")


@pytest.mark.parametrize("mode", [0o600, 0o666, 0o755, 0o200])
def test_the_mode_is_kept(tmp_path: Path, mode: int) -> None:
    (tmp_path / "x").write_bytes(b"old")
    (tmp_path / "x").chmod(mode)

    write(tmp_path / "x", b"new")

    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"old")
    os.chown(tmp_path / "x", 1234, 5678)

    write(tmp_path / "x", b"new")

    found = (tmp_path / "x").stat()
    assert (found.st_uid, found.st_gid) == (1234, 5678)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux names attributes so")
def test_further_attributes_are_kept(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"old")
    try:
        os.setxattr(tmp_path / "x", "user.note", b"mine")
    except OSError:
        pytest.skip("this file system has no attributes")

    write(tmp_path / "x", b"new")

    assert os.getxattr(tmp_path / "x", "user.note") == b"mine"


def test_what_is_no_file_is_refused_and_stays_what_it_is(strange: tuple[Path, str], tmp_path: Path) -> None:
    path, words = strange
    link = tmp_path / "link"
    link.symlink_to(path)
    before = path.stat()

    for place in (path, link):
        with pytest.raises(FileError, match=f"was not written: it is {words}, and not a file"):
            write(place, b"new")

    assert (path.stat().st_mode, path.stat().st_ino) == (before.st_mode, before.st_ino)


def test_a_read_only_file_is_said_and_stays(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"old")
    (tmp_path / "x").chmod(0o444)

    with pytest.raises(FileError, match="x was not written: it is read-only"):
        write(tmp_path / "x", b"new")

    assert (tmp_path / "x").read_bytes() == b"old"


def test_a_place_where_nothing_can_be_is_said_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(FileError, match=r"there is no folder .*nowhere"):
        check_writable(tmp_path / "nowhere" / "x")
    with pytest.raises(FileError, match="was not written: Not a directory"):
        check_writable(tmp_path / "file" / "x")
    with pytest.raises(FileError, match="was not written: File name too long"):
        check_writable(tmp_path / ("x" * 300))


def test_a_name_of_full_length_can_be_written(tmp_path: Path) -> None:
    write(tmp_path / ("x" * 255), b"new")

    assert (tmp_path / ("x" * 255)).read_bytes() == b"new"


def test_an_error_of_the_caller_leaves_the_older_file_alone(tmp_path: Path) -> None:
    write(tmp_path / "x", b"old")

    with pytest.raises(TypeError), replaced(tmp_path / "x") as file:
        file.writelines([b"half of the ne", None])  # type: ignore[list-item]

    assert (tmp_path / "x").read_bytes() == b"old"
    assert names(tmp_path) == ["x"]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_is_said_with_the_path_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write(tmp_path / "x", b"old")
    monkeypatch.setattr(writing.os, failing, fail)

    with pytest.raises(FileError, match=r"/x was not written: No space left on device$"):
        write(tmp_path / "x", b"new")

    assert (tmp_path / "x").read_bytes() == b"old"
    assert names(tmp_path) == ["x"]


def test_what_a_killed_writer_left_is_removed_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    (tmp_path / ".tui-nn-0123456789abcdef.part").write_bytes(b"half")
    (tmp_path / "of somebody else.part").write_bytes(b"half")

    with replaced(tmp_path / "x") as slow:
        slow.write(b"slow")
        write(tmp_path / "y", b"fast")

    assert (tmp_path / "x").read_bytes() == b"slow"
    assert names(tmp_path) == ["of somebody else.part", "x", "y"]


WRITER = """
import sys
from pathlib import Path
from tui_nn.files import writing
if sys.argv[2] == "with a name":
    writing._NAMELESS = None
path, turn = Path(sys.argv[1]), 0
while True:
    turn += 1
    with writing.replaced(path) as file:
        for _ in range(20):
            file.write(bytes([turn % 256]) * 10_000)
    print(turn, flush=True)
"""


def test_a_writer_killed_at_any_moment_leaves_the_older_or_the_newer_file(tmp_path: Path, way: str) -> None:
    rng = random.Random(way)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for _ in range(6):
        command = [sys.executable, "-c", WRITER, str(tmp_path / "x"), way]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as writer:
            assert writer.stdout is not None
            said = int(writer.stdout.readline())  # at least one is whole
            time.sleep(rng.uniform(0, 0.02))
            writer.send_signal(signal.SIGKILL)
            said = int((writer.stdout.read().split() or [said])[-1])
        content = (tmp_path / "x").read_bytes()

        assert content in (bytes([said % 256]) * 200_000, bytes([(said + 1) % 256]) * 200_000)

    write(tmp_path / "y", b"next")
    assert names(tmp_path) == ["x", "y"]
