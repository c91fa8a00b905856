"""One lesson while it is played: which step, what was done of it, what is said. No screen and no clock.

Whoever plays it carries out what is wanted of the run (`Wanted`), and shows what `saying` makes of it.
"""

from __future__ import annotations

from dataclasses import replace

from tui_nn.lessons.condition import Record
from tui_nn.lessons.keys import key_name
from tui_nn.lessons.lesson import Lesson, Step, Task
from tui_nn.lessons.measures import measure_in_words, parse_measure
from tui_nn.lessons.solving import keys_of
from tui_nn.lessons.wanted import Wanted
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import Scope

FREE = ("data_seed", "weights_seed")
"""Settings that no task cares for."""


class Playing:
    """The state of one lesson."""

    def __init__(self, lesson: Lesson, base: Config, first: int = 0) -> None:
        self.lesson, self._base = lesson, base
        self.number = first
        self._open()

    def _open(self) -> None:
        """Be at the beginning of a step."""
        self.cursor, self.typed, self.n_hints, self.n_keys = 0, "", 0, 0
        self.is_locked = self.is_done = self.is_shown = self.has_missed = False
        self.is_read = False
        """Whether what stands after the task has been shown."""
        self.verdict = ""
        self.best = 0
        self._pressed: list[str] = []
        self._judged_step = -1
        self._config: Config | None = None

    # -- where it is

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.lesson.steps[self.number]

    @property
    def task(self) -> Task | None:
        """What it asks for."""
        return self.step.task

    @property
    def is_last(self) -> bool:
        """Whether no step follows."""
        return self.number == len(self.lesson.steps) - 1

    @property
    def has_more_to_read(self) -> bool:
        """Whether what stands after the task has not been shown, though the task is done."""
        return self.is_done and not self.is_read and bool(self.step.after)

    @property
    def chooses(self) -> bool:
        """Whether an answer is waited for."""
        return self.task is not None and self.task.kind in ("predict", "answer") and not self.is_locked

    @property
    def types(self) -> bool:
        """Whether its task is to type a number."""
        return self.chooses and self.task is not None and not self.task.answers

    @property
    def finds(self) -> bool:
        """Whether something is to be pointed at."""
        return self.task is not None and self.task.kind == "find" and not self.is_done

    @property
    def judges(self) -> bool:
        """Whether the run is watched."""
        task = self.task
        return task is not None and not self.is_done and (task.kind == "reach" or self.is_locked)

    def start_config(self) -> Config:
        """Return the settings that the present step begins with."""
        only = {"only": self.lesson.shows} if self.lesson.shows else {}
        return self._base.replace(**{**only, **self.lesson.settings_at(self.number)})

    def enter(self) -> Wanted:
        """Return what the present step wants when it is come to."""
        self._open()
        step = self.step
        self._config = self.start_config()
        begins = self.number == 0 or step.config is not None
        wanted = Wanted(pauses=True, screen=step.screen, page=step.page)
        return replace(wanted, begin=self._config) if begins else replace(wanted, change=step.change)

    def go(self, by: int) -> Wanted:
        """Go to the next step, or one back."""
        self.number = max(0, min(self.number + by, len(self.lesson.steps) - 1))
        return self.enter() if by > 0 else self.again()

    def again(self) -> Wanted:
        """Begin the step again, with the run as the step begins it."""
        epochs = self.lesson.trained_before(self.number)
        return replace(self.enter(), begin=self._config, change={}, train=epochs or None)

    # -- what a person does

    def hint(self) -> str:
        """Return the next hint."""
        hints = self.task.hints if self.task is not None else ()
        if not hints:
            return "There is no hint here."
        self.n_hints = min(self.n_hints + 1, len(hints))
        return hints[self.n_hints - 1]

    def move(self, by: int) -> None:
        """Go to another answer."""
        if self.chooses and self.task is not None and self.task.answers:
            self.cursor = max(0, min(self.cursor + by, len(self.task.answers) - 1))

    def type(self, letter: str) -> None:
        """Type a number; "" takes the last letter back."""
        if self.types:
            self.typed = self.typed[:-1] if not letter else (self.typed + letter)[:12]

    def lock(self) -> Wanted:
        """Take the answer: of a prediction the run begins, an answer is judged at once."""
        task = self.task
        if task is None or not self.chooses:
            return Wanted()
        if not task.answers and parse_measure(self.typed, task.measure) is None:
            return Wanted(says="Type a number, then enter.")
        if task.kind == "answer":
            return self._answer(task)
        self.is_locked = True
        self._config = self.start_config().replace(**task.run)
        return Wanted(begin=self._config, train=task.epochs, says="Locked. The run begins.")

    def _answer(self, task: Task) -> Wanted:
        if self._is_right(task, task.number):
            self.is_locked = True
            return self._finish("Right.")
        self.has_missed = True
        self.verdict = f"Not {self._given(task)}. {self._because(task)}".strip()
        self.typed = ""
        return Wanted(says=self.verdict)

    def pressed(self, key: str) -> Wanted:
        """Take note of a key, by the name that the program gives it."""
        self.n_keys += 1
        task = self.task
        if task is None or task.kind != "press" or self.is_done:
            return Wanted()
        self._pressed.append(key)
        wanted = iter(key_name(each) for each in task.press)
        left = next(wanted, None)
        for each in self._pressed:
            if each == left:
                left = next(wanted, None)
        return self._finish("") if left is None else Wanted()

    def pointed(self, is_meant: bool) -> Wanted:
        """Take what is pointed at."""
        task = self.task
        if task is None or task.kind != "find" or self.is_done:
            return Wanted()
        if is_meant:
            return self._finish("Found.")
        self.has_missed = True
        self.verdict = f"That is another {task.find}. Go on looking; 8 takes it."
        return Wanted(says=self.verdict)

    def show(self) -> Wanted:
        """Do the task for a person; it does not count as solved."""
        task = self.task
        if task is None or self.is_done:
            return Wanted(says="Nothing is left to do here.")
        self.is_shown = True
        if task.kind in ("predict", "answer"):
            self.cursor = max(0, task.right - 1)
            self.typed = "" if task.number is None else f"{task.number:g}"
            if task.answers or task.kind == "answer":
                return self.lock()
            self.typed = "0"
            return self.lock()
        if task.kind == "reach" and (task.solution.settings or task.solution.weights):
            config = self.start_config().replace(**task.solution.settings)
            train = None if task.solution.weights else 0
            return Wanted(begin=config, weights=task.solution.weights, train=train)
        keys = task.press if task.kind == "press" else task.solution.keys
        if task.kind == "find":
            keys = keys_of(task, task.solution, self.start_config())
        begin = self.start_config() if task.kind == "reach" else None
        return Wanted(begin=begin, keys=keys)

    # -- what a run does

    def see(self, records: list[Record], config: Config) -> Wanted:
        """Judge what a run with these settings has come to since it was seen last."""
        task = self.task
        if task is None or not self.judges or not records:
            return Wanted()
        last = records[-1]
        if last["steps"] < self._judged_step:
            self._judged_step = -1
        new = [record for record in records if record["steps"] > self._judged_step or record is last]
        self._judged_step = last["steps"]
        return self._see_reach(task, new, config) if task.kind == "reach" else self._see_prediction(task, new)

    @property
    def judged_step(self) -> int:
        """Up to where the run was judged."""
        return self._judged_step

    def _see_reach(self, task: Task, records: list[Record], config: Config) -> Wanted:
        assert task.until is not None
        reached = next((record for record in records if task.until.holds(record)), None)
        if reached is not None:
            if changed := self._forbidden(task, config):
                self.verdict = f"Reached, but with another {changed}: this task leaves it as it was."
                return Wanted()
            unit = next(iter(task.par), "")
            self.best = self.n_keys if unit == "keys" else int(reached.get(unit, 0) or 0) if unit else 0
            return self._finish(_reached_in_words(task, reached, unit, self.best), pauses=True)
        is_over = task.until.is_over(records[-1])
        over = f"{task.until.within:g} {task.until.unit} are over" if is_over else ""
        if over and not self.verdict:
            self.verdict = f"{over}, and it is not reached. Change something, then r begins a new run."
            return Wanted(says=self.verdict, pauses=True)
        if not over:
            self.verdict = ""
        return Wanted()

    def _forbidden(self, task: Task, config: Config) -> str:
        """Return the label of a setting that is not as the task began, and has to be."""
        start = self.start_config()
        for name, setting in SETTINGS.items():
            is_free = setting.scope is Scope.APP or name in FREE or name in task.may_change
            if not is_free and getattr(start, name) != getattr(config, name):
                return setting.label
        return ""

    def _see_prediction(self, task: Task, records: list[Record]) -> Wanted:
        end = records[-1]
        if task.until is not None:
            end = next((record for record in records if task.until.holds(record)), end)
        is_ended = end["status"] in ("stopped", "diverged") or end["epochs"] >= task.epochs
        is_reached = task.until is not None and task.until.holds(end)
        if not (is_ended or is_reached):
            return Wanted()
        value = end.get(task.measure)
        happened = measure_in_words(task.measure, value)
        if task.until is not None and not is_reached:
            happened = f"not within {task.epochs} epochs"
        is_right = self._is_right(task, value)
        self.has_missed = not is_right
        said = (
            f"You said {self._given(task)}. It was {happened}" if not self.is_shown else f"It was {happened}"
        )
        because = self._because(task)
        return self._finish(f"{said}{': right' if is_right else ''}. {because}".strip(), pauses=True)

    # -- judging

    def _is_right(self, task: Task, value: float | None) -> bool:
        if task.answers:
            return self.cursor == task.right - 1
        given = parse_measure(self.typed, task.measure)
        return given is not None and value is not None and abs(given - value) <= task.tolerance + 1e-12

    def _given(self, task: Task) -> str:
        return task.answers[self.cursor] if task.answers else self.typed

    def _because(self, task: Task) -> str:
        return task.because[self.cursor] if task.because and task.answers else ""

    def _finish(self, verdict: str, pauses: bool = False) -> Wanted:
        self.is_done = True
        self.verdict = verdict or "Done."
        return Wanted(pauses=pauses, finished=True)


def _reached_in_words(task: Task, record: Record, unit: str, best: int) -> str:
    drawn = task.until is not None and task.until.is_of_a_drawing
    words = "Reached" if drawn else f"Reached in epoch {record['epochs']}"
    if unit:
        amount = f"{best:,} {unit}"
        words += f", {amount}; par is {task.par[unit]:,}"
    return f"{words}."
