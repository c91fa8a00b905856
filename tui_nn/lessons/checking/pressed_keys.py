"""The keys that texts name, tried in the app by a process of its own: no command loads a screen."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.problems import Problem

PROGRAM = (sys.executable, "-m", "tui_nn.app.lesson_keys_process")
PACKAGE_PARENT = Path(__file__).resolve().parents[3]
"""Where `python -m` finds this package, whatever folder the command was started in."""


class PressedKeys:
    """Starts the process, which works while others prove something else; ends it on the way out."""

    def __init__(self, lessons: Sequence[Lesson], program: Sequence[str] = PROGRAM) -> None:
        self._files = [str(lesson.path) for lesson in lessons]
        self._program = program

    def __enter__(self) -> PressedKeys:
        """Start."""
        self._answers, self._log = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [*self._program, *self._files],
            stdin=subprocess.DEVNULL,
            stdout=self._answers,
            stderr=self._log,
            cwd=PACKAGE_PARENT,
        )
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """End what has not ended by itself."""
        self._process.kill()
        self._process.wait()
        self._answers.close()
        self._log.close()

    def problems(self) -> list[Problem]:
        """Wait for it; return which keys do nothing, and the first lesson that it could not try."""
        status = self._process.wait()
        self._answers.seek(0)
        answers = [_answer(line) for line in self._answers.read().splitlines()]
        found = {file: problems for file, problems in answers if file}
        untried = next((file for file in self._files if file not in found), None)
        problems = [problem for each in found.values() for problem in each]
        if untried is not None:
            why = self._last_line() or f"the app ended with status {status}"
            problems.append(Problem(untried, 1, f"its keys could not be tried: {why}"))
        return problems

    def _last_line(self) -> str:
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else ""


def _answer(line: bytes) -> tuple[str, list[Problem]]:
    """Return a lesson's file and what is wrong with its keys; "" for a line that is no answer."""
    try:
        answer: Any = json.loads(line)
        file = str(answer["file"])
        return file, [Problem(file, int(at), str(words)) for at, words in answer["problems"]]
    except (ValueError, TypeError, KeyError):
        return "", []
