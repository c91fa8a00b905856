"""Schedules: how the learning rate changes in the course of training.

A schedule is a pure function of the step: the learning rate set by the person, times a factor. Nothing is
remembered, so going back to an earlier step brings back its rate. Formulas are PyTorch's where it has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import cos, pi

from tui_nn.engine.errors import EngineError
from tui_nn.engine.registry import Hyperparameter, fill_in

Factor = Callable[[int], float]
"""step, counted from 0 -> what the learning rate is multiplied by."""


@dataclass(frozen=True)
class Schedule:
    """An entry of the menu: the factor, its formula, its hyperparameters."""

    name: str
    factor: Callable[[int, int, Mapping[str, float]], float]
    """(step from 0, total steps, hyperparameters) -> factor."""
    formula: str
    help: str
    hyperparameters: tuple[Hyperparameter, ...] = ()

    def create(self, total_steps: int, warmup_steps: int = 0, **given: float) -> Factor:
        """Return the factor as a function of the step.

        The first `warmup_steps` rise evenly to the schedule's beginning: 1/w, 2/w ... 1; the schedule takes
        the rest. After `total_steps` the last factor stays. Raises EngineError where the warm-up does not
        fit.
        """
        if total_steps < 1:
            raise EngineError(f"A schedule needs at least 1 step, not {total_steps}.")
        if not 0 <= warmup_steps < total_steps:
            raise EngineError(
                f"The warm-up ({warmup_steps} steps) must be shorter than the schedule ({total_steps})."
            )
        hyper = fill_in(self.name, self.hyperparameters, given)
        main_steps = total_steps - warmup_steps

        def factor(step: int) -> float:
            if step < warmup_steps:
                return (step + 1) / warmup_steps * self.factor(0, main_steps, hyper)
            return self.factor(min(step - warmup_steps, main_steps), main_steps, hyper)

        return factor


def _cosine(progress: float, start: float, end: float) -> float:
    """Return the way from `start` to `end` along half a cosine."""
    return end + (start - end) * (1.0 + cos(pi * progress)) / 2.0


def _one_cycle(step: int, total: int, hyper: Mapping[str, float]) -> float:
    last, peak = total - 1.0, 0.3 * total - 1.0  # as PyTorch counts: both ends included
    start, end = 1.0 / 25.0, 1.0 / 25.0 / 1e4
    if step <= peak:
        return _cosine(step / peak, start, 1.0) if peak > 0.0 else 1.0
    return _cosine(min((step - peak) / max(last - peak, 1e-12), 1.0), 1.0, end)


_EVERY = Hyperparameter("decay_steps", 1000, 1, 1e9, "Number of steps over which the factor is applied once.")
_FACTOR = Hyperparameter(
    "decay_factor", 0.5, 1e-6, 1.0, "Factor by which the rate is multiplied after that many steps."
)
_FLOOR = Hyperparameter("final_factor", 0.0, 0.0, 1.0, "Final rate as a fraction of the initial one.")

_ALL = (
    Schedule("constant", lambda step, total, hyper: 1.0, "1", "Constant learning rate."),
    Schedule(
        "step",
        lambda step, total, hyper: hyper["decay_factor"] ** (step // hyper["decay_steps"]),
        "γ^floor(step / n)",
        "Step decay: multiplies the rate by the factor every n steps.",
        (_EVERY, _FACTOR),
    ),
    Schedule(
        "exponential",
        lambda step, total, hyper: hyper["decay_factor"] ** (step / hyper["decay_steps"]),
        "γ^(step / n)",
        "Exponential decay: by the factor every n steps, smoothly.",
        (_EVERY, _FACTOR),
    ),
    Schedule(
        "inverse_time",
        lambda step, total, hyper: 1.0 / (1.0 + step / hyper["decay_steps"]),
        "1 / (1 + step / n)",
        "1/t decay: half after n steps, then ever more slowly.",
        (_EVERY,),
    ),
    Schedule(
        "cosine",
        lambda step, total, hyper: _cosine(step / total, 1.0, hyper["final_factor"]),
        "f + (1 - f) (1 + cos(π step / total)) / 2",
        "Cosine annealing: slow at both ends (Loshchilov and Hutter 2017).",
        (_FLOOR,),
    ),
    Schedule(
        "linear",
        lambda step, total, hyper: 1.0 + (hyper["final_factor"] - 1.0) * step / total,
        "1 - (1 - f) step / total",
        "Linear decay to the final factor.",
        (_FLOOR,),
    ),
    Schedule(
        "one_cycle",
        _one_cycle,
        "1/25 → 1 in the first 30 %, then → 1/250,000, along cosines",
        "One-cycle: warms up, then anneals far below the start (Smith and Topin 2019).",
    ),
)

SCHEDULES: dict[str, Schedule] = {schedule.name: schedule for schedule in _ALL}
