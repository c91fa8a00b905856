"""A lesson in text mode: steps are read aloud, answers numbered; it has a run of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tui_nn.commands.text.choices import Choice
from tui_nn.commands.text.desk import DIGITS, LESSON, PLAYGROUND, Desk
from tui_nn.commands.text.key_words import WORD_OF_KEY, in_words
from tui_nn.lessons.candidates import Meant, MeantRequest
from tui_nn.lessons.course_book import CourseBook
from tui_nn.lessons.giving import give
from tui_nn.lessons.keys import key_name
from tui_nn.lessons.lesson import Lesson, Task
from tui_nn.lessons.playing import Playing
from tui_nn.lessons.records import records_since
from tui_nn.lessons.settings_given import usual_settings
from tui_nn.lessons.text import KEY, Line, lines_of
from tui_nn.lessons.wanted import Wanted
from tui_nn.settings.config import SETTINGS
from tui_nn.training import commands as do
from tui_nn.training.snapshot import Snapshot, Status, ViewRequest

UNBROKEN = 1_000_000
"""Columns of a paragraph that is one line."""
PAGE_WORDS = {
    "neuron": "Here weight gives a weight its value: weight, the layer, the neuron, the number of the input, "
    "the value, such as weight 1 1 2 0.5; input 0 is the bias. neuron 1 1 says the sum.",
    "hidden": "Here hidden says the plane of two neurons, up and down choose others, hidden 2 is layer 2.",
    "walk": "Here example chooses what walks, stage says the next stage, stage back the one before.",
}
"""What does in words what a page of the screen does by keys."""


class TextLesson:
    """One lesson that is played."""

    def __init__(self, desk: Desk, book: CourseBook, lesson: Lesson) -> None:
        self._desk, self._book = desk, book
        base = usual_settings(desk.of_app).replace(speed=desk.of_app.speed)
        self.playing = Playing(lesson, base, book.first_step(lesson))
        self.pointed: tuple[int, int] | None = None
        """What is pointed at, while it is not judged yet."""
        self._said_after = False
        self._unsaid = ""
        """What came of the task, while the end of a training is waited for."""

    @property
    def place_words(self) -> str:
        """Which lesson and step this is."""
        playing = self.playing
        done = "" if not playing.is_done else ", shown" if playing.is_shown else ", solved"
        number, count = playing.number + 1, len(playing.lesson.steps)
        return f"Lesson {playing.lesson.title}, step {number} of {count}{done}: {playing.step.title}."

    @property
    def run_place(self) -> str:
        """Which run of the desk the step is worked at with."""
        is_digits = self.playing.start_config().image_shape is not None
        return f"{LESSON} {DIGITS if is_digits else PLAYGROUND}"

    async def begin(self) -> None:
        """Come to the step that is next."""
        await self._desk.go_to(self.run_place)
        wanted = self.playing.enter()
        await self.carry_out(replace(wanted, begin=self.playing.start_config()))
        self.say_step()

    async def go(self, by: int) -> None:
        """Go to the next step, or back; what stands after a task is read first."""
        playing = self.playing
        if by > 0 and playing.is_done and not self._said_after and playing.step.after:
            self.say_after()
            return
        if by > 0 and playing.is_last:
            self._desk.say("This is the last step. lessons says the course, leave lesson ends it.")
            return
        wanted = playing.go(by)
        await self._desk.go_to(self.run_place)
        await self.carry_out(wanted)
        self.say_step()

    async def again(self) -> None:
        """Begin the step again."""
        await self.carry_out(self.playing.again())
        self.say_step()

    # -- what is said

    def say_step(self) -> None:
        """Read the step, its task and its answers."""
        desk, playing = self._desk, self.playing
        self._said_after = False
        desk.choices = None
        desk.say(self.place_words, *paragraphs(playing.step.body))
        task = playing.task
        if playing.step.page in PAGE_WORDS and task is not None:
            desk.say(PAGE_WORDS[playing.step.page])
        if task is None:
            desk.say("next goes on." if not playing.is_last else "The lesson ends here.")
        elif playing.is_done:
            self.say_after()
        elif playing.chooses and task.answers:
            words = paragraphs(task.words)
            desk.say(*words[:-1])
            entries = [Choice(text, partial(self.choose, n)) for n, text in enumerate(task.answers)]
            desk.offer(words[-1], entries)
        elif playing.chooses:
            unit = " in percent" if task.measure.endswith("accuracy") else ""
            desk.say(*paragraphs(task.words), f"Type a number{unit}.")
        else:
            desk.say(*paragraphs(task.words), *_ways(task))

    def say_what_came(self) -> None:
        """Read the verdict that a training brought which was waited for, and why."""
        if self._unsaid:
            self._desk.say(self._unsaid)
            self._unsaid = ""
            self.say_after()

    def say_after(self) -> None:
        """Read what happened and why."""
        self._said_after = True
        playing = self.playing
        self._desk.say(*paragraphs(playing.step.after))
        self._desk.say("next goes on." if not playing.is_last else "The lesson ends here.")

    # -- what a person does

    async def choose(self, number: int) -> None:
        """Take an answer by its number, counted from 0."""
        self.playing.move(number - self.playing.cursor)
        await self._lock()

    async def answer(self, text: str) -> None:
        """Take a number."""
        playing = self.playing
        playing.typed = ""
        for letter in text.replace("%", "").strip():
            playing.type(letter)
        await self._lock()

    async def _lock(self) -> None:
        """Lock the answer; of a prediction the run is waited for."""
        if not self.playing.chooses:
            self._desk.say("It is answered already. next goes on.")
            return
        await self.carry_out(self.playing.lock())
        await self.wait_for_end()

    async def wait_for_end(self) -> None:
        """Wait until a run that was begun for the task is over, and say what came of it."""
        if self.playing.is_locked and not self.playing.is_done:
            await self._desk.rest()
        if self.playing.is_done and not self._said_after:
            self.say_after()
        elif self.playing.chooses and self.playing.task is not None and self.playing.task.answers:
            self._desk.say("Another number answers again.")

    def pressed(self, key: str) -> None:
        """Take note of a key that was done in words, by its name in lessons."""
        name = key_name(key) or key
        before = self.playing.is_done
        wanted = self.playing.pressed(name)
        if wanted.finished and not before:
            self._finish()
            self.say_after()

    async def show(self) -> tuple[str, ...]:
        """Do the task for a person; return the keys that are left to press."""
        wanted = self.playing.show()
        await self.carry_out(replace(wanted, keys=()))
        await self.wait_for_end()
        return wanted.keys

    # -- what a run does

    def request(self, request: ViewRequest) -> ViewRequest:
        """Return what is asked of the run, with what judges it."""
        task = self.playing.task
        if self.pointed is not None and task is not None:
            return replace(request, looks=(*request.looks, MeantRequest(task.find, task.where)))
        return replace(request, history=True) if self.playing.judges else request

    def see(self, snapshot: Snapshot) -> None:
        """Judge a moment."""
        playing, desk = self.playing, self._desk
        meant = snapshot.reply(Meant)
        if meant is not None and self.pointed is not None:
            place, self.pointed = self.pointed, None
            self._do(playing.pointed(place in meant.places))
        if not playing.judges or desk.place != self.run_place or not desk.run.is_current(snapshot):
            return
        before = playing.verdict
        wanted = playing.see(list(records_since(snapshot, playing.judged_step)), snapshot.config)
        self._do(wanted)
        if playing.verdict != before and not wanted.finished and not wanted.says:
            desk.tell(playing.verdict)

    # -- what is done

    async def carry_out(self, wanted: Wanted) -> None:
        """Do what the lesson wants of the run."""
        self._do(wanted)
        await self._desk.see()

    def _do(self, wanted: Wanted) -> None:
        run = self._desk.run
        if wanted.pauses and wanted.begin is None and run.status is Status.RUNNING:
            run.status = Status.PAUSED
            run.send(do.Pause())
        give(wanted, run, run.begin)
        if wanted.train:
            run.status = Status.RUNNING
        if wanted.says:
            self._desk.tell(in_words(wanted.says))
        if wanted.finished:
            self._finish()

    def _finish(self) -> None:
        playing, desk = self.playing, self._desk
        if trouble := self._book.finish(playing):
            desk.tell(trouble, True)
        desk.choices = None
        if desk.is_awaited:
            self._unsaid = playing.verdict
            return
        why = " next says why." if playing.step.after and not desk.voice.is_answering else ""
        desk.voice.tell(f"{playing.verdict}{why}")


def _ways(task: Task) -> list[str]:
    """Return by which words a task that changes settings is done: its text names keys of the screen."""
    labels = [SETTINGS[name].label for name in task.may_change]
    if task.kind != "reach" or not labels:
        return []
    first = labels[0]
    return [f"Here set {first} and a value sets it, set {first} alone says the values. {_ALSO}"]


_ALSO = "Then reset begins anew, run trains, wait waits for the end."


def paragraphs(text: str) -> list[str]:
    """Return the Markdown of a lesson as lines to read, a paragraph each, keys as the words for them."""
    return [words for line in lines_of(text, UNBROKEN) if (words := _joined(line))]


def _joined(line: Line) -> str:
    parts: list[str] = []
    for word in line:
        text = WORD_OF_KEY.get(word.text, word.text) if word.mark == KEY else word.text
        parts.append(text if word.is_joined or not parts else f" {text}")
    return "".join(parts).strip()


def lines_of_keys(keys: Sequence[str]) -> list[str]:
    """Return what to type in text mode for keys that a lesson would press."""
    keys, lines = list(keys), []
    while keys:
        if keys[0] == "E" and "enter" in keys:
            end = keys.index("enter")
            lines.append(f"example {''.join(keys[1:end])}")
        elif (end := _weight_end(keys)) and keys[0] == "enter":
            n_down = keys[1:end].count("down")
            value = "".join(key for key in keys[1:end] if key not in ("down", "up", "enter"))
            lines.append(f"weight 1 1 {n_down} {value}")
        else:
            end = 0
            lines.append(WORD_OF_KEY.get(keys[0], keys[0]))
        keys = keys[end + 1 :]
    return lines


def _weight_end(keys: Sequence[str]) -> int:
    """Return where the keys end that open a sum, go to a row and type its weight; 0 where they do not."""
    enters = [place for place, key in enumerate(keys) if key == "enter"]
    return enters[2] if len(enters) > 2 and enters[0] == 0 else 0
