"""The one list of settings: controls, flags, environment variables, presets and files are made from it.

A Config is frozen and valid: one that cannot be raises ConfigError when it is made.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from tui_nn.data import FEATURES
from tui_nn.data.frame import DIGIT_NAMES
from tui_nn.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    EngineError,
    Flatten,
    Hyperparameter,
    Layer,
    Loss,
    parse_layers,
)
from tui_nn.settings.datasets import DatasetNotes, FolderKind, NameOrFolder, find_kind
from tui_nn.settings.moments import MOMENTS
from tui_nn.settings.values import Choice, Integer, OneOrEach, Or, Real, Several, Sizes, SomeOf, Switch

if TYPE_CHECKING:
    from tui_nn.settings.values.kind import Kind

MOST_PARAMETERS = 20_000_000
"""A network of more parameters is refused: 80 MB in float32, three times that with Adam."""

RATES = (1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0, 10.0)
PENALTIES = (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0, 10.0)
SPEEDS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)
BATCHES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 32, 48, 64, 128, 256, 512, 1024)
SAMPLES = (10, 20, 50, 100, 200, 300, 500, 800, 1000, 1200, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
HUNDREDTHS = tuple(i / 100 for i in range(0, 85, 5))
TENTHS = tuple(i / 10 for i in range(1, 11))
SEED = Integer(0, 2**32 - 1)


class Scope(Enum):
    """How gently a setting can change while a network trains."""

    LIVE = "takes effect at the next step, weights stay"
    NETWORK = "the network is rebuilt, weights that still fit stay"
    DATA = "data is regenerated, weights stay"
    APP = "affects the screen, not the training"


class ConfigError(ValueError):
    """A setting that cannot be: says which, what it was, and what is allowed."""

    def __init__(self, name: str, value_text: str, allowed: str) -> None:
        self.name, self.value_text, self.allowed = name, value_text, allowed
        super().__init__(f"{name}: {value_text} is not allowed; {allowed}")


@dataclass(frozen=True)
class Setting:
    """What is known of one field of Config."""

    name: str
    label: str
    kind: Kind
    scope: Scope
    help: str
    default: Any
    letter: str
    """The key that jumps to it in the settings panel; empty: none."""

    @property
    def flag(self) -> str:
        """The flag of the command line: `--learning-rate`."""
        return "--" + ("hidden" if self.name == "hidden_sizes" else self.name.replace("_", "-"))

    @property
    def names(self) -> tuple[str, str, str]:
        """What it can be called: the label of its row, its name, its flag."""
        return self.label, self.name, self.flag

    @property
    def variable(self) -> str:
        """The environment variable that sets the default."""
        return f"TUI_NN_{self.name.upper()}"

    def parse(self, text: str) -> Any:
        """Turn text into a checked value; raise ConfigError."""
        try:
            return self.kind.check(self.kind.parse(text))
        except ValueError as error:
            raise ConfigError(self.name, text.strip()[:60] or "nothing", str(error)) from None

    def check(self, value: Any) -> Any:
        """Return the value in its canonical type; raise ConfigError."""
        try:
            return self.kind.check(value)
        except ValueError as error:
            shown = repr(value) if isinstance(value, (str, tuple, list)) else str(value)
            raise ConfigError(self.name, shown[:60], str(error)) from None


def _setting(default: Any, kind: Kind, scope: Scope, label: str, help: str, letter: str = "") -> Any:
    known = {"kind": kind, "scope": scope, "label": label, "help": help, "letter": letter}
    return field(default=default, metadata=known)


class _Notes(Mapping[str, str]):
    """The help of each entry of a registry, as it is now: what is added to it later is allowed at once."""

    def __init__(self, registry: Mapping[str, Any]) -> None:
        self._registry = registry

    def __getitem__(self, name: str) -> str:
        return str(self._registry[name].help)

    def __iter__(self) -> Iterator[str]:
        return iter(self._registry)

    def __len__(self) -> int:
        return len(self._registry)


_OF_ONE_NEURON = {name: entry for name, entry in ACTIVATIONS.items() if entry.is_elementwise}
LIVE, NETWORK, DATA, APP = Scope.LIVE, Scope.NETWORK, Scope.DATA, Scope.APP


@dataclass(frozen=True)
class Config:
    """Everything that decides a run, and how the app shows it."""

    dataset: str = _setting(
        "moons", NameOrFolder(DatasetNotes()), DATA, "data set", "what the network learns", "d"
    )
    samples: int = _setting(
        500,
        Integer(10, 1_000_000, SAMPLES),
        DATA,
        "samples",
        "total number of samples, train and test",
        "m",
    )
    noise: float = _setting(
        0.1, Real(0, 0.8, HUNDREDTHS), DATA, "noise", "how noisy the data is (moons: standard deviation)", "n"
    )
    classes: int = _setting(2, Integer(2, 5), DATA, "classes", "number of classes of rings and pinwheel", "k")
    mix_drawn: float = _setting(
        0.0, Real(0, 1, TENTHS), DATA, "drawn digits", "fraction of keyboard-drawn digits mixed in"
    )
    train_fraction: float = _setting(
        0.5,
        Real(0.1, 1.0, TENTHS),
        DATA,
        "train fraction",
        "fraction used for training; the rest is the test set",
        "t",
    )
    standardize: bool = _setting(
        False, Switch(), DATA, "standardize", "scale features to mean 0 and standard deviation 1", "z"
    )
    data_seed: int = _setting(0, SEED, DATA, "data seed", "the same seed generates the same data", "j")
    features: tuple[str, ...] = _setting(
        ("x", "y"),
        Several(_Notes(FEATURES)),
        NETWORK,
        "features",
        "inputs computed from each point",
        "f",
    )
    hidden_sizes: tuple[int | str, ...] = _setting(
        (4, 2),
        Sizes(1_000_000, 16, parse_layers),
        NETWORK,
        "hidden layers",
        "neurons of each hidden layer",
        "h",
    )
    activation: str | tuple[str, ...] = _setting(
        "tanh",
        OneOrEach(_Notes(_OF_ONE_NEURON)),
        LIVE,
        "activation",
        "activation function of the hidden neurons",
        "a",
    )
    output_activation: str | None = _setting(
        None,
        Or("auto", Choice({n: ACTIVATIONS[n].help for n in ("linear", "sigmoid", "tanh", "softmax")})),
        LIVE,
        "output",
        "output activation; auto: chosen to match the loss",
        "o",
    )
    initializer: str = _setting(
        "xavier", Choice(_Notes(INITIALIZERS)), NETWORK, "initializer", "how weights are initialized", "i"
    )
    bias_init: float = _setting(
        0.0,
        Real(-100, 100, (-1.0, -0.1, 0.0, 0.1, 1.0)),
        NETWORK,
        "initial bias",
        "initial value of every bias",
    )
    weights_seed: int = _setting(
        0, SEED, NETWORK, "weights seed", "the same seed gives the same initial weights", "w"
    )
    loss: str | None = _setting(
        None,
        Or("auto", Choice(_Notes(LOSSES))),
        LIVE,
        "loss",
        "what training minimizes; auto: chosen by the task",
        "l",
    )
    optimizer: str = _setting(
        "adam", Choice(_Notes(OPTIMIZERS)), LIVE, "optimizer", "how the gradient becomes an update", "p"
    )
    momentum: float = _setting(
        0.9,
        Real(0, 0.9999, (0, 0.5, 0.8, 0.9, 0.95, 0.99)),
        LIVE,
        "momentum",
        "fraction of the previous velocity that is kept",
    )
    decay: float | None = _setting(
        None,
        Or("auto", Real(0, 0.9999, (0.5, 0.9, 0.95, 0.99, 0.999))),
        LIVE,
        "decay rate",
        "decay rate of the mean of squared gradients (rmsprop, adadelta)",
    )
    beta1: float = _setting(
        0.9,
        Real(0, 0.9999, (0, 0.5, 0.8, 0.9, 0.95, 0.99)),
        LIVE,
        "beta 1",
        "decay rate of Adam's mean of gradients",
    )
    beta2: float = _setting(
        0.999,
        Real(0, 0.999999, (0.9, 0.99, 0.999, 0.9999)),
        LIVE,
        "beta 2",
        "decay rate of Adam's mean of squared gradients",
    )
    epsilon: float | None = _setting(
        None,
        Or("auto", Real(1e-12, 1, (1e-10, 1e-8, 1e-6, 1e-4))),
        LIVE,
        "epsilon",
        "small constant that prevents division by zero",
    )
    weight_decay: float = _setting(
        0.01,
        Real(0, 1, (0, 0.001, 0.003, 0.01, 0.03, 0.1)),
        LIVE,
        "weight decay",
        "how fast AdamW shrinks weights",
    )
    learning_rate: float = _setting(
        0.03, Real(0, 1e6, RATES, above=True), LIVE, "learning rate", "size of each step", "r"
    )
    schedule: str = _setting(
        "constant",
        Choice(_Notes(SCHEDULES)),
        LIVE,
        "schedule",
        "how the learning rate changes over `epochs` epochs",
    )
    decay_steps: int = _setting(
        1000,
        Integer(1, 10**9, (10, 30, 100, 300, 1000, 3000, 10_000)),
        LIVE,
        "decay steps",
        "the n of the schedule, in steps",
    )
    decay_factor: float = _setting(
        0.5,
        Real(1e-6, 1, (0.1, 0.3, 0.5, 0.8, 0.9, 0.99)),
        LIVE,
        "decay factor",
        "the rate is multiplied by this every n steps",
    )
    final_factor: float = _setting(
        0.0,
        Real(0, 1, (0, 0.001, 0.01, 0.1)),
        LIVE,
        "final factor",
        "final rate as a fraction of the initial one",
    )
    warmup_steps: int = _setting(
        0,
        Integer(0, 10**9, (0, 10, 30, 100, 300, 1000)),
        LIVE,
        "warm-up",
        "steps over which the rate rises from zero",
    )
    batch_size: int | None = _setting(
        10,
        Or("full", Integer(1, 1_000_000, BATCHES), word_first=False),
        LIVE,
        "batch size",
        "samples per gradient step; full: the whole training set",
        "b",
    )
    shuffle: str = _setting(
        "epoch",
        Choice({"epoch": "a new order every epoch", "once": "one order for the whole run"}),
        LIVE,
        "shuffle",
        "when the training samples are shuffled",
        "s",
    )
    remainder: str = _setting(
        "use",
        Choice(
            {
                "use": "train on the smaller last batch",
                "drop": "skip them in this epoch",
                "carry": "add them to the first batch of the next epoch",
            }
        ),
        LIVE,
        "remainder",
        "what to do with samples that do not fill a batch",
    )
    regularization: str = _setting(
        "none",
        Choice(_Notes(REGULARIZERS)),
        LIVE,
        "regularization",
        "a penalty that keeps weights small",
        "g",
    )
    regularization_rate: float = _setting(
        0.0, Real(0, 1e6, PENALTIES), LIVE, "penalty rate", "strength of the penalty (lambda)", "e"
    )
    l1_ratio: float = _setting(0.5, Real(0, 1, TENTHS), LIVE, "L1 ratio", "fraction of L1 in the elastic net")
    dropout: float = _setting(
        0.0,
        Real(0, 0.9, (0, 0.1, 0.2, 0.3, 0.5)),
        LIVE,
        "dropout",
        "fraction of hidden activations set to zero in each step",
    )
    batch_norm: bool = _setting(
        False, Switch(), NETWORK, "batch norm", "normalize each hidden neuron over the batch"
    )
    clip_norm: float | None = _setting(
        None,
        Or("none", Real(0, 1e6, (0.1, 0.5, 1.0, 5.0, 10.0), above=True)),
        LIVE,
        "clip norm",
        "largest allowed norm of the whole gradient",
        "c",
    )
    clip_value: float | None = _setting(
        None,
        Or("none", Real(0, 1e6, (0.1, 0.5, 1.0, 5.0, 10.0), above=True)),
        LIVE,
        "clip value",
        "largest allowed size of any single gradient",
        "v",
    )
    dtype: str = _setting(
        "float32",
        Choice({"float32": "4 bytes per number, fast", "float64": "8 bytes per number, precise"}),
        NETWORK,
        "number type",
        "floating-point type of all numbers in the network",
        "y",
    )
    epochs: int = _setting(
        100,
        Integer(1, 1_000_000_000, (1, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000)),
        LIVE,
        "epochs",
        "epochs trained by the n key and by tui-nn train",
        "x",
    )
    stop_epochs: int | None = _setting(
        None,
        Or("none", Integer(1, 1_000_000_000, (10, 20, 50, 100, 200, 500, 1000, 5000, 10_000))),
        LIVE,
        "stop after",
        "stop after this many epochs",
    )
    stop_accuracy: float | None = _setting(
        None,
        Or("none", Real(0, 1, (0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 1.0), above=True)),
        LIVE,
        "stop at accuracy",
        "stop at this test accuracy (train accuracy without a test set)",
    )
    stop_loss: float | None = _setting(
        None,
        Or("none", Real(0, 1e6, (0.001, 0.003, 0.01, 0.03, 0.1, 0.3), above=True)),
        LIVE,
        "stop at loss",
        "stop at this test loss (train loss without a test set)",
    )
    patience: int | None = _setting(
        None,
        Or("none", Integer(1, 1_000_000, (5, 10, 20, 50, 100, 200, 500))),
        LIVE,
        "patience",
        "stop after this many epochs without a lower test loss",
    )
    threads: int = _setting(1, Integer(1, 256), APP, "threads", "CPU threads for matrix products")
    screen: str = _setting(
        "playground",
        Choice(
            {
                "playground": "small networks on 2-D points",
                "digits": "draw digits and watch them being classified",
                "inside": "every number inside the network",
                "space": "the network in 3-D",
            }
        ),
        APP,
        "screen",
        "which screen to open",
    )
    paused: bool = _setting(False, Switch(), APP, "paused", "start paused")
    speed: float | None = _setting(
        300.0,
        Or("full", Real(0, 1e6, SPEEDS, above=True), word_first=False),
        APP,
        "speed",
        "steps per second; full: as fast as possible",
        "q",
    )
    fps: int = _setting(
        10, Integer(1, 60, (1, 2, 5, 10, 15, 20, 30, 60)), APP, "frames/s", "screen updates per second", "u"
    )
    color: str = _setting(
        "auto",
        Choice(
            {
                "auto": "what the terminal supports",
                "truecolor": "16 million colors",
                "256": "the 256 colors of xterm",
                "16": "the 16 colors of the terminal's own theme",
                "mono": "no color; signs shown by glyph",
            }
        ),
        APP,
        "color",
        "color depth",
    )
    ascii: bool = _setting(False, Switch(), APP, "ASCII", "plain ASCII characters only")
    mouse: bool = _setting(False, Switch(), APP, "mouse", "mouse support")

    walk_interval: int = _setting(
        800,
        Integer(50, 60_000, (100, 200, 400, 800, 1500, 3000, 5000)),
        APP,
        "walk interval",
        "milliseconds per stage when the walk plays automatically",
    )
    pause_on: tuple[str, ...] = _setting(
        (),
        SomeOf(lambda: {kind.name: (kind.label,) for kind in MOMENTS.values()}),
        APP,
        "pause on",
        "moments at which training pauses automatically",
    )
    hide: tuple[str, ...] = _setting(
        (),
        SomeOf(lambda: _setting_names()),
        APP,
        "hide",
        "settings to take off the list, for a lesson, by label or name",
    )
    only: tuple[str, ...] = _setting(
        (),
        SomeOf(lambda: _setting_names()),
        APP,
        "only",
        "the only settings to list, for a lesson, by label or name",
    )

    def __post_init__(self) -> None:
        """Check every field, then what only several fields together can tell."""
        for setting in SETTINGS.values():
            object.__setattr__(self, setting.name, setting.check(getattr(self, setting.name)))
        self._check_dataset()
        self._check_loss()
        self._check_layers()
        self._check_schedule()

    def replace(self, **changes: Any) -> Config:
        """Return a copy with these fields changed; raise ConfigError if it cannot be."""
        unknown = set(changes) - set(SETTINGS)
        if unknown:
            raise ConfigError(min(unknown), "this name", f"one of {', '.join(SETTINGS)}")
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Return every field by name, as JSON can hold it."""
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in SETTINGS}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Config:
        """Return the Config that `to_dict` gave; missing fields take their default."""
        return cls().replace(**{n: tuple(v) if isinstance(v, list) else v for n, v in values.items()})

    @property
    def task(self) -> str:
        """Either "classification" or "regression", as the data set decides."""
        return cast(str, find_kind(self.dataset).task)

    @property
    def n_classes(self) -> int:
        """Classes of the data set; 1 for regression."""
        if self.task == "regression":
            return 1
        kind = find_kind(self.dataset)
        return kind.min_classes if kind.min_classes == kind.max_classes else self.classes

    @property
    def n_train(self) -> int:
        """Samples in the training set: one at least is for testing, unless all are for training."""
        kind = find_kind(self.dataset)
        samples = self.samples if kind.n_samples is None else kind.n_samples
        n_train = kind.n_given_train if isinstance(kind, FolderKind) else None
        if n_train is None:
            is_all = self.train_fraction == 1.0
            n_train = samples if is_all else min(max(1, round(samples * self.train_fraction)), samples - 1)
        if self.mix_drawn and self.is_relevant("mix_drawn"):
            n_train += round(self.mix_drawn * n_train) or 1
        return n_train

    @property
    def loss_name(self) -> str:
        """The loss that is used: the chosen one, or the usual one for the task."""
        if self.loss is not None:
            return self.loss
        if self.task == "regression":
            return "mse"
        return "binary_cross_entropy" if self.n_classes == 2 else "softmax_cross_entropy"

    @property
    def n_outputs(self) -> int:
        """Units of the output layer."""
        return 1 if self.task == "regression" else int(LOSSES[self.loss_name].n_outputs(self.n_classes))

    @property
    def output_activation_name(self) -> str:
        """The output's activation: the chosen one, or what the loss needs."""
        chosen = self.output_activation
        return chosen or str(LOSSES[self.loss_name].output_activation(self.task, self.n_outputs))

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation of each hidden layer that has weights."""
        if isinstance(self.activation, str):
            return (self.activation,) * sum(isinstance(s, int) or "c" in s for s in self.hidden_sizes)
        return self.activation

    @property
    def uses_features(self) -> bool:
        """Whether the network is given features of points on a plane, not the samples as they are."""
        return bool(find_kind(self.dataset).plane)

    @property
    def image_shape(self) -> tuple[int, int] | None:
        """Rows and columns of a sample that is an image; None for others."""
        return find_kind(self.dataset).image_shape

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one sample as the network takes it: (n_inputs,), or (1, rows, columns) for filters."""
        has_filters = any(isinstance(size, str) and size[0] in "0123456789pa" for size in self.hidden_sizes)
        if self.image_shape is not None and has_filters:
            return (1, *self.image_shape)
        return (self.n_inputs,)

    @property
    def n_inputs(self) -> int:
        """Inputs of the network."""
        return len(self.features) if self.uses_features else find_kind(self.dataset).n_inputs

    @property
    def hyperparameters(self) -> dict[str, float]:
        """The chosen optimizer's own settings by name."""
        return self._given(OPTIMIZERS[self.optimizer].hyperparameters)

    @property
    def schedule_hyperparameters(self) -> dict[str, float]:
        """The chosen schedule's own settings by name."""
        return self._given(SCHEDULES[self.schedule].hyperparameters)

    def _given(self, hyperparameters: Sequence[Hyperparameter]) -> dict[str, float]:
        """Return the values that are set; one left to `auto` is the engine's default."""
        values = {entry.name: getattr(self, entry.name) for entry in hyperparameters}
        return {name: value for name, value in values.items() if value is not None}

    @property
    def layers(self) -> list[Layer]:
        """The layers of the network, as the engine takes them; raises EngineError for what is none."""
        layers = parse_layers(SETTINGS["hidden_sizes"].kind.format(self.hidden_sizes), self.activation)
        if self.batch_norm or self.dropout:
            layers = [part for layer in layers for part in self._dressed(layer)]
        return [*layers, Dense(self.n_outputs, self.output_activation_name)]

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """Units of every layer, input and output included; what batch norm and dropout add is not counted."""
        sizes, shape = [self.n_inputs], self.input_shape
        for layer in self.layers:
            shape = layer.output_shape(shape)
            if not isinstance(layer, (BatchNorm, Dropout, Flatten)):
                sizes.append(math.prod(shape))
        return tuple(sizes)

    def _dressed(self, layer: Layer) -> list[Layer]:
        """Return a layer with what batch norm and dropout put behind it."""
        if not isinstance(layer, (Dense, Conv2D)):
            return [layer]
        parts: list[Layer] = [layer]
        if self.batch_norm:
            parts = [replace(layer, activation="linear"), BatchNorm(activation=layer.activation)]
        if self.dropout:
            parts.append(Dropout(self.dropout))
        return parts

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one epoch."""
        batch = min(self.batch_size or self.n_train, self.n_train)
        whole, rest = divmod(self.n_train, batch)
        return whole + (1 if rest and self.remainder == "use" else 0)

    def is_relevant(self, name: str) -> bool:
        """Return whether a setting changes anything beside the others as they are."""
        kind = find_kind(self.dataset)
        if name == "classes":
            return bool(kind.min_classes != kind.max_classes)
        if name == "features":
            return self.uses_features
        if name == "samples":
            return kind.n_samples is None
        if name == "train_fraction":
            return not isinstance(kind, FolderKind)
        if name == "noise":
            return kind.image_shape is None and kind.n_samples is None
        if name == "standardize":
            return kind.image_shape is None
        if name == "mix_drawn":
            return kind.class_names == DIGIT_NAMES
        if name in _HYPERPARAMETERS:
            chosen = (*OPTIMIZERS[self.optimizer].hyperparameters, *SCHEDULES[self.schedule].hyperparameters)
            return name in {entry.name for entry in chosen}
        if name == "l1_ratio":
            return self.regularization == "elastic_net"
        if name == "warmup_steps":
            return self.schedule != "constant"
        return True

    def _check_dataset(self) -> None:
        kind = find_kind(self.dataset)
        low, high = kind.min_classes, kind.max_classes
        if low != high and not low <= self.classes <= high:
            raise ConfigError("classes", str(self.classes), f"{low} to {high} for {self.dataset}")

    def _check_layers(self) -> None:
        """Check that each layer fits on the one before, and that all of them are not too large."""
        if not isinstance(self.activation, str):
            self._check_activation_count()
        shape: tuple[int, ...] = self.input_shape
        parameters = 0
        try:
            for layer in self.layers:
                rows, columns = layer.block_shape(shape)
                parameters += rows * columns
                shape = layer.output_shape(shape)
        except EngineError as error:
            shown = SETTINGS["hidden_sizes"].kind.format(self.hidden_sizes)
            raise ConfigError("hidden_sizes", shown, str(error).rstrip(".")) from None
        if parameters > MOST_PARAMETERS:
            shown = SETTINGS["hidden_sizes"].kind.format(self.hidden_sizes)
            allowed = (
                f"at most {MOST_PARAMETERS:,} parameters are allowed, and this network has {parameters:,}"
            )
            raise ConfigError("hidden_sizes", shown, allowed)

    def _check_activation_count(self) -> None:
        n_layers = len(replace(self, activation="linear").activations)
        if len(self.activation) != n_layers:
            allowed = f"one name, or one for each of the {n_layers} hidden layers"
            raise ConfigError("activation", ",".join(self.activation), allowed)

    def _check_schedule(self) -> None:
        total = self.epochs * self.steps_per_epoch
        if self.schedule != "constant" and self.warmup_steps >= total:
            allowed = f"fewer than the {total:,} steps in {self.epochs:,} epochs"
            raise ConfigError("warmup_steps", f"{self.warmup_steps:,}", allowed)

    def _check_loss(self) -> None:
        loss = LOSSES[self.loss_name]
        if not self._can_lower(loss):
            fitting = ", ".join(name for name, entry in LOSSES.items() if self._can_lower(entry))
            what = "regression" if self.task == "regression" else f"{self.n_classes} classes"
            allowed = f"{self.dataset} is {what}, so the loss can be {fitting}"
            raise ConfigError("loss", self.loss_name, allowed)
        if self.output_activation_name not in loss.output_activations:
            allowed = f"{self.loss_name} takes {', '.join(loss.output_activations)}"
            raise ConfigError("output_activation", self.output_activation_name, allowed)

    def _can_lower(self, loss: Loss) -> bool:
        """Return whether a loss fits the task and the number of classes."""
        try:
            return self.task in loss.tasks and loss.n_outputs(max(2, self.n_classes)) > 0
        except EngineError:
            return False


_HYPERPARAMETERS = {
    entry.name
    for registry in (OPTIMIZERS, SCHEDULES)
    for kind in registry.values()
    for entry in kind.hyperparameters
}


def _read_settings() -> dict[str, Setting]:
    read = {}
    for f in dataclasses.fields(Config):
        m = f.metadata
        read[f.name] = Setting(f.name, m["label"], m["kind"], m["scope"], m["help"], f.default, m["letter"])
    return read


SETTINGS: dict[str, Setting] = _read_settings()
"""Every setting by name, in the order of Config."""


def _setting_names() -> dict[str, tuple[str, ...]]:
    """Return by what each setting can be called."""
    return {setting.name: setting.names for setting in SETTINGS.values()}
