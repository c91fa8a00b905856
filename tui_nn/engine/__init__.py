"""A neural-network engine in NumPy, short enough to be read aloud.

    from tui_nn.engine import Network, Dense, OPTIMIZERS, LOSSES

    loss = LOSSES["binary_cross_entropy"]
    network = Network((2,), [Dense(8, "tanh"), Dense(8, "tanh"), Dense(1, "sigmoid")],
                      loss="binary_cross_entropy", rng=np.random.default_rng(0))
    optimizer = OPTIMIZERS["adam"].create(network.n_parameters, network.dtype, beta1=0.9)
    source = network.prepare(inputs, loss.encode(classes, n_classes=2))       # once for a data set
    network.train_step(source, rows, optimizer, learning_rate=0.03)           # rows: intp array, one batch
    classes = loss.decode(network.predict(inputs))

Network(input_shape, layers, *, loss, rng, dtype="float32", initializer="xavier", bias_init=0.0,
        dropout_rng=None)
    .parameters .gradients (n,) writable   .statistics (batch norm)   .weight_mask (n,) bool   .n_parameters
    .layers[i]: .name .activation .weights (fan_in, fan_out) .biases (fan_out,) .grad_weights .grad_biases
                .units .input_shape .output_shape .has_parameters .layer (the description)
    .layer_sizes .n_inputs .n_outputs .loss .dtype
    .prepare(inputs, targets) -> Source    .gradient(source, rows) -> gradients    .train_step(...)
    .penalty: Penalty(name, rate, l1_ratio=0.5) | None    .clip_norm .clip_value: float | None    (all live)
    .predict(inputs) -> (n, n_outputs)     .layer_outputs(inputs) -> list of (n, units)
    .trace(inputs) -> Trace(preactivations, activations)
    .in_pieces(inputs, targets=None) -> after each piece of a pass (z, a, loss, delta, gradients), the buffers
    .loss_value(inputs, targets) .loss_sum(inputs, targets) -> float, targets (n, n_outputs) as encoded
    .state() -> dict of arrays beside the parameters    .load_state(dict)
    .constraints: .alive .revive() .hold(positions, reason) .release(positions, reason)
                  .holds: Holds(reasons, healed) | None   (constraints.py, holds.py)
    .copy(*, layers=None, dtype=None, dropout_rng=None) -> a network of its own with the same numbers
    .first_layer_not_finite() -> position in .layers | None
Layers: Dense(units, activation)  Conv2D(filters, kernel_size, stride, padding, activation)  Flatten()
    MaxPool2D(size, stride)  AveragePool2D(size, stride)  Dropout(rate)  BatchNorm(activation, momentum,
    epsilon) parse_layers("8c3,p2,16c3,p2,10", activations) -> layers    describe_layers(layers) -> text
transplant(old, new, input_pairs=None)   carry_holds(old, new, before, after)
carry_state(old, old_optimizer, new, new_optimizer, input_pairs=None)
gradcheck(network, inputs, targets) -> list of LayerCheck(layer, activation, checked, left_out,
relative_error) save_model(file, network, metadata=None, arrays=None)    load_model(file) ->
SavedModel(network, metadata, arrays) accuracy confusion_matrix class_scores r2 rmse
ACTIVATIONS LOSSES OPTIMIZERS INITIALIZERS REGULARIZERS SCHEDULES LAYERS: name -> object with name, formula,
help
    activation(z) -> a; .slope(z) -> f'(z); .derivative_formula .kinks .is_elementwise .is_trainable
    loss.tasks .output_activations .output_activation(task, n_outputs) .n_outputs(n_classes)
        .encode(classes, n_classes, dtype) .decode(outputs) .probabilities(outputs) -> (n, n_classes) | None
    OPTIMIZERS[name].hyperparameters: Hyperparameter(name, default, low, high, help)
        .create(n_parameters, dtype, **hyper) -> .update(parameters, gradients, learning_rate) .state .steps
        .load(state, steps) .hyperparameters (live)
    SCHEDULES[name].create(total_steps, warmup_steps=0, **hyper) -> factor(step), step counted from 0
Everything a person can do wrong raises EngineError (a ValueError) with a sentence.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tui_nn.engine.activations import ACTIVATIONS, Activation
from tui_nn.engine.architecture import describe_layers, parse_layers
from tui_nn.engine.errors import EngineError
from tui_nn.engine.initializers import INITIALIZERS, Initializer
from tui_nn.engine.layers import (
    LAYERS,
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
    PlacedLayer,
)
from tui_nn.engine.losses import LOSSES, Loss
from tui_nn.engine.optimizers import OPTIMIZERS, Optimizer, OptimizerKind
from tui_nn.engine.registry import Hyperparameter
from tui_nn.engine.regularizers import REGULARIZERS, Penalty, Regularizer
from tui_nn.engine.schedules import SCHEDULES, Schedule

if TYPE_CHECKING:
    from tui_nn.engine.gradient_check import LayerCheck, gradcheck
    from tui_nn.engine.metrics import ClassScores, accuracy, class_scores, confusion_matrix, r2, rmse
    from tui_nn.engine.model_file import SavedModel, load_model, save_model
    from tui_nn.engine.network import Network
    from tui_nn.engine.placement import MAX_PARAMETERS
    from tui_nn.engine.source import Source
    from tui_nn.engine.trace import Trace
    from tui_nn.engine.transplanting import carry_holds, carry_state, matching_parameters, transplant

_LATER = {
    "gradient_check": "LayerCheck gradcheck",
    "metrics": "ClassScores accuracy class_scores confusion_matrix r2 rmse",
    "model_file": "SavedModel load_model save_model",
    "network": "Network",
    "placement": "MAX_PARAMETERS",
    "source": "Source",
    "trace": "Trace",
    "transplanting": "carry_holds carry_state matching_parameters transplant",
}
_MODULES = {name: module for module, names in _LATER.items() for name in names.split()}

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LAYERS",
    "LOSSES",
    "MAX_PARAMETERS",
    "OPTIMIZERS",
    "REGULARIZERS",
    "SCHEDULES",
    "Activation",
    "AveragePool2D",
    "BatchNorm",
    "ClassScores",
    "Conv2D",
    "Dense",
    "Dropout",
    "EngineError",
    "Flatten",
    "Hyperparameter",
    "Initializer",
    "Layer",
    "LayerCheck",
    "Loss",
    "MaxPool2D",
    "Network",
    "Optimizer",
    "OptimizerKind",
    "Penalty",
    "PlacedLayer",
    "Regularizer",
    "SavedModel",
    "Schedule",
    "Source",
    "Trace",
    "accuracy",
    "carry_holds",
    "carry_state",
    "class_scores",
    "confusion_matrix",
    "describe_layers",
    "gradcheck",
    "load_model",
    "matching_parameters",
    "parse_layers",
    "r2",
    "rmse",
    "save_model",
    "transplant",
]


def __getattr__(name: str) -> Any:
    """Load what is in _LATER when it is asked for: menus and settings need the registries alone."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *_MODULES]
