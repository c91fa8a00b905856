"""Progress is a text file: whole or as it was, and what is damaged in it is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_nn.files.errors import FileError
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.progress import MISSED, SOLVED, Done, done_of, read_progress, with_done, write_progress


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    progress = {("01-a", "one"): Done("abc", SOLVED, 7), ("02-b", "two"): Done("def", MISSED)}

    write_progress(tmp_path / "state" / "lessons.txt", progress)

    assert read_progress(tmp_path / "state" / "lessons.txt") == (progress, "")


def test_nothing_written_yet_is_no_complaint(tmp_path: Path) -> None:
    assert read_progress(tmp_path / "lessons.txt") == ({}, "")


@pytest.mark.parametrize(
    "damage", ["x y z\n", "a b c solved -1\n", "a b c eaten 1\n", "\x1b[2J\n", "a b c solved 1 2\n"]
)
def test_damaged_lines_are_left_out_and_the_others_stay(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "lessons.txt"
    path.write_text(f"01-a one abc solved 7\n{damage}02-b two def missed 0\n", encoding="utf-8")

    progress, complaint = read_progress(path)

    assert set(progress) == {("01-a", "one"), ("02-b", "two")}
    assert "1 lines are damaged" in complaint
    assert "\x1b" not in complaint


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 2_000_000])
def test_a_file_that_is_no_text_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lessons.txt"
    path.write_bytes(content)

    progress, complaint = read_progress(path)

    assert progress == {}
    assert "cannot be read" in complaint


def test_a_read_only_file_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "lessons.txt"
    path.write_text("01-a one abc solved 7\n", encoding="utf-8")
    path.chmod(0o444)

    with pytest.raises(FileError, match="read-only"):
        write_progress(path, {})

    assert path.read_text(encoding="utf-8") == "01-a one abc solved 7\n"


def test_a_task_that_asks_something_else_now_is_open(lesson: Lesson) -> None:
    task = lesson.tasks[1]
    solved = with_done({}, lesson.name, task, SOLVED, 9)
    changed = {(lesson.name, task.name): Done("another", SOLVED, 9)}

    assert done_of(solved, lesson.name, task) == Done(task.digest, SOLVED, 9)
    assert done_of(changed, lesson.name, task) is None


def test_the_lower_of_two_bests_stays(lesson: Lesson) -> None:
    task = lesson.tasks[1]
    progress = with_done({}, lesson.name, task, SOLVED, 9)

    bests = [
        with_done(progress, lesson.name, task, SOLVED, best)[lesson.name, task.name].best for best in (7, 12)
    ]

    assert bests == [7, 9]
