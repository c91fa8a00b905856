"""`tui-nn lesson` writes, lists and checks lessons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_nn.cli import main
from tui_nn.lessons.new import TEMPLATE


def test_a_new_lesson_is_proved_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "01-my-lesson.md"

    assert main(["lesson", "new", str(path)]) == 0
    assert main(["lesson", "check", str(path)]) == 0

    assert "1 lessons read, 0 complaints." in capsys.readouterr().out


@pytest.mark.parametrize("name", ["01-my.txt", "A Lesson.md", "01-there.md"])
def test_a_file_that_cannot_be_a_new_lesson_is_not_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "01-there.md").write_text("mine", encoding="utf-8")

    assert main(["lesson", "new", str(tmp_path / name)]) == 1

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("01-there.md", "mine")]


def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "01-good.md").write_text(TEMPLATE, encoding="utf-8")
    bad = tmp_path / "02-bad.md"
    bad.write_text(TEMPLATE.replace("minutes = 5", "minutes = 0"), encoding="utf-8")

    assert main(["lesson", "check", "--form", str(tmp_path)]) == 1

    said = capsys.readouterr()
    assert said.err.startswith(f"{bad}:4: minutes: 0 is not allowed")
    assert said.out == "1 lessons read, 1 complaints.\n"


def test_a_key_that_does_nothing_is_refused_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "01-key.md"
    text = TEMPLATE.replace("What was to be seen.", "What was to be seen.\n[E] says more.")
    path.write_text(text, encoding="utf-8")
    line = text.split("\n").index("[E] says more.") + 1

    assert main(["lesson", "check", str(path)]) == 1

    said = capsys.readouterr()
    assert said.err == f"{path}:{line}: [E] does nothing here at 80x24\n"
    assert said.out == "1 lessons read, 1 complaints.\n"


def test_the_course_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lesson", "list"]) == 0

    assert "01-a-neuron-is-a-line: A neuron is a line, 6 minutes." in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["lesson"], ["lesson", "sing"], ["lesson", "new"], ["lesson", "check", "--wrong"]]
)
def test_wrong_use_is_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lesson", "list", "--lessons", str(tmp_path / "none")]) == 1

    assert "cannot be read" in capsys.readouterr().err
