"""One run: network, optimizer, data, batches and curves, advanced step by step.

It knows no clock, no screen and no process; the same config gives the same bits however it is watched.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.config import SETTINGS, Config, Scope
from tui_nn.engine import EngineError, Network, Source, carry_state, matching_parameters, transplant
from tui_nn.training.batches import Batches
from tui_nn.training.build import build_network, build_optimizer, build_rate
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.checkups import Checkup, Checkups
from tui_nn.training.columns import columns
from tui_nn.training.details.walk import Taken
from tui_nn.training.evaluation import evaluate
from tui_nn.training.history import History
from tui_nn.training.problem import Part, Problem, code_targets, make_problem, recode
from tui_nn.training.snapshot import Metrics
from tui_nn.training.streams import BATCHES, DROPOUT, stream
from tui_nn.training.vitals import looked_rows, measure_vitals, moved

IN_PASSING = {name for name, setting in SETTINGS.items() if setting.scope is Scope.APP} | {
    "learning_rate",
    "epochs",
    "weights_seed",
    "initializer",
    "bias_init",
    "schedule",
    "decay_steps",
    "decay_factor",
    "final_factor",
    "warmup_steps",
    "stop_epochs",
    "stop_accuracy",
    "stop_loss",
    "patience",
}
"""Settings that are read where they are needed: changing them touches neither network nor data."""

RECORDED_ROWS = 2000
"""Rows of each set that a record of the curves looks at; smaller sets are looked at whole."""


class Trainer:
    """The state of a run and the only place that changes it."""

    def __init__(self, config: Config, problem: Problem | None = None) -> None:
        self.config = config
        self.problem = problem if problem is not None else make_problem(config)
        self.data_version = 0
        self.start()

    def start(self) -> None:
        """Begin from the first weights, at step 0, with empty curves; the data stays."""
        self._dropout_rng = stream(self.config, DROPOUT)
        self.network = build_network(self.config, self._dropout_rng)
        self.rate = build_rate(self.config)
        self.optimizer = build_optimizer(self.config, self.network)
        self.source = self.problem.train.source(self.network)
        self.batches = self._make_batches()
        self.history = History(self._record_interval())
        self.checkups = Checkups(self.history.interval)
        self._parameters_then = 0, self.network.parameters[:0]
        self.step = 0
        self.trouble = ""
        self.taken: Taken | None = None
        """The last step on one example that a person took."""
        self._removed: dict[tuple[object, ...], Network] = {}
        self.record()

    @property
    def epoch(self) -> int:
        """Epochs completed."""
        return self.batches.epoch

    @property
    def has_diverged(self) -> bool:
        """Whether training stopped on numbers that are not finite."""
        return bool(self.trouble)

    def advance(self) -> None:
        """Train one step; where the gradient was not finite, `trouble` says so and the run is over."""
        self._step(self.source, self.batches.take())

    def advance_on(self, inputs: NDArray[Any], coded: NDArray[Any]) -> None:
        """Train one step on other samples, (n, n_inputs) and (n, n_outputs); no batch is taken for it."""
        self._step(self.network.prepare(inputs, coded), np.arange(len(inputs)))
        if self.history.is_due(self.step):
            self.record()

    def _step(self, source: Source, rows: NDArray[np.intp]) -> None:
        self.network.train_step(source, rows, self.optimizer, self.rate(self.step))
        self.step += 1
        gradients = self.network.gradients
        if not math.isfinite(gradients @ gradients):
            self.trouble = self._explain()

    def record(self) -> None:
        """Add the present step to the curves, and now and then to the checkups."""
        self.recorded = self.measure(RECORDED_ROWS)
        self.history.record(self.step, self.recorded)
        if self.checkups.is_due(self.step):
            self.checkups.add(self._check_up())

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
        """
        old = self.config
        changed = {name for name in SETTINGS if getattr(old, name) != getattr(config, name)}
        if any(SETTINGS[name].scope is Scope.DATA for name in changed):
            problem = make_problem(config)
        elif changed & {"features", "dtype", "loss"}:
            problem = recode(self.problem, config)
        else:
            problem = self.problem
        if changed <= IN_PASSING:
            self.config, self.rate = config, build_rate(config)
            return ""
        network = build_network(config, self._dropout_rng)
        optimizer = build_optimizer(config, network)
        pairs = _feature_pairs(old, config)
        transplant(self.network, network, pairs)
        self._bring_back(network, config, pairs)
        carry_state(self.network, self.optimizer, network, optimizer, pairs)
        if problem is not self.problem:
            self.data_version += 1
        self._removed[_shape_key(old)] = self.network
        resized = len(problem.train) != len(self.problem.train)
        self.config, self.problem, self.network, self.optimizer = config, problem, network, optimizer
        self.rate = build_rate(config)
        self.source = problem.train.source(network)
        return self._recut(resized)

    def _bring_back(self, network: Network, config: Config, pairs: list[tuple[int, int]] | None) -> None:
        """Give neurons that were removed before, and come back, the weights that they had then."""
        before = self._removed.pop(_shape_key(config), None)
        if before is None or before.n_parameters != network.n_parameters:
            return
        _, kept = matching_parameters(self.network, network, pairs)
        returning = np.ones(network.n_parameters, dtype=bool)
        returning[kept] = False
        network.parameters[returning] = before.parameters[returning]

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

    def set_parameter(self, layer: int, source: int | None, unit: int, value: float) -> None:
        """Give a weight (without a source: a bias) another value; raise EngineError if there is none."""
        layers = [column.placed for column in columns(self.network)]
        if not 0 <= layer < len(layers) or not 0 <= unit < layers[layer].units:
            raise EngineError("There is no such neuron any more.")
        block = layers[layer].biases[None, :] if source is None else layers[layer].weights
        row = source or 0
        if not 0 <= row < len(block):
            raise EngineError("There is no such weight any more.")
        block[row, unit] = value

    def use_parameters(self, parameters: NDArray[Any]) -> None:
        """Take over all weights and biases; raise EngineError where they are another network's."""
        if parameters.shape != self.network.parameters.shape:
            raise EngineError("These weights belong to a network of another shape.")
        self.network.parameters[:] = parameters
        self.history = History(self._record_interval())
        self.checkups = Checkups(self.history.interval)
        self.record()

    def rehearse(self, images: NDArray[np.uint8], classes: NDArray[np.int64], steps: int) -> None:
        """Train some steps on these images, each time together with a batch of training samples."""
        config, train = self.config, self.problem.train
        if config.image_shape is None or images.shape[1:] != config.image_shape:
            raise EngineError("These images do not fit the network.")
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

    def measure(self, most_rows: int | None = None) -> Metrics:
        """Return losses and accuracies now; it changes nothing."""
        with np.errstate(all="ignore"):
            return evaluate(self.network, self.problem, most_rows)

    def checkpoint(self, training_seconds: float = 0.0) -> Checkpoint:
        """Return a copy of all that decides how the run goes on."""
        return Checkpoint(
            config=self.config,
            step=self.step,
            optimizer_state=self.optimizer.state.copy(),
            optimizer_steps=self.optimizer.steps,
            parameters=self.network.parameters.copy(),
            network_state=self.network.state(),
            batches_state=self.batches.state(),
            dropout_state=self._dropout_rng.bit_generator.state,
            history_state=self.history.state(),
            training_seconds=training_seconds,
        )

    def load(self, checkpoint: Checkpoint) -> None:
        """Go on from a checkpoint, data made anew where its config asks for other data."""
        if checkpoint.config != self.config:
            self.config = checkpoint.config
            self.problem = make_problem(self.config)
            self.data_version += 1
        self.start()
        self.step = checkpoint.step
        self.network.parameters[:] = checkpoint.parameters
        self.network.load_state(checkpoint.network_state)
        self.optimizer.load(checkpoint.optimizer_state, checkpoint.optimizer_steps)
        self.batches.load(checkpoint.batches_state)
        self._dropout_rng.bit_generator.state = checkpoint.dropout_state
        self.history.load(checkpoint.history_state)
        self.checkups = Checkups(self.history.interval)
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
