"""How a trainer answers a request for images; looking changes nothing of the run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Conv2D, Dense, confusion_matrix
from tui_nn.training.columns import columns
from tui_nn.training.evaluation import chunks
from tui_nn.training.problem import Part
from tui_nn.training.trainer import RECORDED_ROWS, Trainer
from tui_nn.views.images.values import MOST_IMAGES, Errors, Image, ImageMoment, ImageRequest, Reading


def look_at_images(trainer: Trainer, request: ImageRequest) -> ImageMoment | None:
    """Return what was asked of images; None where the data hold none."""
    shape, drawing = trainer.config.image_shape, request.drawing
    if shape is None:
        return None
    shown = shown_part(trainer)
    sample = None
    if request.sample is not None and len(shown):
        index = request.sample % len(shown)
        sample = read(trainer, shown.raw[index], int(shown.targets[index]))
    return ImageMoment(
        n_samples=len(shown),
        class_names=tuple(trainer.problem.dataset.class_names),
        drawing=None if drawing is None or drawing.shape != shape else read(trainer, drawing),
        sample=sample,
        filters=first_filters(trainer, request.n_filters) if request.n_filters else None,
        errors=find_errors(trainer, request) if request.errors else None,
    )


def shown_part(trainer: Trainer) -> Part:
    """Return the test set, or the training set where there is none."""
    return trainer.problem.test if len(trainer.problem.test) else trainer.problem.train


def read(trainer: Trainer, image: Image, label: int | None = None) -> Reading:
    """Return how the network reads an image of the right size."""
    network = trainer.network
    outputs = network.layer_outputs(trainer.problem.encode(image[None]))
    probabilities = network.loss.probabilities(outputs[-1])
    activations = []
    for column in columns(network):
        placed = network.layers[column.output]
        shape = placed.output_shape if len(placed.output_shape) == 3 else (placed.units,)
        activations.append(np.asarray(outputs[column.output][0], dtype=np.float32).reshape(shape))
    found = outputs[-1] if probabilities is None else probabilities
    return Reading(image, np.asarray(found[0], dtype=np.float32), tuple(activations), label)


def first_filters(trainer: Trainer, count: int) -> NDArray[np.float32]:
    """Return the weights of the first layer that has any as images: (n, rows, columns)."""
    layers = trainer.network.layers
    number = next(n for n, placed in enumerate(layers) if isinstance(placed.layer, (Dense, Conv2D)))
    weights = np.asarray(layers[number].weights, dtype=np.float32)[:, :count].T
    seen = [placed.output_shape for placed in layers[:number] if len(placed.output_shape) == 3]
    image_shape = seen[-1][1:] if seen else trainer.config.image_shape
    if isinstance(layers[number].layer, Dense) and image_shape is not None:
        return np.asarray(weights.reshape(-1, *image_shape))
    side = round(weights.shape[1] ** 0.5)
    square = (-1, side, side) if side * side == weights.shape[1] else (-1, 1, weights.shape[1])
    return np.asarray(weights.reshape(square))


def find_errors(trainer: Trainer, request: ImageRequest) -> Errors:
    """Return how the test set is read now, with the images that the request names."""
    part, network = shown_part(trainer), trainer.network
    n = min(len(part), RECORDED_ROWS)
    probabilities = np.concatenate(
        [
            np.asarray(network.loss.probabilities(network.predict(part.inputs(rows))))
            for rows in chunks(part, RECORDED_ROWS)
        ]
    )
    answers, truths = probabilities.argmax(axis=1), part.targets[:n]
    is_wrong = answers != truths
    if request.pair is not None:
        chosen = np.flatnonzero((truths == request.pair[0]) & (answers == request.pair[1]))
    else:
        chosen = np.flatnonzero(is_wrong) if request.only_wrong else np.arange(n)
    certainty = probabilities[chosen, answers[chosen]]
    if request.pair is not None or request.only_wrong:
        order = np.argsort(-certainty, kind="stable")
        chosen, certainty = chosen[order], certainty[order]
    return Errors(
        confusion=confusion_matrix(truths, answers, probabilities.shape[1]),
        n_wrong=int(is_wrong.sum()),
        samples=chosen,
        truths=truths[chosen],
        answers=answers[chosen],
        certainties=np.asarray(certainty, dtype=np.float32),
        images=part.raw[chosen[:MOST_IMAGES]],
        n_tested=n,
        step=trainer.step,
    )
