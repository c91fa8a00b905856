"""A journal loses nothing but the line that was being written, and lets no two sweeps in."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from tui_nn.files import line_log
from tui_nn.files.errors import FileError
from tui_nn.settings.config import Config
from tui_nn.sweeps.journal import open_journal
from tui_nn.sweeps.runs import FAILED, Run, no_record


def a_run(epochs: int) -> Run:
    return Run((("epochs", str(epochs)),), 0, Config(epochs=epochs))


def a_record(loss: float) -> dict[str, Any]:
    return {"test_loss": loss, "status": "finished"}


def test_records_are_there_again(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    with open_journal(place) as journal:
        journal.add([(a_run(1), a_record(0.1 + 0.2)), (a_run(2), a_record(0.5))])

    with open_journal(place) as journal:
        assert journal.record(a_run(1)) == a_record(0.1 + 0.2)
        assert journal.record(a_run(2)) == a_record(0.5)
        assert journal.record(a_run(3)) is None


def test_each_moment_of_a_killed_writer_costs_at_most_one_line(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    with open_journal(place) as journal:
        journal.add([(a_run(1), a_record(0.1))])
        journal.add([(a_run(2), a_record(0.2))])
    whole = place.read_bytes()
    ends = [i + 1 for i, byte in enumerate(whole) if byte == ord("\n")]

    for length in range(len(whole) + 1):
        place.write_bytes(whole[:length])
        with open_journal(place) as journal:
            found = [journal.record(a_run(i)) is not None for i in (1, 2)]
            assert found == [length >= ends[1], length >= ends[2]]
            journal.add([(a_run(3), a_record(0.3))])
        with open_journal(place) as journal:
            assert journal.record(a_run(3)) == a_record(0.3)
            assert journal.n_unreadable == 0


@pytest.mark.parametrize(
    "content", [b"x,y\n1,2\n", b"hello", b'{"journal": 3}\n', b"\0" * 40, b"[" * 9999 + b"\n"]
)
def test_a_file_of_somebody_else_is_left_as_it_was(content: bytes, tmp_path: Path) -> None:
    place = tmp_path / "mine.csv"
    place.write_bytes(content)

    with pytest.raises(FileError, match="is no journal of a sweep"), open_journal(place):
        pass

    assert place.read_bytes() == content


def test_a_damaged_line_costs_that_line(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    with open_journal(place) as journal:
        journal.add([(a_run(1), a_record(0.1)), (a_run(2), a_record(0.2))])
    lines = place.read_bytes().splitlines(keepends=True)
    place.write_bytes(lines[0] + b"\0" * 30 + b"\n" + lines[2])

    with open_journal(place) as journal:
        assert (journal.n_unreadable, journal.record(a_run(1))) == (1, None)
        assert journal.record(a_run(2)) == a_record(0.2)


def test_two_sweeps_on_one_journal_are_one_too_many(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    with (
        open_journal(place),
        pytest.raises(FileError, match="another process is writing in it"),
        open_journal(place),
    ):
        pass


def test_a_run_that_failed_is_tried_again(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    with open_journal(place) as journal:
        journal.add([(a_run(1), no_record(FAILED, "not enough memory"))])

    with open_journal(place) as journal:
        assert journal.record(a_run(1)) is None


def test_a_full_disk_leaves_whole_lines_and_what_is_missing_comes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "journal"
    write = os.pwrite
    room = [300]

    def almost_full(descriptor: int, block: bytes, start: int) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        part = block[: room[0]]
        room[0] -= len(part)
        return write(descriptor, part, start)

    monkeypatch.setattr(line_log.os, "pwrite", almost_full)
    with open_journal(place) as journal:
        journal.add([(a_run(1), a_record(0.1))])
        first = place.read_bytes()
        journal.add([(a_run(i), a_record(0.1 * i)) for i in range(2, 9)])
        assert str(journal.trouble) == f"{place} was not written: No space left on device"
        assert place.read_bytes() == first

        room[0] = 10_000
        journal.add([(a_run(9), a_record(0.9))])
        assert journal.trouble is None
    with open_journal(place) as journal:
        assert all(journal.record(a_run(i)) is not None for i in range(1, 10))


def test_what_decides_a_result_decides_the_key_and_nothing_else() -> None:
    run = a_run(5)

    assert Run((), 3, Config(epochs=5, fps=30, paused=True)).key == run.key
    assert Run((), 0, Config(epochs=5, noise=0.2)).key != run.key
    assert Run((), 0, Config(epochs=5, weights_seed=1)).key != run.key
