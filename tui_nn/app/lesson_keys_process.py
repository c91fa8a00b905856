"""The process behind `lesson check` that presses the keys of lessons in the app, without a terminal.

It is given files, and prints a JSON object in a line for each:
{"file": "01-a-neuron.md", "problems": [[line, words], ...]}
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tui_nn.files.visible import hand_on
from tui_nn.lessons.reading import read_lesson
from tui_nn.render import terminal

DEPTH = "256"


def main(files: Sequence[str]) -> None:
    """Try the lessons in these files one after the other, where nothing of a person's is touched."""
    terminal.prepare(DEPTH)
    from tui_nn.app.lesson_hands import problems_in_the_app  # Textual reads the environment at import

    lessons = [read_lesson(Path(file)) for file in files]
    with tempfile.TemporaryDirectory(prefix="tui-nn-lesson-") as folder:
        os.environ.update(TUI_NN_STATE=folder, TUI_NN_DATA=folder)
        os.chdir(folder)  # a key that writes a file writes it here
        for lesson in lessons:
            found = asyncio.run(problems_in_the_app(lesson, DEPTH))
            problems = [(problem.line, problem.words) for problem in found]
            hand_on(json.dumps({"file": str(lesson.path), "problems": problems}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
