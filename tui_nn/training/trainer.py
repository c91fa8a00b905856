"""One run: network, optimizer, data, batches and curves, advanced step by step.

It knows no clock, no screen and no process; the same config gives the same bits however it is watched.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import (
    EngineError,
    Network,
    Source,
    carry_holds,
    carry_state,
    matching_parameters,
    transplant,
)
from tui_nn.settings.changes import reach_of_change
from tui_nn.settings.config import Config
from tui_nn.settings.setting import Reach
from tui_nn.training.batches import Batches
from tui_nn.training.build import build_network, build_optimizer, build_rate
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.compatibility import beginning_in_words, is_same_era
from tui_nn.training.evaluation import evaluate
from tui_nn.training.history import History
from tui_nn.training.holding import held_in_words, keep_holds, type_over
from tui_nn.training.last_step import LastStep
from tui_nn.training.moments.checkups import Checkup, Checkups
from tui_nn.training.moments.vitals import looked_rows, measure_vitals, moved
from tui_nn.training.past import Past
from tui_nn.training.problem import Part, Problem, code_targets, make_problem, recode
from tui_nn.training.rules import StopRules
from tui_nn.training.snapshot import Metrics
from tui_nn.training.streams import BATCHES, DROPOUT, stream
from tui_nn.training.timeline import FIRST_MOMENT, LARGE, MOST_BYTES, Frame, Timeline, first_interval
from tui_nn.training.trained_rows import NONE, SEEN_WORDS, is_any_known, row_keys

if TYPE_CHECKING:
    from tui_nn.training.walk_step import TakenStep

RECORDED_ROWS = 2000
"""Rows of each set that a record of the curves looks at; smaller sets are looked at whole."""


class Trainer:
    """The state of a run and the only place that changes it.

    timeline_bytes: what the moments that can be gone back to may take; 0 keeps none.
    """

    def __init__(
        self, config: Config, problem: Problem | None = None, *, timeline_bytes: int = MOST_BYTES
    ) -> None:
        self.config = config
        self._timeline_bytes = timeline_bytes
        self.problem = problem if problem is not None else make_problem(config)
        self.data_version = 0
        self.start()

    def start(self) -> None:
        """Begin from the first weights, at step 0, with empty curves; the data stays."""
        self._dropout_rng = stream(self.config, DROPOUT)
        self._begin(build_network(self.config, self._dropout_rng))

    def start_over(self) -> str:
        """Start with what is held now, cuts cut and frozen weights at their values; return it in words."""
        self._dropout_rng = stream(self.config, DROPOUT)
        network = build_network(self.config, self._dropout_rng)
        keep_holds(self.network, network)
        self._begin(network)
        return held_in_words(network)

    def _begin(self, network: Network) -> None:
        self.network = network
        self.last_step = LastStep()
        self.rate = build_rate(self.config)
        self.optimizer = build_optimizer(self.config, self.network)
        self.source = self.problem.train.source(self.network)
        self.batches = self._make_batches()
        self.history = History(self._record_interval())
        self.checkups = self._new_checkups()
        self._parameters_then = 0, self.network.parameters[:0]
        self.step = 0
        self.trouble = ""
        self.taken: TakenStep | None = None
        """The last step on one example that a person took."""
        self._removed: dict[tuple[object, ...], Network] = {}
        self.recorded = Metrics()
        self.rules = StopRules()
        self._trained, self._data_step = NONE, 0
        self.is_test_seen = False
        """Whether the weights were trained on a sample of the test set."""
        self._begin_timeline(FIRST_MOMENT)
        self.record()

    @property
    def epoch(self) -> int:
        """Epochs completed."""
        shown = self.past.shown
        return self.batches.epoch if shown is None else shown.epoch

    @property
    def has_diverged(self) -> bool:
        """Whether training stopped on numbers that are not finite."""
        return bool(self.trouble) and not self.is_rewound

    @property
    def is_rewound(self) -> bool:
        """Whether a past moment is shown."""
        return self.past.present is not None

    def advance(self) -> None:
        """Train one step; where the gradient was not finite, `trouble` says so and the run is over."""
        self._step(self.source, self.batches.take())

    def advance_on(self, inputs: NDArray[Any], coded: NDArray[Any]) -> None:
        """Train one step on other samples, (n, n_inputs) and (n, n_outputs), in place of the next batch."""
        self.batches.take()
        self._step(self.network.prepare(inputs, coded), np.arange(len(inputs)))
        if self.history.is_due(self.step):
            self.record()

    def _step(self, source: Source, rows: NDArray[np.intp]) -> None:
        is_watched, parameters = self.last_step.is_watched, self.network.parameters
        if is_watched:
            self.last_step.begin(parameters)
        self.network.train_step(source, rows, self.optimizer, self.rate(self.step))
        self.step += 1
        if is_watched:
            self.last_step.end(parameters, self.step)
        gradients = self.network.gradients
        if not math.isfinite(gradients @ gradients):
            self.trouble = self._explain()
        elif self.step >= self.timeline.due:
            self.timeline.add(self._frame())

    def record(self) -> None:
        """Add the present step to the curves, and now and then to the checkups."""
        self.recorded = self.measure(RECORDED_ROWS)
        self.rules.has_stopped = False
        self.history.record(self.step, self.recorded)
        self.timeline.measured(self.step, self.recorded)
        if self.checkups.is_due(self.step):
            self.checkups.add(self._check_up())

    def _new_checkups(self) -> Checkups:
        """Return an empty list; of a large network four rows are trained on for each one looked at."""
        checkups = Checkups(self.history.interval)
        if self.network.n_parameters >= LARGE:
            rows = looked_rows(self.network, len(self.problem.train))
            checkups.widen(math.ceil(4 * rows / self.batches.batch_size))
        return checkups

    def _check_up(self) -> Checkup:
        step, parameters = self.step, self.network.parameters
        rows = slice(looked_rows(self.network, len(self.problem.train)))
        with np.errstate(all="ignore"):
            motion = moved(*self._parameters_then, step, parameters)
            vitals = measure_vitals(self.network, self.problem.train.inputs(rows), step, motion)
        self._parameters_then = step, parameters.copy()
        return Checkup(step, self.recorded, vitals)

    @property
    def is_quick_to_measure(self) -> bool:
        """Whether both sets are small enough to be evaluated whole for every picture."""
        return len(self.problem.train) + len(self.problem.test) <= RECORDED_ROWS

    def configure(self, config: Config) -> str:
        """Go on with other settings: what still fits of weights and optimizer state stays.

        Returns a sentence where something had to give way, else an empty one. Raises ConfigError, DataError
        or EngineError with nothing changed. A new weights seed or initializer waits for the next reset.
        Another network begins another timeline; made of a past moment, it begins a branch there.
        """
        old, was_seen = self.config, self.is_test_seen
        reach = reach_of_change(old, config)
        if Reach.SAMPLES in reach:
            problem = make_problem(config)
        elif Reach.CODES in reach:
            problem = recode(self.problem, config)
        else:
            problem = self.problem
        if not reach:
            self.config, self.rate = config, build_rate(config)
            return ""
        network = build_network(config, self._dropout_rng)
        optimizer = build_optimizer(config, network)
        is_same = is_same_era(old, config)
        if self.is_rewound and not is_same:
            self.begin_branch()
        pairs = _feature_pairs(old, config)
        transplant(self.network, network, pairs)
        self._bring_back(network, config, pairs)
        carry_state(self.network, self.optimizer, network, optimizer, pairs)
        if problem is not self.problem:
            self.data_version += 1
            self.rules.judge_anew(self.batches.epoch)
        self._removed[_shape_key(old)] = self.network
        self._note_data(problem)
        resized = len(problem.train) != len(self.problem.train)
        self.config, self.problem, self.network, self.optimizer = config, problem, network, optimizer
        self.rate = build_rate(config)
        self.source = problem.train.source(network)
        lowered = self._recut(resized)
        self.recorded = self.measure(RECORDED_ROWS)
        if not is_same:
            self._begin_timeline(beginning_in_words(old, config, self.step))
        if self.is_test_seen and not was_seen:
            return f"{lowered} {SEEN_WORDS}".strip()
        return lowered

    def _note_data(self, problem: Problem) -> None:
        """Remember what was trained on when other samples come, and whether they are tested on now."""
        before = self.problem.train.raw
        if problem.train.raw is before:
            return
        if self.past.present_step(self.step) != self._data_step:
            self._trained = np.union1d(self._trained, row_keys(before))
        self._data_step = self.past.present_step(self.step)
        self.is_test_seen = is_any_known(problem.test.raw, self._trained)

    def _bring_back(self, network: Network, config: Config, pairs: list[tuple[int, int]] | None) -> None:
        """Give neurons that were removed before, and come back, the weights that they had then."""
        before = self._removed.pop(_shape_key(config), None)
        if before is None or before.n_parameters != network.n_parameters:
            return
        _, kept = matching_parameters(self.network, network, pairs)
        returning = np.ones(network.n_parameters, dtype=bool)
        returning[kept] = False
        network.parameters[returning] = before.parameters[returning]
        carry_holds(before, network, np.flatnonzero(returning), np.flatnonzero(returning))

    def _recut(self, resized: bool) -> str:
        config, n = self.config, len(self.problem.train)
        wanted = config.batch_size or n
        if resized:
            epoch, self.batches = self.batches.epoch, self._make_batches()
            self.batches.epoch = epoch
            self.history.widen(self._record_interval())
            self.checkups.widen(self.history.interval)
        else:
            self.batches.change(wanted, config.shuffle, config.remainder)
        if wanted <= n:
            return ""
        self.config = config.replace(batch_size=n)
        return f"Batch size lowered from {wanted} to {n}: there are no more training samples."

    # -- time

    def rewind(self, by: int) -> None:
        """Show the moment so many frames later (or before: below 0); after the last comes the present."""
        self.step = self.past.move(by, self.network, self.step)

    def rewind_to(self, position: int | None) -> None:
        """Show a certain moment, 0 is the first; None is the present, just as it was."""
        self.step = self.past.show(position, self.network, self.step)

    def rewind_to_step(self, step: int) -> None:
        """Show the first moment that is not before a step."""
        self.rewind_to(self.timeline.n_before(step))

    def branch(self, training_seconds: float = 0.0) -> Checkpoint:
        """Return a run that goes on from the moment that is shown, with empty optimizer state.

        What it leaves to chance follows from seed and step, however far the run had come.
        """
        shown = self.past.shown
        optimizer = build_optimizer(self.config, self.network)
        batches_rng, dropout_rng = (stream(self.config, which, self.step) for which in (BATCHES, DROPOUT))
        position = self.batches.position if shown is None else shown.position
        return Checkpoint(
            config=self.config,
            step=self.step,
            optimizer_state=optimizer.state,
            optimizer_steps=optimizer.steps,
            parameters=self.network.parameters.copy(),
            network_state=self.network.state(),
            batches_state=self.batches.state_at(self.epoch, position, batches_rng),
            dropout_state=dropout_rng.bit_generator.state,
            history_state=self.history.state_at(self.step),
            training_seconds=training_seconds,
            trained_rows=self._trained,
            data=self.problem.note(),
        )

    def begin_branch(self) -> None:
        """Let the moment that is shown be the present, and forget what came after it."""
        branch = self.branch()
        self.past.forget_later(self.step)
        self.checkups.cut(self.step)
        self._take(branch)

    def go_back_to(self, before: Checkpoint) -> None:
        """Be where the present run was, and forget what came after."""
        self.past.forget_later(before.step)
        self.checkups.cut(before.step)
        self._take(before)

    def _begin_timeline(self, words: str) -> None:
        interval = first_interval(self.network.n_parameters)
        self.timeline = Timeline(interval, most_bytes=self._timeline_bytes, words=words)
        self.past = Past(self.timeline)
        if self._timeline_bytes:
            self.timeline.add(self._frame())

    def _frame(self) -> Frame:
        network, batches = self.network, self.batches
        return Frame(
            self.step,
            batches.epoch,
            batches.position,
            network.parameters.copy(),
            network.state(),
            self.recorded,
        )

    # -- changing

    def set_parameter(self, layer: int, source: int | None, unit: int, value: float) -> None:
        """Give a weight (without a source: a bias) another value; EngineError where it is cut, or gone."""
        type_over(self.network, layer, source, unit, value)

    def use_parameters(self, parameters: NDArray[Any]) -> None:
        """Take over all weights and biases; raise EngineError where they are another network's."""
        if parameters.shape != self.network.parameters.shape:
            raise EngineError("These weights belong to a network of a different shape.")
        if self.is_rewound:
            self.begin_branch()
        self.network.parameters[:] = parameters
        self.network.keep_cut()
        self.history = History(self._record_interval())
        self.rules.judge_anew(self.batches.epoch)
        self.checkups = self._new_checkups()
        self._begin_timeline(f"The timeline begins at step {self.step:,}: other weights were put in there.")
        self.record()

    def rehearse(self, images: NDArray[np.uint8], classes: NDArray[np.int64], steps: int) -> None:
        """Train some steps on these images, each time together with a batch of training samples."""
        config, train = self.config, self.problem.train
        if config.image_shape is None or images.shape[1:] != config.image_shape:
            raise EngineError("These images do not fit the network.")
        if self.is_rewound:
            self.begin_branch()
        for _ in range(steps):
            rows = self.batches.take()
            raw = np.concatenate([images, train.raw[rows]])
            targets = np.concatenate([classes, train.targets[rows]])
            part = Part(raw, targets, code_targets(config, targets), self.problem.encode)
            source = part.source(self.network)
            self.network.train_step(source, np.arange(len(part)), self.optimizer, config.learning_rate)
            self.step += 1
        self.record()
        if not np.isfinite(self.network.parameters).all():
            self.trouble = self._explain()
        elif self.step >= self.timeline.due:
            self.timeline.add(self._frame())

    def measure(self, most_rows: int | None = None) -> Metrics:
        """Return losses and accuracies now; it changes nothing."""
        with np.errstate(all="ignore"):
            return evaluate(self.network, self.problem, most_rows)

    def checkpoint(self, training_seconds: float = 0.0) -> Checkpoint:
        """Return a copy of all that decides how the run goes on; of the present, whatever moment is shown."""
        present, network = self.past.present, self.network
        return Checkpoint(
            config=self.config,
            step=self.past.present_step(self.step),
            optimizer_state=self.optimizer.state.copy(),
            optimizer_steps=self.optimizer.steps,
            parameters=(network if present is None else present).parameters.copy(),
            network_state=network.state() if present is None else present.state,
            batches_state=self.batches.state(),
            dropout_state=self._dropout_rng.bit_generator.state,
            history_state=self.history.state(),
            training_seconds=training_seconds,
            rules_state=self.rules.state(),
            trained_rows=self._trained,
            data=self.problem.note(),
        )

    def load(
        self, checkpoint: Checkpoint, timeline: Timeline | None = None, *, has_new_data: bool = False
    ) -> None:
        """Go on from a checkpoint, data made anew where its config asks for other data.

        timeline: moments of the same run; those before the checkpoint can be gone back to.
        has_new_data: the name of the data stands for other rows than before.
        """
        if has_new_data or checkpoint.config != self.config:
            self.config = checkpoint.config
            self.problem = make_problem(self.config)
            self.data_version += 1
        self.start()
        self._take(checkpoint)
        self.checkups = self._new_checkups()
        if timeline is not None:
            timeline.cut(self.step)
        if timeline is not None and timeline.fits(self.network.parameters):
            self.timeline, self.past = timeline, Past(timeline)
        else:
            self._begin_timeline(f"The timeline begins at step {self.step:,}: the run was opened there.")

    def _take(self, checkpoint: Checkpoint) -> None:
        """Be where a checkpoint with the same settings is."""
        self.step, self.trouble = checkpoint.step, ""
        self.network.parameters[:] = checkpoint.parameters
        self.network.load_state(checkpoint.network_state)
        self.optimizer.load(checkpoint.optimizer_state, checkpoint.optimizer_steps)
        self.batches.load(checkpoint.batches_state)
        self._dropout_rng.bit_generator.state = checkpoint.dropout_state
        self.history.load(checkpoint.history_state)
        self.rules = StopRules(**checkpoint.rules_state)
        self._trained, self._data_step = checkpoint.trained_rows, -1
        self.is_test_seen = is_any_known(self.problem.test.raw, self._trained)
        self.recorded = self.measure(RECORDED_ROWS)

    def _make_batches(self) -> Batches:
        config, n = self.config, len(self.problem.train)
        return Batches(
            n,
            config.batch_size or n,
            shuffle=config.shuffle,
            remainder=config.remainder,
            rng=stream(config, BATCHES),
        )

    def _record_interval(self) -> int:
        """Every step for small sets; for large ones four rows are trained on for each one evaluated."""
        if self.is_quick_to_measure:
            return 1
        rows = min(len(self.problem.train), RECORDED_ROWS) + min(len(self.problem.test), RECORDED_ROWS)
        return math.ceil(4 * rows / self.batches.batch_size)

    def _explain(self) -> str:
        number = self.network.first_layer_not_finite()
        place = "the network" if number is None else self.network.layers[number].name
        return (
            f"the gradient of {place} was not finite at step {self.step:,}: "
            f"the numbers grew too large (learning rate {self.config.learning_rate:g})"
        )


def _feature_pairs(old: Config, new: Config) -> list[tuple[int, int]] | None:
    """Return (old input, new input) of the features that stay; None where inputs are not features."""
    if not (old.uses_features and new.uses_features):
        return None
    return [(i, new.features.index(name)) for i, name in enumerate(old.features) if name in new.features]


def _shape_key(config: Config) -> tuple[object, ...]:
    return config.hidden_sizes, config.features, config.n_outputs, config.dtype
