"""What another process adds to a file is read once, whole lines alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui_nn.files import following
from tui_nn.files.errors import FileError
from tui_nn.files.following import FollowedLines
from tui_nn.files.line_log import line_log


def test_each_line_is_read_once_when_it_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "lines"
    place.write_bytes(b"one\ntw")
    lines = FollowedLines(place)

    assert lines.read_on() == [b"one"]
    assert lines.read_on() == []
    with place.open("ab") as file:
        file.write(b"o\nthree\n")
    assert lines.read_on() == [b"two", b"three"]


def test_a_half_line_that_another_writer_overwrites_is_never_read(tmp_path: Path) -> None:
    place = tmp_path / "lines"
    place.write_bytes(b"one\nhalf of a li")
    lines = FollowedLines(place)
    lines.read_on()

    with line_log(place) as log:
        log.append(["a whole one that is longer"])

    assert lines.read_on() == [b"a whole one that is longer"]


def test_a_file_that_does_not_change_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "lines"
    place.write_bytes(b"one\nhalf")
    lines = FollowedLines(place)
    lines.read_on()

    monkeypatch.setattr(following, "opened", lambda path: pytest.fail("it was opened"))

    assert lines.read_on() == []


@pytest.mark.parametrize("how", ["cut", "replaced"])
def test_another_file_in_its_place_is_read_from_its_beginning(how: str, tmp_path: Path) -> None:
    place = tmp_path / "lines"
    place.write_bytes(b"one\ntwo\nthree\n")
    lines = FollowedLines(place)
    lines.read_on()
    assert lines.is_new

    if how == "cut":
        place.write_bytes(b"first\n")
    else:
        (tmp_path / "other").write_bytes(b"first\n" + b"-" * 100)
        os.replace(tmp_path / "other", place)

    assert lines.read_on() == [b"first"]
    assert lines.is_new


def test_a_file_that_is_gone_is_said_and_read_again_when_it_is_back(tmp_path: Path) -> None:
    place = tmp_path / "lines"
    place.write_bytes(b"one\n")
    lines = FollowedLines(place)
    lines.read_on()

    place.rename(tmp_path / "away")
    with pytest.raises(FileError, match="cannot be read"):
        lines.read_on()
    (tmp_path / "away").rename(place)

    assert lines.read_on() == []


def test_a_long_file_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_AT_ONCE", 10)
    place = tmp_path / "lines"
    written = [b"abc", b"d" * 25, b"ef"]
    place.write_bytes(b"\n".join(written) + b"\n")
    lines = FollowedLines(place)

    pieces = [lines.read_on() for _ in range(8)]

    assert b"".join(line for piece in pieces for line in piece) == b"".join(written)
    assert pieces[0] == [b"abc"]
    assert pieces[-1] == []


def test_whether_a_process_writes_in_it_is_seen_and_hinders_nobody(tmp_path: Path) -> None:
    place = tmp_path / "lines"
    place.write_bytes(b"one\n")
    lines = FollowedLines(place)

    assert not lines.is_held()
    with line_log(place):
        assert lines.is_held()
    assert not lines.is_held()


def test_who_looks_whether_it_is_held_keeps_no_writer_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "lines"
    place.write_bytes(b"one\n")
    looking = os.open(place, os.O_RDONLY)
    import fcntl

    fcntl.flock(looking, fcntl.LOCK_SH)
    monkeypatch.setattr("tui_nn.files.locking.time.sleep", lambda _: os.close(looking))

    with line_log(place) as log:
        assert log.lines == [b"one"]
