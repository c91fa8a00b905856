"""A lesson is read whole, or refused with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui_nn.files.assets import asset_path
from tui_nn.lessons.checking.form import check_form
from tui_nn.lessons.course import read_course, shipped_folder
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.new import TEMPLATE
from tui_nn.lessons.problems import LessonError
from tui_nn.lessons.reading import parse_lesson, read_lesson
from tui_nn.settings.config import Config
from tui_nn.settings.presets import preset_config

Complaints = Callable[[str], list[str]]


def line_of(words: str) -> int:
    return TEMPLATE.split("\n").index(next(line for line in TEMPLATE.split("\n") if words in line)) + 1


def test_the_lesson_to_begin_with_has_nothing_wrong(lesson: Lesson) -> None:
    assert [task.kind for task in lesson.tasks] == ["press", "reach"]
    assert lesson.tasks[1].may_change == ("learning_rate",)
    assert lesson.tasks[1].solution.settings == {"learning_rate": 1.0}
    assert check_form(lesson, ["01-new"]) == []


@pytest.mark.parametrize(
    ("before", "after", "at", "words"),
    [
        ('title = "A title of a few words"\n', "", "title", "title is missing"),
        ("minutes = 5", "minutes = 500", "minutes", "a whole number from 1 to 60"),
        ("minutes = 5", 'minutes = "five"', "minutes", "a whole number from 1 to 60"),
        ("learning_rate = 0.01", "learning_rat = 0.01", "learning_rate = 0.01", "learning_rate?"),
        ("learning_rate = 0.01", "learning_rate = -1", "learning_rate = 0.01", "-1"),
        ('dataset = "circle"', 'dataset = "/etc"', 'dataset = "circle"', "no file"),
        ('dataset = "circle"', 'dataset = "../x"', 'dataset = "circle"', "no file"),
        ('dataset = "circle"', 'color = "mono"', 'dataset = "circle"', "not for a lesson"),
        ('do = "press"', 'do = "pres"', 'do = "press"', "one of press, predict"),
        ('do = "press"', 'do = "press"\nrun_code = "x"', 'task = "Press', "no field here"),
        (
            'within 30 epochs"\nconfig',
            'within 0.2"\nconfig',
            'until = "test_accuracy >= 0.95 within',
            "neither",
        ),
        (">= 0.95 within 30", ">= 1.95 within 30", "0.95 within 30", "no run can fulfill"),
        ("solution = { learning_rate = 1.0 }\n", "", 'do = "reach"', "solution is missing"),
        (
            "solution = { learning_rate",
            "solution = { noise = 0.2, learning_rate",
            "solution",
            "noise may not",
        ),
        ("needs = []", 'needs = ["../../x"]', "needs", "not the name of a lesson"),
        ('outline = ["map"]', 'outline = ["mop"]', "outline", "mop is not allowed"),
        ('outline = ["map"]', 'page = "Layers"', 'outline = ["map"]', "Layers is not allowed"),
        ('outline = ["map"]', 'page = "adversarial"', 'outline = ["map"]', "adversarial is not allowed"),
        (
            'outline = ["map"]',
            'page = "walk"\nscreen = "digits"',
            'outline = ["map"]',
            "walk is not allowed; one of draw",
        ),
        ('outline = ["map"]', 'screen = "cinema"', 'outline = ["map"]', "cinema is not allowed"),
        ("between = [1, 20]", "between = [1]", "[[claim]]", "between must be [low, high]"),
        ("## Watch", "# Watch", "## Watch", "begins with its title"),
        ("par = { epochs = 10 }", "par = { epochs = -1 }", "par =", "a whole number"),
        ("goal = ", "goal = = ", "goal", "invalid"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    complaints: Complaints, before: str, after: str, at: str, words: str
) -> None:
    assert before in TEMPLATE

    found = complaints(TEMPLATE.replace(before, after, 1))

    line = line_of(at) if "is missing" not in words or "solution" in words else 2
    assert any(told.startswith(f"{line}: ") and words in told for told in found), found


@pytest.mark.parametrize("letters", ["\x1b[31m", "\x9b2J", "\x00", "\u202e", "\x07"])
def test_control_characters_are_refused_and_not_repeated(complaints: Complaints, letters: str) -> None:
    (told,) = complaints(TEMPLATE.replace("One idea", f"One {letters}idea"))

    assert told.startswith(f"{line_of('One idea')}: ")
    assert "control character" in told
    assert letters not in told


def test_ten_megabytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "01-large.md"
    path.write_text(TEMPLATE + "x" * 10_000_000, encoding="utf-8")

    with pytest.raises(LessonError, match="too large"):
        read_lesson(path)


@pytest.mark.parametrize(
    "text", ["", "+++", "+++\n+++", "+++\ntitle = 1\n+++\n---\n---", "\n" * 99, "[" * 9999]
)
def test_what_is_no_lesson_at_all_is_refused(complaints: Complaints, text: str) -> None:
    assert complaints(text)


def test_one_lesson_that_is_refused_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "01-good.md").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "02-bad.md").write_text("nothing", encoding="utf-8")

    course = read_course(tmp_path)

    assert [lesson.name for lesson in course.lessons] == ["01-good"]
    assert [name for name, _ in course.refused] == ["02-bad"]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "01-good.md").write_text(TEMPLATE, encoding="utf-8")
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "01-good.md").symlink_to(tmp_path / "else" / "01-good.md")

    ((_, error),) = read_course(folder).refused

    assert "leads out of its folder" in str(error)


def test_a_sibling_file_is_the_lesson_in_a_persons_language(tmp_path: Path) -> None:
    (tmp_path / "01-new.md").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "01-new.de.md").write_text(
        TEMPLATE.replace("A title of a few words", "Titel"), encoding="utf-8"
    )

    titles = [read_course(tmp_path, language).lessons[0].title for language in ("de", "en", "fr")]

    assert titles == ["Titel", "A title of a few words", "A title of a few words"]


def test_another_wording_of_a_task_leaves_its_digest(lesson: Lesson) -> None:
    words = TEMPLATE.replace("Classify 95 % of", "Get 95 % right of").replace("How far does", "Where does")
    harder = TEMPLATE.replace('within 30 epochs"', 'within 20 epochs"')

    digests = [parse_lesson(text, lesson.path).tasks[1].digest for text in (TEMPLATE, words, harder)]

    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.md")), ids=lambda path: path.name)
def test_the_form_of_a_shipped_lesson_is_right(path: Path) -> None:
    names = {found.name.partition(".")[0] for found in shipped_folder().glob("*.md")}

    assert check_form(read_lesson(path), names) == []


def test_the_tour_has_six_steps_with_a_key_each_and_shows_the_opening_run() -> None:
    tour = read_lesson(asset_path("tour.md"))

    assert check_form(tour, []) == []
    assert [step.task.kind for step in tour.steps if step.task is not None] == ["press"] * 6
    usual = preset_config(Config(), "first-look")
    assert Config().replace(**tour.settings_at(0), epochs=usual.epochs) == usual
