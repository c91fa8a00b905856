"""The words of lessons."""

from __future__ import annotations

import asyncio
import os
from functools import partial

from tui_nn.commands.text.action import Action, RefusedError
from tui_nn.commands.text.choices import Choice
from tui_nn.commands.text.desk import PLAYGROUND, Desk
from tui_nn.commands.text.lesson import TextLesson, lines_of_keys, paragraphs
from tui_nn.commands.text.training import state_of
from tui_nn.lessons.course import language_of
from tui_nn.lessons.course_book import TOUR, CourseBook
from tui_nn.lessons.glossary import shipped_glossary
from tui_nn.lessons.practice import PRACTICE
from tui_nn.lessons.problems import LessonError
from tui_nn.training import commands as do

GROUP = "Learn"
SCREEN_KEYS = ("enter", "escape", "tab")
"""Keys of the screen alone that lessons ask for."""
NONE_OPEN = "No lesson is open; lessons says the course."


async def _book(desk: Desk) -> CourseBook:
    if desk.book is None:
        desk.book = CourseBook(desk.lessons_folder)
    if complaint := await asyncio.to_thread(desk.book.read):
        desk.say(f"{complaint}.")
    return desk.book


async def course(desk: Desk, words: str) -> None:
    """Say the lessons, numbered."""
    book = await _book(desk)
    entries = [
        Choice(f"{_title(p.label)}, {p.state}. {p.words}", partial(_play, desk, p.name))
        for p in book.places()
    ]
    desk.offer("Lessons; a number plays one.", entries)


def _title(label: str) -> str:
    """Return a label without the number that its place in the list says already."""
    number, _, title = label.partition(" ")
    return title if number.isdecimal() and title else label


async def lesson(desk: Desk, words: str) -> None:
    """Play a lesson by its number, name or file; without one, the first of which something is left."""
    book = await _book(desk)
    await _play(desk, words or book.next_lesson())


async def tour(desk: Desk, words: str) -> None:
    """Play the tour of the program."""
    await _book(desk)
    await _play(desk, TOUR)


async def practice(desk: Desk, words: str) -> None:
    """Ask again what was answered wrongly."""
    await _book(desk)
    await _play(desk, PRACTICE)


async def _play(desk: Desk, name: str) -> None:
    book = await _book(desk)
    try:
        found = book.find(name)
    except LessonError as error:
        raise RefusedError(str(error)) from None
    if desk.lesson is None:
        desk.former = desk.place
    desk.lesson = TextLesson(desk, book, found)
    desk.say(f"{found.title}. {found.goal} About {found.minutes} minutes.")
    await desk.lesson.begin()


def open_lesson(desk: Desk) -> TextLesson:
    """Return the lesson that is open. Raises RefusedError."""
    if desk.lesson is None:
        raise RefusedError(NONE_OPEN)
    return desk.lesson


async def forward(desk: Desk, words: str) -> None:
    """Go on to the next step."""
    await open_lesson(desk).go(1)


async def back(desk: Desk, words: str) -> None:
    """Go a step back."""
    await open_lesson(desk).go(-1)


def hint(desk: Desk, words: str) -> None:
    """Say the next hint."""
    desk.say(*paragraphs(open_lesson(desk).playing.hint()))


async def show(desk: Desk, words: str) -> None:
    """Have the task done."""
    from tui_nn.commands.text.talking import obey

    for line in lines_of_keys(await open_lesson(desk).show()):
        desk.say(f"{line}:")
        await obey(desk, line)


def screen_key(desk: Desk, words: str) -> None:
    """Do nothing: what the key does on the screen has no counterpart; a lesson counts it."""
    if desk.lesson is None:
        raise RefusedError("That is a key of the full screen; help says the words.")
    desk.say("A key of the full screen, counted for the lesson.")


async def again(desk: Desk, words: str) -> None:
    """Begin the step again."""
    await open_lesson(desk).again()


def text(desk: Desk, words: str) -> None:
    """Read the step again."""
    open_lesson(desk).say_step()


