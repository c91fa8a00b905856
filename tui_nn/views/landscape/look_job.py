"""Computes a slice of the loss, a little at a time, on a copy of the network: training goes on meanwhile.

The two directions are drawn from a seed and filter-normalised (Li et al. 2018, arXiv:1712.09913): what each
neuron's weights are moved by is as long as these weights, biases stay. The loss is that of a fixed choice of
training rows, in evaluation mode, without penalty. Coarse points come first: there is a picture at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import EngineError, Network
from tui_nn.training.compatibility import is_compatible
from tui_nn.training.trainer import Trainer
from tui_nn.views.landscape.values import Landscape, Work

Array = NDArray[Any]

CHUNK_S = 0.003
"""Seconds of work between two looks at the commands, or one loss if that takes longer."""
SIZES = (65, 33, 17)
"""Losses along each direction, a power of two and one; the first that is not too much work is taken."""
MOST_WORK = 4e10
"""Multiplications of a landscape: some seconds."""
MOST_ROWS, FEWEST_ROWS = 500, 32
LOSS_WORK = 3e7
"""Multiplications of one loss, as long as the fewest rows allow it."""
ROWS_SEED = 18
"""Of the choice of rows: it is the same for every seed of directions, so that losses compare."""
COARSEST = 4
"""The first pass divides each direction into so many parts."""
PATH_VALUES = 4_000_000
"""Numbers of earlier moments that one look projects."""


class Moment(Protocol):
    """An earlier moment of a run, such as a frame of its timeline."""

    @property
    def step(self) -> int:
        """When it was."""

    @property
    def parameters(self) -> Array:
        """All weights and biases."""


class LandscapeJob:
    """A landscape that grows while it is worked on; a loss that is not finite is kept as it is."""

    def __init__(self, trainer: Trainer, seed: int = 0, span: float = 1.0, size: int = SIZES[0]) -> None:
        """Begin around the present weights; raise EngineError where they are not finite."""
        network = trainer.network
        if not np.isfinite(network.parameters).all():
            raise EngineError("There is no landscape around weights that are not finite.")
        self.seed, self.span, self.step = seed, span, trainer.step
        self.work = Work.COMPUTING
        self._config, self._data_version = trainer.config, trainer.data_version
        self._center = network.parameters.copy()
        self._directions = filter_normalised(network, seed)
        self._gram = self._directions.astype(np.float64) @ self._directions.astype(np.float64).T
        self._copy = network.copy()
        rows = chosen_rows(len(trainer.problem.train), network)
        self._inputs = trainer.problem.encode(trainer.problem.train.raw[rows])
        self._targets = trainer.problem.train.coded[rows]
        self._n_train = len(trainer.problem.train)
        cost = len(rows) * multiplications(network)
        allowed = [fitting for fitting in SIZES if fitting <= size and fitting**2 * cost <= MOST_WORK]
        self.size = allowed[0] if allowed else SIZES[-1]
        self.values = np.full((self.size, self.size), np.nan, dtype=np.float32)
        self._is_known = np.zeros((self.size, self.size), dtype=bool)
        self.middle_loss = np.nan
        self._points = coarse_to_fine(self.size)
        self._row, self._base = -1, np.empty_like(self._center)
        self.n_done = 0
        self._projected: dict[tuple[int, bytes], Array] = {}

    @property
    def is_working(self) -> bool:
        """Whether there is something left to compute."""
        return self.work is Work.COMPUTING

    def fits(self, trainer: Trainer) -> bool:
        """Return whether the landscape is of this network, though perhaps of other weights."""
        if self._data_version != trainer.data_version:
            return False
        return self._config is trainer.config or is_compatible(self._config, trainer.config)

    def work_on(self, clock: Callable[[], float]) -> None:
        """Compute for about CHUNK_S on this clock, at least one loss."""
        until = clock() + CHUNK_S
        while self.is_working:
            self._compute_next()
            if clock() >= until:
                break

    def stop(self) -> None:
        """Leave it as it is."""
        if self.is_working:
            self.work = Work.STOPPED

    def look(self, trainer: Trainer, moments: Sequence[Moment] = ()) -> Landscape:
        """Return what is there by now, with the present place of the network and its earlier ones."""
        here = trainer.network.parameters
        place, share = self._place(here)
        return Landscape(
            values=self.values.copy(),
            span=self.span,
            seed=self.seed,
            step=self.step,
            n_rows=len(self._inputs),
            n_train=self._n_train,
            work=self.work,
            n_done=self.n_done,
            n_wanted=self.size**2,
            middle_loss=self.middle_loss,
            place=place.astype(np.float32),
            place_loss=trainer.network.loss_value(self._inputs, self._targets),
            place_share=share,
            path=self._path(moments),
        )

    def _compute_next(self) -> None:
        row, column, stride = next(self._points)
        middle = self.size // 2
        if row != self._row:
            self._row = row
            np.multiply(self._directions[1], self.span * (middle - row) / middle, out=self._base)
            self._base += self._center
        parameters = self._copy.parameters
        np.multiply(self._directions[0], self.span * (column - middle) / middle, out=parameters)
        parameters += self._base
        loss = self._copy.loss_value(self._inputs, self._targets)
        self._enter(row, column, stride, loss)
        if (row, column) == (middle, middle):
            self.middle_loss = loss
        self.n_done += 1
        if self.n_done == self.size**2:
            self.work = Work.DONE

    def _enter(self, row: int, column: int, stride: int, loss: float) -> None:
        """Write a loss down, and around it where nothing nearer is known yet."""
        self._is_known[row, column] = True
        half = stride // 2
        around = (
            slice(max(0, row - half), row + half + 1),
            slice(max(0, column - half), column + half + 1),
        )
        self.values[around][~self._is_known[around]] = loss
        self.values[row, column] = loss

    def _place(self, parameters: Array) -> tuple[Array, float]:
        """Return how far right and up weights lie, and the part of their distance that lies in the slice.

        The nearest point of the slice: the directions are not quite at right angles.
        """
        offset = parameters - self._center
        along = self._directions @ offset
        place = np.linalg.lstsq(self._gram, along.astype(np.float64), rcond=None)[0]
        distance = float(offset @ offset)
        seen = float(place @ self._gram @ place)
        return place, min(1.0, (seen / distance) ** 0.5) if distance > 0 else 1.0

    def _path(self, moments: Sequence[Moment]) -> NDArray[np.float32]:
        """Return the places of earlier moments; what one look cannot do is done by the next ones."""
        left = max(1, PATH_VALUES // max(1, self._center.size))
        kept: dict[tuple[int, bytes], Array] = {}
        for moment in reversed(moments):
            if moment.parameters.shape != self._center.shape:
                continue
            key = (moment.step, moment.parameters[:: max(1, self._center.size // 64)].tobytes())
            place = self._projected.get(key)
            if place is None:
                if not left:
                    continue
                left -= 1
                place = self._place(moment.parameters)[0]
            kept[key] = place
        self._projected = kept
        places = list(kept.values())[::-1]
        return np.asarray(places, dtype=np.float32).reshape(-1, 2)


def filter_normalised(network: Network, seed: int) -> Array:
    """Return two directions (2, n_parameters), drawn from a seed.

    To each neuron (filter) belongs a vector of weights; its part of a direction is as long. Biases, what
    batch norm scales by, and what is dead, cut or frozen do not move.
    """
    directions = np.random.default_rng(seed).standard_normal((2, network.n_parameters))
    directions *= network.weight_mask
    if network.constraints.alive is not None:
        directions *= network.constraints.alive
    if network.constraints.holds is not None:
        directions[:, network.constraints.holds.held] = 0.0
    for placed in network.layers:
        if not placed.has_parameters:
            continue
        lengths = np.linalg.norm(placed.weights.astype(np.float64), axis=0)
        part = slice(placed.start, placed.start + placed.weights.size)
        for direction in directions:
            moves = direction[part].reshape(placed.weights.shape)
            drawn = np.linalg.norm(moves, axis=0)
            moves *= np.divide(lengths, drawn, out=np.zeros_like(drawn), where=drawn > 0)
    return directions.astype(network.dtype)


def chosen_rows(n_train: int, network: Network) -> NDArray[np.int64]:
    """Return the rows of the training set that losses are computed on: fewer for larger networks."""
    wanted = int(min(MOST_ROWS, max(FEWEST_ROWS, LOSS_WORK // multiplications(network))))
    if n_train <= wanted:
        return np.arange(n_train)
    return np.sort(np.random.default_rng(ROWS_SEED).permutation(n_train)[:wanted])


def multiplications(network: Network) -> int:
    """Return about how many a sample takes on its way through the network."""
    return sum(p.block.size * max(1, p.units // p.block.shape[1]) for p in network.layers if p.has_parameters)


def coarse_to_fine(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield each (row, column) of a square grid once, and the distance between those of its pass."""
    stride = max(1, (size - 1) // COARSEST)
    is_first = True
    while stride >= 1:
        for row in range(0, size, stride):
            for column in range(0, size, stride):
                if is_first or row % (2 * stride) or column % (2 * stride):
                    yield row, column, stride
        stride, is_first = stride // 2, False
