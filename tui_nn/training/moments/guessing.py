"""What mere guessing would cost: the loss of the best answer that does not look at the sample."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui_nn.engine import Loss

ALMOST = 1e-6
"""A class that never comes has this share, so that its logit is finite."""


def guess_loss(loss: Loss, coded: NDArray[Any]) -> float:
    """Return the mean loss of one fixed answer to all targets (n, n_outputs): their mean or their median.

    For cross-entropies the answer is the shares of the classes, and the loss their entropy.
    """
    targets = coded.T.astype(np.float64)
    mean = targets.mean(axis=1, keepdims=True)
    if loss.fused_activation is not None:
        shares = mean.clip(ALMOST, 1.0 - ALMOST)
        answers = [np.log(shares / (1.0 - shares)) if len(shares) == 1 else np.log(shares)]
    else:
        answers = [mean, np.median(targets, axis=1, keepdims=True)]
    return min(
        float(loss.value(answer.repeat(targets.shape[1], axis=1), targets).mean()) for answer in answers
    )