async def answer(desk: Desk, words: str) -> None:
    """Answer with a number: of a choice, or the value that is asked for."""
    playing = open_lesson(desk)
    task = playing.playing.task
    if task is None or not playing.playing.chooses:
        raise RefusedError("Nothing is asked here.")
    if not task.answers:
        await playing.answer(words)
        return
    if not words.isdecimal() or not 1 <= int(words[:3]) <= len(task.answers):
        raise RefusedError(f"answer: {words[:40] or 'nothing'} is not allowed; 1 to {len(task.answers)}")
    await playing.choose(int(words) - 1)


async def take(desk: Desk, words: str) -> None:
    """Point at a neuron, an input or the sample that is looked at."""
    playing = open_lesson(desk)
    task = playing.playing.task
    if task is None or not playing.playing.finds:
        raise RefusedError("Nothing is to be pointed at here.")
    numbers = [int(part[:9]) for part in words.replace(",", " ").split() if part.isdecimal()]
    if task.find == "sample":
        playing.pointed = (0, numbers[0] - 1 if numbers else desk.example.index)
    elif task.find == "input" and len(numbers) == 1:
        playing.pointed = (0, numbers[0] - 1)
    elif len(numbers) == 2:
        playing.pointed = (numbers[0], numbers[1] - 1)
    else:
        raise RefusedError(
            "take needs a layer and a neuron, such as take 1 2; of an input or a sample its number"
        )
    await desk.see()
    if playing.playing.is_done:
        playing.say_after()


async def leave(desk: Desk, words: str) -> None:
    """Give the person's own run back."""
    open_lesson(desk)
    desk.run.send(do.Pause())
    desk.lesson, desk.choices = None, None
    await desk.go_to(desk.former or PLAYGROUND)
    desk.say("Back at your own run.")
    await state_of(desk)


def explain(desk: Desk, words: str) -> None:
    """Explain a word of the field."""
    glossary = shipped_glossary(language_of(os.environ))
    if not words:
        desk.say("explain and a word, such as explain learning rate, explains it. There are:")
        desk.say(f"{', '.join(term.name for term in glossary.terms.values())}.")
        return
    term = glossary.find(words)
    if term is None:
        near = glossary.near(words)
        hint = f" The nearest: {', '.join(near)}." if near else ""
        raise RefusedError(f"{words[:40]} is not in the glossary.{hint} explain lists all.")
    desk.say(f"{term.name}: {term.meaning}", term.formula)
    if term.see:
        desk.say(f"See also: {', '.join(other.name for other in glossary.see(term))}.")


ACTIONS = (
    *(
        Action(key, "", f"the key {key} of the full screen, where a lesson asks for it", GROUP, screen_key)
        for key in SCREEN_KEYS
    ),
    Action("explain", "TERM", "a word of the field in a sentence, with its formula", GROUP, explain),
    Action("lessons", "", "the course, numbered", GROUP, course, ("course",)),
    Action(
        "lesson",
        "NAME",
        "play a lesson by number, name or file; without one the next that is open",
        GROUP,
        lesson,
    ),
    Action("tour", "", "the program in six steps", GROUP, tour),
    Action("practice", "", "asks again what you predicted or answered wrongly", GROUP, practice),
    Action(
        "next", "", "what stands after the task, then the next step", GROUP, forward, counts=lambda words: ()
    ),
    Action("back", "", "one step back", GROUP, back, counts=lambda words: ()),
    Action("answer", "NUMBER", "answer a question; a bare number does too", GROUP, answer),
    Action("take", "LAYER NEURON", "point at what a task asks for", GROUP, take, counts=lambda words: ()),
    Action("hint", "", "a hint", GROUP, hint, counts=lambda words: ()),
    Action("show", "", "have the task done; does not count as solved", GROUP, show, counts=lambda words: ()),
    Action("again", "", "begin the step again", GROUP, again, counts=lambda words: ()),
    Action("text", "", "read the step again", GROUP, text, counts=lambda words: ()),
    Action("leave lesson", "", "your own run, as you left it", GROUP, leave),
)
