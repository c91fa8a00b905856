"""Training for a moment on images that a person gave, mixed with samples of the training set."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import EngineError
from tui_nn.training.branching import begin_branch
from tui_nn.training.problem import Part, code_targets
from tui_nn.training.trainer import Trainer


def rehearse(trainer: Trainer, images: NDArray[np.uint8], classes: NDArray[np.int64], steps: int) -> None:
    """Train some steps on these images (n, rows, columns), each time together with a batch of samples.

    A past moment that is shown begins a branch. Raises EngineError where the images do not fit.
    """
    config, train = trainer.config, trainer.problem.train
    if config.image_shape is None or images.shape[1:] != config.image_shape:
        raise EngineError("These images do not fit the network.")
    if trainer.is_rewound:
        begin_branch(trainer)
    for _ in range(steps):
        rows = trainer.batches.take()
        raw = np.concatenate([images, train.raw[rows]])
        targets = np.concatenate([classes, train.targets[rows]])
        trainer.train_on(Part(raw, targets, code_targets(config, targets), trainer.problem.encode))
    trainer.record()
