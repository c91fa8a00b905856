"""A sweep is watched through its journal: what is whole is seen, what is wrong is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tui_nn.settings.config import Config
from tui_nn.sweeps.following import JournalFollower, holds_sweep, why_no_journal
from tui_nn.sweeps.journal import open_journal
from tui_nn.sweeps.journal_lines import Progress
from tui_nn.sweeps.runs import FAILED, Run, no_record


def a_run(epochs: int) -> Run:
    return Run((("epochs", str(epochs)),), 0, Config(epochs=epochs, noise=0.2))


def a_record(loss: float) -> dict[str, Any]:
    return {"test_loss": loss, "status": "finished"}


def test_runs_are_seen_as_they_end_with_all_their_settings_and_how_far_the_sweep_is(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    follower = JournalFollower(place)
    with open_journal(place) as journal:
        assert follower.look().lines == ()
        journal.add([(a_run(1), a_record(0.5))], Progress(1, 3, 12.34))
        seen = follower.look()
        assert [line.record for line in seen.lines] == [a_record(0.5)]
        assert seen.lines[0].config == {"epochs": 1, "noise": 0.2}
        assert seen.progress == Progress(1, 3, 12.3)
        assert seen.is_under_way
        journal.add([(a_run(2), a_record(0.4))], Progress(2, 3, 6.0))
        assert len(follower.look().lines) == 2

    assert not follower.look().is_under_way


def test_a_journal_is_followed_from_before_its_first_run(tmp_path: Path) -> None:
    place = tmp_path / "journal"

    with open_journal(place):
        assert why_no_journal(place) == ""
        assert JournalFollower(place).look().is_under_way


def test_a_damaged_line_is_counted_and_the_rest_stays(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    with open_journal(place) as journal:
        journal.add([(a_run(i), a_record(0.1 * i)) for i in (1, 2, 3)])
    lines = place.read_bytes().splitlines(keepends=True)
    place.write_bytes(lines[0] + lines[1] + b'{"key": 3\n[]\n' + lines[3] + b'{"key": "unfini')

    seen = JournalFollower(place).look()

    assert [line.record["test_loss"] for line in seen.lines] == [0.1, 0.1 * 3]
    assert (seen.n_damaged, seen.trouble) == (2, "")


def test_a_run_that_failed_and_then_ended_is_one_run(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    failed = no_record(FAILED, "not enough memory")
    with open_journal(place) as journal:
        journal.add([(a_run(1), failed), (a_run(2), failed)])
    with open_journal(place) as journal:
        journal.add([(a_run(1), a_record(0.3)), (a_run(2), failed)])

    seen = JournalFollower(place).look()

    assert [line.record["status"] for line in seen.lines] == ["finished", FAILED]
    assert place.read_bytes().count(b"\n") == 4


def test_a_file_that_goes_away_leaves_what_was_read(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    with open_journal(place) as journal:
        journal.add([(a_run(1), a_record(0.5))])
    follower = JournalFollower(place)
    follower.look()

    place.unlink()
    seen = follower.look()

    assert len(seen.lines) == 1
    assert seen.trouble == f"{place} cannot be read: No such file or directory."


def test_another_file_in_its_place_is_said(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    with open_journal(place) as journal:
        journal.add([(a_run(1), a_record(0.5))])
    follower = JournalFollower(place)
    follower.look()

    place.write_bytes(b"x,y\n1,2\n")

    assert follower.look().trouble == f"{place} is no journal of a sweep any more."


@pytest.mark.parametrize("content", [b"x,y\n", b'{"journal": 3}\n', b"\0" * 40, b"[" * 5000, b"{"])
def test_other_files_are_no_journals(content: bytes, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(content)

    assert why_no_journal(place) == f"{place} is no journal of a sweep"
    assert not holds_sweep(str(place))


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    assert why_no_journal(tmp_path) == f"{tmp_path} cannot be read: it is a folder, and not a file"
    assert not holds_sweep("")


def test_a_line_of_before_settings_were_kept_is_read(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    old = {"key": "k", "settings": {"epochs": 1}, "seed": 4, "record": a_record(0.5)}
    first = {"journal": "tui-nn sweep", "version": 1}
    place.write_text(f"{json.dumps(first)}\n{json.dumps(old)}\n")

    (line,) = JournalFollower(place).look().lines

    assert (line.config, line.progress, line.seed) == (None, None, 4)
