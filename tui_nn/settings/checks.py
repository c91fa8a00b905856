"""What only several settings together can tell: whether they make a run. Each check raises ConfigError."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_nn.engine import LOSSES, EngineError, Loss
from tui_nn.settings.layers import hidden_text, n_activations, n_parameters
from tui_nn.settings.setting import ConfigError

if TYPE_CHECKING:
    from tui_nn.settings.config import Config

MOST_PARAMETERS = 20_000_000
"""A network of more parameters is refused: 80 MB in float32, three times that with Adam."""


def check_together(config: Config) -> None:
    """Raise ConfigError where values that are allowed alone do not go together."""
    _check_classes(config)
    _check_clusters(config)
    _check_loss(config)
    _check_activations(config)
    _check_layers(config)
    _check_schedule(config)


def _check_classes(config: Config) -> None:
    low, high = config.dataset_spec.min_classes, config.dataset_spec.max_classes
    if low != high and not low <= config.classes <= high:
        raise ConfigError("classes", str(config.classes), f"{low} to {high} for {config.dataset}")


def _check_clusters(config: Config) -> None:
    """Check that each cluster of the general data set can have a corner of its own."""
    most = 2**config.n_inputs // config.n_classes
    if config.is_relevant("clusters") and config.clusters > most:
        allowed = f"at most {most} for {config.n_classes} classes of {config.n_inputs} inputs"
        raise ConfigError("clusters", str(config.clusters), allowed)


def _check_loss(config: Config) -> None:
    loss = LOSSES[config.loss_name]
    if not _can_lower(loss, config):
        fitting = ", ".join(name for name, entry in LOSSES.items() if _can_lower(entry, config))
        what = "regression" if config.task == "regression" else f"{config.n_classes} classes"
        allowed = f"{config.dataset} is {what}, so the loss can be {fitting}"
        raise ConfigError("loss", config.loss_name, allowed)
    if config.output_activation_name not in loss.output_activations:
        allowed = f"{config.loss_name} takes {', '.join(loss.output_activations)}"
        raise ConfigError("output_activation", config.output_activation_name, allowed)


def _can_lower(loss: Loss, config: Config) -> bool:
    """Return whether a loss fits the task and the number of classes."""
    try:
        return config.task in loss.tasks and loss.n_outputs(max(2, config.n_classes)) > 0
    except EngineError:
        return False


def _check_activations(config: Config) -> None:
    n_layers = n_activations(config)
    if not isinstance(config.activation, str) and len(config.activation) != n_layers:
        allowed = f"one name, or one for each of the {n_layers} hidden layers"
        raise ConfigError("activation", ",".join(config.activation), allowed)


def _check_layers(config: Config) -> None:
    """Check that each layer fits on the one before, and that all of them are not too large."""
    try:
        parameters = n_parameters(config)
    except EngineError as error:
        raise ConfigError("hidden_sizes", hidden_text(config), str(error).rstrip(".")) from None
    if parameters > MOST_PARAMETERS:
        allowed = f"at most {MOST_PARAMETERS:,} parameters are allowed, and this network has {parameters:,}"
        raise ConfigError("hidden_sizes", hidden_text(config), allowed)


def _check_schedule(config: Config) -> None:
    total = config.epochs * config.steps_per_epoch
    if config.schedule != "constant" and config.warmup_steps >= total:
        allowed = f"fewer than the {total:,} steps in {config.epochs:,} epochs"
        raise ConfigError("warmup_steps", f"{config.warmup_steps:,}", allowed)
