"""Going on with other settings: what follows from a change for data, network, batches and timeline."""

from __future__ import annotations

from tui_nn.settings.changes import reach_of_change
from tui_nn.settings.config import Config
from tui_nn.settings.setting import Reach
from tui_nn.training.branching import begin_branch
from tui_nn.training.build import build_rate
from tui_nn.training.compatibility import beginning_in_words, is_compatible
from tui_nn.training.problem import make_problem, recode
from tui_nn.training.trained_rows import SEEN_WORDS
from tui_nn.training.trainer import Trainer


def reconfigure(trainer: Trainer, config: Config) -> str:
    """Go on with other settings: what still fits of weights and optimizer state stays.

    Returns a sentence where something had to give way, else an empty one. Raises ConfigError, DataError
    or EngineError with nothing changed. A new weights seed or initializer waits for the next reset.
    Another network begins another timeline; made of a past moment, it begins a branch there.
    """
    old, was_seen = trainer.config, trainer.trained.is_test_seen
    reach = reach_of_change(old, config)
    if not reach:
        trainer.config, trainer.rate = config, build_rate(config)
        return ""
    problem = trainer.problem
    if Reach.SAMPLES in reach:
        problem = make_problem(config)
    elif Reach.CODES in reach:
        problem = recode(problem, config)
    is_same = is_compatible(old, config)
    built = trainer.rebuilt(config)
    if trainer.is_rewound and not is_same:
        begin_branch(trainer)
        built = trainer.rebuilt(config)
    trainer.rebuilding.leave(old, trainer.network)
    if problem is not trainer.problem:
        trainer.data_version += 1
        trainer.rules.judge_anew(trainer.batches.epoch)
        trainer.trained.change_data(trainer.problem, problem, trainer.past.present_step(trainer.step))
    resized = len(problem.train) != len(trainer.problem.train)
    trainer.config, trainer.problem = config, problem
    trainer.network, trainer.optimizer = built
    trainer.rate = build_rate(config)
    trainer.source = problem.train.source(trainer.network)
    lowered = _cut_again(trainer, resized)
    trainer.measure_again()
    if not is_same:
        trainer.begin_timeline(beginning_in_words(old, config, trainer.step))
    if trainer.trained.is_test_seen and not was_seen:
        return f"{lowered} {SEEN_WORDS}".strip()
    return lowered


def _cut_again(trainer: Trainer, resized: bool) -> str:
    """Cut the training set into batches as the settings say now; return what had to give way, in words."""
    config, n = trainer.config, len(trainer.problem.train)
    wanted = config.batch_size or n
    if resized:
        trainer.resize_batches()
    else:
        trainer.batches.change(wanted, config.shuffle, config.remainder)
    if wanted <= n:
        return ""
    trainer.config = config.replace(batch_size=n)
    return f"Batch size lowered from {wanted} to {n}: there are no more training samples."
