"""What a lesson is: values only, read by `reading`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui_nn.lessons.condition import Condition

KINDS = ("press", "predict", "reach", "find", "answer")
"""What a step can ask for."""
OUTLINES = ("map", "network", "curves", "settings", "state", "canvas", "reading", "weights")
"""What a step can outline."""
PAGES = ("neuron", "walk", "layers", "hidden", "landscape", "moments", "ablation")
"""Pages of Inside that a step can open."""
DIGIT_VIEWS = ("draw", "train", "weights", "errors", "adversarial")
"""Views of Digits that a step can open, as its pages."""
Settings = dict[str, Any]
"""Values of Config by name, checked."""


@dataclass(frozen=True)
class Way:
    """How a task is done, by keys in the app and by settings without a screen."""

    settings: Settings = field(default_factory=dict)
    weights: tuple[tuple[int, int, int, float], ...] = ()
    """(layer, source, unit, value), counted from 1; source 0 is the bias."""
    keys: tuple[str, ...] = ()
    """Names of keys, as the texts of lessons write them; empty: made from the settings."""

    @property
    def is_given(self) -> bool:
        """Whether there is one."""
        return bool(self.settings or self.weights or self.keys)


@dataclass(frozen=True)
class Task:
    """One thing to do."""

    kind: str
    """One of KINDS."""
    name: str
    """What progress calls it; the same in every language."""
    words: str
    """What is to be done or is asked, in a sentence."""
    digest: str
    """Changes with what is asked for, not with its words."""
    line: int
    press: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    """What can be chosen."""
    right: int = 0
    """Which of the answers is right, counted from 1."""
    because: tuple[str, ...] = ()
    """What is said to who chose each answer."""
    number: float | None = None
    """The number that is right; of a prediction, the measure below gives it."""
    measure: str = ""
    tolerance: float = 0.0
    run: Settings = field(default_factory=dict)
    """What a prediction changes before its run."""
    epochs: int = 0
    """How long the run of a prediction is at most."""
    holds: Condition | None = None
    """What is true of the run of a prediction when its right answer is."""
    until: Condition | None = None
    """When it is reached, or a prediction's run ends."""
    may_change: tuple[str, ...] = ()
    """Names of settings that may be changed on the way."""
    par: dict[str, int] = field(default_factory=dict)
    find: str = ""
    """"neuron", "sample" or "input"."""
    where: str = ""
    """Which of them."""
    hints: tuple[str, ...] = ()
    solution: Way = Way()
    wrong: Way = Way()


@dataclass(frozen=True)
class Step:
    """One screenful of a lesson."""

    title: str
    body: str
    """Markdown, read before."""
    after: str
    """Markdown, read when the task is done."""
    line: int
    body_line: int
    after_line: int
    config: Settings | None = None
    """Beside the lesson's own, what the run begins anew with; None: it goes on."""
    change: Settings = field(default_factory=dict)
    """What changes of the run as it is."""
    outline: tuple[str, ...] = ()
    screen: str = ""
    """Which screen it opens."""
    page: str = ""
    """Which page of Inside, or view of Digits."""
    task: Task | None = None


@dataclass(frozen=True)
class Claim:
    """An effect that the text tells of, and how it is measured."""

    says: str
    line: int
    measure: str
    config: Settings
    epochs: int
    until: Condition | None = None
    between: tuple[float, float] | None = None
    """Where at least nine of ten seeds lie."""
    than: Settings | None = None
    """Settings it differs from, by more than the spread."""


@dataclass(frozen=True)
class Lesson:
    """A lesson."""

    name: str
    """Of the file, without its language and its end."""
    path: Path
    title: str
    goal: str
    minutes: int
    level: int
    needs: tuple[str, ...]
    shows: tuple[str, ...]
    """Names of settings that are listed; empty: all."""
    config: Settings
    steps: tuple[Step, ...]
    claims: tuple[Claim, ...] = ()
    sources: tuple[str, ...] = ()
    """Of which lesson each step is; empty: of this one."""

    def source(self, number: int) -> str:
        """Return the name of the lesson that a step is of."""
        return self.sources[number] if self.sources else self.name

    def settings_at(self, number: int) -> Settings:
        """Return the settings that a step begins with."""
        first = number
        while first and self.steps[first].config is None:
            first -= 1
        settings = {**self.config, **(self.steps[first].config or {})}
        for step in self.steps[first : number + 1]:
            settings |= step.change
        return settings

    def trained_before(self, number: int) -> int:
        """Return how many epochs the run of a step has trained when it is come to: as was predicted last."""
        while number and self.steps[number].config is None:
            number -= 1
            task = self.steps[number].task
            if task is not None and task.kind == "predict":
                return task.epochs if not task.run else 0
        return 0

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What is to be done, in order."""
        return tuple(step.task for step in self.steps if step.task is not None)
