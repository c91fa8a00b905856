"""Many lessons proved at once, on the cores that there are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tui_nn.lessons.checking.proofs import prove
from tui_nn.lessons.lesson import Lesson
from tui_nn.lessons.problems import Problem


def prove_all(lessons: Sequence[Lesson]) -> list[Problem]:
    """Return what does not hold of any of them; one in each language is proved once."""
    once = list({lesson.name: lesson for lesson in lessons}.values())
    if len(once) < 2:
        return [problem for lesson in once for problem in prove(lesson)]
    workers = min(len(once), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return [problem for found in pool.map(prove, once) for problem in found]
