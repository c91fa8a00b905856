"""What of a lesson is proved by running it, on ten seeds: its challenges, its predictions, its claims."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tui_nn.lessons.checking.running import ENOUGH, MOST_EPOCHS, SEEDS, Ended, run_to, seeded
from tui_nn.lessons.condition import Condition
from tui_nn.lessons.lesson import Claim, Lesson, Settings, Task, Way
from tui_nn.lessons.measures import measure_in_words
from tui_nn.lessons.playing import Playing
from tui_nn.lessons.problems import Problem
from tui_nn.settings.config import Config

OF_SEEDS = f"of {len(SEEDS)} seeds"


def prove(lesson: Lesson) -> list[Problem]:
    """Return what does not hold of what a lesson says."""
    found: list[tuple[int, str]] = []
    for number, step in enumerate(lesson.steps):
        if step.task is None:
            continue
        start = Playing(lesson, Config(), number).start_config()
        if step.task.kind == "reach":
            found += _challenge(step.task, start)
        elif step.task.kind == "predict":
            found += _prediction(step.task, start)
    for claim in lesson.claims:
        found += _claim(claim, Config().replace(**lesson.config))
    return [Problem(str(lesson.path), line, words) for line, words in found]


def _challenge(task: Task, start: Config) -> Iterator[tuple[int, str]]:
    """Yield what is wrong: the start must fail, the solution pass, the wrong way fail."""
    assert task.until is not None
    for name, way, passes in (
        ("the start", Way(), False),
        ("the wrong way", task.wrong, False),
        ("the solution", task.solution, True),
    ):
        if not passes and not way.is_given and name != "the start":
            continue
        if task.until.is_of_a_drawing or (way.keys and not way.settings and not way.weights):
            continue  # keys alone are proved in the app
        reached = [_reach(task.until, start, way, seed) for seed in SEEDS]
        n = sum(ended is not None for ended in reached)
        if passes and n < ENOUGH:
            yield task.line, f"{name} reaches {task.until.text} on {n} {OF_SEEDS}, and {ENOUGH} are needed"
        elif not passes and n:
            yield task.line, f"{name} reaches {task.until.text} on {n} {OF_SEEDS}, and on none it may"
        if passes:
            yield from _par(task, [ended for ended in reached if ended is not None])


def _reach(condition: Condition, start: Config, way: Way, seed: int) -> Ended | None:
    config = seeded(start.replace(**way.settings), seed)
    ended = run_to(config, condition, 0 if way.weights else MOST_EPOCHS, way)
    return ended if ended.reached is not None else None


def _par(task: Task, reached: list[Ended]) -> Iterator[tuple[int, str]]:
    """Yield a par that the solution does not come near."""
    for unit, par in task.par.items():
        if unit == "keys" or not reached:
            continue
        median = statistics.median(ended.measure(unit) or 0 for ended in reached)
        if median > 2 * max(par, 1):
            yield (
                task.line,
                f"par is {par} {unit}, but the solution takes {median:g} (the median of the seeds)",
            )


def _prediction(task: Task, start: Config) -> Iterator[tuple[int, str]]:
    ended = _runs(start, task.run, task.until, task.epochs)
    if task.holds is not None:
        records = [each.reached or each.last for each in ended]
        n = sum(task.holds.holds(record) for record in records)
        if n < ENOUGH:
            found = ", ".join(measure_in_words(task.measure, each.measure(task.measure)) for each in ended)
            yield task.line, f"{task.holds.text} holds on {n} {OF_SEEDS}, and {ENOUGH} are needed ({found})"
    elif task.kind == "predict":
        values = [value for each in ended if (value := each.measure(task.measure)) is not None]
        if len(values) < len(SEEDS):
            yield task.line, f"{task.measure} is not defined on {len(SEEDS) - len(values)} {OF_SEEDS}"


def _runs(base: Config, settings: Settings, until: Condition | None, epochs: int) -> list[Ended]:
    return [run_to(seeded(base.replace(**settings), seed), until, epochs) for seed in SEEDS]


def _claim(claim: Claim, base: Config) -> Iterator[tuple[int, str]]:
    measured = _measured(claim, base, claim.config)
    if claim.between is not None:
        low, high = claim.between
        n = sum(low <= value <= high for value in measured)
        if n < ENOUGH:
            yield (
                claim.line,
                f"{claim.says} Between {low:g} and {high:g}: {n} {OF_SEEDS}; {_listed(measured)}",
            )
        return
    assert claim.than is not None
    other = _measured(claim, base, claim.than)
    gap = abs(statistics.fmean(measured) - statistics.fmean(other)) if measured and other else 0.0
    spread = max(map(_spread, (measured, other)))
    if gap <= spread:
        yield (
            claim.line,
            f"{claim.says} The effect ({gap:.3g}) is not larger than the spread over seeds ({spread:.3g}): "
            f"{_listed(measured)}; beside {_listed(other)}",
        )


def _measured(claim: Claim, base: Config, settings: Settings) -> list[float]:
    values = [ended.measure(claim.measure) for ended in _runs(base, settings, claim.until, claim.epochs)]
    return [value for value in values if value is not None]


def _spread(values: list[float]) -> float:
    return statistics.stdev(values) if len(values) > 1 else 0.0


def _listed(values: list[float]) -> str:
    return ", ".join(f"{value:.3g}" for value in sorted(values))
