"""One run: network, optimizer, data, batches and curves, advanced step by step.

It knows no clock, no screen and no process; the same config gives the same bits however it is watched.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Network, Optimizer, Source
from tui_nn.settings.config import Config
from tui_nn.training.batches import Batches
from tui_nn.training.build import build_network, build_optimizer, build_rate
from tui_nn.training.checkpoint import Checkpoint
from tui_nn.training.evaluation import evaluate
from tui_nn.training.history import History
from tui_nn.training.holding import held_in_words, keep_holds
from tui_nn.training.last_step import LastStep
from tui_nn.training.moments.checkups import Checkups
from tui_nn.training.past import Past
from tui_nn.training.problem import Part, Problem, make_problem
from tui_nn.training.rebuilding import Rebuilding
from tui_nn.training.rules import StopRules, divergence
from tui_nn.training.snapshot import Metrics
from tui_nn.training.streams import DROPOUT, stream
from tui_nn.training.timeline import FIRST_MOMENT, MOST_BYTES, Frame, Timeline, first_interval
from tui_nn.training.trained_rows import TrainedRows

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
        self.batches = Batches.of(self.config, len(self.problem.train))
        self.step = 0
        self.trouble = ""
        self.taken: TakenStep | None = None
        """The last step on one example that a person took."""
        self.rebuilding = Rebuilding()
        self.recorded = Metrics()
        self.rules = StopRules()
        self.trained = TrainedRows()
        self.begin_records(FIRST_MOMENT)

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

    def train_on(self, part: Part) -> None:
        """Train one step on a whole part at the full learning rate, whatever the schedule; record nothing."""
        self._step(part.source(self.network), np.arange(len(part)), self.config.learning_rate)

    def advance_on(self, inputs: NDArray[Any], coded: NDArray[Any]) -> None:
        """Train one step on other samples, (n, n_inputs) and (n, n_outputs), in place of the next batch."""
        self.batches.take()
        self._step(self.network.prepare(inputs, coded), np.arange(len(inputs)))
        if self.history.is_due(self.step):
            self.record()

    def _step(self, source: Source, rows: NDArray[np.intp], rate: float | None = None) -> None:
        is_watched, parameters = self.last_step.is_watched, self.network.parameters
        if is_watched:
            self.last_step.begin(parameters)
        self.network.train_step(source, rows, self.optimizer, self.rate(self.step) if rate is None else rate)
        self.step += 1
        if is_watched:
            self.last_step.end(parameters, self.step)
        gradients = self.network.gradients
        if not math.isfinite(gradients @ gradients):
            self.trouble = divergence(self.network, self.step, self.config.learning_rate)
        elif self.step >= self.timeline.due:
            self.timeline.add(Frame.of(self.step, self.network, self.batches, self.recorded))

    def record(self) -> None:
        """Add the present step to the curves, and now and then to the checkups."""
        self.recorded = self.measure(RECORDED_ROWS)
        self.rules.has_stopped = False
        self.history.record(self.step, self.recorded)
        self.timeline.measured(self.step, self.recorded)
        if self.checkups.is_due(self.step):
            self.checkups.check(self.step, self.recorded, self.network, self.problem.train)

    def begin_records(self, words: str) -> None:
        """Begin curves, checkups and moments at the present step: words say why there are none before."""
        self.history = History(self._record_interval())
        self.checkups = self._no_checkups()
        self.begin_timeline(words)
        self.record()

    def _no_checkups(self) -> Checkups:
        return Checkups.of(self.network, self.history.interval, self.problem.train, self.batches.batch_size)

    @property
    def is_quick_to_measure(self) -> bool:
        """Whether both sets are small enough to be evaluated whole for every picture."""
        return len(self.problem.train) + len(self.problem.test) <= RECORDED_ROWS

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

    def begin_timeline(self, words: str) -> None:
        """Forget all moments: words say why there are none before this one."""
        interval = first_interval(self.network.n_parameters)
        self.timeline = Timeline(interval, most_bytes=self._timeline_bytes, words=words)
        self.past = Past(self.timeline)
        if self._timeline_bytes:
            self.timeline.add(Frame.of(self.step, self.network, self.batches, self.recorded))

    # -- changing

    def rebuilt(self, config: Config) -> tuple[Network, Optimizer]:
        """Return the network and the optimizer of other settings. Raises EngineError."""
        return self.rebuilding.build(self.config, config, self.network, self.optimizer, self._dropout_rng)

    def measure_again(self) -> None:
        """Look at the network as it is now, where what was recorded last is of another or of other data."""
        self.recorded = self.measure(RECORDED_ROWS)

    def resize_batches(self) -> None:
        """Cut a training set of another size into batches; the epoch goes on counting."""
        epoch, self.batches = self.batches.epoch, Batches.of(self.config, len(self.problem.train))
        self.batches.epoch = epoch
        self.history.widen(self._record_interval())
        self.checkups.widen(self.history.interval)

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
            trained_rows=self.trained.keys,
            data=self.problem.note(),
        )

    def load(self, checkpoint: Checkpoint, timeline: Timeline | None = None) -> None:
        """Go on from a checkpoint, data made anew where its config asks for other data.

        timeline: moments of the same run; those before the checkpoint can be gone back to.
        """
        if checkpoint.config != self.config:
            self.config = checkpoint.config
            self.problem = make_problem(self.config)
            self.data_version += 1
        self.start()
        self.go_on_from(checkpoint)
        self.checkups = self._no_checkups()
        if timeline is not None:
            timeline.cut(self.step)
        if timeline is not None and timeline.fits(self.network.parameters):
            self.timeline, self.past = timeline, Past(timeline)
        else:
            self.begin_timeline(f"The timeline begins at step {self.step:,}: the run was opened there.")

    def go_on_from(self, checkpoint: Checkpoint) -> None:
        """Be where a checkpoint with the same settings is."""
        self.step, self.trouble = checkpoint.step, ""
        self.network.parameters[:] = checkpoint.parameters
        self.network.load_state(checkpoint.network_state)
        self.optimizer.load(checkpoint.optimizer_state, checkpoint.optimizer_steps)
        self.batches.load(checkpoint.batches_state)
        self._dropout_rng.bit_generator.state = checkpoint.dropout_state
        self.history.load(checkpoint.history_state)
        self.rules = StopRules(**checkpoint.rules_state)
        self.trained = TrainedRows(checkpoint.trained_rows, self.problem)
        self.recorded = self.measure(RECORDED_ROWS)

    def _record_interval(self) -> int:
        """Every step for small sets; for large ones four rows are trained on for each one evaluated."""
        if self.is_quick_to_measure:
            return 1
        rows = min(len(self.problem.train), RECORDED_ROWS) + min(len(self.problem.test), RECORDED_ROWS)
        return math.ceil(4 * rows / self.batches.batch_size)
