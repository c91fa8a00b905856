"""The one list of settings: controls, flags, environment variables, presets and files are made from it.

A Config is frozen and valid: one that cannot be raises ConfigError when it is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tui_nn.data import FEATURES, DatasetSpec
from tui_nn.data.frame import DIGIT_NAMES
from tui_nn.data.registry import GENERAL, MOST_CLUSTERS, MOST_INPUTS, general_spec
from tui_nn.engine import INITIALIZERS, LOSSES, OPTIMIZERS, REGULARIZERS, SCHEDULES, parse_layers
from tui_nn.settings import menus, ranges
from tui_nn.settings.checks import check_together
from tui_nn.settings.datasets import DatasetNotes, FolderSpec, NameOrFolder, find_dataset
from tui_nn.settings.moments import moment_names
from tui_nn.settings.setting import ConfigError, Reach, Scope, Setting, read_settings, setting
from tui_nn.settings.values import Choice, Integer, OneOrEach, Or, Real, Several, Sizes, SomeOf, Switch, Text
from tui_nn.settings.values.lists import Texts
from tui_nn.settings.values.names import FileReference, Reference

LIVE, NETWORK, DATA, APP = Scope.LIVE, Scope.NETWORK, Scope.DATA, Scope.APP
NOTHING, CODES, LAYERS, MEANING = Reach.NOTHING, Reach.CODES, Reach.LAYERS, Reach.MEANING


_OF_GENERAL: dict[str, Any] = {"when": lambda config: config.dataset == GENERAL}
_OF_TABLE: dict[str, Any] = {"is_listed": False, "when": lambda config: config.table is not None}


def _setting_names() -> dict[str, tuple[str, ...]]:
    return {name: found.names for name, found in SETTINGS.items()}


@dataclass(frozen=True)
class Config:
    """Everything that decides a run, and how the app shows it."""

    # A table: what a setting is, then what it is called, then what follows from it.
    # fmt: off
    dataset: str = setting("moons", NameOrFolder(DatasetNotes()), DATA,
        "data set", "what the network learns", "d", reaches=Reach.SAMPLES | MEANING)
    table: str | None = setting(None, Or("none", FileReference(menus.TABLES)), DATA,
        "table", "your own rows: CSV, NPZ, Parquet", is_listed=False, short_flag="data", has_variable=False)
    target_column: str | None = setting(None, Or("last", Reference(menus.COLUMN)), DATA,
        "target", "the column that is learned", short_flag="target", has_variable=False, **_OF_TABLE)
    task_kind: str = setting("auto", Choice(menus.TASKS), DATA,
        "task", "whether the target of the table is a class or an amount", short_flag="task", **_OF_TABLE)
    columns: tuple[str, ...] = setting((), Texts(menus.COLUMNS), DATA,
        "columns", "columns of the table that the network is given", **_OF_TABLE)
    missing: str = setting("refuse", Choice(menus.MISSING), DATA,
        "missing", "what is done about missing values in the table", **_OF_TABLE)
    samples: int = setting(500, ranges.SAMPLES, DATA,
        "samples", "total number of samples, train and test", "m",
        when=lambda c: c.dataset_spec.n_samples is None)
    noise: float = setting(0.1, ranges.NOISE, DATA,
        "noise", "how noisy the data is (moons: standard deviation)", "n",
        when=lambda c: c.dataset_spec.image_shape is None and c.dataset_spec.n_samples is None,
        shown=lambda c: f"{100 * c.noise:g} %")
    classes: int = setting(2, Integer(2, 5), DATA,
        "classes", "number of classes of rings, pinwheel and general", "k",
        when=lambda c: c.dataset_spec.min_classes != c.dataset_spec.max_classes,
        reaches=Reach.SAMPLES | MEANING)
    n_inputs: int = setting(2, Integer(2, MOST_INPUTS), DATA,
        "inputs", "number of inputs of the general data set", is_listed=False, **_OF_GENERAL,
        reaches=Reach.SAMPLES | MEANING)
    clusters: int = setting(1, Integer(1, MOST_CLUSTERS), DATA,
        "clusters", "clusters of each class of the general data set", "Q", **_OF_GENERAL)
    separation: float = setting(1.0, Real(0, 10, (0.1, 0.3, 0.5, 1.0, 1.5, 2.0, 3.0), above=True), DATA,
        "separation", "how far apart the clusters of the general data set are", "U", **_OF_GENERAL)
    mix_drawn: float = setting(0.0, ranges.FRACTION, DATA,
        "drawn digits", "fraction of keyboard-drawn digits mixed in", "G",
        when=lambda c: c.dataset_spec.class_names == DIGIT_NAMES)
    train_fraction: float = setting(0.5, Real(0.1, 1.0, ranges.TENTHS), DATA,
        "train fraction", "fraction used for training; the rest is the test set", "t",
        when=lambda c: not isinstance(c.dataset_spec, FolderSpec))
    standardize: bool | None = setting(None, Or("auto", Switch()), DATA,
        "standardize", "scale features to mean 0, standard deviation 1; auto: where a table's differ", "z",
        when=lambda c: c.dataset_spec.image_shape is None, reaches=Reach.SAMPLES | MEANING,
        shown=menus.standardize_in_words)
    data_seed: int = setting(0, ranges.SEED, DATA, "data seed", "the same seed generates the same data", "j")
    features: tuple[str, ...] = setting(("x", "y"), Several(menus.Notes(FEATURES)), NETWORK,
        "features", "inputs computed from each point", "f", when=lambda c: c.uses_features,
        shown=menus.features_in_words,
        reaches=LAYERS | CODES | MEANING)
    hidden_sizes: tuple[int | str, ...] = setting((4, 2), Sizes(1_000_000, 16, parse_layers), NETWORK,
        "hidden layers", "neurons of each hidden layer", "h", reaches=LAYERS | MEANING, short_flag="hidden")
    activation: str | tuple[str, ...] = setting("tanh", OneOrEach(menus.ACTIVATIONS_OF_ONE), LIVE,
        "activation", "activation function of the hidden neurons", "a", reaches=LAYERS | MEANING)
    output_activation: str | None = setting(None, Or("auto", Choice(menus.OUTPUTS)), LIVE,
        "output", "output activation; auto: chosen to match the loss", "o", reaches=LAYERS | MEANING,
        shown=lambda c: c.output_activation or f"auto ({c.output_activation_name})")
    initializer: str = setting("xavier", Choice(menus.Notes(INITIALIZERS)), NETWORK,
        "initializer", "how weights are initialized", "i", reaches=NOTHING)
    bias_init: float = setting(0.0, Real(-100, 100, (-1.0, -0.1, 0.0, 0.1, 1.0)), NETWORK,
        "initial bias", "initial value of every bias", "I", reaches=NOTHING)
    weights_seed: int = setting(0, ranges.SEED, NETWORK,
        "weights seed", "the same seed gives the same initial weights", "w", reaches=NOTHING)
    loss: str | None = setting(None, Or("auto", Choice(menus.Notes(LOSSES))), LIVE,
        "loss", "what training minimizes; auto: chosen by the task", "l", reaches=LAYERS | CODES | MEANING,
        shown=lambda c: c.loss or f"auto ({c.loss_name})")
    optimizer: str = setting("adam", Choice(menus.Notes(OPTIMIZERS)), LIVE,
        "optimizer", "how the gradient becomes an update", "p")
    momentum: float = setting(0.9, ranges.DECAY, LIVE,
        "momentum", "fraction of the previous velocity that is kept", "M", when=menus.uses("momentum"))
    decay: float | None = setting(None, ranges.SQUARES_DECAY, LIVE,
        "decay rate", "decay rate of the mean of squared gradients (rmsprop, adadelta)", "Y",
        when=menus.uses("decay"))
    beta1: float = setting(0.9, ranges.DECAY, LIVE,
        "beta 1", "decay rate of Adam's mean of gradients", "J", when=menus.uses("beta1"))
    beta2: float = setting(0.999, Real(0, 0.999999, (0.9, 0.99, 0.999, 0.9999)), LIVE,
        "beta 2", "decay rate of Adam's mean of squared gradients", "K", when=menus.uses("beta2"))
    epsilon: float | None = setting(None, Or("auto", Real(1e-12, 1, (1e-10, 1e-8, 1e-6, 1e-4))), LIVE,
        "epsilon", "small constant that prevents division by zero", "E", when=menus.uses("epsilon"))
    weight_decay: float = setting(0.01, Real(0, 1, (0, 0.001, 0.003, 0.01, 0.03, 0.1)), LIVE,
        "weight decay", "how fast AdamW shrinks weights", "H", when=menus.uses("weight_decay"))
    learning_rate: float = setting(0.03, ranges.RATE, LIVE,
        "learning rate", "size of each step", "r", reaches=NOTHING)
    schedule: str = setting("constant", Choice(menus.Notes(SCHEDULES)), LIVE,
        "schedule", "how the learning rate changes over `epochs` epochs", "S", reaches=NOTHING)
    decay_steps: int = setting(1000, Integer(1, 10**9, (10, 30, 100, 300, 1000, 3000, 10_000)), LIVE,
        "decay steps", "n of the schedule, in steps", "N", when=menus.uses("decay_steps"), reaches=NOTHING)
    decay_factor: float = setting(0.5, Real(1e-6, 1, (0.1, 0.3, 0.5, 0.8, 0.9, 0.99)), LIVE,
        "decay factor", "the rate is multiplied by this every n steps", "X", when=menus.uses("decay_factor"),
        reaches=NOTHING)
    final_factor: float = setting(0.0, Real(0, 1, (0, 0.001, 0.01, 0.1)), LIVE,
        "final factor", "final rate as a fraction of the initial one", "F", when=menus.uses("final_factor"),
        reaches=NOTHING)
    warmup_steps: int = setting(0, Integer(0, 10**9, (0, 10, 30, 100, 300, 1000)), LIVE,
        "warm-up", "steps over which the rate rises from zero", "W", when=lambda c: c.schedule != "constant",
        reaches=NOTHING)
    batch_size: int | None = setting(10, ranges.BATCH, LIVE,
        "batch size", "samples per gradient step; full: the whole training set", "b",
        shown=lambda c: str(c.batch_size or f"full ({c.n_train:,})"))
    shuffle: str = setting("epoch", Choice(menus.SHUFFLES), LIVE,
        "shuffle", "when the training samples are shuffled", "s")
    remainder: str = setting("use", Choice(menus.REMAINDERS), LIVE,
        "remainder", "what to do with samples that do not fill a batch", "R")
    regularization: str = setting("none", Choice(menus.Notes(REGULARIZERS)), LIVE,
        "regularization", "a penalty that keeps weights small", "g")
    regularization_rate: float = setting(0.0, ranges.PENALTY, LIVE,
        "penalty rate", "strength of the penalty (lambda)", "e")
    l1_ratio: float = setting(0.5, ranges.FRACTION, LIVE,
        "L1 ratio", "fraction of L1 in the elastic net", "L",
        when=lambda c: c.regularization == "elastic_net")
    dropout: float = setting(0.0, Real(0, 0.9, (0, 0.1, 0.2, 0.3, 0.5)), LIVE,
        "dropout", "fraction of hidden activations set to zero in each step", "D", reaches=LAYERS)
    batch_norm: bool = setting(False, Switch(), NETWORK,
        "batch norm", "normalize each hidden neuron over the batch", "B", reaches=LAYERS | MEANING)
    clip_norm: float | None = setting(None, ranges.CLIP, LIVE,
        "clip norm", "largest allowed norm of the whole gradient", "c")
    clip_value: float | None = setting(None, ranges.CLIP, LIVE,
        "clip value", "largest allowed size of any single gradient", "v")
    dtype: str = setting("float32", Choice(menus.DTYPES), NETWORK,
        "number type", "floating-point type of all numbers in the network", "y",
        reaches=LAYERS | CODES | MEANING)
    epochs: int = setting(100, ranges.EPOCHS, LIVE,
        "epochs", "epochs trained by the n key and by tui-nn train", "x", reaches=NOTHING)
    stop_epochs: int | None = setting(None, ranges.LAST_EPOCH, LIVE,
        "stop after", "stop after this many epochs", "T", reaches=NOTHING)
    stop_accuracy: float | None = setting(None, ranges.GOAL, LIVE,
        "stop at accuracy", "stop at this test accuracy (train accuracy without a test set)", "A",
        reaches=NOTHING)
    stop_loss: float | None = setting(None, ranges.LOSS, LIVE,
        "stop at loss", "stop at this test loss (train loss without a test set)", "Z", reaches=NOTHING)
    patience: int | None = setting(None, ranges.PATIENCE, LIVE,
        "patience", "stop after this many epochs without a lower test loss", "P", reaches=NOTHING)
    tfp: str = setting("", Text(2000), LIVE,
        "TFP address", "rest of a TensorFlow Playground address: what no other setting says",
        is_listed=False, reaches=NOTHING)
    threads: int = setting(1, Integer(1, 256), APP,
        "threads", "CPU threads for matrix products", is_listed=False)
    screen: str = setting("playground", Choice(menus.SCREENS), APP,
        "screen", "which screen to open", is_listed=False)
    paused: bool = setting(False, Switch(), APP, "paused", "start paused", is_listed=False)
    speed: float | None = setting(300.0, ranges.SPEED, APP,
        "speed", "steps per second; full: as fast as possible", "q",
        shown=lambda c: f"{c.speed:.10g} steps/s" if c.speed else "full")
    fps: int = setting(10, Integer(1, 60, (1, 2, 5, 10, 15, 20, 30, 60)), APP,
        "frames/s", "screen updates per second", "u")
    color: str = setting("auto", Choice(menus.COLORS), APP, "color", "color depth", is_listed=False)
    ascii: bool = setting(False, Switch(), APP, "ASCII", "plain ASCII characters only", is_listed=False)
    mouse: bool = setting(False, Switch(), APP, "mouse", "mouse support", is_listed=False)
    walk_interval: int = setting(800, Integer(50, 60_000, (100, 200, 400, 800, 1500, 3000, 5000)), APP,
        "walk interval", "milliseconds per stage when the walk plays automatically", "V")
    pause_on: tuple[str, ...] = setting((), SomeOf(moment_names), APP,
        "pause on", "moments at which training pauses automatically", "O")
    hide: tuple[str, ...] = setting((), SomeOf(_setting_names), APP,
        "hide", "settings to take off the list, for a lesson, by label or name", is_listed=False)
    only: tuple[str, ...] = setting((), SomeOf(_setting_names), APP,
        "only", "the only settings to list, for a lesson, by label or name", is_listed=False)
    # fmt: on

    def __post_init__(self) -> None:
        """Check every field, then what only several fields together can tell."""
        for name, found in SETTINGS.items():
            object.__setattr__(self, name, found.check(getattr(self, name)))
        check_together(self)

    def replace(self, **changes: Any) -> Config:
        """Return a copy with these fields changed; raise ConfigError if it cannot be."""
        if unknown := set(changes) - set(SETTINGS):
            raise ConfigError(min(unknown), "this name", f"one of {', '.join(SETTINGS)}")
        if changes.get("dataset", self.dataset) != self.dataset:
            changes.setdefault("table", None)  # it is of the data before
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Return every field by name, as JSON can hold it."""
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in SETTINGS}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Config:
        """Return the Config that `to_dict` gave; missing fields take their default."""
        return cls().replace(**{n: tuple(v) if isinstance(v, list) else v for n, v in values.items()})

    def is_relevant(self, name: str) -> bool:
        """Return whether a setting changes anything beside the others as they are."""
        return SETTINGS[name].when(self)

    @property
    def dataset_spec(self) -> DatasetSpec:
        """What the data set is. Raises DataError where a folder cannot be read."""
        if self.dataset == GENERAL:
            return general_spec(self.n_inputs, self.clusters, self.separation)
        return find_dataset(self.dataset)

    @property
    def task(self) -> str:
        """Either "classification" or "regression", as the data set reaches."""
        return str(self.dataset_spec.task)

    @property
    def n_classes(self) -> int:
        """Classes of the data set; 1 for regression."""
        if self.task == "regression":
            return 1
        kind = self.dataset_spec
        return kind.min_classes if kind.min_classes == kind.max_classes else self.classes

    @property
    def uses_features(self) -> bool:
        """Whether the network is given features of points on a plane, not the samples as they are."""
        return bool(self.dataset_spec.plane)

    @property
    def standardizes(self) -> bool:
        """Whether features are standardized."""
        spec, wanted = self.dataset_spec, self.standardize
        return spec.image_shape is None and (spec.has_unlike_columns if wanted is None else wanted)

    @property
    def image_shape(self) -> tuple[int, int] | None:
        """Rows and columns of a sample that is an image; None for others."""
        return self.dataset_spec.image_shape

    @property
    def n_train(self) -> int:
        """Samples in the training set: one at least is for testing, unless all are for training."""
        kind = self.dataset_spec
        samples = self.samples if kind.n_samples is None else kind.n_samples
        n_train = kind.n_given_train if isinstance(kind, FolderSpec) else None
        if n_train is None:
            is_all = self.train_fraction == 1.0
            n_train = samples if is_all else min(max(1, round(samples * self.train_fraction)), samples - 1)
        if self.mix_drawn and self.is_relevant("mix_drawn"):
            n_train += round(self.mix_drawn * n_train) or 1
        return n_train

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one epoch."""
        batch = min(self.batch_size or self.n_train, self.n_train)
        whole, rest = divmod(self.n_train, batch)
        return whole + (1 if rest and self.remainder == "use" else 0)

    @property
    def loss_name(self) -> str:
        """The loss that is used: the chosen one, or the usual one for the task."""
        if self.loss is not None:
            return self.loss
        of_classes = "binary_cross_entropy" if self.n_classes == 2 else "softmax_cross_entropy"
        return "mse" if self.task == "regression" else of_classes

    @property
    def n_outputs(self) -> int:
        """Units of the output layer."""
        return 1 if self.task == "regression" else int(LOSSES[self.loss_name].n_outputs(self.n_classes))

    @property
    def output_activation_name(self) -> str:
        """The output's activation: the chosen one, or what the loss needs."""
        chosen = self.output_activation
        return chosen or str(LOSSES[self.loss_name].output_activation(self.task, self.n_outputs))


SETTINGS: dict[str, Setting] = read_settings(Config)
"""Every setting by name, in the order of Config."""
