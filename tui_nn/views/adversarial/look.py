"""Pushes an image along the sign of the gradient of its loss, and reads it at every step of the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine.input_gradient import input_gradient
from tui_nn.training.problem import code_targets
from tui_nn.training.trainer import Trainer
from tui_nn.views.adversarial.values import EPSILONS, FINE, Adversarial, AdversarialRequest, Found, pushed
from tui_nn.views.images.look import shown_part

Array = NDArray[Any]


def look_at_adversarial(trainer: Trainer, request: AdversarialRequest) -> Adversarial | None:
    """Return the image and how it is read; None where the data hold none of its size. It changes nothing."""
    shape, part = trainer.config.image_shape, shown_part(trainer)
    sample = None if request.drawing is not None else request.sample % max(1, len(part))
    raw = part.raw[sample] if request.drawing is None else request.drawing
    if shape is None or raw.shape != shape:
        return None
    inputs = trainer.problem.encode(raw[None])
    names = tuple(trainer.problem.dataset.class_names)
    outputs, loss = trainer.network.predict(inputs), trainer.network.loss
    own = int(loss.decode(outputs)[0] if sample is None else part.targets[sample])
    target = None if request.target is None else request.target % len(names)
    image = inputs[0].reshape(shape).astype(np.float32)
    direction = _direction(trainer, inputs, own, target).reshape(shape)
    probabilities, readings = _read_pushed(trainer, image, direction, EPSILONS)
    found = Adversarial(
        image=image,
        direction=direction,
        own=own,
        target=target,
        probabilities=probabilities,
        has_probabilities=loss.probabilities(outputs) is not None,
        readings=readings,
        class_names=names,
        sample=sample,
        n_samples=len(part),
    )
    return replace(found, found=_smallest(trainer, found)) if request.finds else found


def _direction(trainer: Trainer, inputs: Array, own: int, target: int | None) -> NDArray[np.int8]:
    """Return sign(dL/dx) of the loss with the own class, or -sign(dL/dx) of that with the target."""
    label = np.array([own if target is None else target], dtype=np.int64)
    gradient = input_gradient(trainer.network, inputs, code_targets(trainer.config, label))
    sign: NDArray[np.int8] = np.sign(np.nan_to_num(gradient)).astype(np.int8)
    return sign if target is None else np.negative(sign)


def _read_pushed(
    trainer: Trainer, image: Array, direction: NDArray[np.int8], epsilons: Sequence[float] | Array
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return probabilities (n, n_classes), or the outputs where they are none, and the classes (n,)."""
    images = np.stack([pushed(image, direction, epsilon) for epsilon in epsilons])
    outputs, loss = trainer.network.predict(images.reshape(len(images), -1)), trainer.network.loss
    probabilities = loss.probabilities(outputs)
    shown = outputs if probabilities is None else probabilities
    return np.asarray(shown, np.float32), loss.decode(outputs)


def _smallest(trainer: Trainer, seen: Adversarial) -> Found:
    """Return the smallest ε that is misread, to a hundredth of a step."""
    misread = [step for step, reading in enumerate(seen.readings) if seen.is_misread(int(reading))]
    if seen.is_stuck or not misread:
        return Found(None)
    last = float(EPSILONS[misread[0]])
    width = float(EPSILONS[1] - EPSILONS[0])
    within = [last] if not misread[0] else last - width + width * np.arange(1, FINE + 1) / FINE
    probabilities, readings = _read_pushed(trainer, seen.image, seen.direction, within)
    first = next(place for place, reading in enumerate(readings) if seen.is_misread(int(reading)))
    return Found(round(float(within[first]), 6), int(readings[first]), probabilities[first])
