"""The properties of an address, in the order in which TensorFlow Playground writes them.

Each says what a text of it means as settings, and how settings are written as its text. The order, the names
and what is written where nothing is said are those of src/state.ts in its repository.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tui_nn.settings.config import Config
from tui_nn.settings.sharing.line import LineError

ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
PENALTIES = {"none": "none", "L1": "l1", "L2": "l2"}
CLASSES = ("circle", "xor", "gauss", "spiral")
VALUES = ("reg-plane", "reg-gauss")
SAMPLES = {"classification": 500, "regression": 1200}
FEATURES = {
    "x": "x",
    "y": "y",
    "xTimesY": "xy",
    "xSquared": "x2",
    "ySquared": "y2",
    "cosX": "cosx",
    "sinX": "sinx",
    "cosY": "cosy",
    "sinY": "siny",
}
"""Its name of a feature -> the name here."""
START = {False: ("uniform", 0.1), True: ("zeros", 0.0)}
"""initZero -> initializer and first bias."""
_DECIMALS = re.compile(r"0\.(\d{5})")

Meaning = Mapping[str, Any]
"""Settings by name."""


def _nothing(text: str) -> Meaning:
    return {}


@dataclass(frozen=True)
class Property:
    """One property of an address."""

    name: str
    usual: str | None
    """What it is where an address does not say it; None: it is not written then."""
    read: Callable[[str], Meaning] = _nothing
    """What a text means. Raises LineError."""
    write: Callable[[Config], str | None] | None = None
    """The text of settings; None where no setting stands for it."""


def as_number(value: float) -> str:
    """Return a number as JavaScript writes it, from a millionth on."""
    return str(int(value)) if value == int(value) else f"{Decimal(repr(value)):f}"


def read_bool(text: str) -> bool:
    """Return what a text means: everything but "false" is yes."""
    return text != "false"


def seed_number(text: str) -> int:
    """Return the seed that a text stands for here: its digits, of five decimals too, else a hash of it."""
    digits = found[1] if (found := _DECIMALS.fullmatch(text)) else text
    if digits.isascii() and digits.isdecimal() and len(digits) <= 10 and int(digits) < 2**32:
        return int(digits)
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def write_seed(seed: int) -> str:
    """Return a text that `seed_number` reads as this seed, with the five decimals of the page if possible."""
    return f"0.{seed:05d}" if seed < 100_000 else str(seed)


def one_of(name: str, names: Collection[str], text: str) -> str:
    """Return the text of a property that is one of some names. Raises LineError."""
    if text not in names:
        raise LineError(f"{name}: {text[:60]} is not allowed; one of {', '.join(names)}")
    return text


def _number(name: str, text: str) -> float:
    try:
        return float(Decimal(text.strip()))
    except ArithmeticError:
        raise LineError(f"{name}: {text[:60] or 'nothing'} is no number") from None


def _whole(name: str, text: str) -> int:
    number = _number(name, text)
    if not number.is_integer():
        raise LineError(f"{name}: {text[:60]} is no whole number")
    return int(number)


def _percent(name: str, text: str) -> float:
    return round(_number(name, text) / 100, 12)


def _shape(text: str) -> Meaning:
    parts = text.split(",") if text.strip() else []
    return {"hidden_sizes": tuple(_whole("networkShape", part) for part in parts)}


def _activation(config: Config) -> str:
    chosen = config.activation
    return chosen if isinstance(chosen, str) else (*chosen, "tanh")[0]


def _in_percent(value: float) -> str:
    return as_number(round(100 * value, 10))


def _penalty(config: Config) -> str | None:
    name = next(theirs for theirs, ours in PENALTIES.items() if ours == config.regularization)
    return None if name == "none" else name


def _zero(text: str) -> Meaning:
    initializer, bias = START[read_bool(text)]
    return {"initializer": initializer, "bias_init": bias}


def _flag(name: str) -> Property:
    return Property(name, "false")


def _feature(name: str) -> Property:
    ours = FEATURES[name]
    usual = "true" if ours in ("x", "y") else "false"
    return Property(name, usual, write=lambda config: str(ours in config.features).lower())


PROPERTIES = {
    entry.name: entry
    for entry in (
        Property(
            "activation",
            "tanh",
            lambda text: {"activation": one_of("activation", ACTIVATIONS, text)},
            _activation,
        ),
        Property(
            "regularization",
            None,
            lambda text: {"regularization": PENALTIES[one_of("regularization", PENALTIES, text)]},
            _penalty,
        ),
        Property(
            "batchSize",
            "10",
            lambda text: {"batch_size": _whole("batchSize", text)},
            lambda config: str(config.batch_size or config.n_train),
        ),
        Property("dataset", "circle"),
        Property("regDataset", "reg-plane"),
        Property(
            "learningRate",
            "0.03",
            lambda text: {"learning_rate": _number("learningRate", text)},
            lambda config: as_number(config.learning_rate),
        ),
        Property(
            "regularizationRate",
            "0",
            lambda text: {"regularization_rate": _number("regularizationRate", text)},
            lambda config: as_number(config.regularization_rate),
        ),
        Property(
            "noise",
            "0",
            lambda text: {"noise": _percent("noise", text)},
            lambda config: _in_percent(config.noise),
        ),
        Property("networkShape", "4,2", _shape, lambda config: ",".join(map(str, config.hidden_sizes))),
        Property(
            "seed",
            None,
            lambda text: {"data_seed": seed_number(text), "weights_seed": seed_number(text)},
            lambda config: write_seed(config.data_seed),
        ),
        _flag("showTestData"),
        _flag("discretize"),
        Property(
            "percTrainData",
            "50",
            lambda text: {"train_fraction": _percent("percTrainData", text)},
            lambda config: _in_percent(config.train_fraction),
        ),
        *map(_feature, FEATURES),
        _flag("collectStats"),
        Property("tutorial", None),
        Property("problem", "classification", write=lambda config: config.task),
        Property("initZero", "false", _zero, lambda config: str(config.initializer == "zeros").lower()),
        _flag("hideText"),
    )
}
"""All 27 by name. What data set and features mean needs several of them: `reading` puts that together."""
