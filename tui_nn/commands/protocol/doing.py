"""How each request is carried out: from its fields to commands of the session, and to the answer."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tui_nn import __version__
from tui_nn.commands.events import PROTOCOL
from tui_nn.commands.parts import layers_of, make_parts
from tui_nn.commands.points import as_samples
from tui_nn.commands.predict import records
from tui_nn.commands.protocol.driven import Doing, Driven
from tui_nn.commands.protocol.requests import Fields, RefusedError
from tui_nn.commands.walk import record as stage_record
from tui_nn.data import DataError
from tui_nn.engine import EngineError
from tui_nn.exports.arrays import header
from tui_nn.exports.model import model_of
from tui_nn.settings.config import SETTINGS, Config
from tui_nn.settings.setting import ConfigError, Scope
from tui_nn.settings.wording import with_what_follows
from tui_nn.training.columns import column_sizes
from tui_nn.training.commands import Pause, Play, Reset, RunEpochs, RunSteps
from tui_nn.training.example import Example, parse_target
from tui_nn.training.saved_run import SavedRun
from tui_nn.training.trainer import Trainer
from tui_nn.views.walk.look.walking import look_at_walk
from tui_nn.views.walk.values import WalkRequest

Answer = dict[str, Any]
BUSY = "busy"
TRIES = 2
"""A step that a moment paused at is asked for again."""
OF_A_SESSION = ("speed", "pause_on")
"""Settings of the screen that mean something without one."""
BEGAN = time.monotonic()


def _start(run: Driven, fields: Fields) -> Doing[Answer]:
    if run.is_training:
        raise RefusedError(BUSY)
    epochs = fields.get("epochs")
    run.last_epoch = None if epochs is None else run.trainer.epoch + epochs
    yield from run.obey(Play() if epochs is None else RunEpochs(epochs))
    if not run.is_training:
        raise _cannot_go_on(run)
    return (yield from run.moment())


def _stop(run: Driven, fields: Fields) -> Doing[Answer]:
    yield from run.obey(Pause())
    return (yield from run.moment())


def _step(run: Driven, fields: Fields) -> Doing[Answer]:
    if run.is_training:
        raise RefusedError(BUSY)
    before = run.trainer.step
    for _ in range(TRIES):
        if run.trainer.step == before:
            yield from run.obey(RunSteps(1))
    if run.trainer.step == before:
        raise _cannot_go_on(run)
    yield from run.obey(Pause())
    return (yield from run.moment())


def _cannot_go_on(run: Driven) -> RefusedError:
    return RefusedError(f"it cannot go on: {run.trouble or 'the run is over'}; reset starts over")


def _reset(run: Driven, fields: Fields) -> Doing[Answer]:
    config = run.trainer.config
    if "seed" in fields:
        config = _replaced(config, {"weights_seed": fields["seed"]})
    yield from run.obey(Pause())
    answer = yield from run.configure(config)
    answer["notices"] += yield from run.obey(Reset())
    return (yield from _with_moment(run, answer))


def _set_learning_rate(run: Driven, fields: Fields) -> Doing[Answer]:
    return (yield from _change(run, {"learning_rate": fields["value"]}))


def _set_batch_delay(run: Driven, fields: Fields) -> Doing[Answer]:
    delay = fields["ms"]
    speed = 1000 / delay if delay > 0 else None
    if speed is not None and speed > 1e6:
        speed = None
    return (yield from _change(run, {"speed": speed}))


def _set_architecture(run: Driven, fields: Fields) -> Doing[Answer]:
    config, (inputs, *hidden, outputs) = run.trainer.config, fields["layers"]
    network = run.trainer.network
    if (inputs, outputs) != (network.n_inputs, network.n_outputs):
        wanted = f"{network.n_inputs} first and {network.n_outputs} last"
        raise RefusedError(
            f"layers: {inputs} first and {outputs} last is not allowed; the data needs {wanted}"
        )
    activation = config.activation
    if not isinstance(activation, str) and len(activation) != len(hidden):
        activation = activation[0] if activation else "tanh"
    return (yield from _change(run, {"hidden_sizes": tuple(hidden), "activation": activation}))


def _set(run: Driven, fields: Fields) -> Doing[Answer]:
    name, value = fields["name"], fields["value"]
    found = SETTINGS.get(name)
    if found is None:
        raise RefusedError(f"name: {name[:40]} is not allowed; one of {', '.join(_settable())}")
    if name not in _settable():
        raise RefusedError(f"name: {name} is not allowed; it is of the screen, or is set when it starts")
    if isinstance(value, str):
        value = found.parse(value)
    return (yield from _change(run, {name: tuple(value) if isinstance(value, list) else value}))


def _settable() -> list[str]:
    return [name for name, s in SETTINGS.items() if s.scope is not Scope.APP or name in OF_A_SESSION]


def _generate_data(run: Driven, fields: Fields) -> Doing[Answer]:
    config = run.trainer.config
    seed = fields.get("seed", (config.data_seed + 1) % 2**32)
    given = {name: fields[name] for name in ("dataset", "samples", "noise") if name in fields}
    return (yield from _change(run, {**with_what_follows(config, given), "data_seed": seed}))


def _change(run: Driven, changes: Mapping[str, Any]) -> Doing[Answer]:
    answer = yield from run.configure(_replaced(run.trainer.config, changes))
    return (yield from _with_moment(run, answer))


def _replaced(config: Config, changes: Mapping[str, Any]) -> Config:
    """Return other settings. Raises RefusedError."""
    try:
        return config.replace(**changes)
    except (ConfigError, DataError) as error:
        raise RefusedError(str(error)) from None


def _with_moment(run: Driven, answer: Answer) -> Doing[Answer]:
    return {
        **answer,
        "layer_sizes": list(column_sizes(run.trainer.network)),
        **(yield from run.moment()),
    }


def _predict(run: Driven, fields: Fields) -> Doing[Answer]:
    yield from ()
    asked = _as_saved(run.trainer)
    rows = fields["inputs"]
    if any(len(row) != asked.n_raw_inputs for row in rows):
        wrong = next(len(row) for row in rows if len(row) != asked.n_raw_inputs)
        raise RefusedError(f"inputs: {wrong} numbers are not allowed; the network takes {asked.n_raw_inputs}")
    try:
        samples = as_samples(np.array(rows, dtype=np.float64), asked)
        return {"predictions": records(asked.predict(samples), asked)}
    except (ValueError, OverflowError) as error:  # EngineError is one
        raise RefusedError(f"inputs: {error}") from None


def _as_saved(trainer: Trainer) -> SavedRun:
    """Return the network with what it takes to ask it."""
    problem = trainer.problem
    names = () if problem.dataset.is_images else tuple(problem.dataset.input_names)
    shape = trainer.config.image_shape
    classes = tuple(problem.dataset.class_names)
    return SavedRun(
        trainer.network, problem.encode, classes, names, shape, {}, {}, {}, target_scale=problem.target_scale
    )


def _walk(run: Driven, fields: Fields) -> Doing[Answer]:
    yield from ()
    trainer = run.trainer
    values, answer = tuple(map(float, fields["input"])), fields.get("answer")
    needed = _as_saved(trainer).n_raw_inputs
    if len(values) != needed:
        raise RefusedError(f"input: {len(values)} numbers are not allowed; the network takes {needed}")
    if not all(abs(value) < 1e30 for value in values):
        raise RefusedError("input: only numbers below 1e30 can be walked through")
    if isinstance(answer, float) and answer.is_integer():
        answer = int(answer)  # a class can come as 1.0
    text = "" if answer is None else str(answer)
    try:
        target = parse_target(text.strip(), trainer.problem.dataset.class_names)
    except ValueError as error:
        raise RefusedError(f"answer: {error}") from None
    if target is not None and not abs(target) < 1e30:
        raise RefusedError(f"answer: {text[:40]} is not allowed; a number below 1e30")
    with np.errstate(all="ignore"):
        walk = look_at_walk(trainer, WalkRequest(Example("typed", 0, values, target)))
    if walk.trouble:
        raise RefusedError(f"input: {walk.trouble}")
    return {"step": trainer.step, "stages": [stage_record(stage, walk) for stage in walk.stages]}


def _get_state(run: Driven, fields: Fields) -> Doing[Answer]:
    trainer = run.trainer
    names = fields.get("with", ["weights", "activations"])
    return {
        **(yield from run.moment()),
        "settings": trainer.config.to_dict(),
        "layer_sizes": list(column_sizes(trainer.network)),
        "parameters": trainer.network.n_parameters,
        "class_names": list(trainer.problem.dataset.class_names),
        **make_parts(trainer, names),
    }


def _get_weights(run: Driven, fields: Fields) -> Doing[Answer]:
    yield from ()
    trainer = run.trainer
    return {**header(model_of(_as_saved(trainer))), "layers": layers_of(trainer.network)}


def _status(run: Driven, fields: Fields) -> Doing[Answer]:
    trainer = run.trainer
    batches = trainer.batches
    return {
        **(yield from run.moment()),
        "training": run.is_training,
        "batch": batches.position // batches.batch_size % batches.steps_per_epoch,
        "batches": batches.steps_per_epoch,
        "seconds": run.training_seconds,
    }


def _health(run: Driven, fields: Fields) -> Doing[Answer]:
    yield from ()
    return {
        "health": "ok",
        "version": __version__,
        "protocol": PROTOCOL,
        "pid": os.getpid(),
        "uptime_s": time.monotonic() - BEGAN,
    }


def _quit(run: Driven, fields: Fields) -> Doing[Answer]:
    yield from run.obey(Pause())
    return {}


DOING: Mapping[str, Callable[[Driven, Fields], Doing[Answer]]] = {
    "start": _start,
    "stop": _stop,
    "step": _step,
    "reset": _reset,
    "set-learning-rate": _set_learning_rate,
    "set-batch-delay": _set_batch_delay,
    "set-architecture": _set_architecture,
    "set": _set,
    "generate-data": _generate_data,
    "predict": _predict,
    "walk": _walk,
    "get-state": _get_state,
    "get-weights": _get_weights,
    "status": _status,
    "health": _health,
    "quit": _quit,
}
"""What carries out each request, by its name."""

ENDS_A_RUN = ("stop", "reset", "quit")
"""Requests that end a run under way before they are answered."""

REFUSALS = (RefusedError, ConfigError, DataError, EngineError)
"""What is answered with a sentence."""
