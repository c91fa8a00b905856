"""A small lesson to begin with: it passes every check as it is."""

from __future__ import annotations

from pathlib import Path

from tui_nn.files.errors import FileError
from tui_nn.files.paths import shown
from tui_nn.files.writing import replaced
from tui_nn.lessons.course import END
from tui_nn.lessons.problems import LessonError
from tui_nn.lessons.reading import parse_lesson

TEMPLATE = """\
+++
title = "A title of a few words"
goal = "Say in one sentence what a person can do afterwards."
minutes = 5
level = 1
needs = []
shows = ["learning rate"]
[config]
dataset = "circle"
hidden_sizes = "6"
optimizer = "sgd"
learning_rate = 0.01
[[claim]]
says = "At a rate of 1 a few epochs are enough."
measure = "epochs"
until = "test_accuracy >= 0.95"
config = { learning_rate = 1.0 }
epochs = 100
between = [1, 20]
+++
## Watch

One idea, in plain words. [space] trains the network on the map.

```toml
do = "press"
task = "Press [space] and watch the map."
press = "space"
config = {}
outline = ["map"]
```

What was to be seen.

---
## Do it yourself

What is asked for, and why it is worth it. [[] lowers the learning rate, []] raises it, [r] begins anew with
the same first weights.

```toml
do = "reach"
task = "Classify 95 % of the test samples within 30 epochs. Change the learning rate only."
until = "test_accuracy >= 0.95 within 30 epochs"
config = {}
par = { epochs = 10 }
hint = "How far does a step of that size go?"
solution = { learning_rate = 1.0 }
wrong = { learning_rate = 0.001 }
```

Why it worked, and what it has to do with the idea.
"""


def write_new(path: Path) -> None:
    """Write the template where nothing is yet; raise FileError, LessonError."""
    if path.suffix != END:
        raise FileError(f"{shown(path)} was not written: a lesson's file ends in {END}")
    if path.exists():
        raise FileError(f"{shown(path)} is there already, and was not replaced")
    try:
        parse_lesson(TEMPLATE, path)
    except LessonError as error:
        raise FileError(f"{shown(path)} was not written: {error.problems[0].words}") from None
    with replaced(path) as file:
        file.write(TEMPLATE.encode())
