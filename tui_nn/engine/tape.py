"""From a formula to a tape of NumPy calls that allocates nothing.

Activations, losses and optimizers are written as plain formulas on arrays. `record` runs a formula once on
stand-ins that note each NumPy call, then binds every call to a buffer made beforehand. What is left for a
step of training is `for call in tape: call()`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from tui_nn.engine.arrays import Array, Operation

Formula = Callable[..., Any]
"""Arrays in, an array or a tuple of arrays out; made of operators, ufuncs, .sum(axis=) and .max(axis=)."""


class StandIn(NDArrayOperatorsMixin):
    """Stands for an array while a formula is recorded."""

    def __init__(self, array: Array, recording: Recording, is_constant: bool = False) -> None:
        self.array = array
        self.shape = array.shape
        self.is_constant = is_constant
        self._recording = recording

    # A stand-in is itself and nothing else, so that it can be a key; formulas cannot ask for equality.
    __hash__ = object.__hash__
    __eq__ = object.__eq__
    __ne__ = object.__ne__

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> StandIn:
        function = ufunc if method == "__call__" else getattr(ufunc, method)
        return self._recording.note(function, inputs, options)

    def sum(self, axis: int, keepdims: bool = False) -> StandIn:
        """Return the sum along `axis`."""
        return self._recording.note(np.add.reduce, (self,), {"axis": axis, "keepdims": keepdims})

    def max(self, axis: int, keepdims: bool = False) -> StandIn:
        """Return the largest along `axis`."""
        return self._recording.note(np.maximum.reduce, (self,), {"axis": axis, "keepdims": keepdims})


@dataclass(frozen=True, eq=False)
class Call:
    """One NumPy call of a formula: what is called on what, and the stand-in for its result."""

    function: Callable[..., Any]
    inputs: tuple[StandIn, ...]
    options: dict[str, Any]
    result: StandIn


class Recording:
    """The calls that a formula made, in order."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self._dtype = dtype
        self.calls: list[Call] = []

    def note(self, function: Callable[..., Any], inputs: Sequence[Any], options: dict[str, Any]) -> StandIn:
        """Carry out one call on the arrays stood for, to learn the shape, and remember it."""
        # A number becomes an array of no dimension: as an argument it costs half of what a Python float does.
        operands = tuple(
            x if isinstance(x, StandIn) else StandIn(np.array(x, self._dtype), self, is_constant=True)
            for x in inputs
        )
        with np.errstate(all="ignore"):
            example = function(*(operand.array for operand in operands), **options)
        result = StandIn(np.asarray(example, self._dtype), self)
        self.calls.append(Call(function, operands, options, result))
        return result

    def last_uses(self) -> dict[StandIn, int]:
        """Return for each stand-in the position of the last call that reads it."""
        return {operand: position for position, call in enumerate(self.calls) for operand in call.inputs}


class Scratch:
    """Buffers for intermediate results, lent by shape and reused; and constants spread over a shape."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self._dtype = dtype
        self._free: dict[tuple[Any, ...], list[Array]] = {}
        self._constants: dict[tuple[Any, ...], Array] = {}

    def lend(self, shape: tuple[int, ...], dtype: Any = None) -> Array:
        """Return a buffer that nobody else holds."""
        kind = np.dtype(dtype or self._dtype)
        free = self._free.setdefault((shape, kind), [])
        return free.pop() if free else np.zeros(shape, kind)

    def take_back(self, buffer: Array) -> None:
        """Make `buffer` available again."""
        self._free[buffer.shape, buffer.dtype].append(buffer)

    def constant(self, value: float, shape: tuple[int, ...]) -> Array:
        """Return an array full of `value`, to be read only."""
        return self._constants.setdefault((value, shape), np.full(shape, value, self._dtype))


def record(
    formula: Formula, arguments: Sequence[Array], outputs: Sequence[Array], scratch: Scratch
) -> list[Operation]:
    """Return the calls that put formula(*arguments) into `outputs`.

    An output may be one of the arguments: it is then overwritten only after the last call that reads it.
    """
    recording = Recording(outputs[0].dtype)
    given = [StandIn(array, recording) for array in arguments]
    answer = formula(*given)
    results = answer if isinstance(answer, tuple) else (answer,)
    destinations = dict(zip(results, outputs, strict=True))
    last_use = recording.last_uses()
    buffers = {stand_in: stand_in.array for stand_in in given}
    lent: dict[StandIn, Array] = {}
    operations: list[Operation] = []
    for position, call in enumerate(recording.calls):
        operands = [buffers.get(operand, operand.array) for operand in call.inputs]
        for operand in {*call.inputs} & {*lent}:
            if last_use[operand] == position and operand not in destinations:
                scratch.take_back(lent.pop(operand))
        out = destinations.get(call.result)
        if out is None or any(last_use.get(a, -1) > position for a in given if a.array is out):
            out = lent[call.result] = scratch.lend(call.result.shape)
        buffers[call.result] = out
        operations += _bind(call, operands, out, scratch)
    for result, output in destinations.items():
        if buffers[result] is not output:
            operations.append(partial(np.copyto, output, buffers[result]))
    for buffer in lent.values():
        scratch.take_back(buffer)
    return operations


_EXTREMES = (np.maximum, np.minimum)
_COMPARISONS = (np.greater, np.greater_equal, np.less, np.less_equal)


def _bind(call: Call, operands: Sequence[Array], out: Array, scratch: Scratch) -> list[Operation]:
    """Return what carries out `call` on these buffers, in the form that NumPy is quickest at."""
    if call.function in _EXTREMES:
        # Four times faster between two whole arrays; and they want the result buffer named.
        wide = [
            scratch.constant(float(array), out.shape) if stand_in.is_constant else array
            for stand_in, array in zip(call.inputs, operands, strict=True)
        ]
        return [partial(call.function, *wide, out=out)]
    if call.function in _COMPARISONS:
        # Straight into numbers would go through a small buffer piece by piece.
        answers = scratch.lend(out.shape, bool)
        scratch.take_back(answers)
        return [partial(call.function, *operands, answers), partial(np.copyto, out, answers)]
    if call.options:
        return [partial(call.function, *operands, out=out, **call.options)]
    return [partial(call.function, *operands, out)]
